"""A page for each named question, with all its rows and its SPARQL, and the list of them in their groups."""

from collections.abc import Callable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.evidence.problem import printable
from kg.query.answer import Answer, ask, construct
from kg.query.catalogue import catalogue
from kg.query.question import Question
from kg.render.explorer_findings import doi_address, web_address
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Code, Lines, Link, Row, SitePage, SourceLine, Table, Text, cell, facts, sections
from kg.store.protocol import Node

_REFERENCE = "ref"


def question_path(name: str) -> str:
    """Where a question stands."""
    return f"question/{name}.html"


def question_pages(model: SiteModel, tell: Callable[[int, int], None]) -> Iterator[SitePage]:
    """The list of questions, and a page for each."""
    groups = catalogue()
    names = [one for questions in groups.values() for one in questions]
    yield SitePage(
        "questions.html",
        "overview",
        "Questions that the graph answers",
        (
            "Each page has all rows of its answer, how it was asked, and what was searched. ",
            Link("Ask in SPARQL", "sparql.html"),
            " to narrow one, or to ask another.",
        ),
        sections(
            *(
                (title, [Lines(tuple((Link(one.header.summary, question_path(one.name)),) for one in questions))])
                for title, questions in groups.items()
            )
        ),
        schema={"@type": "DataCatalog", "name": "Questions that the graph answers"},
    )
    for done, question in enumerate(names):
        tell(done, len(names))
        yield _page(model, question)
    tell(len(names), len(names))


def _page(model: SiteModel, question: Question) -> SitePage:
    header = question.header
    answer = None if question.is_construct else ask(model.store, question)
    table = (
        _rows(model, answer)
        if answer is not None
        else _triples(model, construct(model.store, question), header.summary)
    )
    params = ", ".join(f"{name} ({kind})" for name, kind in header.params.items())
    example = "".join(f" {name}={value}" for name, value in header.example.items())
    return SitePage(
        question_path(question.name),
        "question",
        header.summary,
        (header.about,),
        sections(
            (
                "The answer",
                [
                    Text((f"{len(table.rows):,} rows. {answer.searched if answer is not None else ''}",))
                    if table.rows
                    else Text((header.empty,)),
                    Text((Link("Run it here", f"sparql.html#{question.name}"), ", with other values or changed.")),
                    table,
                ],
            ),
            (
                "How it was asked",
                [
                    facts(
                        [
                            ("name", question.name),
                            ("can be narrowed by", params),
                            ("on the command line", f"kg query {question.name}{example}"),
                        ]
                    ),
                    Code("The SPARQL", question.sparql),
                ],
            ),
        ),
        source=SourceLine("", f"kg/query/sparql/{question.name}.rq", None, "Asked by"),
        schema={
            "@type": "Dataset",
            "name": header.summary,
            "identifier": question.name,
            "variableMeasured": list(answer.columns if answer is not None else ("subject", "predicate", "object")),
        },
    )


def _rows(model: SiteModel, answer: Answer) -> Table:
    columns = answer.columns
    rows = tuple(
        Row(tuple(_cell(model, name, node, answer.text(node)) for name, node in zip(columns, row, strict=True)))
        for row in answer.rows
    )
    return Table(answer.question.header.summary, tuple(name.replace("_", " ") for name in columns), rows)


def _cell(model: SiteModel, column: str, node: Node | None, text: str) -> Cell:
    if node is None:
        return ()
    shown = printable(text)
    if isinstance(node, NamedNode):
        return (Link(shown or node.value, node.value),)
    if column == "doi":
        return (Link(shown, doi_address(text)),)
    if column == _REFERENCE and (found := model.by_number.get(text)):
        return (Link(shown, found),)
    addresses = [web_address(one) for one in text.split(" | ")]
    if len(addresses) == 1 and addresses[0]:
        return (Link("passage" if "#:~:text=" in text else "source", addresses[0]),)
    return cell(shown)


def _triples(model: SiteModel, triples: list[Triple], caption: str) -> Table:
    def told(node: object) -> Cell:
        if isinstance(node, NamedNode):
            return (Link(model.label(node.value), node.value),)
        return (printable(node.value),) if isinstance(node, Literal) else ()

    rows = tuple(Row((told(one.subject), told(one.predicate), told(one.object))) for one in triples)
    return Table(caption, ("subject", "predicate", "object"), rows)
