"""What changed between two versions of the evidence, thing by thing: findings, statements, terms, derived results.

A thing is whatever has an id in a file, with all that stands below it. Two versions are compared by address, so a
finding whose id is gone is lost even if the same result stands there under another id.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.rdf.codec import POSITION, number
from kg.rdf.namespaces import BASE, TERM, iri
from kg.store.open import Project, open_store

_DECIMAL = iri("xsd:decimal")

#: The kinds of thing, in the order in which changes are told.
KINDS = ("finding", "statement", "question", "study", "reference", "laboratory", "pack", "term", "ontology", "derived")
#: The kinds by the step that names them in an address below a pack.
_STEPS = {name: name for name in ("statement", "question", "laboratory", "reference")} | {"entry": "reference"}

#: One thing that is said: of which part of the thing, by which property, and what.
Fact: TypeAlias = tuple[str, str, str]
Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing of which the two versions say different things; one side is empty where it is added or removed."""

    kind: str
    name: str
    before: frozenset[Fact]
    after: frozenset[Fact]

    @property
    def sign(self) -> str:
        """`+` added, `-` removed, `~` changed."""
        return "+" if not self.before else "-" if not self.after else "~"


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that differs: things in order, and the quads of which they consist."""

    things: tuple[Change, ...]
    added: frozenset[Quad]
    removed: frozenset[Quad]

    @property
    def lost(self) -> tuple[str, ...]:
        """The findings whose id is gone; ids are addresses and should stay."""
        return tuple(change.name for change in self.things if (change.kind, change.sign) == ("finding", "-"))


def quads_of(place: str) -> frozenset[Quad]:
    """The quads of a version: a pack's folder is built first; else a build, a file of quads or an endpoint is read."""
    folder = Path(place)
    if (folder / "pack.yaml").is_file():
        return frozenset(Project(Project.bundled().ontology, (folder,)).graph().quads)
    return frozenset(open_store(place).quads())


def compare(before: frozenset[Quad], after: frozenset[Quad]) -> Changes:
    """What differs between two versions; how many zeros a number ends in is no difference."""
    old, new = {_canonical(quad): quad for quad in before}, {_canonical(quad): quad for quad in after}
    said, says = _things(old), _things(new)
    found = [
        Change(*key, said.get(key, frozenset()), says.get(key, frozenset()))
        for key in said.keys() | says.keys()
        if said.get(key) != says.get(key)
    ]
    found.sort(key=lambda change: (KINDS.index(change.kind), change.name))
    added = frozenset(new[quad] for quad in new.keys() - old.keys())
    removed = frozenset(old[quad] for quad in old.keys() - new.keys())
    return Changes(tuple(found), added, removed)


def _canonical(quad: Quad) -> Quad:
    """A quad as the engine keeps it, which drops the zeros that end a decimal number."""
    if not isinstance(quad.object, Literal) or quad.object.datatype != _DECIMAL:
        return quad
    return Quad(quad.subject, quad.predicate, number(Decimal(quad.object.value)), quad.graph_name)


def _things(quads: Iterable[Quad]) -> Mapping[Key, frozenset[Fact]]:
    things: dict[Key, set[Fact]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and (key := _thing(quad)) is not None:
            part = quad.subject.value.removeprefix(BASE).removeprefix("pack/")
            below = part[len(key[1]) :].strip("/") if part.startswith(key[1]) else ""
            if below or quad.predicate != POSITION:  # where a thing stands in its file says nothing of it
                things.setdefault(key, set()).add((below, quad.predicate.value, _value(quad)))
    return {key: frozenset(facts) for key, facts in things.items()}


def _value(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode) else str(quad.object)


def _thing(quad: Quad) -> Key | None:
    """The kind and the name of what a quad tells of; nothing for where in a file it stands."""
    subject, graph = str(getattr(quad.subject, "value", "")), str(getattr(quad.graph_name, "value", ""))
    if graph.endswith("/provenance"):
        return None
    if "/graph/derived/" in graph:
        return "derived", f"{graph.rpartition('/')[2]} {subject.removeprefix(BASE).removeprefix('pack/')}"
    if subject.startswith(TERM):
        return "term", subject.removeprefix(TERM)
    if subject.startswith(f"{BASE}pack/"):
        return _in_pack(subject.removeprefix(f"{BASE}pack/").split("/"))
    return ("reference", subject) if graph.endswith("/graph/publications") else ("ontology", subject)


def _in_pack(steps: list[str]) -> Key:
    """The thing of a pack that owns the part at the end of some steps."""
    if len(steps) > 2 and steps[1] in ("paper", "review"):
        finding = len(steps) > 4 and steps[3] == "finding"
        return ("finding", "/".join(steps[:5])) if finding else ("study", "/".join(steps[:3]))
    if len(steps) > 2 and steps[1] in _STEPS:
        return _STEPS[steps[1]], "/".join(steps[:3])
    return "pack", steps[0]
