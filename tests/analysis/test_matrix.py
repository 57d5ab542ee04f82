"""The matrix: counted in one pass, empty where nothing stands, and the same as the store answers place by place."""

from kg.analysis import Level, Matrix, Piece, read_matrix
from kg.analysis.matrix import Count
from kg.store import OxigraphStore

A, B = ("a", "one"), ("b", "one")
SOME = Matrix.of([Piece(A, "p"), Piece(A, "p"), Piece(A, "q"), Piece(B, "p")])
ASSESSED = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?mechanism ?class ?told (COUNT(DISTINCT ?evidence) AS ?n)
WHERE { ?node epk:mechanism ?mechanism ; epk:conditionClass ?class ; epk:inSpecies ?told ; epk:neededIn ?evidence }
GROUP BY ?mechanism ?class ?told
"""


def test_evidence_and_papers_are_counted_apart() -> None:
    """
    Two findings of one paper are two pieces of evidence and one paper.
    """
    assert Count(3, 2) == SOME.count(A)
    assert {A: Count(3, 2), B: Count(1, 1)} == SOME.counts()
    assert frozenset({"p", "q"}) == SOME.papers(A)


def test_empty_places_are_those_that_hold_nothing() -> None:
    """
    Every combination of the axes that no evidence stands in, in their order; a place is never counted as zero.
    """
    assert [("a", "two"), ("b", "two")] == SOME.empty(("a", "b"), ("one", "two"))
    assert Count(0, 0) == SOME.count(("c", "one"))
    assert [] == Matrix.of(()).empty((), ("one",))


def test_without_a_paper_its_own_places_are_empty() -> None:
    """
    What only it held is gone, what others hold stands, and nothing is added.
    """
    rest = SOME.without({"p"})

    assert {A: Count(1, 1)} == rest.counts()
    assert [B] == rest.empty(("a", "b"), ("one",))
    assert SOME == SOME.without(())


def test_read_matrix_counts_what_the_assessments_hold(store: OxigraphStore) -> None:
    """
    The pieces of evidence on one rung are those of the assessments, species gathered.
    """
    held = read_matrix(store)
    needed = {place: held.count(place).evidence for place in held.held if _height(place) == ("with exercise", 4)}
    rows = store.select(ASSESSED).rows

    assert sum(int(str(n.value)) for *_, n in rows if n is not None) == sum(needed.values()) > 0
    assert {(m.value, c.value) for m, c, *_ in rows if m and c} == {(place[0], place[1]) for place in needed}


def _height(place: tuple[object, ...]) -> tuple[str, int]:
    level = place[-1]
    assert isinstance(level, Level)
    return level.side, level.height
