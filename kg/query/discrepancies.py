"""Two tellers compared: the rows of the question `discrepancies`, with those that are only a matter of scope folded."""

from dataclasses import dataclass, replace

from pyoxigraph import Literal

from kg.query.answer import Answer, ask
from kg.query.question import bundled_question
from kg.store import Store

QUESTION = "discrepancies"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The discrepancies to look at, and how many more there are in which only the scope differs."""

    answer: Answer
    folded: int


def compare_tellers(store: Store, reference: str | None = None, *, folded: bool = True) -> Comparison:
    """What the review and its papers do not say alike, of one reference number or of all."""
    given = {} if reference is None else {"ref": reference}
    answer = ask(store, bundled_question(QUESTION), given)
    if not folded:
        return Comparison(answer, 0)
    scope_only = answer.columns.index("scope_only")
    kept = tuple(row for row in answer.rows if row[scope_only] != Literal(True))
    return Comparison(replace(answer, rows=kept), len(answer.rows) - len(kept))
