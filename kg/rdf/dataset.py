"""A pack as quads: which record goes to which named graph, under which IRI.

Pure functions of the pack: same pack, same quads. Every resource has an IRI; there is no blank node.
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.evidence.discrepancy import RecordedDiscrepancy
from kg.evidence.exposure import Chemogenetic
from kg.evidence.pack import Pack
from kg.evidence.passage import Passage, link
from kg.evidence.reference import Publication
from kg.evidence.statement import OpenQuestion, Statement
from kg.evidence.study import Finding, Study, contrasts
from kg.rdf.codec import TYPE, Facts, Scope, class_of, exposure_node, read_record, triples
from kg.rdf.namespaces import child, epk, graph_iri, iri, pack_iri, publication_iri, study_iri, term_iri, word

LABEL = iri("rdfs:label")
PASSAGE = class_of(Passage)
PUBLICATION_CLASS = {"article-journal": "fabio:JournalArticle", "report": "fabio:Report", "book": "fabio:Book"}


def pack_quads(pack: Pack) -> Iterator[Quad]:
    """Every quad of a pack as curated, rules not yet run."""
    yield from _in(graph_iri("publications"), _publications(pack))
    yield from _in(graph_iri("references", pack.id), _references(pack))
    references = references_of(pack)
    for review, studies in ((False, pack.papers), (True, pack.review)):
        graph = graph_iri("review" if review else "papers", pack.id)
        for study in studies.values():
            yield from _in(graph, study_triples(pack, study, references))
    yield from _in(graph_iri("review", pack.id), _statements(pack))
    yield from _in(graph_iri("provenance", pack.id), _provenance(pack))


def _in(graph: NamedNode, found: Iterable[Triple]) -> Iterator[Quad]:
    for triple in found:
        yield Quad(triple.subject, triple.predicate, triple.object, graph)


def references_of(pack: Pack) -> dict[str, NamedNode]:
    """The IRI of each reference, and of the review's own document."""
    known = {id: publication_iri(publication, pack.id) for id, publication in pack.references.items()}
    return known | {"review": NamedNode(f"https://doi.org/{pack.meta.document.doi.lower()}")}


def study_node(pack: Pack, study: Study) -> NamedNode:
    """The IRI of one teller's account."""
    return study_iri(pack.id, study.study, review=study.by_review)


def study_triples(pack: Pack, study: Study, references: Mapping[str, NamedNode]) -> Iterator[Triple]:
    """One study: its record, and what follows from it without a rule (contrasts, where it was read, labels)."""
    node = study_node(pack, study)
    scope = Scope(node, references)
    said = tuple(triples(study, node, scope))
    yield from said
    yield Triple(node, epk("telling"), word("review-telling" if study.by_review else "paper-telling"))
    yield Triple(node, epk("inPack"), pack_iri(pack.id))
    yield Triple(node, LABEL, Literal(pack.references[study.publication].short))
    for group in study.groups.values():
        for exposure in group.gets:
            if isinstance(exposure, Chemogenetic):
                yield Triple(exposure_node(scope, exposure), epk("what"), term_iri(exposure.chemogenetic.tool))
    for name in study.groups:
        yield Triple(scope.local("group", name), epk("inStudy"), node)
    for finding in study.findings:
        yield from _finding(finding, study, scope)
    yield from _links(pack, said, scope)


def _finding(finding: Finding, study: Study, scope: Scope) -> Iterator[Triple]:
    node = child(scope.home, "finding", finding.id)
    yield Triple(node, epk("inStudy"), scope.home)
    first = next(source for source in study.sources if not finding.source or source in finding.source)
    yield Triple(node, epk("readFrom"), scope.local("source", first))
    for group, versus in contrasts(finding):
        contrast = child(node, "contrast", group)
        yield Triple(node, epk("hasContrast"), contrast)
        yield Triple(contrast, TYPE, epk("Contrast"))
        yield Triple(contrast, epk("ofGroup"), scope.local("group", group))
        yield Triple(contrast, epk("versus"), scope.local("group", versus))


def _links(pack: Pack, said: tuple[Triple, ...], scope: Scope) -> Iterator[Triple]:
    """The text-fragment link of every passage in what a record says."""
    passages = {t.subject for t in said if t.predicate == TYPE and t.object == PASSAGE}
    facts = facts_of(t for t in said if t.subject in passages)
    for passage in facts:
        found = read_record(Passage, passage, facts, scope)
        yield Triple(passage, epk("link"), NamedNode(link(pack.meta.document.url, found)))


def _references(pack: Pack) -> Iterator[Triple]:
    here = pack_iri(pack.id)
    yield Triple(here, LABEL, Literal(pack.meta.title))
    yield from triples(pack.meta, here, Scope(here))
    nodes = references_of(pack)
    yield Triple(here, epk("reviewDocument"), nodes["review"])
    yield Triple(child(here, "document"), epk("publication"), nodes["review"])
    for id, publication in pack.references.items():
        yield from _entry(publication, nodes[id], here)
    scope = Scope(here, nodes)
    for laboratory in pack.laboratories.values():
        node = child(here, "laboratory", laboratory.laboratory)
        yield from triples(laboratory, node, scope)
        yield Triple(node, epk("inPack"), here)


def _publications(pack: Pack) -> Iterator[Triple]:
    """What publications are, in one graph for all packs: some engines answer twice from what stands in two graphs."""
    nodes, document = references_of(pack), pack.meta.document
    yield Triple(nodes["review"], TYPE, iri("fabio:ReviewArticle"))
    yield Triple(nodes["review"], iri("dcterms:title"), Literal(document.title))
    yield Triple(nodes["review"], iri("prism:doi"), Literal(document.doi))
    for id, publication in pack.references.items():
        yield from _publication(publication, nodes[id])


def _publication(item: Publication, node: NamedNode) -> Iterator[Triple]:
    yield Triple(node, TYPE, iri(PUBLICATION_CLASS.get(item.type, "fabio:Work")))
    yield Triple(node, LABEL, Literal(item.short))
    yield Triple(node, iri("dcterms:title"), Literal(item.title))
    yield Triple(node, iri("dcterms:issued"), Literal(str(item.year), datatype=iri("xsd:gYear")))
    for name in item.author:
        yield Triple(node, iri("dc:creator"), Literal(str(name)))
    optional = (
        ("prism:publicationName", item.container_title),
        ("prism:volume", item.volume),
        ("prism:number", item.issue),
        ("prism:pageRange", item.page),
        ("prism:doi", item.doi),
        ("fabio:hasPubMedId", item.pmid),
        ("fabio:hasPubMedCentralId", item.pmcid),
    )
    for curie, value in optional:
        if value is not None:
            yield Triple(node, iri(curie), Literal(value))


def _entry(item: Publication, node: NamedNode, pack: NamedNode) -> Iterator[Triple]:
    entry = child(pack, "entry", item.id)
    yield Triple(entry, TYPE, epk("ReferenceEntry"))
    yield Triple(entry, iri("dcterms:identifier"), Literal(item.id))
    yield Triple(entry, epk("entryFor"), node)
    yield Triple(entry, epk("inPack"), pack)
    if item.number is not None:
        yield Triple(entry, epk("number"), Literal(item.number))
    for defect in item.custom.defects:
        yield Triple(entry, epk("defect"), Literal(defect))


def _statements(pack: Pack) -> Iterator[Triple]:
    here = pack_iri(pack.id)
    scope = Scope(here, references_of(pack))
    items: list[tuple[str, Statement | OpenQuestion | RecordedDiscrepancy]] = [
        ("statement", item) for item in pack.statements.values()
    ]
    items += [("question", item) for item in pack.questions.values()]
    items += [("discrepancy", item) for item in pack.discrepancies.values()]
    for kind, item in items:
        node = child(here, kind, item.id)
        said = tuple(triples(item, node, scope))
        yield from said
        yield Triple(node, epk("inPack"), here)
        yield from _links(pack, said, scope)
    for discrepancy in pack.discrepancies.values():
        yield from _paper_sides(pack, discrepancy, child(here, "discrepancy", discrepancy.id))


def _paper_sides(pack: Pack, item: RecordedDiscrepancy, node: NamedNode) -> Iterator[Triple]:
    """The findings and the source that a discrepancy names, in the paper's telling."""
    study = next((study for study in pack.papers.values() if study.publication == item.ref), None)
    if study is None:
        return
    home = study_node(pack, study)
    for index, side in enumerate(item.paper):
        here = child(node, "paper", index + 1)
        for name in side.findings:
            yield Triple(here, epk("shownBy"), child(home, "finding", name))
        if side.source is not None:
            yield Triple(here, epk("from"), child(home, "source", side.source))


def _provenance(pack: Pack) -> Iterator[Triple]:
    here, nodes = pack_iri(pack.id), references_of(pack)
    for located in pack.located.values():
        node = child(here, "file", located.file)
        yield Triple(node, TYPE, epk("PackFile"))
        yield Triple(node, epk("path"), Literal(located.file))
        yield Triple(node, epk("sha256"), Literal(located.sha256))
    for folder, studies in (("studies", pack.papers), ("review/studies", pack.review)):
        for study in studies.values():
            file = f"{folder}/{study.study}.yaml"
            node, place = study_node(pack, study), pack.located[file]
            yield Triple(node, iri("prov:wasDerivedFrom"), child(here, "file", file))
            told = "prov:wasDerivedFrom" if study.by_review else "prov:hadPrimarySource"
            yield Triple(node, iri(told), nodes[study.told_by])
            for index, finding in enumerate(study.findings):
                yield Triple(child(node, "finding", finding.id), epk("line"), Literal(place.line("findings", index)))
    lists: list[tuple[str, str, Iterable[str]]] = [
        ("entry", "references.json", pack.references),
        ("statement", "review/statements.yaml", pack.statements),
        ("question", "review/questions.yaml", pack.questions),
        ("discrepancy", "review/discrepancies.yaml", pack.discrepancies),
    ]
    for kind, file, ids in lists:
        for id in ids:
            node = child(here, kind, id)
            yield Triple(node, iri("prov:wasDerivedFrom"), child(here, "file", file))
            yield Triple(node, epk("line"), Literal(pack.located[file].line(pack.index(file, id))))


def facts_of(found: Iterable[Triple | Quad]) -> Facts:
    """Triples by subject and property, the shape that records are read back from."""
    facts: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = {}
    for item in found:
        if isinstance(item.subject, NamedNode) and isinstance(item.object, (NamedNode, Literal)):
            values = facts.setdefault(item.subject, {}).setdefault(item.predicate, [])
            if item.object not in values:
                values.append(item.object)
    return facts
