"""The one picture of the first page, and the table that says the same."""

from collections.abc import Iterator, Mapping

from kg.analysis.ladder_words import NAMES, NOT_EXAMINED
from kg.analysis.rung import laboratories_of
from kg.analysis.strength import RUNGS
from kg.query.answer import Term
from kg.render.site.best import Best
from kg.render.site.parts import Cell, Drawing, Link, Mark, Table, joined, table

_LEFT, _COLUMN, _ROW, _TOP = 250, 210, 26, 46


def picture(best: Mapping[Term, Mapping[str, Best]], groups: list[Term]) -> Drawing:
    marks: list[Mark] = [
        Mark("text", {"x": _LEFT + number * _COLUMN, "y": 20, "class": "head"}, f"in {group}")
        for number, group in enumerate(groups)
    ]
    for row, (mechanism, known) in enumerate(best.items()):
        y = _TOP + row * _ROW
        marks.append(Mark("text", {"x": 0, "y": y + 4, "class": "name"}, str(mechanism)[:42], "", mechanism.iri))
        for column, group in enumerate(groups):
            marks += _rungs(known.get(group.iri), _LEFT + column * _COLUMN, y)
    steps = (f"{'■' * (len(RUNGS) - n)}{'□' * n} {NAMES[rung]}" for n, rung in enumerate(RUNGS))
    return Drawing(
        "How each mechanism is known, in each group of species, over all classes of neuropathic pain",
        _LEFT + len(groups) * _COLUMN,
        _TOP + len(best) * _ROW,
        tuple(marks),
        (*steps, f"· {NOT_EXAMINED}", "✕ some evidence against, which is never netted"),
        "picture",
    )


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


def words_table(best: Mapping[Term, Mapping[str, Best]], groups: list[Term]) -> Table:
    """The same in words."""
    caption = "The same in words: the highest rung that any paper stands on"
    return table(caption, ("mechanism", *map(str, groups)), _rows(best, groups))


def _rows(best: Mapping[Term, Mapping[str, Best]], groups: list[Term]) -> Iterator[tuple[Cell, ...]]:
    for mechanism, known in best.items():
        yield (Link(str(mechanism), mechanism.iri),), *(_words(known.get(group.iri)) for group in groups)


def _words(one: Best | None) -> Cell:
    if one is None:
        return (NOT_EXAMINED,)
    papers = joined(Link(f"[{study.ref}]", study.study.iri) for study in one.studies)
    laboratories = laboratories_of(one.studies).words
    beside = "; some evidence against" if one.against else ""
    return (Link(one.words, one.place), " ", *papers, f", {laboratories}{beside}")
