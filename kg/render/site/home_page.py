"""The first page: what is known, in one picture and ten sentences, each computed from the graph and leading on."""

from collections.abc import Iterator

from kg.render.site.best import best_known, species_groups
from kg.render.site.home_picture import picture, words_table
from kg.render.site.home_sentences import HARMS, sentences
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Lines, Link, SitePage, cell, sections
from kg.render.site.question_pages import question_path

TITLE = "Exercise and neuropathic pain: by which mechanisms, and how we know"


def home_page(model: SiteModel, others: tuple[tuple[str, str, str], ...]) -> SitePage:
    """The first page; `others` are large pages beside the site, by path, title and what they are."""
    best = best_known(model)
    groups = species_groups(model)
    return SitePage(
        "index.html",
        "home",
        TITLE,
        cell(
            "What papers report, what a review says of them, and what nobody has examined. Every sentence leads to the "
            "findings, the papers and the passages behind it."
        ),
        sections(
            ("What do you want to know?", [Lines(tuple(_questions(model, others)))]),
            (
                "What is known, in one picture",
                [
                    picture(best, groups),
                    words_table(best, groups),
                ],
            ),
            ("What is known, in ten sentences", [Lines(tuple(sentences(model)))]),
            ("Everything else", [Lines(tuple(_rest()))]),
        ),
        schema={"@type": "WebSite", "name": TITLE},
    )


def _questions(model: SiteModel, others: tuple[tuple[str, str, str], ...]) -> Iterator[Cell]:
    yield cell(
        "What is the evidence that a mechanism matters, and is it the same in people? ",
        Link("Choose it in the picture below", "#picture"),
        ", or see ",
        Link("the whole ladder", "ladder.html"),
        ".",
    )
    yield cell("Where does exercise do harm, or nothing? ", Link("Results without benefit", question_path(HARMS)), ".")
    yield cell("What should be studied next, and why? ", Link("Gaps, ranked", "gaps.html"), ".")
    yield cell("Does the review say what the papers say? ", Link("Review against papers", "audit.html"), ".")
    yield cell("Where do results differ, and how do the studies differ? ", Link("Conflicts", "conflicts.html"), ".")
    for path, title, about in others:
        yield cell(f"{about} ", Link(title, path), ".")


def _rest() -> Iterator[Cell]:
    for path, title, about in (
        ("doses.html", "Doses", "which were tried, and what came out"),
        ("timeline.html", "Timeline", "when the evidence came"),
        ("questions.html", "Named questions", "each with all its rows and its SPARQL"),
        ("lists.html", "Lists", "every mechanism, study, reference, statement"),
        ("curation.html", "Curation", "what was read, and how far"),
        ("glossary.html", "Glossary", "what each word means"),
        ("about.html", "About", "licence, how to cite, downloads"),
    ):
        yield cell(Link(title, path), f": {about}")
