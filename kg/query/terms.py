"""A vocabulary for people to read: schemes, trees of terms, what a term is tied to and who uses it.

Separate from `kg.query.vocabulary`, which holds only what is needed to understand the parameters of a question.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.evidence.vocabulary import TermEntry, Vocabulary
from kg.query.question import QuestionFault


@dataclass(frozen=True, slots=True)
class Scheme:
    """The terms of one kind."""

    id: str
    label: str
    definition: str


@dataclass(frozen=True, slots=True)
class Tie:
    """What a term says of another, or, where it is `incoming`, what another says of it."""

    label: str
    other: str
    incoming: bool


@dataclass(frozen=True, slots=True)
class Uses:
    """The studies, by pack and id, and the statements that name a term itself."""

    studies: frozenset[tuple[str, str]] = frozenset()
    statements: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Terms:
    """A whole vocabulary."""

    schemes: Mapping[str, Scheme]
    vocabulary: Vocabulary
    definitions: Mapping[str, str]
    ties: Mapping[str, tuple[Tie, ...]]
    uses: Mapping[str, Uses]

    @cached_property
    def _narrower(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for id, entry in self.vocabulary.terms.items():
            for wider in entry.broader:
                found.setdefault(wider, []).append(id)
        return {id: tuple(sorted(below, key=self._place)) for id, below in found.items()}

    def _place(self, id: str) -> tuple[str, str]:
        return self.vocabulary.label(id).lower(), id

    def narrower(self, id: str) -> tuple[str, ...]:
        """The terms directly beneath a term, by label."""
        return self._narrower.get(id, ())

    def tops(self, scheme: str) -> tuple[str, ...]:
        """The terms of a scheme that have no wider term, by label."""
        own = (entry for entry in self.vocabulary.terms.values() if entry.scheme == scheme and not entry.broader)
        return tuple(sorted((entry.id for entry in own), key=self._place))

    def beneath(self, id: str) -> frozenset[str]:
        """A term and all that lie beneath it."""
        found: set[str] = set()
        open_ = [id]
        while open_:
            if (here := open_.pop()) not in found:
                found.add(here)
                open_ += self.narrower(here)
        return frozenset(found)

    def tied(self, id: str) -> frozenset[str]:
        """The terms that say something of a term or of one beneath it: its markers, what moves it, its outcomes."""
        ties = (tie for below in self.beneath(id) for tie in self.ties.get(below, ()) if tie.incoming)
        return frozenset(tie.other for tie in ties)

    def studies(self, ids: Iterable[str]) -> int:
        """How many studies name one of some terms; the two tellings of a study count once."""
        return len(frozenset().union(*(self._uses(id).studies for id in ids)))

    def statements(self, ids: Iterable[str]) -> int:
        """How many statements name one of some terms."""
        return len(frozenset().union(*(self._uses(id).statements for id in ids)))

    def _uses(self, id: str) -> Uses:
        return self.uses.get(id, Uses())

    def walk(self, scheme: str, depth: int | None = None) -> Iterator[tuple[TermEntry, tuple[bool, ...]]]:
        """
        The tree of a scheme down to `depth`, each term below its wider one.

        Beside a term stands, for each step from the top down to it, whether that step is the last among its like.
        """
        yield from self._walk(self.tops(scheme), (), (), depth)

    def _walk(
        self, ids: Sequence[str], steps: tuple[bool, ...], above: tuple[str, ...], depth: int | None
    ) -> Iterator[tuple[TermEntry, tuple[bool, ...]]]:
        if depth is not None and len(steps) >= depth:
            return
        for id in ids:
            here = (*steps, id == ids[-1])
            yield self.vocabulary.terms[id], here
            below = tuple(other for other in self.narrower(id) if other not in (*above, id))
            yield from self._walk(below, here, (*above, id), depth)


def scheme_named(terms: Terms, name: str) -> Scheme:
    """The scheme with this id or label; raises `QuestionFault` if there is none."""
    for scheme in terms.schemes.values():
        if name.lower() in (scheme.id, scheme.label.lower()):
            return scheme
    raise QuestionFault(f"there is no scheme {name!r}; there are {', '.join(terms.schemes)}")
