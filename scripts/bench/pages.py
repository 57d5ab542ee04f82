"""
Measures the explorer in Chromium against pyvis's own page of the same graph, in one run, and prints ratios.

    .venv/bin/python scripts/bench/pages.py [--sizes 1000,20000] [--most 600]

Written is processor time, the least of three: other work on the machine makes a clock say more than a page costs.
Ours counts as drawn when the first picture stands; pyvis's page counts as stable when its simulation ends, since before
that nothing keeps its place. pyvis is given its library inline, so that neither page waits for a network. What does not
end within `--most` seconds is reported as that, and its ratio as a bound. Both pages are opened in turn in the same
Chromium, cut off from every host.
"""

import argparse
import gc
import random
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Playwright, TimeoutError as TooLong, sync_playwright
from pyvis.network import Network

from kg.query.read_terms import read_terms
from kg.render import View, render_explorer
from kg.render.explorer_view import ShownEdge, ShownNode, grouped, read_view
from kg.store.open import open_store

#: Tells when pyvis's page has come to rest; put in beside its own code. Ours sets the same mark when it has drawn.
WATCH = 'network.once("stabilizationIterationsDone", () => performance.mark("drawn"));'
#: Says the mark on the console, which is heard while the page itself is too busy to answer.
SAY = """new PerformanceObserver((seen) => {
  for (const one of seen.getEntriesByName("drawn")) console.log(`drawn ${one.startTime}`);
}).observe({entryTypes: ["mark"]})"""
RESTING = "network = new vis.Network(container, data, options);"


def made_up(size: int) -> View:
    """A graph of so many nodes, in the proportions of the bundled one, and twice as many edges."""
    drawn = random.Random(7)  # noqa: S311 - a lot for a made-up graph
    kinds = ("exercise", "mechanism", "outcome")
    nodes = {f"u:{n}": ShownNode(f"u:{n}", f"{kinds[n % 3]} {n}", kinds[n % 3]) for n in range(size)}
    third = size // 3
    ends = [
        (3 * drawn.randrange(third) + at, 3 * drawn.randrange(third) + at + 1) for at in (0, 1) for _ in range(size)
    ]
    edges = tuple(ShownEdge(f"u:{a}", f"u:{b}", "moves", "rises", "measured", "paper") for a, b in ends)
    return grouped(View(f"{size} nodes", nodes, edges), {})


def plain(view: View) -> str:
    """pyvis's own page of the same nodes and edges, as its documentation has it."""
    page = Network(directed=True, cdn_resources="in_line")
    for iri, node in view.nodes.items():
        page.add_node(iri, label=node.label)
    for edge in view.edges:
        page.add_edge(edge.source, edge.target)
    return page.generate_html()


def written(make: Callable[[View], str], view: View) -> tuple[str, float]:
    """A page, and the seconds of processor time that it takes to write it."""
    least, text = float("inf"), ""
    for _ in range(3):
        gc.collect()  # what the page before left behind is not this one's
        started = time.process_time()
        text = make(view)
        least = min(least, time.process_time() - started)
    return text, least


def opened(playwright: Playwright, folder: Path, text: str, most: float) -> float | None:
    """Milliseconds from the request of a page until it stands still; None if that takes too long."""
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    context.add_init_script(SAY)
    context.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
    page = context.new_page()
    try:
        with page.expect_console_message(lambda said: said.text.startswith("drawn "), timeout=most * 1000) as heard:
            page.goto(file.as_uri(), wait_until="commit", timeout=most * 1000)
        return float(heard.value.text.partition(" ")[2])
    except TooLong:
        return None
    finally:
        browser.close()


def ratio(mine: float, other: float | None, most: float) -> str:
    """How many times sooner ours is; a bound where the other did not end."""
    return f"1 : {other / mine:.0f}" if other else f"better than 1 : {most / mine:.0f}"


def main() -> None:
    """Measures the bundled graph and made-up ones."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="1000,20000")
    parser.add_argument("--most", type=float, default=600)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    store = open_store(None)
    views = [("bundled", read_view(store, read_terms(store)))]
    views += [(f"{size} nodes", made_up(int(size))) for size in given.sizes.split(",") if size]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name:
        for words, view in views:
            measure(playwright, Path(name), words, view, given.runs, given.most)


def measure(playwright: Playwright, folder: Path, words: str, view: View, runs: int, most: float) -> None:
    """Prints one graph: size, seconds to write, milliseconds until drawn and until stable, and the ratios."""
    for run in range(runs if len(view.nodes) < 5000 else 1):
        (mine, mine_written), (theirs, theirs_written) = written(render_explorer, view), written(plain, view)
        if WATCH not in theirs:
            theirs = theirs.replace(RESTING, RESTING + WATCH)
        drawn = opened(playwright, folder, mine, most) or most * 1000
        stable = opened(playwright, folder, theirs, most)
        rested = f"{stable:.0f} ms" if stable else f"more than {most:.0f} s"
        print(
            f"{words} ({len(view.nodes)} nodes, {len(view.edges)} edges), run {run + 1}: {len(mine.encode()):,} bytes; "
            f"written in {mine_written:.2f} s, pyvis {theirs_written:.2f} s, "
            f"{ratio(mine_written, theirs_written, most)}; "
            f"drawn in {drawn:.0f} ms, pyvis stable in {rested}, {ratio(drawn, stable, most * 1000)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
