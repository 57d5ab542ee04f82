"""The ontology folder: classes and properties, terms, shapes, rules, mappings; and the vocabulary read from it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.evidence.problem import KgError
from kg.evidence.vocabulary import TermEntry, Vocabulary
from kg.rdf.namespaces import SCHEME, WORD, graph_iri, iri, term_id


class OntologyError(KgError):
    """The ontology folder cannot be read."""


def bundled_ontology() -> Path:
    """The ontology shipped with the package: inside it when installed, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "ontology"
    return inside if inside.is_dir() else package.parent / "ontology"


@dataclass(frozen=True)
class Ontology:
    """An ontology folder."""

    root: Path

    @cached_property
    def quads(self) -> tuple[Quad, ...]:
        """Classes, properties and all terms, in the vocabulary graph, in a fixed order."""
        files = [self.root / "exercise-pain.ttl", *sorted((self.root / "terms").glob("*.ttl"))]
        found = {quad for file in files for quad in _parse(file)}
        return tuple(sorted(found, key=str))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The terms, as the records check them."""
        return _vocabulary(self.quads)

    @property
    def rules(self) -> tuple[Path, ...]:
        """The rule files, in the order in which they run."""
        return tuple(sorted((self.root / "rules").glob("*.rq")))

    @property
    def shapes(self) -> Path:
        """The SHACL shapes."""
        return self.root / "shapes.ttl"


def _parse(file: Path) -> Iterator[Quad]:
    graph = graph_iri("vocabulary")
    try:
        for quad in parse(path=str(file), format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, graph)
    except OSError as error:
        raise OntologyError(f"{file}: cannot be read: {error.strerror}") from error
    except SyntaxError as error:
        raise OntologyError(f"{file}:{error.lineno or 1}:{error.offset or 1}: {error.msg}") from error


def _vocabulary(quads: tuple[Quad, ...]) -> Vocabulary:
    facts: dict[str, dict[str, list[NamedNode | Literal]]] = {}
    for quad in quads:
        id = term_id(quad.subject) if isinstance(quad.subject, NamedNode) else None
        if id is not None and isinstance(quad.object, (NamedNode, Literal)):
            facts.setdefault(id, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return Vocabulary({id: _entry(id, own) for id, own in sorted(facts.items())})


def _entry(id: str, own: dict[str, list[NamedNode | Literal]]) -> TermEntry:
    def values(curie: str) -> list[str]:
        return [node.value for node in own.get(iri(curie).value, ())]

    most = values("epk:atMost")
    return TermEntry(
        id=id,
        scheme=next((value.removeprefix(SCHEME) for value in values("skos:inScheme")), ""),
        label=next(iter(values("skos:prefLabel")), id),
        synonyms=tuple(sorted(values("skos:altLabel"))),
        broader=tuple(sorted(term_id(NamedNode(value)) or value for value in values("skos:broader"))),
        measures=next((value.removeprefix(WORD) for value in values("epk:measures")), ""),
        most=Decimal(most[0]) if most else None,
        control="true" in values("epk:control"),
    )
