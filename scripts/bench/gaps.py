"""
Measures the matrix of what was examined, and which of its places are empty, against the same asked in SPARQL.

    .venv/bin/python scripts/bench/gaps.py [--findings 100000] [--small 1000] [--runs 3] [--limit 120]

Both sides stand on the same made-up findings (`scripts/bench/findings.py`), loaded into pyoxigraph with what the rules
derive of each study, and on the same pattern for each rung. Asked is which combinations of mechanism, condition class
and rung are empty; our side counts every place beside. Both must name the same empty places. They run in turn; a line
shows medians, and the median of the ratios of the pairs. FILTER NOT EXISTS is stopped after a limit of seconds; the
ratio is then the least that it can be.
"""

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from findings import PREFIXES, Findings
from speed import pair, seconds

from kg.analysis.matrix import Matrix, Piece
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.store import OxigraphStore, Project, open_store, write_build
from kg.store.derive import derive, rule_name

#: What the rules say of one study each; what joins studies is not asked here.
LEFT_OUT, ASSESSMENT, BATCH = "bridge", "assessment", 2_000
EXERCISED = """?own epk:within ?mechanism . ?marker epk:markerOf ?own .
    ?evidence epk:measured ?marker ; epk:hasContrast ?contrast . ?contrast epk:isolates ?x .
    ?x a epk:Exercise . ?contrast epk:ofGroup ?group . ?group epk:condition ?condition .
    ?condition epk:within ?class ."""
FORK = multiprocessing.get_context("fork")
DERIVED = "PREFIX prov: <http://www.w3.org/ns/prov#>"
#: What stands on each rung, from the mechanism to the class; both sides ask exactly this.
RUNGS = {
    "measuredIn": f"{EXERCISED} MINUS {{ ?evidence epk:underBlocker ?blocker }}",
    "changedWithReliefIn": f"""{EXERCISED} ?evidence epk:result ?change . ?contrast epk:versus ?versus .
        ?too epk:ofGroup ?group ; epk:versus ?versus . ?relieved epk:hasContrast ?too ; epk:effect word:relief .
        FILTER(?change IN (word:increase, word:decrease, word:normalised))
        MINUS {{ ?evidence epk:underBlocker ?blocker }}""",
    "tracksIn": """?own epk:within ?mechanism . ?evidence epk:mechanism ?own ; a epk:Tracking .
        ?evidence prov:wasDerivedFrom ?shown . ?shown epk:hasContrast ?contrast . ?contrast epk:ofGroup ?group .
        ?group epk:condition ?condition . ?condition epk:within ?class .""",
    "neededIn": """?own epk:within ?mechanism . ?evidence epk:mechanism ?own ; a epk:BlockedBenefit .
        ?evidence epk:benefit ?benefit ; epk:shownBy ?shown .
        ?shown epk:hasContrast ?contrast . ?contrast epk:ofGroup ?group .
        ?group epk:condition ?condition . ?condition epk:within ?class .
        FILTER(?benefit IN (word:benefit-lost, word:benefit-reduced))""",
}
MECHANISMS = "?mechanism a epk:Mechanism ; epk:gapLevel true ."
CLASSES = "?class a epk:Condition ; epk:gapLevel true ."
AXIS = f"{PREFIXES} SELECT DISTINCT ?term WHERE {{ %s }} ORDER BY ?term"
#: The evidence of all rungs in one SELECT.
ROWS = f"""{PREFIXES}{DERIVED}
SELECT DISTINCT ?mechanism ?class ?rung ?evidence ?study WHERE {{
  {{ {" UNION ".join(f'{{ {pattern} BIND("{name}" AS ?rung) }}' for name, pattern in RUNGS.items())} }}
  {MECHANISMS} {CLASSES} ?evidence epk:inStudy ?study }}"""


Places = frozenset[tuple[str, ...]]


class Side(NamedTuple):
    """How long a side took, and what it found empty; None for one that was stopped."""

    seconds: float
    empty: Places | None


def timed(call: Callable[[], Places]) -> Side:
    """A call with its time."""
    started = time.perf_counter()
    empty = call()
    return Side(time.perf_counter() - started, empty)


def limited(call: Callable[[], Places], limit: float) -> Side:
    """A call in a process of its own, which can be stopped; the store is there without being loaded again."""
    receiver, sender = FORK.Pipe(duplex=False)
    process = FORK.Process(target=lambda: sender.send(timed(call)))
    process.start()
    found = receiver.recv() if receiver.poll(limit) else Side(limit, None)
    process.kill()
    process.join()
    return Side(*found)


def made_up(count: int) -> OxigraphStore:
    """A store of made-up findings with what the rules derive of each study, batch by batch: no rule crosses studies."""
    ontology, findings = Ontology(bundled_ontology()), Findings(open_store())
    names = [rule_name(file) for file in ontology.rules]
    rules = [file for file in ontology.rules[: names.index(ASSESSMENT) + 1] if rule_name(file) != LEFT_OUT]
    store = OxigraphStore.in_memory(ontology.quads)
    for start in range(0, count, BATCH):
        curated = list(findings.quads(min(BATCH, count - start), seed=start))
        store.add(curated)
        store.add(derive([*ontology.quads, *curated], rules))
    return store


def axes(store: OxigraphStore) -> tuple[list[str], list[str], list[str]]:
    """The mechanisms, the condition classes and the rungs."""
    found = ([str(node.value) for (node,) in store.select(AXIS % of.replace(name, "?term")).rows if node]
             for of, name in ((MECHANISMS, "?mechanism"), (CLASSES, "?class")))  # fmt: skip
    mechanisms, classes = found
    return mechanisms, classes, list(RUNGS)


def read_rows(store: OxigraphStore) -> list[Piece]:
    """One SELECT."""
    return [
        Piece((str(m.value), str(c.value), str(r.value)), str(s.value))
        for m, c, r, _, s in store.select(ROWS).rows
        if m and c and r and s
    ]


def count(store: OxigraphStore, rows: list[Piece] | None = None) -> Places:
    """Our side: every place counted, and the empty ones named."""
    matrix = Matrix.of(read_rows(store) if rows is None else rows)
    matrix.counts()
    return frozenset(matrix.empty(*axes(store)))  # type: ignore[arg-type]


def asked(store: OxigraphStore, absence: str) -> Places:
    """Their side: for each rung, the combinations for which there is no evidence, by FILTER NOT EXISTS or by MINUS."""
    return frozenset(
        (str(mechanism.value), str(kind.value), name)
        for name, pattern in RUNGS.items()
        for mechanism, kind in store.select(
            f"{PREFIXES}{DERIVED} SELECT ?mechanism ?class WHERE {{ {MECHANISMS} {CLASSES} {absence} {{ {pattern} }} }}"
        ).rows
        if mechanism and kind
    )


def assessed(store: OxigraphStore) -> Places:
    """Their side once more, over the assessments, where a rule has put all evidence in its place already."""
    return frozenset(
        (str(mechanism.value), str(kind.value), name)
        for name in RUNGS
        for mechanism, kind in store.select(
            f"{PREFIXES} SELECT ?mechanism ?class WHERE {{ {MECHANISMS} {CLASSES} FILTER NOT EXISTS {{ "
            f"?node epk:mechanism ?mechanism ; epk:conditionClass ?class ; epk:{name} ?evidence }} }}"
        ).rows
        if mechanism and kind
    )


def compare(ours: dict[str, Callable[[], Side]], theirs: Callable[[], Side], runs: int) -> None:
    """Runs each of our sides and theirs in turn, and prints medians and the median of the ratios."""
    rounds = [({name: call() for name, call in ours.items()}, theirs()) for _ in range(runs)]
    stopped = "  stopped" if any(other.empty is None for _, other in rounds) else ""
    for name in ours:
        pairs = [(mine[name], other) for mine, other in rounds]
        if any(other.empty not in (None, mine.empty) for mine, other in pairs):
            raise SystemExit(f"{name}: the two sides name different places")
        mine, other = (statistics.median(pair[side].seconds for pair in pairs) for side in (0, 1))
        ratio = statistics.median(other.seconds / mine.seconds for mine, other in pairs)
        print(f"{name:<52} {mine * 1000:10.1f} ms {other * 1000:10.1f} ms   1 : {ratio:.1f}{stopped}", flush=True)


def measure(findings: int, runs: int, limit: float) -> None:
    """Every comparison on so many findings."""
    store = made_up(findings)
    rows = read_rows(store)
    empty = len(count(store, rows))
    print(f"\n{findings:,} findings, {len(rows):,} rows of evidence, {empty} empty places, {runs} pairs")
    counted, whole = partial(timed, partial(count, store, rows)), partial(timed, partial(count, store))
    exists = partial(limited, partial(asked, store, "FILTER NOT EXISTS"), limit)
    minus = partial(timed, partial(asked, store, "MINUS"))
    compare({"rows read before : NOT EXISTS": counted, "with the one SELECT : NOT EXISTS": whole}, exists, runs)
    compare({"rows read before : MINUS": counted, "with the one SELECT : MINUS": whole}, minus, runs)
    over = partial(timed, partial(assessed, store))
    compare({"rows read before : NOT EXISTS over assessments": counted}, over, runs)


def commands(runs: int) -> None:
    """The whole of kg gaps against the whole of kg query, as they are installed, on one build."""
    kg = str(Path(sys.executable).with_name("kg"))
    with tempfile.TemporaryDirectory() as made:
        write_build(Project.bundled().graph(), Path(made) / "graph")
        store = ("--store", str(Path(made) / "graph"))
        name = "kg gaps : kg query open-questions"
        pair(
            name,
            lambda: seconds((kg, "gaps", *store)),
            lambda: seconds((kg, "query", "open-questions", *store)),
            runs,
            "2 at most",
        )


def main() -> None:
    """Measures a few findings, on which every side ends, and many."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--findings", type=int, default=100_000)
    parser.add_argument("--small", type=int, default=1_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--limit", type=float, default=120)
    parser.add_argument(
        "--commands", type=int, default=11, help="pairs of whole commands; nothing else with --findings 0"
    )
    given = parser.parse_args()
    commands(given.commands)
    if not given.findings:
        return
    print(f"{'':<52} {'ours':>13} {'theirs':>13}   ours : theirs")
    for findings in (given.small, given.findings):
        measure(findings, given.runs, given.limit)


if __name__ == "__main__":
    main()
