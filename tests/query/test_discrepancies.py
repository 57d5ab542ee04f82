"""Two tellers compared: each kind of discrepancy that a rule computes is there when it should be, and only then."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kg.evidence import Vocabulary
from kg.query import ask, bundled_question
from kg.query.discrepancies import compare_tellers
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

PAPER = """study: small-2000
publication: ref-1
told_by: ref-1
read: abstract
base: {species: rat, sex: male, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training, start: {relative_to_injury: after}, programme: {length: 5 week, phases: [{week: [{days: 5, minutes: 30}]}]}}]}
  level: {gets: [{exercise: treadmill-running, bout: training, effort: light}]}
  blocked: {like: run, plus: [{agent: naloxone, route: subcutaneous}]}
  blocked-elsewhere: {like: run, plus: [{agent: naloxone-methiodide, route: intrathecal}]}
  stopped: {like: run, at: {after_last_session: 5 day}}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: decrease}
  - {id: bdnf, measured: bdnf, site: lumbar-spinal-cord, group: run, versus: rest, result: decrease}
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: not-read
"""
REVIEW = """study: small-2000
publication: ref-1
told_by: review
read: text
base: {species: rat, sex: male, condition: spinal-nerve-ligation}
groups:
  run: {gets: [{exercise: treadmill-running, bout: training, start: {relative_to_injury: after}, programme: {length: 5 week, phases: [{week: [{days: 5, minutes: 30}]}]}, passage: {start: rats ran, end: for weeks}}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: not-stated, result: decrease, passage: {start: pain fell, end: in rats}}
  - {id: bdnf, measured: bdnf, site: lumbar-spinal-cord, group: run, versus: not-stated, result: decrease, passage: {start: BDNF fell, end: in rats}}
sources: {text: {kind: review-text, extent: full}}
adverse_events: not-read
"""
STATEMENTS = """- id: running-relieves
  section: Pain
  passage: {start: running relieves, end: of touch}
  frame: effect
  slots: {exposure: treadmill-running, measured: mechanical-allodynia, direction: decrease}
  context: {species: rat, condition: spinal-nerve-ligation, modality: treadmill-running}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
- id: running-lowers-bdnf
  section: Pain
  passage: {start: running lowers, end: this factor}
  frame: effect
  slots: {exposure: treadmill-running, measured: bdnf, direction: decrease}
  context: {site: lumbar-spinal-cord}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
- id: weeks
  section: Pain
  passage: {start: weeks of running, end: relieved pain}
  frame: number
  slots: {of: length of running, value: 1..6 week}
  context: {bout: training}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
"""
BLOCKED = (
    "  - {id: nlx, measured: mechanical-allodynia, group: blocked, versus: run, result: increase, said: reversed}\n"
)
KEPT = "  - {id: nlxm, measured: mechanical-allodynia, group: blocked-elsewhere, versus: run, result: no-significant-change}\n"
BLOCKED_STATEMENT = """- id: naloxone-reverses
  section: Pain
  passage: {start: naloxone reversed, end: the effect}
  frame: blocked
  slots: {blocker: naloxone, mechanism: opioid-system, of: {exposure: treadmill-running, measured: mechanical-allodynia, direction: decrease}, how: HOW}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
"""
STOPPED = "  - {id: washout, measured: mechanical-allodynia, group: stopped, versus: run, result: increase}\n"
LEVEL = "  - {id: level, measured: mechanical-allodynia, group: level, versus: rest, result: no-significant-change}\n"
TOLD = "passage: {start: told, end: of rats}"
P, R, S = "studies/small-2000.yaml", "review/studies/small-2000.yaml", "review/statements.yaml"
FILES = {P: PAPER, R: REVIEW, S: STATEMENTS}

Change = tuple[str, str, str]
#: What the row says: the rule, the kind, the review's side, the paper's side.
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Case:
    """Files bent in some places, and the rows that must be there then, those of scope apart."""

    changes: tuple[Change, ...]
    rows: frozenset[Row] = frozenset()
    folded: frozenset[Row] = frozenset()


def case(*changes: Change, rows: set[Row] | None = None, folded: set[Row] | None = None) -> Case:
    return Case(changes, frozenset(rows or ()), frozenset(folded or ()))


def ended(file: str, more: str) -> Change:
    """More findings, or statements, at the end of their list."""
    return (file, "", more) if file == S else (file, "sources:", f"{more}sources:")


CASES = {
    "alike": case(),
    "another species is told": case(
        (R, "species: rat", "species: mouse"), rows={("tellers on subjects", "species", "mouse", "rat")}),
    "another sex is told": case((R, "sex: male", "sex: female"), rows={("tellers on subjects", "population", "female", "male")}),
    "a broader condition is told": case(
        (R, "spinal-nerve-ligation", "peripheral-nerve-injury"),
        folded={("tellers on subjects", "model", "peripheral nerve injury", "spinal nerve ligation")}),
    "a narrower condition is told": case(
        (P, "spinal-nerve-ligation", "peripheral-nerve-injury"),
        rows={("tellers on subjects", "model", "spinal nerve ligation", "peripheral nerve injury"),
              ("statement on model", "model", "spinal nerve ligation", "peripheral nerve injury")}),
    "no condition is told": case((R, ", condition: spinal-nerve-ligation", "")),
    "another site is told": case(
        (R, "site: lumbar-spinal-cord", "site: dorsal-root-ganglion"),
        rows={("tellers on site", "site", "dorsal root ganglion", "lumbar spinal cord")}),
    "a broader site is told": case(
        (R, "site: lumbar-spinal-cord", "site: spinal-cord"),
        folded={("tellers on site", "site", "spinal cord", "lumbar spinal cord")}),
    "an opposite result is told": case(
        (R, "result: decrease, passage: {start: pain", "result: increase, passage: {start: pain"),
        rows={("tellers on result", "result", "increase", "decrease")}),
    "an unclear result is told": case((R, "result: decrease, passage: {start: pain", "result: unclear, passage: {start: pain")),
    "a result become normal is told": case((R, "result: decrease, passage: {start: pain", "result: normalised, passage: {start: pain")),
    "a result become normal is told, and one arm stayed": case(
        ended(P, LEVEL), (R, "result: decrease, passage: {start: pain", "result: normalised, passage: {start: pain"),
        rows={("left out arm", "arm left out", "decrease; normalised", "decrease; no significant change")}),
    "another exercise is told": case(
        (R, "exercise: treadmill-running", "exercise: swimming"),
        rows={("tellers on exercise", "exercise", "swimming", "treadmill running")}),
    "exercise training is told": case(
        (R, "exercise: treadmill-running", "exercise: exercise-training"),
        folded={("tellers on exercise", "exercise", "exercise training", "treadmill running")}),
    "one session is told": case(
        (R, "bout: training", "bout: acute"), rows={("tellers on exercise", "exercise", "acute", "training")}),
    "another length is told": case(
        (R, "length: 5 week", "length: 8 week"), rows={("tellers on programme", "programme", "8 weeks", "5 weeks")}),
    "the same length is told in days": case((R, "length: 5 week", "length: 35 day")),
    "other minutes are told": case((R, "minutes: 30", "minutes: 60"), rows={("tellers on programme", "programme", "60", "30")}),
    "a length lies in an open range": case(
        (P, "length: 5 week", "length: {low: 4, open: high, unit: week}")),
    "another thing is told": case(
        (R, "- {id: bdnf, measured: bdnf", "- {id: bdnf, measured: gaba"),
        rows={("tellers on measured", "thing measured", "GABA", "")}),
    "a broader thing is told": case(
        (R, "measured: mechanical-allodynia", "measured: allodynia"),
        folded={("tellers on measured", "thing measured", "allodynia", "mechanical allodynia")}),
    "a blocker is left out": case(
        ended(P, BLOCKED), rows={("left out blocker", "arm left out", "", "naloxone")}),
    "a blocker is told": case(
        ended(P, BLOCKED), ended(S, BLOCKED_STATEMENT.replace("HOW", "reversed"))),
    "a benefit that was kept is left out": case(
        ended(P, BLOCKED + KEPT), ended(S, BLOCKED_STATEMENT.replace("HOW", "reversed")),
        rows={("left out kept", "condition left out", "benefit lost", "benefit kept; benefit lost")}),
    "a benefit that was kept is told": case(
        ended(P, BLOCKED + KEPT), ended(S, BLOCKED_STATEMENT.replace("HOW", "kept"))),
    "the time after exercise is left out": case(
        ended(P, STOPPED), rows={("left out after exercise", "timing", "", "increase")}),
    "the time after exercise is told": case(
        ended(P, STOPPED), ended(R, STOPPED.replace("group: stopped, versus: run",
                                                    f"group: run, versus: not-stated, at: {{after_last_session: 5 day}}, {TOLD}"))),
    "an arm without relief is left out": case(
        ended(P, LEVEL), rows={("left out arm", "arm left out", "decrease", "decrease; no significant change")}),
    "an arm without relief is told": case(
        ended(P, LEVEL), ended(R, LEVEL.replace("group: level, versus: rest", f"group: run, versus: not-stated, {TOLD}"))),
    "an early start is left out": case(
        (P, "relative_to_injury: after", "relative_to_injury: before"), (R, "start: {relative_to_injury: after}, ", ""),
        rows={("left out start", "timing", "", "before")}),
    "a late start is left out": case((R, "start: {relative_to_injury: after}, ", "")),
    "the cited paper is of another species": case(
        (S, "species: rat", "species: mouse"), rows={("statement on species", "species", "mouse", "rat")}),
    "the cited paper is of another model": case(
        (S, "condition: spinal-nerve-ligation", "condition: diabetic-neuropathy"),
        rows={("statement on model", "model", "diabetic neuropathy", "spinal nerve ligation")}),
    "another statement cites the paper for its model": case(
        (S, "context: {site: lumbar-spinal-cord}", "context: {site: lumbar-spinal-cord, condition: diabetic-neuropathy}"),
        rows={("statement on model", "model", "diabetic neuropathy", "spinal nerve ligation")}),
    "the cited paper is within the condition": case((S, "condition: spinal-nerve-ligation", "condition: neuropathic-pain")),
    "one of two conditions fits": case(
        (S, "condition: spinal-nerve-ligation", "condition: [diabetic-neuropathy, peripheral-nerve-injury]")),
    "the cited paper is of another exercise": case(
        (S, "modality: treadmill-running", "modality: swimming"),
        rows={("statement on exercise", "exercise", "swimming", "treadmill running")}),
    "the cited paper measured elsewhere": case(
        (S, "site: lumbar-spinal-cord", "site: dorsal-root-ganglion"),
        rows={("statement on site", "site", "dorsal root ganglion", "lumbar spinal cord")}),
    "the cited paper measured within the site": case((S, "site: lumbar-spinal-cord", "site: spinal-cord")),
    "the cited paper has no such finding": case(
        (S, "measured: bdnf", "measured: gaba"), rows={("statement on measured", "citation", "GABA", "")}),
    "the cited paper has a neighbour": case(
        (S, "measured: mechanical-allodynia", "measured: heat-hyperalgesia"),
        folded={("statement on measured", "citation", "heat hyperalgesia", "mechanical allodynia")}),
    "only a title was read": case(
        (P, "read: abstract", "read: title"), (S, "measured: bdnf", "measured: gaba")),
    "the cited paper goes the other way": case(
        (S, "measured: bdnf, direction: decrease", "measured: bdnf, direction: increase"),
        rows={("statement on result", "result", "increase", "decrease")}),
    "the cited paper only denies the other way": case(
        (P, "site: lumbar-spinal-cord, group: run, versus: rest, result: decrease", "site: lumbar-spinal-cord, group: run, versus: rest, result: not-increased")),
    "an arm only denies the other way": case(ended(P, LEVEL.replace("no-significant-change", "not-increased"))),
    "the cited paper is longer than the range": case(
        (S, "value: 1..6 week", "value: 1..4 week"), rows={("statement on length", "programme", "1 to 4 weeks", "5 weeks")}),
    "the statement does not cite the paper": case(
        (S, "species: rat", "species: mouse"), (S, "cites: [ref-1]", "cites: [ref-2]")),
}  # fmt: skip

Made = Callable[[Case], OxigraphStore]


@pytest.fixture
def made(corpus: Corpus, ontology: Ontology) -> Made:
    """Builds the graph of a case."""

    def build(bent: Case) -> OxigraphStore:
        texts = dict(FILES)
        for file, old, new in bent.changes:
            assert old in texts[file], old
            texts[file] = texts[file].replace(old, new) if old else texts[file] + new
        for file, text in texts.items():
            corpus.write(file, text)
        return OxigraphStore.in_memory(build_graph([corpus.load().usable()], ontology).quads)

    return build


@pytest.mark.parametrize("bent", CASES.values(), ids=CASES)
def test_a_discrepancy_is_there_when_and_only_when_it_should_be(bent: Case, made: Made, vocabulary: Vocabulary) -> None:
    """
    Where the two sides differ there is the one row that says so, and no other; a matter of scope is marked as such.
    """
    answer = ask(made(bent), bundled_question("discrepancies"), {}, vocabulary=vocabulary)
    found: dict[str, set[Row]] = {"yes": set(), "no": set()}
    for row in answer.texts():
        found[row["scope_only"]].add((row["found_by"], row["kind"], row["review_says"], row["paper_says"]))

    assert {"yes": set(bent.folded), "no": set(bent.rows)} == found


def test_scope_is_folded_and_counted(made: Made) -> None:
    """
    Rows in which only the scope differs are counted; asked for, they stand among the others.
    """
    store = made(CASES["a broader site is told"])

    short, whole = compare_tellers(store), compare_tellers(store, folded=False)
    assert ((0, 1), (1, 0)) == ((len(short.answer), short.folded), (len(whole.answer), whole.folded))


def test_one_paper_is_asked_for_by_its_number(store: OxigraphStore) -> None:
    """
    With a number, only the rows of that paper are there.
    """
    assert {"36"} == {row["ref"] for row in compare_tellers(store, "36").answer.texts()}


def test_a_recorded_discrepancy_carries_reason_passage_and_page(store: OxigraphStore) -> None:
    """
    [28]: what the curator recorded stands beside what the rules found, with both sides, both links and the reason.
    """
    (row,) = [
        row
        for row in compare_tellers(store, "28").answer.texts()
        if (row["kind"], row["found_by"]) == ("site", "curator")
    ]
    assert "dorsal root ganglion" in row["review_says"] and "dorsal horn" in row["paper_says"]
    assert "#:~:text=" in row["passages"] and row["pages"].startswith("https://") and row["reason"]


@pytest.mark.parametrize(
    ("ref", "kind", "review", "paper"),
    [
        ("17", "site", "dorsal root ganglion", "lumbar spinal cord"),
        ("19", "species", "mouse", "rat"),
        ("35", "model", "peripheral nerve injury", "spinal cord contusion injury"),
        ("36", "condition left out", "benefit lost", "benefit kept; benefit lost"),
        ("43", "arm left out", "", "anti-interleukin-10 antibody"),
        ("72", "programme", "50 percent of maximum heart rate", "60 to 70 percent of maximum heart rate"),
        ("90", "model", "spinal cord injury", "spared nerve injury"),
    ],
)
def test_what_a_reader_found_by_hand_is_found_by_a_rule(
    ref: str, kind: str, review: str, paper: str, store: OxigraphStore
) -> None:
    """
    Points on the bundled papers that anybody who reads both sides comes upon.
    """
    rows = {(r["kind"], r["review_says"], r["paper_says"]) for r in compare_tellers(store, ref).answer.texts()}
    assert (kind, review, paper) in rows
