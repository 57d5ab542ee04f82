"""The ladder as plain data, for JSON and for pages: terms keep their IRI beside their label."""

from typing import Any

from kg.analysis.review import Claim, ReviewedCell, Verdict
from kg.analysis.rung import Cell, Evidence, Observation, Rung, RungStudy
from kg.analysis.strength import Laboratories
from kg.query.answer import Term


def cell_data(cell: Cell) -> dict[str, Any]:
    """A cell with its rungs, its marks and what speaks against."""
    return {
        "mechanism": term_data(cell.mechanism),
        "condition_class": term_data(cell.condition_class),
        "species_group": term_data(cell.species_group),
        "species": [term_data(kind) for kind in cell.species],
        "strongest": cell.highest,
        "papers": cell.papers,
        "laboratories": _laboratories(cell.laboratories),
        "read_depths": cell.read_depths,
        "with_exercise": {name: _rung(rung) for name, rung in cell.rungs.items()},
        "without_exercise": {name: _rung(rung) for name, rung in cell.marks.items()},
        "against": {name: _rung(rung) for name, rung in cell.against.items()},
    }


def reviewed_data(beside: ReviewedCell) -> dict[str, Any]:
    """A cell with what the review claims of it, and whether that is more or less than the papers support."""
    review = {
        "of_this_class": _verdict(beside.direct),
        "more_broadly": _verdict(beside.broad),
        "adds": list(beside.more),
        "leaves_out": list(beside.less),
        "claims": [_claim(claim) for claim in beside.claims],
    }
    return cell_data(beside.cell) | {"review": review}


def term_data(term: Term | None) -> dict[str, str] | None:
    """A term as label and IRI."""
    return None if term is None else {"iri": term.iri, "label": str(term)}


def _laboratories(counted: Laboratories) -> dict[str, Any]:
    return {
        "at_least": counted.at_least,
        "at_most": counted.at_most,
        "recorded": list(counted.recorded),
        "papers_without_record": counted.unrecorded,
    }


def _rung(rung: Rung) -> dict[str, Any]:
    return {
        "papers": len(rung.studies),
        "laboratories": _laboratories(rung.laboratories),
        "read_depths": rung.read_depths,
        "studies": [_study(study) for study in rung.studies],
    }


def _study(study: RungStudy) -> dict[str, Any]:
    return {
        "study": term_data(study.study), "ref": study.ref, "doi": study.doi, "read": study.depth,
        "laboratories": list(study.laboratories), "evidence": [_evidence(piece) for piece in study.evidence],
    }  # fmt: skip


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        "iri": piece.iri, "species": term_data(piece.species), "what": term_data(piece.what),
        "route": term_data(piece.route), "reaches": piece.reaches,
        "benefit": term_data(piece.benefit), "blocker_alone_tested": piece.alone, "single_arm": piece.single_arm,
        "findings": [_observation(seen) for seen in piece.observations],
    }  # fmt: skip


def _observation(seen: Observation) -> dict[str, Any]:
    return {
        "finding": seen.finding, "part": seen.part, "measured": term_data(seen.measured),
        "result": term_data(seen.result), "said": term_data(seen.said),
        "site": term_data(seen.site), "read": term_data(seen.read),
        "source": term_data(seen.source), "page": seen.page, "file": seen.file, "line": seen.line,
    }  # fmt: skip


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "claimed": verdict.claimed,
        "than_papers": verdict.than_papers,
        "hedged": verdict.hedged,
        "nobody_looked": verdict.nobody,
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "rung": term_data(claim.rung), "broadly": claim.broadly, "said_of": claim.said_of,
        "species": term_data(claim.species), "frame": str(claim.frame), "names": claim.names,
        "certainty": term_data(claim.certainty),
        "references": claim.references, "passage": claim.passage, "place": claim.place,
    }  # fmt: skip
