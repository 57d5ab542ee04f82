"""What a cell of the map of gaps says, in few words, and what a study would have to hold to close it."""

from collections.abc import Iterable
from typing import NamedTuple

from kg.analysis.gap_map import EXAMINED, GapMap, MapColumn, MapPiece, MapRow
from kg.analysis.gaps import GapCondition
from kg.analysis.rung import laboratories_of
from kg.analysis.strength import RUNGS

#: How each axis is called.
AXIS_WORDS = {
    "condition": "condition class", "exercise": "kind of exercise", "outcome": "domain of outcome",
    "species": "species", "start": "start of exercise against the injury",
}  # fmt: skip
#: How the head of a cell reads, by its state; `{n}` studies stand behind an empty one.
HEADS = {
    "needed": "needed", "tracks": "tracks relief", "changed": "changed with relief", "measured": "measured",
    "null": "measured, n.s.", "against": "blocked, kept", "looked": "looked at, not countable",
    "empty": "not examined: 0 of {n}", "nothing": "nothing measured", "marks": "nothing measured with exercise",
    "left-out": "no study passes",
}  # fmt: skip
#: What each state means, for the key.
MEANINGS = {
    "needed": "the benefit of exercise was lost or reduced when it was blocked",
    "tracks": "in one study it changed where exercise relieved, and stayed where it did not",
    "changed": "it changed in a comparison in which pain or hypersensitivity was relieved",
    "measured": "it was measured with exercise, and no higher rung was reached",
    "null": "it was measured with exercise and no significant change was shown, which is not “no change”",
    "against": "only a blocker was tried, and the benefit of exercise was kept",
    "looked": "a paper looked, in a way that does not count as far as it was read",
    "empty": "of so many studies that examined any mechanism here, none examined this one",
    "nothing": "no study here examined any mechanism with exercise: zero of none says nothing",
}
SIGN_MEANINGS = {
    "rises": "with exercise", "no-significant-change": "no significant change was shown, which is not “no change”",
    "moved": "its marker has no one direction", "unclear": "measured; the direction is not told where we read",
    "not-increased": "the source denies a rise, or a fall",
}  # fmt: skip
SIGNS = {
    "rises": "▲ rises", "falls": "▼ falls", "normalised": "◆ normal", "moved": "↕ moves",
    "no-significant-change": "n.s.", "not-increased": "not ▲", "not-decreased": "not ▼", "mixed": "▲▼ both",
    "unclear": "? direction",
}  # fmt: skip
#: States of cells in which nobody looked.
UNEXAMINED = ("empty", "nothing", "marks")
#: Results with which nothing was shown to move.
STAYED = ("no-significant-change", "not-increased", "not-decreased")
#: What stands in the other columns of the ladder, in the order of the key.
MARKS = {
    "mark-lesion": ("◐ lesion", "without exercise, the lesion alters it"),
    "mark-manipulation": ("℞ relieves", "without exercise, moving it (by a drug, a gene) relieves"),
    "against-kept": ("✕ kept", "against: the benefit was kept when it was blocked"),
    "against-moved": ("✕ moved", "against: it moved, and nothing was relieved"),
    "against-manipulation": ("℞ fails", "against: moving it, without exercise, does not relieve"),
}
DETECTORS = {
    "stated": ("asked", "authors name it as an open question"),
    "bridge": ("bridge", "exercise moves it elsewhere and moving it relieves here, but no study holds both"),
    "one-source": ("one source", "question and bridge rest on one section of one review: they are one witness"),
}
#: What the key says beside the states of cells.
KEYS = {
    "signs": {SIGNS[sign]: told for sign, told in SIGN_MEANINGS.items()},
    "marks": MARKS,
    "detectors": DETECTORS,
}
#: What a study must hold to reach each rung.
CLOSES = {
    "measured": "exercised subjects compared with rested ones that differ in nothing else, here, and a marker of it "
    "measured in both",
    "changed": "that, and an outcome that counts as relief measured in the same comparison",
    "tracks": "in one study two comparisons, one in which exercise relieves and one in which it does not, with the "
    "marker measured in both",
    "needed": "a blocker of it given to exercised subjects in whom exercise relieves, and to rested ones to see what "
    "the blocker does alone",
}


class Shown(NamedTuple):
    """A cell as it is shown: its state, which gives it its look, its lines, and what detectors say of it."""

    state: str
    lines: tuple[str, ...]
    gap: str = ""


def shown(grid: GapMap, row: MapRow, axis: str, column: MapColumn, studies: int) -> Shown:
    """The cell of a row and a column, in which so many studies examined any mechanism."""
    standing = list(grid.standing(row.term.iri, axis, column))
    steps = {step for step, _ in standing}
    examined = [piece for step, piece in standing if step in EXAMINED]
    signs = [sign for sign in SIGNS if any(sign in piece.signs for piece in examined)]
    gap = gap_of(grid, row, axis, column)
    state = _state(steps, signs, studies, looked=_looked(grid, row, axis, column))
    lines = [HEADS[state].format(n=studies)]
    if examined:
        lines.append(" ".join([laboratories(examined), *(SIGNS[sign] for sign in signs)]))
    lines.append(", ".join(word for step, (word, _) in MARKS.items() if step in steps))
    told = " · ".join(DETECTORS[name][0] for name in fired(gap)) if gap and state in UNEXAMINED else ""
    return Shown(state, tuple(filter(None, lines)), told)


def _state(steps: set[str], signs: Iterable[str], studies: int, *, looked: bool) -> str:
    highest = next((step for step in RUNGS if step in steps), "")
    if highest:
        told = list(signs)
        return "null" if highest == "measured" and told and all(sign in STAYED for sign in told) else highest
    if "against-kept" in steps:
        return "against"
    if looked:
        return "looked"
    if studies:
        return "empty"
    return "marks" if steps else "nothing"


def gap_of(grid: GapMap, row: MapRow, axis: str, column: MapColumn) -> GapCondition | None:
    """What detectors say of a cell; they look at whole mechanisms in classes of conditions."""
    counted = axis == "condition" and (row.term.iri, column.value.iri, column.group.iri) in grid.counts
    return grid.gaps.get((row.term.iri, column.value.iri)) if counted else None


def _looked(grid: GapMap, row: MapRow, axis: str, column: MapColumn) -> bool:
    count = grid.counts.get((row.term.iri, column.value.iri, column.group.iri)) if axis == "condition" else None
    return bool(count and count.looked_at)


def fired(gap: GapCondition) -> list[str]:
    """The detectors beside the empty cell itself that fired, and whether they are one witness."""
    return [*(name for name in gap.detectors if name in DETECTORS), *(["one-source"] if gap.one_source else [])]


def laboratories(pieces: Iterable[MapPiece]) -> str:
    """How many laboratories stand behind some pieces, between two bounds where they are not recorded."""
    counted = laboratories_of({piece.study.study.iri: piece.study for piece in pieces}.values())
    low, high = counted.at_least, counted.at_most
    return f"{low if low == high else f'{low}–{high}'} lab{'' if high == 1 else 's'}"
