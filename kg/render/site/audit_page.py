"""Review against papers: each point on which two sides do not say the same, a task and no fault of either."""

from collections import Counter
from collections.abc import Iterator

from kg.query.answer import Answer
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Row, SitePage, Table, Text, sections, table
from kg.render.site.tell import paper

_COLUMNS = ("paper", "kind", "concerns", "the review says", "the paper says", "why, and who found it", "read as")


def audit_pages(model: SiteModel) -> Iterator[SitePage]:
    """The comparison of the two tellings."""
    answer = model.discrepancies
    place = answer.columns.index("scope_only")
    numbers = range(len(answer.rows))
    scope = [n for n in numbers if answer.text(answer.rows[n][place]) == "yes"]
    open_ = [n for n in numbers if n not in set(scope)]
    kinds = Counter(answer.text(answer.rows[n][answer.columns.index("kind")]) for n in open_)
    yield SitePage(
        "audit.html",
        "overview",
        "Does the review say what the papers say?",
        (answer.question.header.about,),
        sections(
            (
                "How much",
                [
                    Text((f"{len(open_)} points to look at; {len(scope)} more only name a broader class.",)),
                    table(
                        "Points by kind",
                        ("kind", "points"),
                        ((kind, str(n)) for kind, n in sorted(kinds.items(), key=lambda p: (-p[1], p[0]))),
                    ),
                ],
            ),
            (
                "Points to look at",
                [
                    _table(
                        model,
                        answer,
                        open_,
                        "Where two sides do not say the same",
                    )
                ],
            ),
            (
                "Only a broader class",
                [_table(model, answer, scope, "Where the review names a broader class of what the paper names")],
            ),
            ("What was searched", [Text((answer.searched,))]),
        ),
        schema={"@type": "Dataset", "name": "The review beside its papers"},
    )


def _table(model: SiteModel, answer: Answer, numbers: list[int], caption: str) -> Table:
    return Table(caption, _COLUMNS, tuple(_row(model, answer, n) for n in numbers))


def _row(model: SiteModel, answer: Answer, number: int) -> Row:
    cells = dict(zip(answer.columns, answer.rows[number], strict=True))
    text = {name: answer.text(node) for name, node in cells.items()}
    study = cells["study"]
    cited: Cell = (paper(model, study.value),) if study is not None else ()
    why = "; ".join(filter(None, (text["reason"], text["found_by"])))
    return Row(
        (
            cited,
            (text["kind"],),
            (text["concerns"],),
            (text["review_says"] or "nothing",),
            (text["paper_says"] or "nothing where it was read",),
            (why,),
            (text["read"],),
        ),
        f"difference-{number + 1}",
    )
