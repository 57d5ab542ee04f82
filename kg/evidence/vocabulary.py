"""What the records need to know of the vocabulary: which terms there are, and in which scheme.

The vocabulary itself is Turtle in `ontology/terms/`; `kg.rdf.ontology` reads it. This module holds only the
plain shape, so that checking a file needs no RDF.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property


@dataclass(frozen=True, slots=True)
class TermEntry:
    """
    One term: its id (the last part of its IRI), scheme, label and the other names people use for it.

    A unit also says what it measures (time, dose, intensity ...) and the largest number that is possible with it;
    `control` marks care and agents that a contrast does not count as an exposure.
    """

    id: str
    scheme: str
    label: str
    synonyms: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    measures: str = ""
    most: Decimal | None = None
    control: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """All terms by id."""

    terms: Mapping[str, TermEntry] = field(default_factory=dict)

    def has(self, term: str, schemes: Iterable[str]) -> bool:
        """Whether `term` is a term of one of `schemes`."""
        entry = self.terms.get(term)
        return entry is not None and entry.scheme in schemes

    def label(self, term: str) -> str:
        """The preferred label of a term; the id itself for a term that is not here."""
        entry = self.terms.get(term)
        return entry.label if entry else term

    def nearest(self, word: str, schemes: Iterable[str]) -> tuple[str, ...]:
        """Up to three terms of `schemes` that `word` may stand for, best first."""
        import difflib

        names = {name: id for scheme in schemes for name, id in self._names.get(scheme, {}).items()}
        close = difflib.get_close_matches(word.lower().replace(" ", "-"), sorted(names), n=6, cutoff=0.6)
        return tuple(dict.fromkeys(names[name] for name in close))[:3]

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        names: dict[str, dict[str, str]] = {}
        for id, entry in sorted(self.terms.items()):
            own = names.setdefault(entry.scheme, {})
            own[id] = id
            for name in (entry.label, *entry.synonyms):
                own.setdefault(name.lower().replace(" ", "-"), id)
        return names
