"""All that the pages of a site tell, read once: one CONSTRUCT for the graph and the analyses, and no query a page."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Triple

from kg.analysis.conflict import Conflict
from kg.analysis.conflicts import find_conflicts
from kg.analysis.dose import DoseMap
from kg.analysis.gaps import Gaps, find_gaps
from kg.analysis.ladder import Ladder
from kg.analysis.read_doses import doses
from kg.analysis.review import ReviewedLadder, compare_review
from kg.evidence.problem import printable
from kg.query.answer import Answer
from kg.query.discrepancies import compare_tellers
from kg.query.read_terms import read_terms
from kg.query.terms import Terms
from kg.rdf.namespaces import TERM, WORD, epk, iri, word
from kg.rdf.ontology import Ontology
from kg.render.explorer_findings import FindingText, read_findings
from kg.render.site.ontology_source import ontology_places
from kg.render.site.parts import SourceLine
from kg.store.remember import RememberingStore

#: All that a graph says, its graphs as one.
EVERYTHING = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
#: Kinds of terms that have a page each, by the class of their terms; all other terms stand in the list of their scheme.
KINDS = {
    "Mechanism": "mechanism",
    "Marker": "marker",
    "Condition": "condition",
    "Modality": "modality",
    "Outcome": "outcome",
    "Agent": "agent",
}
#: What leads from a finding, or from a statement, to the terms that it names.
_FROM_FINDING = ("measured", "site", "assay")
_FROM_CONTRAST = ("ofGroup", "versus")
_FROM_GROUP = ("condition", "species")


class _All:
    """Everything is wanted."""

    def __contains__(self, _: object) -> bool:
        return True


@dataclass(frozen=True)
class Reference:
    """One paper of a pack's list."""

    iri: str
    publication: str
    number: int
    label: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    journal: str
    doi: str
    pubmed: str


@dataclass(frozen=True)
class SiteModel:
    """What was read: terms, findings, the ladder with the review beside it, conflicts, gaps, doses, discrepancies."""

    store: RememberingStore
    triples: Mapping[str, tuple[Triple, ...]]
    terms: Terms
    findings: Mapping[str, FindingText]
    reviewed: ReviewedLadder
    conflicts: tuple[Conflict, ...]
    gaps: Gaps
    doses: DoseMap
    discrepancies: Answer
    places: Mapping[str, SourceLine]

    @property
    def ladder(self) -> Ladder:
        """The ladder of the papers."""
        return self.reviewed.ladder

    def nodes(self, subject: str, property: str) -> list[str]:
        """What a thing has for a property of the ontology, or for one with a prefix: IRIs and texts, sorted."""
        wanted = iri(property) if ":" in property else epk(property)
        return self._stated(subject).get(wanted, [])

    def _stated(self, subject: str) -> Mapping[NamedNode, list[str]]:
        """What is stated of a thing, by property; sorted when it is first asked for."""
        if subject not in self._sorted:
            found: dict[NamedNode, set[str]] = defaultdict(set)
            for one in self.triples.get(subject, ()):
                found[one.predicate].add(one.object.value)  # type: ignore[union-attr]
            self._sorted[subject] = {name: sorted(values) for name, values in found.items()}
        return self._sorted[subject]

    @cached_property
    def _sorted(self) -> dict[str, Mapping[NamedNode, list[str]]]:
        return {}

    def one(self, subject: str, property: str) -> str:
        """The first of what a thing has for a property, or nothing."""
        return next(iter(self.nodes(subject, property)), "")

    def of_class(self, name: str) -> tuple[str, ...]:
        """The things of a class of the ontology, sorted."""
        return self._classes.get(epk(name).value, ())

    def of_iri(self, curie: str) -> tuple[str, ...]:
        """The things of any class, sorted."""
        return self._classes.get(iri(curie).value, ())

    @cached_property
    def _classes(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for subject, triples in self.triples.items():
            for one in triples:
                if one.predicate == iri("rdf:type") and isinstance(one.object, NamedNode):
                    found[one.object.value].add(subject)
        return {name: tuple(sorted(members)) for name, members in found.items()}

    def label(self, node: str) -> str:
        """What a thing is called."""
        for property in ("skos:prefLabel", "rdfs:label", "identifier", "dcterms:identifier"):
            if found := self.one(node, property):
                return printable(found)
        return printable(node.removeprefix(WORD).rpartition("#")[2].rpartition("/")[2].replace("-", " ")) or node

    def source(self, node: str) -> SourceLine | None:
        """The file and line that a thing came from: that of a pack or of the ontology, or of the rule that made it."""
        return self._curated(node) or self.places.get(node) or self.places.get(self.one(node, "rule"))

    def _curated(self, node: str) -> SourceLine | None:
        file = next((one for one in self.nodes(node, "prov:wasDerivedFrom") if self.one(one, "path")), "")
        line = self.one(node, "line")
        return SourceLine(file, self.one(file, "path"), int(line) if line.isdigit() else None) if file else None

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The papers of all lists, by number."""
        found = [self._reference(entry) for entry in self.of_class("ReferenceEntry")]
        return tuple(sorted(found, key=lambda one: (one.number, one.iri)))

    def _reference(self, entry: str) -> Reference:
        publication = self.one(entry, "entryFor")
        year, number = self.one(publication, "dcterms:issued")[:4], self.one(entry, "number")
        return Reference(
            entry,
            publication,
            int(number) if number.isdigit() else 0,
            self.label(publication),
            printable(self.one(publication, "dcterms:title")),
            tuple(self.nodes(publication, "dc:creator")),
            int(year) if year.isdigit() else None,
            self.one(publication, "prism:publicationName"),
            self.one(publication, "prism:doi"),
            self.one(publication, "fabio:hasPubMedId"),
        )

    @cached_property
    def by_publication(self) -> Mapping[str, Reference]:
        """Each publication with its first entry in a list."""
        found: dict[str, Reference] = {}
        for one in self.references:
            found.setdefault(one.publication, one)
        return found

    @cached_property
    def by_number(self) -> Mapping[str, str]:
        """Each number that one entry alone has, with that entry: with two packs a number may mean two papers."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in self.references:
            found[str(one.number)].append(one.iri)
        return {number: entries[0] for number, entries in found.items() if len(entries) == 1}

    @cached_property
    def owned(self) -> Mapping[str, tuple[str, ...]]:
        """Each study, statement and the like with the nodes whose IRIs lie beneath its own, itself first."""
        owners = {
            one
            for name in ("Study", "Statement", "ReferenceEntry", "OpenQuestion", "Discrepancy", "Conflict", "Gap")
            for one in self.of_class(name)
        }
        found: dict[str, list[str]] = defaultdict(list)
        for subject in sorted(self.triples):
            if (owner := _owner(subject, owners)) is not None:
                found[owner].append(subject)
        return {owner: tuple(parts) for owner, parts in found.items()}

    @cached_property
    def finding_terms(self) -> Mapping[str, frozenset[str]]:
        """The terms that each finding names, by IRI: what it measured, where, in whom, and what its groups got."""
        return {finding: frozenset(self._terms_of(finding)) for finding in self.findings}

    def _terms_of(self, finding: str) -> Iterator[str]:
        for property in _FROM_FINDING:
            yield from self.nodes(finding, property)
        for contrast in self.nodes(finding, "hasContrast"):
            for side in _FROM_CONTRAST:
                for group in self.nodes(contrast, side):
                    yield from self._terms_of_group(group)

    def _terms_of_group(self, group: str) -> Iterator[str]:
        for property in _FROM_GROUP:
            yield from self.nodes(group, property)
        for exposure in self.nodes(group, "receives"):
            yield from self.nodes(exposure, "what")

    @cached_property
    def statement_terms(self) -> Mapping[str, frozenset[str]]:
        """The terms that each statement names."""
        return {
            statement: frozenset(
                one.object.value
                for part in self.owned.get(statement, ())
                for one in self.triples[part]
                if isinstance(one.object, NamedNode) and one.object.value.startswith(TERM)
            )
            for statement in self.of_class("Statement")
        }

    @cached_property
    def findings_of(self) -> Mapping[str, tuple[str, ...]]:
        """Each term with the findings that name it, or one beneath it, or one that speaks for it or acts on it."""
        return _turned(self.finding_terms, self._widened)

    @cached_property
    def statements_of(self) -> Mapping[str, tuple[str, ...]]:
        """Each term with the statements that name it or one beneath it."""
        return _turned(self.statement_terms, lambda term: self.nodes(term, "within") or [term])

    def _widened(self, term: str) -> Iterable[str]:
        tied = [other for property in ("markerOf", "raises", "lowers") for other in self.nodes(term, property)]
        return {wide for each in (term, *tied) for wide in (self.nodes(each, "within") or [each])}

    def same_paper(self, study: str) -> list[str]:
        """The other tellings of the paper that a study tells of."""
        publication = self.one(study, "publication")
        return [one for one in self.studies_of.get(publication, ()) if one != study]

    @cached_property
    def studies_of(self) -> Mapping[str, tuple[str, ...]]:
        """Each publication with its tellings."""
        found: dict[str, list[str]] = defaultdict(list)
        for study in self.of_class("Study"):
            found[self.one(study, "publication")].append(study)
        return {publication: tuple(studies) for publication, studies in found.items()}

    def told_by_paper(self, study: str) -> bool:
        """Whether the paper itself tells, and not the review."""
        return word("paper-telling").value in self.nodes(study, "telling")

    def depth(self, study: str) -> str:
        """How far what a study tells was read, in a word."""
        return self.label(self.one(study, "readDepth")) if self.one(study, "readDepth") else ""

    def literal(self, subject: str, property: str) -> bool:
        """Whether a thing has a property as a mark that is true."""
        wanted = epk(property)
        return any(one.predicate == wanted and one.object == Literal(True) for one in self.triples.get(subject, ()))


def _owner(subject: str, owners: set[str]) -> str | None:
    while subject:
        if subject in owners:
            return subject
        subject = subject.rpartition("/")[0]
    return None


def _turned(
    terms: Mapping[str, frozenset[str]], widened: Callable[[str], Iterable[str]]
) -> Mapping[str, tuple[str, ...]]:
    wider: dict[str, tuple[str, ...]] = {}
    found: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(terms):
        for term in terms[thing]:
            if term not in wider:
                wider[term] = tuple(widened(term))
        for wide in {each for term in terms[thing] for each in wider[term]}:
            found[wide].append(thing)
    return {term: tuple(things) for term, things in found.items()}


def read_model(asked: RememberingStore, ontology: Ontology) -> SiteModel:
    """What a store holds, for the pages of a site."""
    triples: dict[str, dict[Triple, None]] = defaultdict(dict)
    for triple in asked.construct(EVERYTHING):
        if isinstance(triple.subject, NamedNode):
            triples[triple.subject.value][triple] = None
    terms = read_terms(asked)
    names = {id: entry.label for id, entry in terms.vocabulary.terms.items()}
    found = read_findings(asked, _All(), names)
    return SiteModel(
        asked,
        {subject: tuple(each) for subject, each in triples.items()},
        terms,
        {one.iri: one for one in found},
        compare_review(asked),
        find_conflicts(asked, everything=True),
        find_gaps(asked),
        doses(asked, telling="both"),
        compare_tellers(asked, folded=False).answer,
        dict(ontology_places(triples, ontology)),
    )
