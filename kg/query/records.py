"""Studies, findings and statements as records, read back from a store, for those who want no SPARQL."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from pyoxigraph import NamedNode, Triple

from kg.evidence.statement import Statement
from kg.evidence.study import Finding, Group, Study
from kg.rdf.codec import TYPE, Facts, Scope, class_of, read_record
from kg.rdf.dataset import facts_of
from kg.rdf.namespaces import BASE
from kg.store.protocol import Store

_STUDIES = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?study ?pack WHERE { ?study a epk:Study ; epk:inPack ?pack } ORDER BY ?study
"""
_STATEMENTS = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?statement ?pack WHERE { ?statement a epk:Statement ; epk:inPack ?pack } ORDER BY ?statement
"""
_REFERENCES = """
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
SELECT ?pack ?id ?publication
WHERE {
  { ?entry a epk:ReferenceEntry ; epk:inPack ?pack ; dcterms:identifier ?id ; epk:entryFor ?publication }
  UNION { ?pack epk:reviewDocument ?publication BIND("review" AS ?id) }
}
ORDER BY ?pack ?id
"""
_FACTS = f"SELECT ?s ?p ?o WHERE {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{BASE}pack/')) }}"


@dataclass(frozen=True, slots=True)
class StudyFinding:
    """A finding beside the study that tells it."""

    study: Study
    finding: Finding

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups that the finding speaks of."""
        return tuple(self.study.groups[name] for name in self.finding.group)

    @property
    def versus(self) -> Group | None:
        """The group they are compared with; None for one that is compared with itself before, or not stated."""
        return self.study.groups.get(self.finding.versus)


@dataclass(frozen=True, slots=True)
class PlacedStudy:
    """A study beside its address and its pack's."""

    node: NamedNode
    pack: NamedNode
    study: Study


@dataclass(frozen=True, slots=True)
class PlacedStatement:
    """A statement beside its address and its pack's."""

    node: NamedNode
    pack: NamedNode
    statement: Statement


def read_studies(store: Store) -> tuple[Study, ...]:
    """Every study of a store, the paper's telling and the review's each, by publication and teller."""
    found = [placed.study for placed in placed_studies(store)]
    return tuple(sorted(found, key=lambda study: (len(study.publication), study.publication, study.by_review)))


def placed_studies(store: Store) -> tuple[PlacedStudy, ...]:
    """Every study of a store with its place, in the order of their addresses."""
    references, facts = references_of(store), facts_of(_triples(store))
    return tuple(
        PlacedStudy(node, pack, read_record(Study, node, facts, Scope(node, references.get(pack, {}))))
        for node, pack in store.select(_STUDIES).rows
        if isinstance(node, NamedNode) and isinstance(pack, NamedNode)
    )


def placed_statements(store: Store) -> tuple[PlacedStatement, ...]:
    """Every statement of a store with its place, in the order of their addresses."""
    references, facts = references_of(store), facts_of(_triples(store))
    return tuple(
        PlacedStatement(node, pack, _statement(node, facts, Scope(pack, references.get(pack, {}))))
        for node, pack in store.select(_STATEMENTS).rows
        if isinstance(node, NamedNode) and isinstance(pack, NamedNode)
    )


def references_of(store: Store) -> Mapping[NamedNode, Mapping[str, NamedNode]]:
    """The publications of every pack, by their ids there; `review` is the pack's own document."""
    references: dict[NamedNode, dict[str, NamedNode]] = {}
    for pack, id, publication in store.select(_REFERENCES).rows:
        if isinstance(pack, NamedNode) and id is not None and isinstance(publication, NamedNode):
            references.setdefault(pack, {})[id.value] = publication
    return references


def _statement(node: NamedNode, facts: Facts, scope: Scope) -> Statement:
    frames: tuple[type[Statement], ...] = get_args(get_args(Statement)[0])
    return read_record(next(frame for frame in frames if class_of(frame) in facts[node][TYPE]), node, facts, scope)


def _triples(store: Store) -> Iterator[Triple]:
    for subject, predicate, object in store.select(_FACTS).rows:
        if isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and object is not None:
            yield Triple(subject, predicate, object)
