"""The ten sentences of the first page; none is there whose subject the graph does not hold."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from kg.analysis.gap_words import sentence as gap_sentence
from kg.analysis.ladder_words import NAMES, strongest, title
from kg.analysis.strength import AGAINST, RUNGS
from kg.query.answer import ask
from kg.query.question import bundled_question
from kg.render.site.best import best_known, species_groups
from kg.render.site.dispute_pages import row_gap
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Link, cell, joined
from kg.render.site.question_pages import question_path
from kg.render.site.term_pages import cell_id, gap_title

HARMS = "null-or-harmful"


def sentences(model: SiteModel) -> Iterator[Cell]:
    """Ten sentences; none is there whose subject the graph does not hold."""
    yield from _read(model)
    yield from _strongest(model)
    yield from _people(model)
    yield from _against(model)
    yield from _harms(model)
    yield from _disputed(model)
    yield from _next(model)
    yield from _review(model)
    yield from _dose(model)


def _read(model: SiteModel) -> Iterator[Cell]:
    papers = [one for one in model.of_class("Study") if model.told_by_paper(one)]
    findings = sum(one.told == "paper" for one in model.findings.values())
    counted = Counter(model.depth(one) for one in papers)
    told = ", ".join(
        f"{number} as {name}" for name, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )
    yield cell(
        f"{len(papers)} papers were read ({told}) for {findings} findings; what was not read is ",
        Link("not known to be absent", "curation.html"),
        f". The review tells {len(model.findings) - findings} findings of papers, which are kept apart.",
    )


def _strongest(model: SiteModel) -> Iterator[Cell]:
    if cells := [one for one in model.ladder if one.highest]:
        one = cells[0]
        yield cell(
            "The strongest evidence, by the highest rung, then laboratories, then depth of reading: ",
            Link(f"{title(one)}: {strongest(one)}", f"{one.mechanism.iri}#{cell_id(one)}"),
            f", {_counted(one.papers, 'paper')} in all.",
        )
        tops = Counter(each.highest for each in cells)
        told = ", ".join(f"{NAMES[rung]} in {tops[rung]}" for rung in RUNGS if tops[rung])
        yield cell(
            f"Of {len(cells)} ",
            Link("combinations of mechanism, class and species", "ladder.html"),
            f" that exercise studies examined, the highest rung is {told}.",
        )


def _people(model: SiteModel) -> Iterator[Cell]:
    """The species groups beside the one of which most is known: is it the same there?"""
    groups, best = species_groups(model), best_known(model)
    for group in groups[1:]:
        here = {name: known[group.iri] for name, known in best.items() if group.iri in known}
        both = [name for name in here if groups[0].iri in best[name]]
        same = sum(here[name].rung == best[name][groups[0].iri].rung for name in both)
        name, top = min(here.items(), key=lambda item: RUNGS.index(item[1].rung))
        yield cell(
            f"Is it the same in another species? Of {len(best)} mechanisms, exercise studies of {group} with "
            f"neuropathic pain examined {len(here)}; {len(both)} of these were examined in {groups[0]} too, and {same} "
            f"stood on the same rung. The highest in {group}: ",
            Link(f"{name}, {top.words}", top.place),
            ".",
        )


def _against(model: SiteModel) -> Iterator[Cell]:
    cells = [one for one in model.ladder if any(one.against[name] for name in AGAINST)]
    names = list(dict.fromkeys(one.mechanism for one in cells))
    if names:
        yield cell(
            "Evidence against stands beside evidence for and cancels none of it, for ",
            *joined(Link(str(one), one.iri) for one in names),
            ".",
        )


def _without_benefit(model: SiteModel) -> list[Any]:
    return [row for row in ask(model.store, bundled_question(HARMS)) if row.told == "the paper tells"]


def harms(model: SiteModel) -> list[Link]:
    """What got worse with exercise as a paper tells, each paper once."""
    worst = {row.ref: row for row in _without_benefit(model) if str(row.kind) == "harm"}
    return [
        Link(f"{row.outcome} with {row.modality} in {row.model} [{ref}]", row.study.iri)
        for ref, row in sorted(worst.items())
    ]


def _harms(model: SiteModel) -> Iterator[Cell]:
    rows, named = _without_benefit(model), joined(harms(model))
    kinds = Counter(str(row.kind) for row in rows)
    papers = {kind: len({row.ref for row in rows if str(row.kind) == kind}) for kind in kinds}
    told = ", ".join(
        f"{kind} in {_counted(count, 'result')} of {_counted(papers[kind], 'paper')}"
        for kind, count in sorted(kinds.items())
    )
    if rows:
        yield cell(
            "Where exercise changed nothing or did harm, papers tell: ",
            Link(told, question_path(HARMS)),
            *((" (harm: ", *named, ")") if named else ()),
            ". No significant change is not the same as no effect.",
        )


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _disputed(model: SiteModel) -> Iterator[Cell]:
    open_ = [one for one in model.conflicts if not one.set_aside]
    if open_:
        one = open_[0]
        yield cell(
            Link(f"{len(open_)} conflicts", "conflicts.html"),
            " stand between results or statements that can be compared; the first is on ",
            Link(f"{one.question}{' in ' + one.condition_class if one.condition_class else ''}", one.iri),
            ".",
        )


def _next(model: SiteModel) -> Iterator[Cell]:
    if ranked := [row for row in model.gaps.rows if row.rank]:
        gap, lead = row_gap(model, ranked[0]), ranked[0].leads_in
        yield cell(
            "To be studied next, by a score that was fixed before it was run: ",
            Link(gap_title(model, gap), gap) if gap else gap_sentence(ranked[0]),
            f", first in {lead.condition}, where {lead.count.examined} of {lead.count.out_of} studies did; "
            if lead
            else "; ",
            Link(f"{len(ranked)} gaps are ranked", "gaps.html"),
            ".",
        )


def _review(model: SiteModel) -> Iterator[Cell]:
    place = model.discrepancies.columns.index("scope_only")
    rows = [row for row in model.discrepancies.rows if model.discrepancies.text(row[place]) != "yes"]
    study = model.discrepancies.columns.index("study")
    papers = {node.value for row in rows if (node := row[study]) is not None}
    yield cell(
        "The review and its papers do not say the same, or could not be compared in full, on ",
        Link(f"{len(rows)} points of {len(papers)} papers", "audit.html"),
        "; each is a task to look at and no fault of either.",
    )


def _dose(model: SiteModel) -> Iterator[Cell]:
    told = [one for one in model.doses.programmes if one.cell.told == "the paper tells"]
    every = {one.iri: one for one in told}
    full = sum(all(map(one.tells, one.cell.quantities[:-1])) for one in every.values())
    yield cell(
        f"Of {len(every)} programmes and sessions of exercise, {full} tell all of length, days, minutes and intensity "
        "(sessions: minutes and intensity) where we read them: ",
        Link("doses tried", "doses.html"),
        ".",
    )
