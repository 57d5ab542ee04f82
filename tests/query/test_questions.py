"""The named questions: each documented, each with a pinned answer, each asking the store and nothing else."""

import csv
import io
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.evidence import Vocabulary
from kg.query import Answer, QuestionFault, ask, bundled_names, bundled_question, construct, parse_question
from kg.store import OxigraphStore, QueryFault

GOLDEN = Path(__file__).parent / "golden"
#: Questions whose whole answer is too long to read are pinned for one parameter.
PINNED = {
    "exercise-settings": {"in_condition": "spinal-cord-injury"},
    "finding-proofs": {"ref": "36"},
    "findings-of-paper": {"ref": "36"},
    "markers-measured": {"of_mechanism": "endocannabinoid-system"},
    "ladder-settings": {"of_mechanism": "opioid-system"},
    "markers-by-site": {"of_marker": "bdnf"},
    "measuring-times": {"of_measured": "mechanical-allodynia"},
    "mechanism-evidence": {"of_mechanism": "opioid-system"},
    "network-edges": {"in_condition": "spinal-nerve-ligation", "by_telling": "paper"},
    "papers-behind-statement": {"statement": "microglia-normalised"},
    "statements-citing": {"ref": "36"},
    "terms-within": {"of": "neurotransmitter-systems"},
    "tests-used": {"of_measured": "mechanical-allodynia"},
    "two-tellers": {"ref": "36"},
    "why": {"a": "exercise", "b": "opioid-system"},
}
SELECTS = [name for name in bundled_names() if not bundled_question(name).is_construct]


def rows(answer: Answer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([list(row.values()) for row in answer.texts()])
    return out.getvalue()


@pytest.mark.parametrize("name", [name for name in SELECTS if name != "terms"])
def test_answer_is_pinned(
    name: str, store: OxigraphStore, vocabulary: Vocabulary, request: pytest.FixtureRequest
) -> None:
    """
    The answer on the bundled evidence, row by row, as a reader sees it.
    """
    answer = ask(store, bundled_question(name), PINNED.get(name, {}), vocabulary=vocabulary)
    file = GOLDEN / f"{name}.tsv"
    if request.config.getoption("--update-golden"):
        GOLDEN.mkdir(exist_ok=True)
        file.write_text(rows(answer), encoding="utf-8")
    assert file.read_text(encoding="utf-8") == rows(answer)


@pytest.mark.parametrize("name", bundled_names())
def test_question_says_what_it_answers(name: str) -> None:
    """
    Each question has a summary, and each that answers with rows a sentence that reads a row aloud.
    """
    header = bundled_question(name).header
    assert 20 < len(header.summary)
    if not bundled_question(name).is_construct:
        assert header.sentence and header.columns


@pytest.mark.parametrize("name", [name for name in SELECTS if name != "terms"])
def test_rows_come_in_one_order(name: str, store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    No two rows are equal in all selected cells, so ORDER BY over them can be total; asking twice gives the same rows.
    """
    question = bundled_question(name)
    given = PINNED.get(name, {})
    first, second = (ask(store, question, given, vocabulary=vocabulary) for _ in range(2))
    assert first.rows == second.rows
    whole = store.select(question.sparql, question.bindings(given, vocabulary)).rows
    assert len(whole) == len(set(whole))


@pytest.mark.parametrize("name", SELECTS)
def test_sentence_reads_every_row(name: str, store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    Every row is read aloud in a line without left-over marks of the template.
    """
    answer = ask(store, bundled_question(name), PINNED.get(name, {}), vocabulary=vocabulary)
    for line in answer.sentences():
        assert line and "{" not in line and "None" not in line and "  " not in line


EVIDENCE = {"study", "ref", "doi", "read"}


@pytest.mark.parametrize(
    "name",
    ["exercise-to-mechanisms", "blockers-of-exercise", "trial-doses", "null-or-harmful", "drugs-without-exercise",
     "adverse-events", "two-tellers", "why", "studies", "mechanism-evidence", "markers-by-site", "conflicts", "conflicts-of-statements",
     "bridges-untested", "agents-given", "clinical-outcomes", "trial-flow", "trial-participants", "printed-numbers",
     "single-arm-findings", "start-against-injury", "measuring-times", "after-exercise-stops", "animal-doses",
     "studies-by-laboratory", "papers-behind-statement", "tellers-differ", "findings-of-paper", "discrepancies",
     "doses-tried", "dose-outcomes"],
)  # fmt: skip
def test_rows_carry_their_evidence(name: str) -> None:
    """
    Study, reference number, DOI and read depth stand in every row of an answer about evidence.
    """
    assert set(bundled_question(name).header.columns) >= EVIDENCE


def test_filter_narrows_to_the_class_and_its_models(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    A filter by condition class keeps the class and what lies beneath it, and nothing else.
    """
    question = bundled_question("exercise-to-mechanisms")
    whole = ask(store, question, {}, vocabulary=vocabulary).texts()
    spinal = ask(store, question, {"in_condition": "spinal cord injury"}, vocabulary=vocabulary).texts()
    assert [row for row in whole if row["condition_class"] == "spinal cord injury"] == spinal
    assert 0 < len(spinal) < len(whole)


def test_terms_are_found_by_id_label_and_synonym(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    A parameter takes a term's id, its label or a synonym, and they mean the same.
    """
    question = bundled_question("blockers-of-exercise")
    entry = vocabulary.terms["opioid-system"]
    names = [entry.id, entry.label, entry.synonyms[0], entry.label.upper()]
    answers = {ask(store, question, {"of_mechanism": name}, vocabulary=vocabulary).rows for name in names}
    assert 1 == len(answers)


def test_unknown_term_suggests_the_nearest(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    A misspelt term is refused with the right one.
    """
    with pytest.raises(QuestionFault, match="did you mean opioid-system"):
        ask(store, bundled_question("blockers-of-exercise"), {"of_mechanism": "opiod-system"}, vocabulary=vocabulary)


def test_term_of_another_scheme_is_refused(vocabulary: Vocabulary) -> None:
    """
    A species is no mechanism.
    """
    with pytest.raises(QuestionFault, match="no term for mechanism"):
        bundled_question("blockers-of-exercise").bindings({"of_mechanism": "rat"}, vocabulary)


def test_unknown_parameter_names_the_known_ones(vocabulary: Vocabulary) -> None:
    """
    A parameter that the question lacks is refused with those it has.
    """
    with pytest.raises(QuestionFault, match="it has of_mechanism, in_condition"):
        bundled_question("blockers-of-exercise").bindings({"condition": "x"}, vocabulary)


def test_parameter_is_bound_not_pasted(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    Text that looks like SPARQL stays text: it is refused as a number, and as a term.
    """
    hostile = "36 } UNION { ?s ?p ?o"
    with pytest.raises(QuestionFault, match="needs a whole number"):
        ask(store, bundled_question("two-tellers"), {"ref": hostile}, vocabulary=vocabulary)
    with pytest.raises(QuestionFault, match="no term"):
        ask(store, bundled_question("why"), {"a": hostile, "b": "opioid-system"}, vocabulary=vocabulary)


def test_reference_is_a_number_or_its_id(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    36 and ref-36 are the same reference.
    """
    question = bundled_question("two-tellers")
    answers = [ask(store, question, {"ref": ref}, vocabulary=vocabulary).rows for ref in ("36", "ref-36")]
    assert answers[0] == answers[1] != ()


def test_unknown_question_suggests_the_nearest() -> None:
    """
    A misspelt question is refused with the right name.
    """
    with pytest.raises(QuestionFault, match="did you mean blockers-of-exercise"):
        bundled_question("blocker-of-exercise")


def test_empty_answer_says_what_was_searched(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    Nothing found still says how many studies were searched there and how deep they were read.
    """
    question = bundled_question("exercise-to-mechanisms")
    answer = ask(store, question, {"in_condition": "hiv-neuropathy"}, vocabulary=vocabulary)
    assert () == answer.rows
    assert "Searched 1 exercise studies as their papers tell them (1 read as abstract)." == answer.searched


def test_scope_follows_the_filter(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    The scope of a filtered question counts the studies inside the filter only.
    """
    question = bundled_question("exercise-to-mechanisms")
    whole = ask(store, question, {}, vocabulary=vocabulary).searched
    some = ask(store, question, {"in_condition": "spinal-cord-injury"}, vocabulary=vocabulary).searched
    assert "Searched 0 " not in some
    assert whole != some


def test_broken_sparql_is_one_clear_fault(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    A query that cannot be parsed names itself and the place.
    """
    with pytest.raises(QueryFault, match=r"mine: .*1:"):
        ask(store, parse_question("mine", "SELECT ?x WHERE { ?x"), vocabulary=vocabulary)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("#+ summary: [\nSELECT ?s WHERE {}", "header is not YAML"),
        ("#+ sumary: x\nSELECT ?s WHERE {}", "sumary|summary"),
        ("#+ summary: x\n#+ params: {a: iri}\nSELECT ?a WHERE {}", "term SCHEME"),
    ],
)
def test_faulty_header_is_refused(text: str, fault: str) -> None:
    """
    A header that is not YAML, has an unknown key or an unknown kind of parameter says so.
    """
    with pytest.raises(QuestionFault, match=fault):
        parse_question("mine", text)


def test_column_that_the_query_lacks_is_refused(store: OxigraphStore, vocabulary: Vocabulary) -> None:
    """
    A header that promises a column the query does not select is a fault, not an empty column.
    """
    text = "#+ summary: x\n#+ columns: [a, b]\nSELECT ?a WHERE { ?a ?p ?o }"
    with pytest.raises(QuestionFault, match="the column 'b'"):
        ask(store, parse_question("mine", text), vocabulary=vocabulary)


def test_construct_question_answers_with_triples(store: OxigraphStore) -> None:
    """
    A CONSTRUCT question gives triples, sorted and without repeats.
    """
    triples = construct(store, bundled_question("assessment-graph"))
    assert triples and sorted(triples, key=str) == triples
    assert len(set(triples)) == len(triples)
    assert all(isinstance(triple.subject, NamedNode) for triple in triples)
