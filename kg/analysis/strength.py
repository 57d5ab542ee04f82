"""The order of strength, stated here and nowhere else: what "strongest evidence" means in words, tables and pages.

Needed, tracks, changed, measured; then laboratories; then read depth. Marks without exercise and evidence against have
no place in it: they stand beside. `docs/how-we-know.md` says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass

#: The rungs with exercise, strongest first.
RUNGS = ("needed", "tracks", "changed", "measured")
#: What is known without exercise, and what speaks against; each is shown, none is weighed.
MARKS = ("lesion", "manipulation")
AGAINST = ("kept", "moved", "manipulation")
#: How far a paper was read, deepest first.
DEPTHS = ("full-text", "abstract", "text", "table", "title")


@dataclass(frozen=True, slots=True)
class Laboratories:
    """
    The laboratories behind some papers: those recorded by name, and how many papers have none recorded.

    A paper without a recorded laboratory may come from any, so the number lies between two bounds.

    >>> Laboratories(("a",), 2, 4).words
    '1 to 3 laboratories'
    """

    recorded: tuple[str, ...]
    unrecorded: int
    papers: int

    @property
    def at_least(self) -> int:
        """The number if every paper without a record came from a laboratory already counted."""
        return min(self.papers, max(len(self.recorded), min(self.unrecorded, 1)))

    @property
    def at_most(self) -> int:
        """The number if every paper without a record came from a laboratory of its own."""
        return min(self.papers, len(self.recorded) + self.unrecorded)

    @property
    def words(self) -> str:
        """The number as it is printed."""
        low, high = self.at_least, self.at_most
        return f"{low if low == high else f'{low} to {high}'} laborator{'y' if high == 1 else 'ies'}"


def strength(highest: str | None, laboratories: Laboratories, depths: Iterable[str]) -> tuple[int, ...]:
    """What sorts the best known first: the rung, then laboratories (at least, at most), then papers by read depth."""
    rung = RUNGS.index(highest) if highest in RUNGS else len(RUNGS)
    read = list(depths)
    return (rung, -laboratories.at_least, -laboratories.at_most, *(-read.count(depth) for depth in DEPTHS))
