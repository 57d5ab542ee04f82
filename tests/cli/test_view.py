"""kg view on the command line: a page or a clear word, never half of one."""

from pathlib import Path

import pytest

from kg.render import View, ViewFault
from kg.render.explorer_view import MOST_EDGES, ShownEdge, ShownNode, grouped
from tests.cli.test_cli import run

EDGES = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT DISTINCT ?from ?to ?relation WHERE { ?from epk:markerOf ?to BIND("speaks for" AS ?relation) }
"""


def test_the_page_around_a_term(tmp_path: Path) -> None:
    """
    The page is written and counted; --explain prints the SPARQL instead.
    """
    target = tmp_path / "opioids.html"
    result = run("view", "--focus", "opioid-system", "--out", str(target))
    assert 0 == result.exit_code and "wrote" in result.stderr
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert "SELECT DISTINCT ?from" in run("view", "--explain").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("--focus", "no-such-thing"), 1, "is no term"),
        (("--focus", "depression"), 1, "has no edge in this network"),
        (("--condition", "no-such-thing"), 1, "is no term"),
        (("--condition", "complex-regional-pain-syndrome"), 1, "there is no edge to show"),
        (("--compare", "rat", "diabetic-neuropathy"), 1, "cannot be set side by side"),
        (("--compare", "rat", "zebrafish"), 1, "is no term"),
        (("--query", "nowhere.rq"), 1, "cannot be read"),
        (("--query", "nowhere.rq", "--focus", "opioid-system"), 2, "--query stands by itself"),
        (("--hops", "0"), 2, "--hops"),
    ],
)
def test_what_cannot_be_shown_is_said_and_nothing_is_written(
    arguments: tuple[str, ...], status: int, words: str, tmp_path: Path
) -> None:
    """
    One clear message; no file.
    """
    result = run("view", *arguments, "--out", str(tmp_path / "page.html"))
    assert status == result.exit_code
    assert words in result.stderr and "Traceback" not in result.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_target_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """
    A folder, a file in the place of a folder, a folder that is not there, and a device.
    """
    query = tmp_path / "rows.rq"
    query.write_text(EDGES)
    (tmp_path / "file").write_text("")
    (tmp_path / "folder").mkdir()
    for target in ("folder", "file/page.html", "nowhere/page.html", "/dev/null"):
        result = run("view", "--query", str(query), "--out", str(tmp_path / target))
        assert 1 == result.exit_code
        assert str(tmp_path / target) in result.stderr and "cannot be written" in result.stderr
    assert {"file", "folder", "rows.rq"} == {path.name for path in tmp_path.iterdir()}


def test_edges_of_a_query_of_ones_own(tmp_path: Path) -> None:
    """
    Rows with from and to, and triples, become a page; what yields no edge is refused with the cure.
    """
    rows, triples, lame = tmp_path / "rows.rq", tmp_path / "triples.rq", tmp_path / "lame.rq"
    rows.write_text(EDGES)
    triples.write_text(EDGES.replace("SELECT DISTINCT ?from ?to ?relation", "CONSTRUCT { ?from epk:markerOf ?to }"))
    lame.write_text("SELECT ?s WHERE { ?s ?p ?o } LIMIT 3")
    target = tmp_path / "page.html"
    counts = []
    for file in (rows, triples):
        result = run("view", "--query", str(file), "--out", str(target))
        assert 0 == result.exit_code, result.stderr
        counts.append(result.stderr.partition(": ")[2])
    assert counts[0] == counts[1]
    assert "BDNF — speaks for → BDNF signalling" in target.read_text(
        encoding="utf-8"
    ) or "marker of" in target.read_text(encoding="utf-8")
    result = run("view", "--query", str(lame), "--out", str(target))
    assert 1 == result.exit_code and "?from and ?to" in result.stderr


def test_a_query_cannot_leave_the_graph(tmp_path: Path) -> None:
    """
    SERVICE is refused before anything is asked.
    """
    file = tmp_path / "away.rq"
    file.write_text("SELECT ?from ?to WHERE { SERVICE <http://example.org/> { ?from ?p ?to } }")
    result = run("view", "--query", str(file), "--out", str(tmp_path / "page.html"))
    assert 1 == result.exit_code and "SERVICE" in result.stderr
    assert not (tmp_path / "page.html").exists()


def test_too_many_edges_are_refused_with_the_cure() -> None:
    """
    What no page could hold is refused before a page is made.
    """
    nodes = {name: ShownNode(name, name, "other") for name in "ab"}
    edges = tuple(ShownEdge("a", "b", f"r{number}") for number in range(MOST_EDGES + 1))
    with pytest.raises(ViewFault, match="too many for one page"):
        grouped(View("many", nodes, edges), {})
