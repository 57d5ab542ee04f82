"""What the graph says of gaps, read through named questions: cells with their counts, detections, kinds of gap."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.rdf.namespaces import WORD
from kg.store.protocol import Store

#: A mechanism and a class of conditions, by their addresses; no class stands for all of them together.
Key = tuple[str, str | None]
#: What the gaps of a mechanism, or of none, in a class, or in all, rest on.
Behind = dict[tuple[str | None, str | None], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Count:
    """How many studies examined a mechanism, of how many that could have, and the rung that is missing next."""

    mechanism: Term
    condition: Term | None
    species: Term | None
    examined: int
    looked_at: int
    out_of: int
    read_in_full: int
    missing_rung: Term | None

    @property
    def empty(self) -> bool:
        """Whether nobody examined the mechanism, or looked at it in any other way."""
        return not self.examined and not self.looked_at


@dataclass(frozen=True, slots=True)
class Detection:
    """One detector that sees a gap of a mechanism in a class, and what it rests on."""

    detector: Term
    asked_of: tuple[Term, ...]
    inherited_from: tuple[Term, ...]
    crossings: int
    crosses: tuple[Term, ...]
    one_source: bool
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of gap that a rule found, and of how many studies, trials or programmes it speaks."""

    kind: Term
    mechanism: Term | None
    condition: Term | None
    outcome: Term | None
    missing_rung: Term | None
    out_of: int | None
    read_in_full: int | None
    reporting: int | None


@dataclass(frozen=True, slots=True)
class GapData:
    """All that the rules found."""

    counts: tuple[Count, ...]
    detections: dict[Key, tuple[Detection, ...]]
    kinds: tuple[Kind, ...]
    elsewhere: dict[Key, tuple[str, ...]]
    looks: dict[Key, tuple[str, ...]]
    searched: str


def word_of(term: Term) -> str:
    """The fixed word of a term, such as `empty`; it stays when labels are written anew."""
    return term.iri.removeprefix(WORD)


def read_gaps(store: Store, *, papers: bool = True) -> GapData:
    """What the rules found in the store; without `papers`, those that looked or are cited elsewhere are not named."""
    counts = tuple(Count(*row) for row in ask(store, bundled_question("gap-cells")))
    answer = ask(store, bundled_question("gaps"))
    kinds = tuple(Kind(*row) for row in answer)
    return GapData(
        counts,
        _detections(store),
        kinds,
        _elsewhere(store) if papers else {},
        _looks(store) if papers else {},
        answer.searched,
    )


def read_evidence(store: Store) -> Behind:
    """What the gaps rest on: cells, detections, conflicts and studies, by mechanism and class."""
    found: dict[tuple[str | None, str | None], dict[str, None]] = {}
    for row in ask(store, bundled_question("gap-evidence")):
        found.setdefault((_iri(row.mechanism), _iri(row.condition_class)), {})[row.rests_on] = None
    return {key: tuple(names) for key, names in found.items()}


def _iri(term: Term | None) -> str | None:
    return None if term is None else term.iri


def _detections(store: Store) -> dict[Key, tuple[Detection, ...]]:
    found: dict[Key, dict[Term, list[Any]]] = {}
    for row in ask(store, bundled_question("gap-detections")):
        found.setdefault((row.mechanism.iri, row.condition_class.iri), {}).setdefault(row.detector, []).append(row)
    return {key: tuple(_detection(name, rows) for name, rows in by.items()) for key, by in found.items()}


def _detection(detector: Term, rows: list[Any]) -> Detection:
    return Detection(
        detector,
        _distinct(row.asked_of for row in rows),
        _distinct(row.inherited_from for row in rows),
        max(row.crossings or 0 for row in rows),
        _distinct(row.crosses for row in rows),
        any(row.one_source for row in rows),
        tuple(sorted({row.rests_on.iri for row in rows})),
    )


def _distinct(terms: Iterable[Term | None]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for term in terms if term is not None))


def _elsewhere(store: Store) -> dict[Key, tuple[str, ...]]:
    """Papers cited for a class that studied another, by mechanism and class."""
    return _by_cell(store, "gap-papers-elsewhere", _cited)


def _looks(store: Store) -> dict[Key, tuple[str, ...]]:
    """Papers that looked in a way that does not count, by mechanism and class."""
    return _by_cell(store, "gap-looks", _paper)


def _cited(row: Any) -> str:
    return f"{_paper(row)} is cited for {row.review_says}; the paper studied {row.paper_says}"


def _paper(row: Any) -> str:
    return f"{row.study} [{row.ref}], {row.read}"


def _by_cell(store: Store, question: str, spoken: Callable[[Any], str]) -> dict[Key, tuple[str, ...]]:
    found: dict[Key, dict[str, None]] = {}
    for row in ask(store, bundled_question(question)):
        found.setdefault((row.mechanism.iri, row.condition_class.iri), {})[spoken(row)] = None
    return {key: tuple(lines) for key, lines in found.items()}
