"""Figures of agreement: how often two readings say the same, and how far that goes beyond chance.

Cohen's kappa is (observed - expected) / (1 - expected), where expected is the agreement of two readers who each keep
their own shares of the categories but decide by lot (Cohen 1960, Educ Psychol Meas 20:37-46).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: Fewer pairs than this say too little for a kappa.
FEWEST = 20
SILENT = ""

Pair = tuple[str, str]


def kappa(pairs: Sequence[Pair]) -> float | None:
    """
    Cohen's kappa of pairs of categories; nothing where both readers used one and the same category throughout.

    >>> kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "a")])
    0.0
    """
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    total = len(pairs)
    chance = sum(first[category] * second[category] for category in first)
    if not pairs or chance == total * total:
        return None
    observed = sum(a == b for a, b in pairs) / total
    expected = chance / (total * total)
    return (observed - expected) / (1 - expected)


@dataclass(frozen=True, slots=True)
class Figure:
    """What two readings of one field have in common; a reading that is silent has the empty category."""

    field: str
    n: int
    same: int
    both_silent: int
    one_silent: int
    kappa: float | None

    @property
    def differ(self) -> int:
        """How often both readings state something, and not the same."""
        return self.n - self.same - self.one_silent

    def row(self) -> tuple[str, ...]:
        """The figure as cells of a table."""
        share = f"{100 * self.same / self.n:.1f} %" if self.n else "–"
        beyond = "–" if self.kappa is None else f"{self.kappa:.2f}"
        return (
            self.field, str(self.n), str(self.same), share, str(self.both_silent), str(self.one_silent),
            str(self.differ), beyond,
        )  # fmt: skip


COLUMNS = ("field", "n", "same", "agreement", "both silent", "one silent", "differ", "kappa")


def figure(field: str, pairs: Iterable[Pair]) -> Figure:
    """The figure of one field over all its pairs."""
    pairs = list(pairs)
    return Figure(
        field,
        len(pairs),
        sum(a == b for a, b in pairs),
        sum(a == b == SILENT for a, b in pairs),
        sum((a == SILENT) != (b == SILENT) for a, b in pairs),
        kappa(pairs) if len(pairs) >= FEWEST else None,
    )


def markdown(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as Markdown."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
