"""The ladder: what must stand on which rung, on the awkward studies and on small packs of which every answer is known."""

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from kg.analysis import Cell, Ladder, climb, compare_review
from kg.analysis.rung import RungStudy, gather, laboratories_of
from kg.analysis.strength import DEPTHS, RUNGS, Laboratories, strength
from kg.evidence.study import ReadDepth
from kg.query.answer import Term
from kg.rdf.namespaces import TERM, WORD
from kg.rdf.ontology import Ontology, bundled_ontology
from kg.store import OxigraphStore, build_graph, bundled_packs
from tests.corpus import Corpus

STUDY = """study: small-2000
publication: ref-1
told_by: ref-1
read: abstract
base: {SPECIES condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training}]}
  run-blocked: {like: run, plus: [{agent: naloxone, route: subcutaneous, reaches: [peripheral]}]}
  rest-blocked: {like: rest, plus: [{agent: naloxone, route: subcutaneous, reaches: [peripheral]}]}
findings:
FINDINGS
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: not-read
"""
TOUCH = "id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: decrease"
BDNF = "id: bdnf, measured: bdnf, group: run, versus: rest, result: decrease"
STILL = "id: bdnf, measured: bdnf, group: run, versus: rest, result: no-significant-change"
BLOCKED = "id: blocked, measured: mechanical-allodynia, group: run-blocked, versus: run, result: increase"
ATTENUATED = f"{BLOCKED}, said: attenuated"
KEPT = "id: kept, measured: mechanical-allodynia, group: run-blocked, versus: run, result: no-significant-change"
ALONE = "id: alone, measured: mechanical-allodynia, group: rest-blocked, versus: rest, result: no-significant-change"

Built = Callable[..., OxigraphStore]


@pytest.fixture(scope="module")
def bundled(store: OxigraphStore) -> Ladder:
    """The ladder of the bundled evidence."""
    return climb(store)


def study(*findings: str, species: str = "species: rat,") -> str:
    """A study file with these findings."""
    lines = "\n".join(f"  - {{{line}}}" for line in findings)
    return STUDY.replace("FINDINGS", lines).replace("SPECIES", species)


def second(text: str) -> str:
    """The same study as told by another paper."""
    return text.replace("small-2000", "other-2001").replace("ref-1", "ref-2")


@pytest.fixture
def built(tmp_path: Path, ontology: Ontology) -> Built:
    """Builds the graph of a small pack with these files, after one edit of a file of terms if any."""

    def build(files: dict[str, str], edit: tuple[str, str, str] | None = None) -> OxigraphStore:
        known = ontology
        if edit is not None:
            name, old, new = edit
            terms = tmp_path / "ontology"
            shutil.copytree(bundled_ontology(), terms)
            text = (terms / name).read_text(encoding="utf-8")
            assert old in text
            (terms / name).write_text(text.replace(old, new), encoding="utf-8")
            known = Ontology(terms)
        corpus = Corpus(tmp_path, known.vocabulary)
        corpus.study.unlink()
        for path, content in files.items():
            corpus.write(f"{path}.yaml", content.lstrip("\n"))
        return OxigraphStore.in_memory(build_graph([corpus.load().usable()], known).quads)

    return build


def one(ladder: Ladder, mechanism: str, condition: str = "peripheral-nerve-injury", group: str = "rodent") -> Cell:
    """The cell of these terms, which must be there."""
    cell = ladder.cell(TERM + mechanism, TERM + condition, TERM + group)
    assert cell is not None
    return cell


def refs(studies: Sequence[RungStudy]) -> list[int]:
    return [study.ref for study in studies]


def test_astrocytes_of_cobianchi_track_relief(bundled: Ladder) -> None:
    """
    [17]: astrocytes fell with the programme that relieved and stayed with the one that did not: the rung is tracks.
    """
    cell = one(bundled, "astrocyte-reactivity")

    assert "tracks" == cell.highest
    assert [17] == refs(cell.rungs["tracks"].studies)
    (piece,) = cell.rungs["tracks"].evidence
    assert {"decrease", "no significant change", "not decreased"} == {seen.result for seen in piece.observations}
    assert not cell.against["moved"]


def test_microglia_of_cobianchi_moved_without_relief_and_keep_their_rung(bundled: Ladder) -> None:
    """
    [17]: microglia fell in both programmes; that stands against them and cancels nothing.
    """
    cell = one(bundled, "microglial-reactivity")

    assert "changed" == cell.highest
    assert [17] == refs(cell.against["moved"].studies)
    assert 17 in refs(cell.rungs["changed"].studies)
    assert 17 not in refs(cell.rungs["tracks"].studies)


def test_opioids_of_stagg_are_needed_above_the_cord_and_kept_below(bundled: Ladder) -> None:
    """
    [36]: lost three times, where the blocker reaches the brain; kept twice, where it does not; no blocker was tested
    alone.
    """
    cell = one(bundled, "opioid-system")

    lost = [piece for study in cell.rungs["needed"].studies if study.ref == 36 for piece in study.evidence]
    kept = [piece for study in cell.against["kept"].studies if study.ref == 36 for piece in study.evidence]
    assert "needed" == cell.highest
    assert ["benefit lost"] * 3 == [piece.benefit for piece in lost]
    assert all("supraspinal" in (piece.reaches or "") for piece in lost)
    assert {"peripheral", "spinal"} == {piece.reaches for piece in kept}
    assert {False} == {piece.alone for piece in (*lost, *kept)}


def test_interleukin_4_of_bobinski_is_needed_by_interaction(bundled: Ladder) -> None:
    """
    [32]: exercise relieves wild types, and neither knock-outs nor animals with the antibody: needed, shown within them.
    """
    cell = one(bundled, "inflammatory-signalling")
    (paper,) = [study for study in cell.rungs["needed"].studies if study.ref == 32]

    assert {"Il4 gene", "anti-interleukin-4 antibody"} == {piece.what for piece in paper.evidence}
    assert ("bobinski-santos",) == paper.laboratories
    parts = {(seen.part, seen.result) for piece in paper.evidence for seen in piece.observations}
    assert {("shown by", "not decreased"), ("benefit blocked", "decrease")} == parts


def test_every_finding_is_found_again_at_its_line(bundled: Ladder) -> None:
    """
    Each finding behind each piece of evidence names the file and the line at which it begins.
    """
    seen = {
        (s.file, s.line, s.finding) for c in bundled for r in c.everywhere for e in r.evidence for s in e.observations
    }

    (pack,) = bundled_packs()
    assert 200 < len(seen)
    for file, line, finding in seen:
        text = "".join((pack / file).read_text(encoding="utf-8").splitlines()[line - 1 : line + 1])
        assert finding.rpartition("/")[2] in text, (file, line)


def test_evidence_is_never_without_its_findings(bundled: Ladder) -> None:
    """
    No piece of evidence stands on a rung without a finding, and measured shows what was measured and nothing else.
    """
    for cell in bundled:
        assert all(piece.observations for rung in cell.everywhere for piece in rung.evidence), cell.key
        assert {"shown by"} >= {s.part for piece in cell.rungs["measured"].evidence for s in piece.observations}


def test_best_known_comes_first(bundled: Ladder) -> None:
    """
    Needed, tracks, changed, measured, then cells without exercise; within a rung by the laboratories on it.
    """
    keys = [cell.key for cell in bundled]
    known = ("opioid-system", "astrocyte-reactivity", "microglial-reactivity", "endocannabinoid-system")
    places = [keys.index(one(bundled, mechanism).key) for mechanism in known]
    ranks = [RUNGS.index(cell.highest) if cell.highest else len(RUNGS) for cell in bundled]
    needed = [cell.rungs["needed"].laboratories.at_least for cell in bundled if cell.highest == "needed"]

    assert ["needed", "tracks", "changed", None] == [one(bundled, mechanism).highest for mechanism in known]
    assert places == sorted(places) and ranks == sorted(ranks)
    assert needed == sorted(needed, reverse=True)
    assert set(range(5)) == set(ranks)


def test_filters_take_terms_as_people_write_them(store: OxigraphStore) -> None:
    """
    A label or synonym narrows as an id does; a species narrows to its own studies and keeps its group.
    """
    ladder = climb(store, "endogenous opioid system", "peripheral nerve injury", "Norway rat", findings=False)

    (cell,) = ladder
    assert ("rodent", ("rat",)) == (cell.species_group, cell.species)
    assert () == climb(store, "opioid-system", species="human").cells


@pytest.mark.parametrize(
    ("papers", "words"),
    [
        ([("a",), ("a",)], "1 laboratory"),
        ([("a",), ("b",)], "2 laboratories"),
        ([(), ()], "1 to 2 laboratories"),
        ([("a",), (), ()], "1 to 3 laboratories"),
        ([("a", "b")], "1 laboratory"),
        ([], "0 laboratories"),
    ],
)
def test_laboratories_lie_between_two_bounds(papers: list[tuple[str, ...]], words: str) -> None:
    """
    A paper without a recorded laboratory may come from any; one paper is never two witnesses.
    """
    assert words == laboratories_of([paper(n, "abstract", *names) for n, names in enumerate(papers)]).words


def paper(ref: int, depth: str, *names: str) -> RungStudy:
    return RungStudy(Term(f"Paper {ref}", f"urn:{ref}"), ref, None, Term(depth, WORD + depth), names, ())


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from(DEPTHS), st.sampled_from(["", "a", "b"])), max_size=8))
def test_another_paper_never_weakens_a_rung(drawn: list[tuple[int, str, str]]) -> None:
    """
    Whatever papers stand on a rung, one more makes it as strong or stronger; their order changes nothing.
    """
    papers = [paper(ref, depth, *filter(None, [name])) for ref, depth, name in drawn]
    before, after = gather(papers), gather([*papers, paper(99, "title")])

    assert gather(reversed(papers)) == before
    assert rank(after) <= rank(before)


def rank(papers: Sequence[RungStudy]) -> tuple[int, ...]:
    return strength("measured", laboratories_of(papers), (paper.depth for paper in papers))


def test_read_depths_are_those_of_the_files() -> None:
    """
    The order of strength names each depth of the file format once.
    """
    assert set(ReadDepth.__args__) == set(DEPTHS) and len(set(DEPTHS)) == len(DEPTHS)
    assert strength("tracks", Laboratories((), 1, 1), ["title"]) < strength(
        "changed", Laboratories((), 9, 9), ["full-text"]
    )


@pytest.mark.parametrize(
    ("findings", "mechanism", "highest", "against"),
    [
        ((TOUCH, BDNF), "neurotrophin-signalling", "changed", set()),
        ((TOUCH, STILL), "neurotrophin-signalling", "measured", set()),
        ((BDNF,), "neurotrophin-signalling", "measured", set()),
        ((TOUCH, BLOCKED), "opioid-system", "needed", set()),
        ((TOUCH, ATTENUATED), "opioid-system", "needed", set()),
        ((TOUCH, KEPT), "opioid-system", None, {"kept"}),
    ],
)
def test_what_one_study_shows(
    built: Built, findings: tuple[str, ...], mechanism: str, highest: str | None, against: set[str]
) -> None:
    """
    A fall beside relief is changed, a fall without an outcome or no significant change beside relief is measured, a lost
    or reduced benefit is needed, a kept one speaks against and stands on no rung.
    """
    cell = one(climb(built({"studies/small-2000": study(*findings)})), mechanism)

    assert highest == cell.highest
    assert against == {name for name, rung in cell.against.items() if rung}


def test_reduced_is_told_from_lost_and_the_blocker_alone_is_found(built: Built) -> None:
    """
    The paper's partial word makes it reduced; a blocker given to rested rats on the same outcome was tested alone.
    """
    cell = one(climb(built({"studies/small-2000": study(TOUCH, ATTENUATED, ALONE)})), "opioid-system")

    (piece,) = cell.rungs["needed"].evidence
    assert ("benefit reduced", True) == (piece.benefit, piece.alone)
    assert {"shown by", "benefit blocked", "blocker alone"} == {seen.part for seen in piece.observations}


def test_species_not_stated_is_a_group_of_its_own(built: Built) -> None:
    """
    Rats stand in the group of rodents; a study that names no species is never guessed to be one of rodents.
    """
    files = {"studies/small-2000": study(TOUCH, BDNF), "studies/other-2001": second(study(TOUCH, BDNF, species=""))}
    ladder = climb(built(files))

    assert {("rodent", ("rat",)), ("not stated", ("not stated",))} == {(c.species_group, c.species) for c in ladder}


def test_marker_that_stays_beside_any_relief_does_not_track(built: Built) -> None:
    """
    The marker moved in the runners and stayed in the swimmers. Where the swimmers had no relief it tracks; where a second
    outcome of theirs was relieved, it does not.
    """
    swim = "  swim: {gets: [{exercise: swimming, bout: training}]}\nfindings:\n"
    still = "id: still, measured: bdnf, group: swim, versus: rest, result: no-significant-change"
    unmoved = "id: unmoved, measured: mechanical-allodynia, group: swim, versus: rest, result: no-significant-change"
    heat = "id: heat, measured: heat-hyperalgesia, group: swim, versus: rest, result: decrease"

    for more, highest in (((), "tracks"), ((heat,), "changed")):
        text = study(TOUCH, BDNF, still, unmoved, *more).replace("findings:\n", swim)
        assert highest == one(climb(built({"studies/small-2000": text})), "neurotrophin-signalling").highest


def test_marker_within_blocked_subjects_is_not_measured(built: Built) -> None:
    """
    Exercise compared within rats that all got a blocker tests the blocker; it is no plain result of exercise.
    """
    under = "id: under, measured: bdnf, group: run-blocked, versus: rest-blocked, result: decrease"

    assert 0 == len(climb(built({"studies/small-2000": study(under)})))


def test_healthy_subjects_stand_on_no_rung(built: Built) -> None:
    """
    Markers, relief and a blocker in healthy rats make no cell: they have no class of conditions.
    """
    healthy = study(TOUCH, BDNF, BLOCKED).replace("spinal-nerve-ligation", "healthy")

    assert 0 == len(climb(built({"studies/small-2000": healthy})))


def test_contrary_study_stands_beside_and_lowers_nothing(built: Built) -> None:
    """
    A second study in which the benefit is kept adds evidence against; the rung stays.
    """
    files = {"studies/small-2000": study(TOUCH, BLOCKED), "studies/other-2001": second(study(TOUCH, KEPT))}
    cell = one(climb(built(files)), "opioid-system")

    assert ("needed", [1], [2]) == (
        cell.highest,
        refs(cell.rungs["needed"].studies),
        refs(cell.against["kept"].studies),
    )
    assert "1 to 2 laboratories" == cell.laboratories.words


TOLD = """
study: small-2000
publication: ref-1
told_by: review
read: text
base: {species: rat, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training, passage: {start: rats ran, end: for weeks}}]}
  blocked: {like: run, plus: [{agent: naloxone, passage: {start: with naloxone, end: it went}}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: decrease, passage: {start: pain fell, end: in rats}}
  - {id: lost, measured: mechanical-allodynia, group: blocked, versus: run, result: increase, passage: {start: with naloxone, end: it went}}
sources: {text: {kind: review-text, extent: full}}
adverse_events: not-read
"""
STATEMENTS = """
- id: through-bdnf
  section: Mechanisms
  passage: {start: it may work, end: through BDNF}
  frame: mediates
  slots: {mechanism: bdnf-signalling, of: {exposure: exercise, measured: mechanical-allodynia, direction: decrease}}
  context: {condition: neuropathic-pain}
  cites: [ref-1]
  cites_from: passage
  certainty: hedged
- id: moves-bdnf
  section: Mechanisms
  passage: {start: BDNF fell, end: in injured rats}
  frame: effect
  slots: {exposure: exercise, measured: bdnf, direction: decrease}
  context: {condition: spinal-nerve-ligation}
  cites: [ref-1]
  cites_from: passage
  certainty: asserted
- id: nobody-looked
  section: Mechanisms
  passage: {start: nobody has looked, end: at cannabinoids}
  frame: not-examined
  slots: {mechanism: endocannabinoid-system, of: {exposure: exercise, measured: mechanical-allodynia, direction: decrease}}
  cites: []
  cites_from: passage
  certainty: asserted
"""
ANANDAMIDE = "id: aea, measured: anandamide, group: run, versus: rest, result: increase"


def test_review_lifts_no_rung_and_is_told_beside(built: Built) -> None:
    """
    The review tells a full comparison and a loss under naloxone, and makes no rung of the ladder; beside it the review claims more of opioids, less of
    BDNF in this class and more broadly, and less of cannabinoids, which it calls unexamined.
    """
    papers = {"studies/small-2000": study(TOUCH, BDNF, ANANDAMIDE)}
    told = papers | {"review/studies/small-2000": TOLD, "review/statements": STATEMENTS}
    store = built(told)
    beside = {cell.cell.mechanism: cell for cell in compare_review(store)}

    assert {cell.key: cell for cell in climb(built(papers))} == {cell.key: cell for cell in climb(store)}
    assert {"endogenous opioid system", "neurotrophic factor signalling", "endocannabinoid system"} == set(beside)
    opioid, bdnf = beside["endogenous opioid system"], beside["neurotrophic factor signalling"]
    cannabinoid = beside["endocannabinoid system"]
    assert (None, "needed", "more") == (opioid.cell.highest, opioid.direct.claimed, opioid.direct.than_papers)
    assert ("measured", "less") == (bdnf.direct.claimed, bdnf.direct.than_papers)
    assert ("needed", "more", True) == (bdnf.broad.claimed, bdnf.broad.than_papers, bdnf.broad.hedged)
    assert (None, "less", True) == (cannabinoid.broad.claimed, cannabinoid.broad.than_papers, cannabinoid.broad.nobody)
    assert "silent" == cannabinoid.direct.than_papers
    assert all("#:~:text=" in (claim.passage or "") for cell in beside.values() for claim in cell.claims)


def test_empty_pack_has_no_cell(built: Built) -> None:
    """
    Without a study there is no cell, no claim and no error.
    """
    store = built({})

    assert () == climb(store).cells == compare_review(store).cells
    assert climb(store).searched.startswith("Searched 0 studies")


def test_mechanism_without_markers_stands_on_its_blockers(built: Built) -> None:
    """
    A mechanism that no marker tells of can be needed and is not measured.
    """
    edit = ("terms/markers.ttl", "arkerOf term:opioid-system", "arkerOf term:mtor-signalling")
    store = built({"studies/small-2000": study(TOUCH, BLOCKED, BDNF)}, edit)

    assert {"needed"} == {name for name, rung in one(climb(store), "opioid-system").rungs.items() if rung}


def test_outcome_without_polarity_relieves_nothing(built: Built) -> None:
    """
    Where nobody said which way an outcome is worse, its fall is no relief: nothing changed with relief, nothing is
    needed, and the marker stays measured.
    """
    edit = ("terms/outcomes.ttl", "    epk:worseWhen word:higher ;\n", "")
    ladder = climb(built({"studies/small-2000": study(TOUCH, BDNF, BLOCKED)}, edit))

    assert [("neurotrophic factor signalling", "measured")] == [(cell.mechanism, cell.highest) for cell in ladder]


def test_marker_of_two_mechanisms_with_opposite_signs_counts_for_both(built: Built) -> None:
    """
    A marker that speaks for one mechanism and against another stands on the same rung of both cells; neither is guessed.
    """
    head = "term:bdnf a skos:Concept, epk:Marker ;"
    edit = ("terms/markers.ttl", head, f"{head}\n    epk:negativeMarkerOf term:opioid-system ;")
    ladder = climb(built({"studies/small-2000": study(TOUCH, BDNF)}, edit))

    assert {("endogenous opioid system", "changed"), ("neurotrophic factor signalling", "changed")} == {
        (cell.mechanism, cell.highest) for cell in ladder
    }


def test_circle_in_a_hierarchy_ends(built: Built) -> None:
    """
    Two mechanisms each said to be broader than the other lie within each other: both cells stand, and the build ends.
    """
    head = "term:opioid-system a skos:Concept, epk:Mechanism ;"
    back = "term:endocannabinoid-system skos:broader term:opioid-system ."
    edit = ("terms/mechanisms.ttl", head, f"{back}\n{head}\n    skos:broader term:endocannabinoid-system ;")
    ladder = climb(built({"studies/small-2000": study(TOUCH, BLOCKED)}, edit))

    assert {"endogenous opioid system", "endocannabinoid system"} == {cell.mechanism for cell in ladder}
    assert {"needed"} == {cell.highest for cell in ladder}


def test_renaming_every_term_changes_no_rank(built: Built) -> None:
    """
    Cells are ranked by what is known, not by what things are called.
    """
    files = {"studies/small-2000": study(TOUCH, BLOCKED, BDNF)}
    plain = [cell.key for cell in climb(built(files))]
    edit = ("terms/mechanisms.ttl", 'skos:prefLabel "', 'skos:prefLabel "zz ')

    assert plain == [cell.key for cell in climb(built(files, edit))]


def test_data_and_words_of_the_ladder_are_the_same_twice(store: OxigraphStore) -> None:
    """
    The same graph gives the same bytes.
    """
    from kg.analysis.ladder_data import reviewed_data

    first, again = (json.dumps([reviewed_data(cell) for cell in compare_review(store)]) for _ in range(2))
    assert first == again
