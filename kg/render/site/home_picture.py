"""The one picture of the first page, and the table that says the same."""

from collections.abc import Iterator, Mapping

from kg.analysis.ladder_words import NAMES, NOT_EXAMINED
from kg.analysis.rung import laboratories_of
from kg.analysis.strength import RUNGS
from kg.query.answer import Term
from kg.rdf.namespaces import WORD
from kg.render.site.best import Best
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Drawing, Link, Mark, Table, joined, table

Known = Mapping[Term, Mapping[str, Best]]
_LEFT, _COLUMN, _ROW, _TOP = 250, 210, 26, 46
#: The same with each mechanism in a line above its rungs, for a phone.
_NARROW_COLUMN, _NARROW_ROW, _NARROW_TOP = 176, 50, 34


def picture(model: SiteModel, best: Known, groups: list[Term]) -> Drawing:
    """How each mechanism is known, a line each."""
    marks = list(_heads(groups, _LEFT, _COLUMN))
    for row, (mechanism, known) in enumerate(best.items()):
        y = _TOP + row * _ROW
        marks.append(_name(mechanism, y + 4))
        for column, group in enumerate(groups):
            marks += _rungs(known.get(group.iri), _LEFT + column * _COLUMN, y)
    return _drawing(model, _LEFT + len(groups) * _COLUMN, _TOP + len(best) * _ROW, marks, "picture")


def narrow_picture(model: SiteModel, best: Known, groups: list[Term]) -> Drawing:
    """The same for a narrow window; the style of the page shows one of the two."""
    marks = list(_heads(groups, 0, _NARROW_COLUMN))
    for row, (mechanism, known) in enumerate(best.items()):
        y = _NARROW_TOP + row * _NARROW_ROW
        marks.append(_name(mechanism, y + 10))
        for column, group in enumerate(groups):
            marks += _rungs(known.get(group.iri), column * _NARROW_COLUMN, y + 26)
    height = _NARROW_TOP + len(best) * _NARROW_ROW
    return _drawing(model, len(groups) * _NARROW_COLUMN, height, marks, "picture-narrow")


def _heads(groups: list[Term], left: int, column: int) -> Iterator[Mark]:
    for number, group in enumerate(groups):
        yield Mark("text", {"x": left + number * column, "y": 20, "class": "head"}, str(group))


def _name(mechanism: Term, y: int) -> Mark:
    return Mark("text", {"x": 0, "y": y, "class": "name"}, str(mechanism)[:42], "", mechanism.iri)


def _drawing(model: SiteModel, width: int, height: int, marks: list[Mark], id: str) -> Drawing:
    """The picture with its legend; what a rung means is said by the graph."""
    steps = (
        f"{'■' * (len(RUNGS) - n)}{'□' * n} {NAMES[rung]}: {model.one(f'{WORD}rung-{rung}', 'skos:definition')}"
        for n, rung in enumerate(RUNGS)
    )
    title = "How each mechanism is known, in each group of species, over all classes of neuropathic pain"
    legend = (*steps, f"· {NOT_EXAMINED}", "✕ some evidence against, which is never netted")
    return Drawing(title, width, height, tuple(marks), legend, id)


def _rungs(one: Best | None, x: int, y: int) -> Iterator[Mark]:
    """As many squares filled as there are rungs up to the highest, and a sign where evidence speaks against."""
    if one is None:
        yield Mark("text", {"x": x, "y": y + 5, "class": "quiet"}, "·", NOT_EXAMINED)
        return
    filled = len(RUNGS) - RUNGS.index(one.rung)
    for n in range(len(RUNGS)):
        kind = "step full" if n < filled else "step"
        yield Mark("rect", {"x": x + n * 24, "y": y - 8, "width": 20, "height": 16, "class": kind}, "", one.words)
    papers = len(one.studies)
    text = f"{papers} paper{'' if papers == 1 else 's'}{' ✕' if one.against else ''}"
    tip = f"{one.words}, {laboratories_of(one.studies).words}"
    yield Mark("text", {"x": x + 102, "y": y + 5, "class": "small"}, text, tip, one.place)


def words_table(best: Known, groups: list[Term]) -> Table:
    """The same in words."""
    caption = "The same in words: the highest rung that any paper stands on"
    return table(caption, ("mechanism", *map(str, groups)), _rows(best, groups))


def _rows(best: Known, groups: list[Term]) -> Iterator[tuple[Cell, ...]]:
    for mechanism, known in best.items():
        yield (Link(str(mechanism), mechanism.iri),), *(_words(known.get(group.iri)) for group in groups)


def _words(one: Best | None) -> Cell:
    if one is None:
        return (NOT_EXAMINED,)
    papers = joined(Link(f"[{study.ref}]", study.study.iri) for study in one.studies)
    laboratories = laboratories_of(one.studies).words
    beside = "; some evidence against" if one.against else ""
    return (Link(one.words, one.place), " ", *papers, f", {laboratories}{beside}")
