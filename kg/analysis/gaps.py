"""What nobody has examined: one row a mechanism, ranked by a score that was fixed before it was run.

Rules find the cells, detections and kinds of gap; this module bounds, scores and orders them. It says what the graph
does not hold, never that the world does not.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.bound import LEAST_EXPECTED, chance_of_empty, expected, upper_bound
from kg.analysis.gap_data import Count, Detection, GapData, Kind, read_gaps, word_of
from kg.analysis.score import Score, load_score, ranks
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.store.protocol import Store

#: The kinds of gap of a mechanism, the lowest first: that one names the row.
LADDER = (
    "not-examined-with-exercise", "looked-at-not-countable", "measured-change-not-shown", "changed-never-blocked",
    "conflict-unresolved", "not-examined-in-people", "one-laboratory-only",
)  # fmt: skip
_DETECTORS = 3


@dataclass(frozen=True, slots=True)
class GapCondition:
    """A mechanism in one class of conditions: how many looked, what detectors say, what is missing."""

    condition: Term
    count: Count
    species: tuple[Count, ...]
    detections: tuple[Detection, ...]
    kinds: tuple[Term, ...]
    parts: Mapping[str, float]
    score: float
    chance: float | None
    looks: tuple[str, ...]
    cited_elsewhere: tuple[str, ...]

    @property
    def bound(self) -> float | None:
        """The 95 % upper bound of the share that examines the mechanism; None if somebody did, or nobody could have."""
        return upper_bound(self.count.out_of) if self.count.empty else None

    @property
    def detectors(self) -> tuple[str, ...]:
        """The detectors that fired."""
        return tuple(sorted((word_of(each.detector) for each in self.detections), key=_order))

    @property
    def one_source(self) -> bool:
        """Whether two detectors came from one section of the review."""
        return any(each.one_source for each in self.detections)


@dataclass(frozen=True, slots=True)
class GapRow:
    """
    A gap: of a mechanism, with its rank and classes; or of a class, without a rank.

    Where no part of the score is above zero in any class, no class leads, and the row has no score and no rank.
    """

    rank: int | None
    kind: Term
    mechanism: Term | None
    missing_rung: Term | None
    leads_in: GapCondition | None
    conditions: tuple[GapCondition, ...]
    also: tuple[Term, ...]
    of_class: Kind | None = None

    @property
    def score(self) -> float | None:
        """The score of the class in which the row leads."""
        return self.leads_in.score if self.leads_in else None


@dataclass(frozen=True, slots=True, repr=False)
class Gaps:
    """All gaps of a graph under one score."""

    score: Score
    rows: tuple[GapRow, ...]
    searched: str

    @property
    def cells(self) -> tuple[tuple[Term, GapCondition], ...]:
        """Every mechanism with every class, for a map: mechanism and cell."""
        return tuple((row.mechanism, cell) for row in self.rows if row.mechanism for cell in row.conditions)

    def narrowed(
        self, *, kind: str | None = None, mechanism: str | None = None, condition: str | None = None,
        species: str | None = None, top: int | None = None,
    ) -> "Gaps":  # fmt: skip
        """The rows that fit; leaving rows or classes out changes no rank."""
        rows: Iterable[GapRow] = (_narrow(row, condition, species) for row in self.rows)
        kept = [
            row for row in rows
            if (mechanism is None or (row.mechanism is not None and row.mechanism.iri == mechanism))
            and (kind is None or kind in {word_of(each) for each in (row.kind, *row.also)})
            and _has(row, condition, species)
        ]  # fmt: skip
        return Gaps(self.score, tuple(kept[:top]), self.searched)

    def __repr__(self) -> str:
        return f"<Gaps: {len(self.rows)} rows under the score {self.score.name}>"

    def _repr_html_(self) -> str:
        from kg.analysis.gap_words import COLUMNS, flat
        from kg.query.show import html_table

        return html_table("What nobody has examined", COLUMNS, [flat(row) for row in self.rows], self.searched)


def find_gaps(store: Store, score: str | Score = "agreement", *, papers: bool = True) -> Gaps:
    """
    The gaps of a graph, ranked under a score given by name, by file, or itself.

    Without `papers`, those that looked otherwise or are cited elsewhere are not named, which a table does not show.
    """
    chosen = score if isinstance(score, Score) else load_score(score)
    data = read_gaps(store, papers=papers)
    chances = _chances(store, data.counts)
    mechanisms = sorted({count.mechanism for count in data.counts}, key=lambda term: (str(term), term.iri))
    rows = [row for term in mechanisms if (row := _row(term, data, chosen, chances))]
    scored, unscored = [row for row in rows if row.score], [row for row in rows if not row.score]
    placed = ranks([row.score or 0.0 for row in scored])
    ranked = [_with_rank(row, rank) for row, rank in zip(scored, placed, strict=True)]
    ranked.sort(key=lambda row: (row.rank or 0, str(row.mechanism)))
    return Gaps(chosen, (*ranked, *unscored, *_of_classes(data)), data.searched)


def parts_of(count: Count, detections: Sequence[Detection]) -> dict[str, float]:
    """The parts of the score of one cell, each in [0, 1]; docs/gaps.md says what each is."""
    by = {word_of(each.detector): each for each in detections}
    bound = upper_bound(count.out_of) if count.empty else None
    fired = len(by) - ("empty" in by and count.out_of == 0)
    stated, bridge = by.get("stated"), by.get("bridge")
    shared = any(each.one_source for each in detections)
    return {
        "agreement": fired / _DETECTORS,
        "absence": 0.0 if bound is None else 1 - bound,
        "bridge": 1 / (1 + bridge.crossings) if bridge else 0.0,
        "asked": 0.0 if stated is None else 1.0 if stated.asked_of else 0.5,
        "sources": (fired - shared) / _DETECTORS,
        "read": count.read_in_full / count.out_of if count.out_of else 0.0,
    }


def _row(mechanism: Term, data: GapData, score: Score, chances: Mapping[tuple[str, str], float]) -> GapRow | None:
    conditions = tuple(
        _condition(count, count.condition, data, score, chances)
        for count in data.counts
        if count.mechanism.iri == mechanism.iri and count.condition and not count.species
    )
    if not conditions:
        return None
    whole = [kind for kind in data.kinds if kind.mechanism == mechanism and kind.condition is None]
    beneath = [kind for kind in data.kinds if kind.mechanism == mechanism and kind.condition is not None]
    named = sorted(whole or [kind for kind in beneath if word_of(kind.kind) == LADDER[0]], key=_rung)
    if not named:
        return None
    also = dict.fromkeys(kind.kind for kind in sorted([*whole, *beneath], key=_rung) if kind.kind != named[0].kind)
    ordered = tuple(sorted(conditions, key=lambda cell: (-cell.score, str(cell.condition))))
    lead = ordered[0] if ordered[0].score else None
    return GapRow(None, named[0].kind, mechanism, named[0].missing_rung, lead, ordered, tuple(also))


def _condition(
    count: Count, condition: Term, data: GapData, score: Score, chances: Mapping[tuple[str, str], float]
) -> GapCondition:
    key = (count.mechanism.iri, condition.iri)
    detections = data.detections.get(key, ())
    parts = parts_of(count, detections)
    kinds = [kind for kind in data.kinds if kind.mechanism == count.mechanism and kind.condition == condition]
    species = tuple(
        each for each in data.counts
        if each.species and each.mechanism.iri == key[0] and each.condition and each.condition.iri == key[1]
    )  # fmt: skip
    return GapCondition(
        condition, count, species, detections, tuple(kind.kind for kind in sorted(kinds, key=_rung)), parts,
        score.of(parts), chances.get(key), data.looks.get(key, ()), data.elsewhere.get(key, ()),
    )  # fmt: skip


def _of_classes(data: GapData) -> list[GapRow]:
    """The rows that are about no mechanism; they have no score and no rank."""
    return [
        GapRow(None, kind.kind, None, kind.missing_rung, None, (), (), kind)
        for kind in data.kinds
        if kind.mechanism is None
    ]


def _chances(store: Store, counts: Sequence[Count]) -> dict[tuple[str, str], float]:
    """The corrected p of each empty cell in which a count of three or more was to be expected."""
    of_mechanism = {each.mechanism.iri: each.examined for each in counts if not each.condition and not each.species}
    cells = [each for each in counts if each.condition and not each.species]
    of_class: dict[str, int] = {}
    for each in cells:
        if each.condition:
            of_class[each.condition.iri] = of_class.get(each.condition.iri, 0) + each.examined
    total = sum(of_mechanism.values())
    wanted = [
        (each.mechanism.iri, each.condition.iri) for each in cells
        if each.condition and each.empty
        and expected(of_mechanism.get(each.mechanism.iri, 0), of_class[each.condition.iri], total) >= LEAST_EXPECTED
    ]  # fmt: skip
    if not wanted:
        return {}
    classes: dict[str, set[str]] = {}
    table = set()
    for row in ask(store, bundled_question("gap-margins")):
        classes.setdefault(row.study.iri, set()).add(row.condition_class.iri)
        table.add((row.study.iri, row.mechanism.iri))
    return chance_of_empty(sorted(table), {study: frozenset(names) for study, names in classes.items()}, wanted)


def _rung(kind: Kind) -> tuple[int, str]:
    word = word_of(kind.kind)
    return LADDER.index(word) if word in LADDER else len(LADDER), word


def _order(detector: str) -> int:
    return ("empty", "stated", "bridge").index(detector)


def _with_rank(row: GapRow, rank: int) -> GapRow:
    from dataclasses import replace

    return replace(row, rank=rank)


def _narrow(row: GapRow, condition: str | None, species: str | None) -> GapRow:
    from dataclasses import replace

    kept = [cell for cell in row.conditions if condition is None or cell.condition.iri == condition]
    if species is not None:
        kept = [
            replace(cell, species=tuple(each for each in cell.species if each.species and each.species.iri == species))
            for cell in kept
        ]
        kept = [cell for cell in kept if any(each.empty for each in cell.species)]
    return replace(row, conditions=tuple(kept))


def _has(row: GapRow, condition: str | None, species: str | None) -> bool:
    if row.mechanism is not None:
        return bool(row.conditions)
    about = row.of_class.condition if row.of_class else None
    return species is None and (condition is None or (about is not None and about.iri == condition))
