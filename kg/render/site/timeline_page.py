"""The timeline: in which year a paper put each mechanism on which rung, and what was published when."""

from collections import defaultdict
from collections.abc import Iterator

from kg.analysis.ladder_words import NAMES
from kg.analysis.strength import RUNGS
from kg.query.answer import Term
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Drawing, Link, Mark, SitePage, cell, joined, sections, table
from kg.render.site.study_pages import teller

_LEFT, _YEAR, _ROW, _TOP = 250, 34, 22, 40
#: The height of each rung's mark, highest first, and its sign.
_SIGNS = dict(zip(RUNGS, ("4", "3", "2", "1"), strict=True))


def timeline_pages(model: SiteModel) -> Iterator[SitePage]:
    """The timeline of evidence."""
    first = _first(model)
    yield SitePage(
        "timeline.html",
        "overview",
        "When the evidence came",
        cell(
            "The year is that of the paper. A rung counts from the first paper that stands on it; that a mechanism is "
            "not here before is no finding about it."
        ),
        sections(
            (
                "When each mechanism reached each rung",
                [
                    _drawing(model, first),
                    table(
                        "The first paper on each rung",
                        ("mechanism", *(NAMES[rung] for rung in RUNGS)),
                        (
                            (((Link(str(mechanism), mechanism.iri),)), *(_cell(rungs.get(rung, [])) for rung in RUNGS))
                            for mechanism, rungs in first.items()
                        ),
                    ),
                ],
            ),
            ("Papers by year", [table("Papers, the oldest first", ("year", "paper", "told by"), _papers(model))]),
        ),
        schema={"@type": "Dataset", "name": "When the evidence came"},
    )


def _first(model: SiteModel) -> dict[Term, dict[str, list[tuple[int, Link]]]]:
    """Each mechanism with its rungs, and the papers on each by year; the mechanism that came first stands first."""
    found: dict[Term, dict[str, set[tuple[int, str, str]]]] = defaultdict(lambda: defaultdict(set))
    for one in model.ladder:
        for name, rung in one.rungs.items():
            for study in rung.studies:
                reference = model.by_publication.get(study.study.iri)
                if reference and reference.year:
                    found[one.mechanism][name].add(
                        (reference.year, f"{reference.label} [{reference.number}]", reference.iri)
                    )
    begun = {
        mechanism: min(each[0] for papers in rungs.values() for each in papers) for mechanism, rungs in found.items()
    }
    order = sorted(found, key=lambda mechanism: (begun[mechanism], str(mechanism)))
    return {
        mechanism: {
            name: [(year, Link(label, to)) for year, label, to in sorted(papers)]
            for name, papers in found[mechanism].items()
        }
        for mechanism in order
    }


def _cell(papers: list[tuple[int, Link]]) -> Cell:
    return (f"{papers[0][0]}: ", *joined(link for year, link in papers if year == papers[0][0])) if papers else ()


def _drawing(model: SiteModel, first: dict[Term, dict[str, list[tuple[int, Link]]]]) -> Drawing:
    years = [year for rungs in first.values() for papers in rungs.values() for year, _ in papers] or [0]
    begin, end = min(years), max(years)
    marks: list[Mark] = []
    for year in range(begin, end + 1):
        x = _LEFT + (year - begin) * _YEAR
        marks.append(Mark("line", {"x1": x, "x2": x, "y1": _TOP - 10, "y2": _TOP + len(first) * _ROW, "class": "grid"}))
        marks.append(Mark("text", {"x": x, "y": _TOP - 16, "class": "tick"}, f"’{year % 100:02}"))
    for number, (mechanism, rungs) in enumerate(first.items()):
        y = _TOP + number * _ROW + 8
        marks.append(Mark("text", {"x": 0, "y": y + 5, "class": "name"}, str(mechanism)[:40], "", mechanism.iri))
        marks += _row(rungs, y, begin)
    return Drawing(
        f"Papers by year from {begin} to {end}, mechanism by mechanism",
        _LEFT + (end - begin + 1) * _YEAR,
        _TOP + len(first) * _ROW + 10,
        tuple(marks),
        tuple(f"{_SIGNS[rung]} {NAMES[rung]}" for rung in RUNGS),
    )


def _row(rungs: dict[str, list[tuple[int, Link]]], y: int, begin: int) -> Iterator[Mark]:
    """One mark a year: the highest rung on which a paper of that year stands."""
    best: dict[int, tuple[str, list[Link]]] = {}
    for rung in reversed(RUNGS):
        for year, link in rungs.get(rung, []):
            papers = best[year][1] if year in best and best[year][0] == rung else []
            best[year] = rung, [*papers, link]
    for year, (rung, papers) in sorted(best.items()):
        x = _LEFT + (year - begin) * _YEAR
        tip = f"{year}, {NAMES[rung]}: {', '.join(link.text for link in papers)}"
        yield Mark("circle", {"cx": x, "cy": y, "r": 9, "class": f"rung {rung}"}, "", tip, papers[0].to)
        yield Mark("text", {"x": x, "y": y + 4, "class": f"tick on-{rung}"}, _SIGNS[rung])


def _papers(model: SiteModel) -> Iterator[tuple[str, Cell, Cell]]:
    told = [one for one in model.references if model.studies_of.get(one.publication)]
    for one in sorted(told, key=lambda one: (one.year or 0, one.number, one.iri)):
        tellings = joined(
            Link(f"{teller(model, study)} ({model.depth(study)})", study) for study in model.studies_of[one.publication]
        )
        yield str(one.year or "not stated"), (Link(f"{one.label} [{one.number}]: {one.title}", one.iri),), tellings
