"""The graph as Python has it: what a researcher types in a notebook."""

import copy
import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

import kg
from kg.cli import main
from kg.evidence import Pack
from kg.evidence.study import contrasts
from kg.knowledge import KnowledgeGraph
from kg.query import Answer, QuestionFault
from kg.query.answer import Term
from kg.store import Graph, OxigraphStore, QueryFault, StoreFault, write_build

STUDY = "https://w3id.org/exercise-pain-kg/ontology#Study"


@pytest.fixture(scope="module")
def knowledge(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    """The bundled graph, opened from a build."""
    out = tmp_path_factory.mktemp("knowledge") / "out"
    write_build(graph, out)
    return kg.open(str(out))


@pytest.fixture(scope="module")
def answer(knowledge: KnowledgeGraph) -> Answer:
    """An answer with terms, numbers and cells that are empty."""
    return knowledge.ask("blockers-of-exercise")


def test_rows_are_named_tuples_of_python_values(answer: Answer) -> None:
    """
    A term is its label and knows its IRI, a number is a number, nothing is None; the answer is a sequence.
    """
    (row,) = [row for row in answer if row.ref == 36 and row.route == "intrathecal"]
    assert ("benefit kept", "naloxone methiodide", None) == (row.benefit, row.blocker, getattr(row, "nothing", None))
    assert "https://w3id.org/exercise-pain-kg/term/naloxone-methiodide" == row.blocker.iri
    assert isinstance(row.ref, int)
    assert row in answer
    assert len(answer) == len(list(answer)) == len(answer.rows)
    assert answer[0] == answer[:1][0]
    assert None in {row.route for row in answer}


def test_term_is_its_label_and_survives_copies() -> None:
    """
    A term compares as its text, and pickling keeps the IRI.
    """
    term = Term("opioid system", "https://example.org/opioid")
    assert "opioid system" == term
    for again in (copy.deepcopy(term), pickle.loads(pickle.dumps(term))):  # noqa: S301 - our own bytes
        assert (term, term.iri) == (again, again.iri)


def test_parameters_are_terms_by_any_name(knowledge: KnowledgeGraph) -> None:
    """
    Labels and ids mean the same; a number may be a number; a wrong name is refused with the right one.
    """
    by_label = knowledge.ask("blockers-of-exercise", of_mechanism="endogenous opioid system")
    by_id = knowledge.ask("blockers-of-exercise", of_mechanism="opioid-system")
    assert by_label.rows == by_id.rows != ()
    assert knowledge.ask("two-tellers", ref=36).rows == knowledge.ask("two-tellers", ref="ref-36").rows
    with pytest.raises(QuestionFault, match="did you mean opioid-system"):
        knowledge.ask("blockers-of-exercise", of_mechanism="opiod-system")


def test_answer_becomes_a_data_frame(answer: Answer) -> None:
    """
    The frame has the answer's columns, its rows and its values, labels as plain text.
    """
    frame = answer.to_pandas()
    assert list(answer.columns) == list(frame.columns)
    assert len(answer) == len(frame)
    assert [row.benefit for row in answer] == list(frame["benefit"])
    assert str is type(frame["benefit"][0])
    assert frame["route"].isna().any()


def test_answer_shows_itself_in_a_notebook(answer: Answer) -> None:
    """
    As HTML and as Markdown with the question, its columns, its cells and what was searched.
    """
    for text in (answer._repr_html_(), answer._repr_markdown_()):
        assert answer.question.header.summary in text
        assert "naloxone methiodide" in text
        assert answer.searched.partition("(")[0].strip() in text.replace("\\", "")


def test_ladder_and_gaps_show_themselves_in_a_notebook(knowledge: KnowledgeGraph) -> None:
    """
    As a table with what was searched; printed, they are a word and not every record they hold.
    """
    ladder, gaps = knowledge.ladder(condition="diabetic-neuropathy"), knowledge.gaps().narrowed(top=2)
    for page, name, rows, searched in (
        (ladder._repr_html_(), "endogenous opioid system", len(ladder), ladder.searched),
        (gaps._repr_html_(), "endocannabinoid system", 2, gaps.searched),
    ):
        assert f"<td>{name}</td>" in page
        assert 1 + rows == page.count("<tr>")
        assert searched in page
    assert f"<Ladder of {len(ladder)} cells>" == repr(ladder)
    assert "<Gaps: 2 rows under the score agreement>" == repr(gaps)


def test_what_is_read_aloud_is_what_the_commands_print(knowledge: KnowledgeGraph) -> None:
    """
    Paths, plans, doses and the argument about a gap give the lines of `kg`, each from the same graph.
    """
    place = str(knowledge.location)
    paths = knowledge.paths("exercise", "neuropathic-pain-intensity")
    doses = knowledge.dose(condition="spinal-cord-injury")
    for lines, command in (
        (paths.sentences(most=1), "paths exercise neuropathic-pain-intensity --most 1"),
        (paths.sentences(), "paths exercise neuropathic-pain-intensity"),
        (knowledge.plan(1).sentences(), "gaps --plan 1 --format sentences"),
        (doses.sentences(), "dose --condition spinal-cord-injury --format sentences"),
        (doses.sentences("weeks"), "dose --condition spinal-cord-injury --by weeks --format sentences"),
        (
            knowledge.argue("endocannabinoid-system", condition="diabetic-neuropathy"),
            "gaps --why endocannabinoid-system --condition diabetic-neuropathy",
        ),
    ):
        printed = CliRunner().invoke(main, [*command.split(), "--store", place], catch_exceptions=False)
        assert printed.stdout.splitlines() == lines != []


def test_hostile_cells_are_escaped(knowledge: KnowledgeGraph) -> None:
    """
    A label that is a script, a table cell or a link stays text in HTML and in Markdown.
    """
    hostile = "<script>alert(1)</script> | [x](javascript:alert(1)) `a` *b*"
    found = knowledge.query(f'SELECT ?a WHERE {{ BIND("{hostile}\\n" AS ?a) }}')
    assert isinstance(found, Answer)
    assert "<script>" not in found._repr_html_() and "&lt;script&gt;" in found._repr_html_()
    (line,) = [line for line in found._repr_markdown_().splitlines() if "alert" in line]
    assert r"\<script\>alert(1)\</script\> \| \[x\](javascript:alert(1)) \`a\` \*b\*" in line


def test_long_answers_are_cut_with_a_word(knowledge: KnowledgeGraph) -> None:
    """
    A notebook is not flooded, and says how much more there is.
    """
    terms = knowledge.ask("terms")
    assert f"{len(terms) - 50} more rows." in terms._repr_html_()
    assert 51 == terms._repr_html_().count("<tr>")


def test_sparql_of_ones_own_gives_rows_triples_or_truth(knowledge: KnowledgeGraph, store: OxigraphStore) -> None:
    """
    SELECT, CONSTRUCT and ASK, whatever comments and prefixes stand before them.
    """
    rows = knowledge.query(f"# CONSTRUCT\nPREFIX a: <http://a#SELECT> select (count(?s) AS ?n) {{ ?s a <{STUDY}> }}")
    assert isinstance(rows, Answer)
    assert len(knowledge.studies) == rows[0].n
    triples = knowledge.query(f"BASE <http://b/>\nCONSTRUCT WHERE {{ ?s a <{STUDY}> }}")
    assert isinstance(triples, list) and len(knowledge.studies) == len(triples)
    assert knowledge.query(f"ASK {{ ?s a <{STUDY}> }}") is True


def test_decimals_stay_exact(knowledge: KnowledgeGraph) -> None:
    """
    A printed 0.1 is a tenth, not the nearest double; a truth value is one.
    """
    found = knowledge.query("SELECT ?a ?b WHERE { BIND(0.1 AS ?a) BIND(true AS ?b) }")
    assert isinstance(found, Answer)
    assert (Decimal("0.1"), True) == found[0]


def test_sparql_that_leaves_or_never_ends_is_refused(graph: Graph, tmp_path: Path) -> None:
    """
    SERVICE is refused before anything is asked; an endless query is given up after the seconds that were given.
    """
    write_build(graph, tmp_path / "out")
    quick = kg.open(str(tmp_path / "out"), seconds=0.3)
    with pytest.raises(QueryFault, match="SERVICE asks another endpoint"):
        quick.query("SELECT ?s { SERVICE <http://a/> { ?s ?p ?o } }")
    with pytest.raises(QueryFault, match=r"did not end within 0\.3 seconds"):
        quick.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


def test_place_without_a_graph_is_refused_at_once(tmp_path: Path) -> None:
    """
    Opening tells, not the first question.
    """
    with pytest.raises(StoreFault, match="there is no such folder or file"):
        kg.open(str(tmp_path / "nowhere"))


def test_studies_are_the_records_of_the_files(knowledge: KnowledgeGraph, bundled_pack: Pack) -> None:
    """
    Each study that is read back equals the one that its file holds; both tellings are there, side by side.
    """
    held = [*bundled_pack.papers.values(), *bundled_pack.review.values()]
    by_name = {(study.study, study.told_by): study.model_dump() for study in knowledge.studies}
    assert {(study.study, study.told_by): study.model_dump() for study in held} == by_name
    (paper, review) = (study for study in knowledge.studies if study.publication == "ref-36")
    assert (False, True) == (paper.by_review, review.by_review)


def test_findings_know_their_groups(knowledge: KnowledgeGraph) -> None:
    """
    Every finding of every study, with the groups on both sides; itself-before and not-stated are no group.
    """
    found = knowledge.findings
    assert sum(len(study.findings) for study in knowledge.studies) == len(found)
    for item in found:
        assert len(contrasts(item.finding)) == len(item.groups)
        assert (item.versus is None) == (item.finding.versus in ("itself-before", "not-stated"))


def test_why_is_the_question_of_that_name(knowledge: KnowledgeGraph) -> None:
    """
    g.why(a, b) asks what connects two terms.
    """
    assert (
        knowledge.ask("why", a="exercise", b="opioid-system").rows
        == knowledge.why("exercise", "endogenous opioid system").rows
    )


def test_rdflib_has_the_whole_graph(knowledge: KnowledgeGraph, graph: Graph) -> None:
    """
    The dataset holds every quad, and answers SPARQL over the union of the graphs.
    """
    dataset = knowledge.rdflib()
    assert len(graph.quads) == sum(1 for _ in dataset.quads())
    ((count,),) = dataset.query(f"SELECT (COUNT(?s) AS ?n) {{ ?s a <{STUDY}> }}")
    assert len(knowledge.studies) == int(count)


def test_questions_are_listed_with_what_they_answer(knowledge: KnowledgeGraph) -> None:
    """
    Every named question can be asked by the name it is listed under.
    """
    assert "blockers-of-exercise" in knowledge.questions
    assert all(len(summary) > 20 for summary in knowledge.questions.values())


def test_triples_of_a_named_question(knowledge: KnowledgeGraph) -> None:
    """
    A question that constructs gives triples; asked for rows it says so.
    """
    assert knowledge.triples("assessment-graph")
    with pytest.raises(QueryFault, match="assessment-graph: is not a SELECT query"):
        knowledge.ask("assessment-graph")
