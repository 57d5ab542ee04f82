"""The map of doses: each dose that was told as a bar on an axis of its own unit, with what came out; and as a table."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.analysis.dose import DosePoint, Tried
from kg.analysis.dose_words import NOTE, overview_rows
from kg.analysis.programme import QUANTITIES, Axis, Dose, Verdict
from kg.render.site.model import SiteModel
from kg.render.site.parts import Block, Drawing, Link, Mark, SitePage, Table, Text, cell, sections, table

_LEFT, _WIDTH, _ROW, _TOP = 250, 640, 20, 34
#: The sign of each thing that may have come out: told apart by its shape as well as by its colour.
_SIGNS = {
    Verdict.RELIEF: "●",
    Verdict.SOME: "◐",
    Verdict.NONE: "○",
    Verdict.UNCLEAR: "?",
    Verdict.NOT_ISOLATED: "△",
    Verdict.NOT_MEASURED: "–",
}
_READ_AS = (
    "Each line is one programme; its bar reaches from the lowest to the highest value that is told, and an arrow marks "
    "an end that is left open. Values of different units or references never share an axis, nor do people and animals, "
    "nor the papers and the review. What came out:"
)


@dataclass(frozen=True, slots=True)
class _Panel:
    """What stands on one axis: one species group, told by one side, one quantity in one unit."""

    told: str
    species: str
    axis: Axis

    @property
    def title(self) -> str:
        unit = f" ({self.axis.unit})" if self.axis.unit and not self.axis.quantity.startswith(self.axis.unit) else ""
        part = ", of parts of a session" if self.axis.of_part else ""
        return f"{self.species}, {self.axis.quantity}{unit}{part}, as {self.told}"


def dose_pages(model: SiteModel) -> Iterator[SitePage]:
    """The map of doses."""
    panels = _panels(model)
    made: list[tuple[str, list[Block]]] = [
        (panel.title, [_drawing(panel, points), _table(panel, points)]) for panel, points in panels
    ]
    overview = table(
        "How many programmes tell each part of their dose",
        (
            "told by",
            "in",
            "species",
            "bout",
            "part of the dose",
            "told by so many",
            "of",
            "of studies",
            "read in full",
            "tried",
        ),
        overview_rows(model.doses),
    )
    signs = ", ".join(f"{sign} {verdict.value}" for verdict, sign in _SIGNS.items())
    yield SitePage(
        "doses.html",
        "overview",
        "Which doses of exercise were tried, and what came out",
        (NOTE,),
        sections(
            ("How to read it", [Text((f"{_READ_AS} {signs}.",))]),
            *made,
            ("How much is told", [overview, Text((model.doses.scope,))]),
        ),
        schema={"@type": "Dataset", "name": "Doses of exercise that were tried"},
    )


def _panels(model: SiteModel) -> list[tuple[_Panel, list[tuple[DosePoint, Tried]]]]:
    found: dict[_Panel, list[tuple[DosePoint, Tried]]] = defaultdict(list)
    for one in model.doses.cells:
        for quantity in one.quantities:
            for point in model.doses.points(one, quantity):
                panel = _Panel(one.told, str(one.species_group), point.doses[0].axis)
                found[panel] += [(point, tried) for tried in point.tried]
    order = sorted(
        found, key=lambda p: (p.told, p.species, QUANTITIES.index(p.axis.quantity), p.axis.unit, p.axis.of_part)
    )
    return [(panel, sorted(found[panel], key=_place)) for panel in order]


def _place(item: tuple[DosePoint, Tried]) -> tuple[object, ...]:
    point, tried = item
    return (
        *point.doses[0].rank[3:5],
        tried.programme.reference,
        str(tried.programme.exercise),
        tried.programme.iri,
        point.doses[0].words,
    )


def _ends(dose: Dose) -> tuple[float, float] | None:
    numbers = [float(number) for number in (dose.low, dose.high, *dose.one_of) if number is not None]
    return (min(numbers), max(numbers)) if numbers else None


def _drawing(panel: _Panel, points: Sequence[tuple[DosePoint, Tried]]) -> Drawing:
    drawn = [(point, tried, ends) for point, tried in points if (ends := _ends(point.doses[0]))]
    most = max((ends[1] for *_, ends in drawn), default=1.0) or 1.0
    step = _step(most)
    marks = list(_grid(most, step, len(drawn)))
    for number, (point, tried, ends) in enumerate(drawn):
        marks += _bar(point.doses[0], tried, ends, _TOP + number * _ROW, most)
    return Drawing(panel.title, _LEFT + _WIDTH + 60, _TOP + len(drawn) * _ROW + 12, tuple(marks))


def _step(most: float) -> float:
    """The distance of lines on an axis: a round number, so that there are at most ten."""
    step = 1.0
    while most / step > 10:
        step *= 2.5 if str(step).startswith("2") else 2
    return step


def _grid(most: float, step: float, rows: int) -> Iterator[Mark]:
    value = 0.0
    while value <= most:
        x = _x(value, most)
        yield Mark("line", {"x1": x, "x2": x, "y1": _TOP - 8, "y2": _TOP + rows * _ROW, "class": "grid"})
        yield Mark("text", {"x": x, "y": _TOP - 14, "class": "tick"}, f"{value:g}")
        value += step


def _bar(dose: Dose, tried: Tried, ends: tuple[float, float], y: int, most: float) -> Iterator[Mark]:
    programme = tried.programme
    name = f"{programme.study} [{programme.reference}], {programme.exercise}"
    tip = f"{dose.words}: {programme.verdict.value}; {programme.cell.condition_class}"
    low, high = _x(ends[0], most), _x(ends[1], most)
    kind = programme.verdict.name.lower().replace("_", "-")
    yield Mark(
        "text",
        {"x": 0, "y": y + 10, "class": "name"},
        name if len(name) <= 36 else name[:35] + "…",
        tip,
        programme.study.iri,
    )
    yield Mark(
        "rect",
        {"x": low, "y": y + 2, "width": round(max(high - low, 3), 1), "height": 9, "class": f"dose {kind}"},
        "",
        tip,
    )
    if dose.open:
        yield Mark(
            "text",
            {"x": high + 3 if dose.open == "high" else low - 13, "y": y + 11},
            "→" if dose.open == "high" else "←",
        )
    yield Mark(
        "text",
        {"x": high + (20 if dose.open == "high" else 8), "y": y + 11, "class": kind},
        _SIGNS[programme.verdict],
        tip,
    )


def _x(value: float, most: float) -> float:
    return round(_LEFT + _WIDTH * value / most, 1)


def _table(panel: _Panel, points: Sequence[tuple[DosePoint, Tried]]) -> Table:
    rows = (
        (
            point.doses[0].words,
            tried.held,
            (Link(str(tried.programme.exercise), tried.programme.exercise.iri),),
            (Link(str(point.cell.condition_class), point.cell.condition_class.iri),),
            str(point.cell.bout),
            tried.programme.verdict.value + (" (single-arm)" if tried.programme.single_arm else ""),
            "; ".join(dict.fromkeys(one.words for one in tried.programme.shown)),
            cell(Link(f"{tried.programme.study} [{tried.programme.reference}]", tried.programme.study.iri)),
            str(tried.programme.read),
        )
        for point, tried in points
    )
    return table(
        panel.title, ("dose", "held", "exercise", "in", "bout", "relief", "outcomes", "study", "read as"), rows
    )
