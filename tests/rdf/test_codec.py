"""Records to triples and back: nothing is lost on the way, whatever the format can say."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter
from pyoxigraph import BlankNode, NamedNode

from kg.evidence import Pack, Study, Vocabulary, parse_document, read_study
from kg.evidence.discrepancy import RecordedDiscrepancy
from kg.evidence.field import Record
from kg.evidence.pack import Laboratory, PackMeta
from kg.evidence.passage import Told
from kg.evidence.quantity import Quantity
from kg.evidence.statement import About, OpenQuestion, Statement
from kg.evidence.study import StudyFile, spell_out
from kg.rdf.codec import Scope, fields, read_record, triples
from kg.rdf.dataset import facts_of, pack_quads, references_of, study_node, study_triples
from kg.rdf.namespaces import epk, pack_iri

HERE = Path(__file__).parent
REFERENCES = {id: NamedNode(f"https://doi.org/10.1000/{id}") for id in ("ref-1", "ref-2", "review")}


@pytest.fixture(scope="module")
def everything(vocabulary: Vocabulary) -> Study:
    """A study that uses every key of the format."""
    path = HERE / "kitchen_sink.yaml"
    document = parse_document(path.read_bytes(), path)
    assert not isinstance(document, list), document
    written = read_study(document, vocabulary)
    assert isinstance(written, StudyFile), written
    return spell_out(written)


def used(value: Any) -> Iterator[tuple[type[Record], str]]:
    """Every (record class, field) that holds something below a value."""
    if isinstance(value, Record):
        for name in type(value).model_fields:
            held = getattr(value, name)
            if held not in (None, (), {}):
                yield type(value), name
                yield from used(held)
    elif isinstance(value, dict):
        for item in value.values():
            yield from used(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from used(item)


def below(record: type[Record]) -> Iterator[type[Record]]:
    """A record class and all classes that its fields can hold."""
    yield record
    for field in fields(record):
        for inner in field.records:
            yield from below(inner)


def test_kitchen_sink_uses_every_field_of_the_format(everything: Study) -> None:
    """
    The test study is complete: whoever adds a key to the format must add it there, and so to the round trip.
    """

    def owned(record: type[Record], name: str) -> tuple[str, str]:
        return ("Told" if name in Told.model_fields else record.__name__, name)

    held = {owned(record, name) for record, name in used(everything)}
    wanted = {owned(record, name) for record in below(Study) for name in record.model_fields}
    assert set() == wanted - held


def test_every_field_reaches_rdf_and_comes_back(everything: Study) -> None:
    """
    A study read back from its triples equals the study that was written, field by field.
    """
    home = NamedNode("https://example.org/study")
    scope = Scope(home, REFERENCES)
    back = read_record(Study, home, facts_of(triples(everything, home, scope)), scope)
    assert everything.model_dump() == back.model_dump()


def test_each_single_field_is_missed_when_its_triples_are(everything: Study) -> None:
    """
    No field comes back by accident: without the triples of its property, the study that is read differs or is refused.
    """
    home = NamedNode("https://example.org/study")
    scope = Scope(home, REFERENCES)
    found = list(triples(everything, home, scope))
    for prop in sorted({field.property for record in below(Study) for field in fields(record)}, key=str):
        facts = facts_of(triple for triple in found if triple.predicate != prop)
        try:
            back = read_record(Study, home, facts, scope).model_dump()
        except ValueError:
            continue
        assert everything.model_dump() != back, prop


def test_bundled_studies_come_back_equal(bundled_pack: Pack) -> None:
    """
    Every study of both tellings survives the round trip.
    """
    references = references_of(bundled_pack)
    studies = [*bundled_pack.papers.values(), *bundled_pack.review.values()]
    assert studies
    for study in studies:
        node = study_node(bundled_pack, study)
        back = read_record(
            Study, node, facts_of(study_triples(bundled_pack, study, references)), Scope(node, references)
        )
        assert study.model_dump() == back.model_dump(), study.study


def test_bundled_statements_questions_and_discrepancies_come_back_equal(bundled_pack: Pack) -> None:
    """
    Every statement, open question and recorded discrepancy survives the round trip through the pack's quads.
    """
    here = pack_iri(bundled_pack.id)
    scope = Scope(here, references_of(bundled_pack))
    facts = facts_of(pack_quads(bundled_pack))
    named = [("statement", s.id, s) for s in bundled_pack.statements.values()]
    asked = [("question", q.id, q) for q in bundled_pack.questions.values()]
    noted = [("discrepancy", d.id, d) for d in bundled_pack.discrepancies.values()]
    assert named and asked and noted
    for kind, id, record in [*named, *asked, *noted]:
        back = read_record(type(record), NamedNode(f"{here.value}/{kind}/{id}"), facts, scope)
        assert record.model_dump() == back.model_dump(), id


def test_two_tellings_never_share_a_node(bundled_pack: Pack) -> None:
    """
    The paper's and the review's account of one study have their own nodes throughout.
    """
    references = references_of(bundled_pack)
    both = sorted(set(bundled_pack.papers) & set(bundled_pack.review))
    assert both
    for id in both:
        subjects = [
            {t.subject for t in study_triples(bundled_pack, study, references) if str(id) in str(t.subject)}
            for study in (bundled_pack.papers[id], bundled_pack.review[id])
        ]
        assert set() == subjects[0] & subjects[1]


def test_equal_exposures_of_two_groups_are_one_node(everything: Study) -> None:
    """
    What `like` copies is the same exposure, so that a contrast of the two groups does not add it.
    """
    home = NamedNode("https://example.org/study")
    found = list(triples(everything, home, Scope(home, REFERENCES)))
    received: dict[str, set[object]] = {}
    for triple in found:
        if triple.predicate == epk("receives"):
            received.setdefault(str(triple.subject).rstrip(">").rpartition("/")[2], set()).add(triple.object)
    assert 1 == len(received["trained"])
    assert received["trained"] < received["dosed"]
    assert 1 == len(received["dosed"] & received["lacking"])


def test_there_is_no_blank_node_in_what_is_published(bundled_pack: Pack) -> None:
    """
    Every resource has an IRI.
    """
    for quad in pack_quads(bundled_pack):
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_one_paper_is_one_publication_whatever_the_pack(bundled_pack: Pack) -> None:
    """
    A publication's IRI is its DOI in lower case; without DOI and PMID it is its place in the pack.
    """
    references = references_of(bundled_pack)
    assert NamedNode("https://doi.org/10.1097/aln.0b013e318210f880") == references["ref-36"]
    without = next(id for id, item in bundled_pack.references.items() if not item.doi and not item.pmid)
    assert references[without].value.endswith(f"/reference/{without}")


def listed(name: str, kind: Any, vocabulary: Vocabulary) -> list[Any]:
    """The records of a list file of the tests."""
    document = parse_document((HERE / name).read_bytes(), HERE / name)
    assert not isinstance(document, list), document
    return list(TypeAdapter(list[kind]).validate_python(document.content, context={"vocabulary": vocabulary}))


def test_every_frame_and_key_of_statements_comes_back(vocabulary: Vocabulary) -> None:
    """
    All frames, with every key used once or more, survive the round trip.
    """
    statements = listed("kitchen_statements.yaml", Statement, vocabulary)
    frames = {type(statement) for statement in statements}
    assert set(get_args(get_args(Statement)[0])) == frames

    def shared(record: type[Record], name: str) -> tuple[str, str]:
        return ("_Statement" if record in frames and name != "slots" else record.__name__, name)

    held = {shared(record, name) for statement in statements for record, name in used(statement)}
    wanted = {shared(record, name) for frame in frames for record in below(frame) for name in record.model_fields}
    assert {("Quantity", name) for name in Quantity.model_fields} >= wanted - held

    home = NamedNode("https://example.org/pack")
    scope = Scope(home, REFERENCES)
    for statement in statements:
        node = NamedNode(f"{home.value}/statement/{statement.id}")
        back = read_record(type(statement), node, facts_of(triples(statement, node, scope)), scope)
        assert statement.model_dump() == back.model_dump(), statement.id


def test_every_key_of_discrepancies_comes_back(vocabulary: Vocabulary) -> None:
    """
    Both sides of a recorded discrepancy, with every key used once or more, survive the round trip.
    """
    items = listed("kitchen_discrepancies.yaml", RecordedDiscrepancy, vocabulary)
    held = {(record.__name__, name) for item in items for record, name in used(item)}
    assert {(r.__name__, name) for r in below(RecordedDiscrepancy) for name in r.model_fields} == held

    home = NamedNode("https://example.org/pack")
    scope = Scope(home, REFERENCES)
    for item in items:
        node = NamedNode(f"{home.value}/discrepancy/{item.id}")
        back = read_record(RecordedDiscrepancy, node, facts_of(triples(item, node, scope)), scope)
        assert item.model_dump() == back.model_dump(), item.id


def test_a_paper_side_leads_to_its_findings_and_its_source(bundled_pack: Pack) -> None:
    """
    The names on a paper's side become the findings and the source of the paper's own telling.
    """
    study = study_node(bundled_pack, bundled_pack.papers["ma-2018"]).value
    side = f"{pack_iri(bundled_pack.id).value}/discrepancy/ma-2018-mtor/paper/1"
    led = {(q.predicate, q.object) for q in pack_quads(bundled_pack) if q.subject == NamedNode(side)}

    assert (epk("shownBy"), NamedNode(f"{study}/finding/mtor")) in led
    assert (epk("from"), NamedNode(f"{study}/source/title")) in led


def test_questions_laboratories_and_the_pack_come_back() -> None:
    """
    The smaller files survive the round trip with every key used.
    """
    home = NamedNode("https://example.org/pack")
    scope = Scope(home, REFERENCES)
    records: list[Record] = [
        OpenQuestion.model_validate(
            {"id": "q", "statement": "s", "about": {name: ["x", "y"] for name in About.model_fields}}
        ),
        Laboratory.model_validate({"laboratory": "l", "publications": ["ref-1", "ref-2"], "reason": "one senior author"}),
        PackMeta.model_validate(
            {
                "pack": "p",
                "title": "t",
                "licence": "CC0-1.0",
                "document": {"title": "d", "doi": "10.1000/d", "url": "https://example.org/d", "licence": "CC-BY-4.0",
                             "authors": "C D, A B", "year": "2021", "sha256": "0" * 64},
                "searched": {"until": "2020-06-02", "databases": ["Two", "One"]},
                "scope": {"exposures": ["exercise"], "conditions": ["healthy"]},
            }
        ),
    ]  # fmt: skip
    for record in records:
        assert {name for kind, name in used(record) if kind is type(record)} == set(type(record).model_fields)
        node = NamedNode(f"{home.value}/it")
        back = read_record(type(record), node, facts_of(triples(record, node, scope)), scope)
        assert record.model_dump() == back.model_dump()
