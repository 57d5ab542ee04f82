"""How complete a pack is, in counts that can be followed."""

from kg.evidence import Pack
from kg.evidence.coverage import check_source
from kg.query.report import Share, as_data, report_pack, report_terms
from kg.rdf.ontology import Ontology
from kg.render.report import report_lines
from tests.corpus import Corpus

TEXT = "Abstract\n\nRunning was tried [1].\n\nEnd\n\nThe work ends here."
SAID = (
    "- {id: tried, section: Abstract, passage: {start: Running, end: tried}, frame: describes, "
    "slots: {topic: opioid-system}, cites: [ref-1], cites_from: sentence, certainty: asserted}\n"
)
UNCARRIED = (
    "first_heading: Abstract\nlast_heading: End\n"
    "sentences: [{passage: {start: The work, end: here}, reason: plain-background}]\n"
)


def small(corpus: Corpus) -> Pack:
    """A pack with one study, one statement, and one sentence that is left out."""
    return corpus.write("review/statements.yaml", SAID).write("review/uncarried.yaml", UNCARRIED).load().usable()


def test_pack_is_counted(corpus: Corpus, ontology: Ontology) -> None:
    """
    References by what carries them, papers by depth, statements by frame.
    """
    report = report_pack(small(corpus), ontology, None)

    assert (Share(2, 1), Share(2, 1), Share(1, 0)) == (report.references, report.papers, report.laboratories)
    assert ({"abstract": 1}, {"describes": 1}) == (report.read, report.statements)
    assert {"small-2000"} == {one.study for one in report.studies}


def test_what_was_read_twice_is_counted(corpus: Corpus, ontology: Ontology) -> None:
    """
    Nothing counts as read twice until the pack says so, teller by teller.
    """
    once = report_pack(small(corpus), ontology, None)
    assert (Share(1, 0), Share(0, 0), False) == (once.papers_twice, once.tellings_twice, once.sentences_twice)
    corpus.write("second-readings.yaml", "papers: small-2000\nsentences: true\n")
    twice = report_pack(small(corpus), ontology, None)
    assert (Share(1, 1), Share(0, 0), True) == (twice.papers_twice, twice.tellings_twice, twice.sentences_twice)
    assert "  read twice: papers 1 of 1, the review's telling 0 of 0; sentences read twice" in list(
        report_lines([twice], report_terms(ontology))
    )


def test_reference_is_carried_by_a_statement_too(corpus: Corpus, ontology: Ontology) -> None:
    """
    A work that the document only cites is in the pack by what is said with it.
    """
    small(corpus)
    pack = corpus.write("review/statements.yaml", SAID.replace("[ref-1]", "[ref-2]")).load().usable()

    assert Share(2, 2) == report_pack(pack, ontology, None).references


def test_report_of_sentences_needs_the_text(corpus: Corpus, ontology: Ontology) -> None:
    """
    Without the text the lines say so; with it they tell citations, sentences and the share of plain background.
    """
    pack = small(corpus)
    terms = report_terms(ontology)

    assert "  passages, citations and sentences: source not given" in report_lines(
        [report_pack(pack, ontology, None)], terms
    )
    lines = list(report_lines([report_pack(pack, ontology, check_source(pack, TEXT))], terms))
    assert "  citations carried 1 of 1" in lines
    assert "  sentences 2; left out: plain-background 1" in lines
    assert "    Abstract: 1 of 1 (100 %)" in lines
    assert "    End: 0 of 1 (0 %)" in lines


def test_studies_are_told_item_by_item(corpus: Corpus, ontology: Ontology) -> None:
    """
    In lines and in data alike, a study has each item of a guideline in one state.
    """
    report = report_pack(small(corpus), ontology, None)
    (told,) = [
        one for one in as_data([report], report_terms(ontology))["packs"][0]["studies"] if one["guideline"] == "arrive"
    ]

    assert ["6"] == told["reported"]
    assert [] == told["not_reported"]
    assert sorted(map(str, range(1, 11))) == sorted(told["reported"] + told["not_read"] + told["not_kept"])
    assert any(
        "small-2000: reported 6; not reported –; not read 1, 2" in line
        for line in report_lines([report], report_terms(ontology))
    )


def test_every_term_has_label_definition_and_place(ontology: Ontology) -> None:
    """
    The vocabulary is complete, and every term was looked for elsewhere.
    """
    terms = report_terms(ontology)
    everything = Share(len(ontology.vocabulary.terms), len(ontology.vocabulary.terms))

    assert everything == terms.labels == terms.definitions == terms.places == terms.searched
    assert 0 < terms.mapped.have < terms.mapped.of


def test_bundled_pack_carries_every_reference(bundled_pack: Pack, ontology: Ontology) -> None:
    """
    Each of the references of the review is told or cited.
    """
    assert Share(103, 103) == report_pack(bundled_pack, ontology, None).references
