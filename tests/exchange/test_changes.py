"""What changed between two versions: nothing that differs is passed over, nothing that is the same is told."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.exchange import AS_RDF, Changes, compare, counts, quads_of, words
from kg.rdf.namespaces import graph_iri
from kg.rdf.ontology import Ontology
from kg.rdf.write import sorted_nquads
from kg.store import build_graph, write_build
from tests.corpus import Corpus

STATEMENT = """- id: said
  section: Abstract
  passage: {start: "some words", end: "here"}
  frame: effect
  slots: {exposure: exercise, measured: bdnf, direction: increase}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
"""


@pytest.fixture
def old(corpus: Corpus, ontology: Ontology) -> frozenset[Quad]:
    """The tiny pack with a statement, before anybody changes it."""
    corpus.write("review/statements.yaml", STATEMENT)
    return frozenset(build_graph([corpus.load().usable()], ontology).quads)


def changed(old: frozenset[Quad], corpus: Corpus, ontology: Ontology) -> Changes:
    return compare(old, frozenset(build_graph([corpus.load().usable()], ontology).quads))


def test_pack_its_build_and_its_store_are_one_version(old: frozenset[Quad], corpus: Corpus, ontology: Ontology) -> None:
    """
    Whatever form a version has, it does not differ from itself; an engine that drops final zeros changes nothing.
    """
    graph = build_graph([corpus.load().usable()], ontology)
    build = corpus.root.parent / "build"
    write_build(graph, build)
    for place in (corpus.root, build, build / "graph.nq", build / "graph.trig", build / "store"):
        changes = compare(old, quads_of(str(place)))
        assert ((), frozenset(), frozenset()) == (changes.things, changes.added, changes.removed), place
    assert "no difference" == counts(changes)


def test_changed_finding_says_what_it_said(old: frozenset[Quad], corpus: Corpus, ontology: Ontology) -> None:
    """
    The thing, the property, the old word and the new one; what the rules made of it is told too.
    """
    changes = changed(old, corpus.with_text("result: decrease", "result: no-significant-change"), ontology)
    lines = list(words(changes))
    at = lines.index(
        "~ finding tiny/paper/small-2000/finding/touch: mechanical-allodynia | no-significant-change | run | rest"
    )
    assert "    result: decrease -> no-significant-change" == lines[at + 1]
    assert "- derived relief tiny/paper/small-2000/finding/touch" in lines
    assert "+ derived no-relief tiny/paper/small-2000/finding/touch" in lines
    assert counts(changes).startswith("finding: 1 changed; derived: 1 added, 1 removed")
    assert () == changes.lost


def test_lost_id_is_named(old: frozenset[Quad], corpus: Corpus, ontology: Ontology) -> None:
    """
    A finding under another id is one removed, one added, and an id that is lost.
    """
    changes = changed(old, corpus.with_text("id: touch", "id: touched"), ontology)
    assert ("tiny/paper/small-2000/finding/touch",) == changes.lost
    lines = list(words(changes))
    assert lines[-1].startswith("! the finding id tiny/paper/small-2000/finding/touch is lost;")
    assert {"+", "-"} == {line[0] for line in lines if line[2:].startswith("finding")}


def test_moved_line_is_no_change_of_a_finding(old: frozenset[Quad], corpus: Corpus, ontology: Ontology) -> None:
    """
    A comment moves lines and the file's digest: the RDF holds that, no thing has changed.
    """
    changes = changed(old, corpus.with_text("findings:\n", "# a comment\nfindings:\n"), ontology)
    assert () == changes.things
    assert changes.added and changes.removed


def test_statement_dose_term_and_reference_are_things(
    old: frozenset[Quad], corpus: Corpus, ontology: Ontology, tmp_path: Path
) -> None:
    """
    Each kind of thing is told under its own name: what a group gets belongs to its study.
    """
    terms = tmp_path / "ontology"
    shutil.copytree(ontology.root, terms)
    file = terms / "terms" / "species.ttl"
    file.write_text(file.read_text(encoding="utf-8").replace('"rat"@en', '"rats"@en'), encoding="utf-8")
    corpus.with_text("length: 5 week", "length: 6 week")
    corpus.write("review/statements.yaml", STATEMENT.replace("asserted", "hedged"))
    corpus.write(
        "references.json", (corpus.root / "references.json").read_text(encoding="utf-8").replace("Two", "Three")
    )
    changes = changed(old, corpus, Ontology(terms))
    told = {(change.sign, change.kind, change.name) for change in changes.things if change.kind != "derived"}
    assert {
        ("~", "statement", "tiny/statement/said"), ("~", "study", "tiny/paper/small-2000"), ("~", "term", "rat"),
        ("~", "reference", "https://doi.org/10.1000/two"),
    } == told  # fmt: skip
    assert "    pref label: rat -> rats" in list(words(changes))


def test_patch_makes_the_new_version_of_the_old(old: frozenset[Quad], corpus: Corpus, ontology: Ontology) -> None:
    """
    Lines with D taken away and lines with A added give the new quads, to the quad.
    """
    corpus.with_text("id: touch", "id: touched").with_text("5 week", "6 week")
    new = frozenset(build_graph([corpus.load().usable()], ontology).quads)
    lines = AS_RDF["patch"](compare(old, new)).splitlines()
    assert (b"TX .", b"TC .") == (lines[0], lines[-1])
    sides = {sign: b"\n".join(line[2:] for line in lines if line[:2] == sign) for sign in (b"D ", b"A ")}
    taken, given = (set(parse(sides[sign], format=RdfFormat.N_QUADS)) for sign in (b"D ", b"A "))
    assert taken <= old
    assert sorted_nquads(new) == sorted_nquads((old - taken) | given)


def test_two_graphs_hold_what_left_and_what_came(old: frozenset[Quad], corpus: Corpus, ontology: Ontology) -> None:
    """
    TriG for people: one named graph for each direction.
    """
    changes = changed(old, corpus.with_text("result: decrease", "result: increase"), ontology)
    quads = set(parse(AS_RDF["trig"](changes), format=RdfFormat.TRIG))
    for name, side in (("added", changes.added), ("removed", changes.removed)):
        assert {q.triple for q in side} == {q.triple for q in quads if q.graph_name == graph_iri(name)}


def test_final_zeros_make_no_difference() -> None:
    """
    140 and 140.0 are one number; 140 and 14 are two.
    """
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    one, same, other = (
        frozenset({Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(text, datatype=decimal), NamedNode("urn:g"))})
        for text in ("140", "140.0", "14")
    )
    assert () == compare(one, same).things
    assert 1 == len(compare(one, other).things)
