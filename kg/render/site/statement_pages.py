"""A page for each statement of the review and each question that its authors leave open."""

from collections.abc import Iterator

from kg.render.explorer_findings import web_address
from kg.render.site.addresses import page_path
from kg.render.site.model import SiteModel
from kg.render.site.parts import Lines, Link, SitePage, cell, facts, plain, sections
from kg.render.site.tell import all_named, paper, stated

_SAID = (
    "context",
    "hasPassage",
    "slots",
    "inPack",
    "line",
    "wasDerivedFrom",
    "identifier",
    "citesAsEvidence",
    "claims",
)
#: The most of a statement that stands in a line of a list.
_MOST = 160


def statement_words(model: SiteModel, statement: str) -> str:
    """A statement in a line: its frame and what fills it."""
    slots = model.one(statement, "slots")
    frame = next(map(model.label, model.nodes(slots, "rdf:type")), "")
    filled = "; ".join(f"{name}: {plain(value)}" for name, value in stated(model, slots).items) if slots else ""
    words = f"{frame.removesuffix(' frame')}: {filled}" if filled else frame or model.label(statement)
    return words if len(words) <= _MOST else words[: _MOST - 1] + "…"


def statement_pages(model: SiteModel) -> Iterator[SitePage]:
    """The pages of all statements."""
    asked: dict[str, list[str]] = {}
    for question in model.of_class("OpenQuestion"):
        for one in model.nodes(question, "statement"):
            asked.setdefault(one, []).append(question)
    for statement in model.of_class("Statement"):
        yield _statement(model, statement, asked.get(statement, []))


def _statement(model: SiteModel, statement: str, asked: list[str]) -> SitePage:
    passage = model.one(statement, "hasPassage")
    slots, context = model.one(statement, "slots"), model.one(statement, "context")
    words = statement_words(model, statement)
    cites = [paper(model, one) for one in model.nodes(statement, "cito:citesAsEvidence")]
    used = [
        one
        for one in model.conflicts
        if any(claim.statement == statement for side in (one.changed, one.opposed) for claim in side.claims)
    ]
    return SitePage(
        page_path(statement),
        "statement",
        f"The review says: {model.label(statement).replace('-', ' ')}",
        ("A statement of the review is a claim and never a finding.",),
        sections(
            ("What it says", [facts([("in the project's frame", words)]), *([stated(model, slots)] if slots else [])]),
            ("Of whom and when", [stated(model, context)] if context else []),
            ("How it says it", [stated(model, statement, _SAID)]),
            (
                "Where it stands",
                [
                    facts(
                        [
                            ("passage", _passage(model, passage)),
                            ("its open question", all_named(model, asked)),
                        ]
                    )
                ],
            ),
            ("What it cites", [Lines(tuple((one,) for one in cites))]),
            (
                "Conflicts in which it stands",
                [Lines(tuple((Link(f"{one.question} ({one.way})", one.iri),) for one in used))],
            ),
        ),
        (statement,),
        model.source(statement),
        {"@type": "Claim", "name": words, "appearance": web_address(model.one(passage, "link")) if passage else ""},
    )


def _passage(model: SiteModel, passage: str) -> tuple[str | Link, ...]:
    if not passage:
        return ()
    begins, ends = model.one(passage, "startsWith"), model.one(passage, "endsWith")
    words = f"“{begins} … {ends}”"
    link = web_address(model.one(passage, "link"))
    return cell(Link(words, link) if link else words)


def open_question_pages(model: SiteModel) -> Iterator[SitePage]:
    """The pages of the questions that the authors of the review leave open."""
    for question in model.of_class("OpenQuestion"):
        about = model.one(question, "about")
        statements = model.nodes(question, "statement")
        yield SitePage(
            page_path(question),
            "open question",
            f"Left open by the authors: {model.label(question).replace('-', ' ')}",
            (),
            sections(
                ("What it is about", [stated(model, about)] if about else []),
                ("Where they say so", [Lines(tuple((Link(statement_words(model, one), one),) for one in statements))]),
                ("Remarks", [stated(model, question, (*_SAID, "about", "statement"))]),
            ),
            (question,),
            model.source(question),
            {"@type": "Question", "name": model.label(question)},
        )
