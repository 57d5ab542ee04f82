"""
Measures the whole path from the command to the answer against its peers, all in one run, and prints ratios.

    .venv/bin/python scripts/bench/speed.py [--runs 15]

Whole commands are run in turn (ours, theirs, ours, theirs ...), so that a machine whose speed drifts slows both; the
ratio is the median of the ratios of the pairs. What runs inside one process is measured the same way.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from pyoxigraph import Store, Variable

from kg.evidence import Vocabulary
from kg.query import ask, bundled_names, bundled_question
from kg.store import OxigraphStore, Project, write_build

#: A question that costs the engine little, so that what is measured is the way to it and back; and one that costs more.
LIGHT, HEAVIER = "open-questions", "adverse-events"
BARE = """
import importlib, click
COMMANDS = {"one": "json", "two": "csv"}
class Lazy(click.Group):
    def list_commands(self, ctx): return sorted(COMMANDS)
    def get_command(self, ctx, name): return importlib.import_module(COMMANDS[name]).command
    def format_commands(self, ctx, formatter):
        with formatter.section("Commands"): formatter.write_dl([(n, "Do it.") for n in self.list_commands(ctx)])
@click.group(cls=Lazy)
def main(): "Do things."
main()
"""
FLOOR = "import click, pyoxigraph; pyoxigraph.Store.read_only({store!r})"
RDFLIB = """
import rdflib
data = rdflib.Dataset(default_union=True)
data.parse({trig!r}, format="trig")
rows = list(data.query(open({query!r}).read(), initBindings={{k: rdflib.URIRef(v) for k, v in {bound!r}.items()}}))
"""


def seconds(command: Sequence[str]) -> float:
    """The wall time of a whole command."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def timed(call: Callable[[], object]) -> float:
    """The time of a call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def pair(name: str, ours: Callable[[], float], theirs: Callable[[], float], runs: int, aim: str) -> None:
    """Prints both medians and the median of the ratios ours : theirs, pair by pair."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(runs)]
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    shown = f"{ratio:.2f} x" if ratio > 0.1 else f"1 : {1 / ratio:.0f}"
    print(f"{name:<58} {mine * 1000:9.1f} ms {other * 1000:9.1f} ms   {shown:>9}   {aim}")


def main() -> None:
    """Measures everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    kg = [str(Path(sys.executable).with_name("kg"))]
    python = [sys.executable, "-c"]
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "graph"
        graph = Project.bundled().graph()
        write_build(graph, out)
        place = str(out / "store")
        query = [*kg, "query", LIGHT, "--store", str(out)]
        print(f"{len(graph.quads):,} quads; {runs} pairs\n{'':<58} {'ours':>12} {'theirs':>12}   ours : theirs")
        pair("kg --help : a bare lazy click program", lambda: seconds([*kg, "--help"]),
             lambda: seconds([*python, BARE, "--help"]), runs, "aim: 2 x at most")  # fmt: skip
        pair("kg query on a build : python, click, pyoxigraph, open", lambda: seconds(query),
             lambda: seconds([*python, FLOOR.format(store=place)]), runs, "aim: 2 x at most")  # fmt: skip
        for name in (LIGHT, HEAVIER):
            ask_ours, ask_theirs = [*kg, "query", name, "--store", str(out)], [*python, rdflib_program(name, out)]
            pair(f"kg query {name} : parse and query in rdflib", partial(seconds, ask_ours),
                 partial(seconds, ask_theirs), max(3, runs // 3), "aim: 1 : 30 at least")  # fmt: skip
        ours, theirs = inside(place)
        pair("all named questions : their SPARQL sent to pyoxigraph", ours, theirs, runs, "aim: 1.2 x at most")
        checks = [seconds([*kg, "check"]) for _ in range(runs)]
        print(f"{'kg check of the bundled pack':<58} {statistics.median(checks) * 1000:9.1f} ms   aim: under 1000 ms")


def rdflib_program(name: str, out: Path) -> str:
    """A program that parses the graph with rdflib and asks it a named question, as its documentation would have it."""
    question = bundled_question(name)
    bound = dict.fromkeys(question.header.params, "https://w3id.org/exercise-pain-kg/word/any")
    asked = out.parent / f"{name}.rq"
    asked.write_text(question.sparql, encoding="utf-8")
    return RDFLIB.format(trig=str(out / "graph.trig"), query=str(asked), bound=bound)


def inside(place: str) -> tuple[Callable[[], float], Callable[[], float]]:
    """Calls that ask every named question, through kg and straight."""
    questions = [bundled_question(name) for name in bundled_names()]
    questions = [
        q for q in questions if not q.is_construct and all(k.startswith("term ") for k in q.header.params.values())
    ]
    ours = OxigraphStore.on_disk(Path(place))
    theirs = Store.read_only(place)

    def straight() -> None:
        for question in questions:
            bound = {Variable(name): node for name, node in question.bindings({}, Vocabulary()).items()}
            found = theirs.query(question.sparql, substitutions=bound or None, use_default_graph_as_union=True)
            names = [variable.value for variable in found.variables]
            tuple(tuple(row[name] for name in names) for row in found)

    return lambda: timed(lambda: [ask(ours, question) for question in questions]), lambda: timed(straight)


if __name__ == "__main__":
    main()
