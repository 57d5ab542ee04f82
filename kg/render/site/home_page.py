"""The first page: what is known, in one picture and ten sentences, each computed from the graph and leading on."""

from collections.abc import Iterator

from kg.render.site.best import best_known, species_groups
from kg.render.site.dispute_pages import ranked_gaps
from kg.render.site.home_picture import narrow_picture, picture, words_table
from kg.render.site.home_sentences import HARMS, harms, sentences
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Lines, Link, Section, SitePage, cell, joined, sections
from kg.render.site.question_pages import question_path
from kg.render.site.term_pages import gap_title

#: The question that tells what each trial says of harm.
ADVERSE = "adverse-events"
TITLE = "Exercise and neuropathic pain: by which mechanisms, and how we know"


def home_page(model: SiteModel, others: tuple[tuple[str, str, str], ...]) -> SitePage:
    """The first page; `others` are large pages beside the site, by path, title and what they are."""
    best = best_known(model)
    groups = species_groups(model)
    drawn = (picture(model, best, groups), narrow_picture(model, best, groups))
    return SitePage(
        "index.html",
        "home",
        TITLE,
        cell(
            "What papers report, what a review says of them, and what nobody has examined. Every sentence leads to the "
            "findings, the papers and the passages behind it. Each page has an address that stays and can be passed on."
        ),
        (
            *sections(("What do you want to know?", [Lines(tuple(_questions(model, others)))])),
            Section("What is known, in one picture", drawn, "known"),
            *sections(
                ("What is known, in ten sentences", [Lines(tuple(sentences(model)))]),
                ("The picture in words", [words_table(best, groups)]),
                ("Everything else", [Lines(tuple(_rest()))]),
            ),
        ),
        schema={"@type": "WebSite", "name": TITLE},
    )


def _questions(model: SiteModel, others: tuple[tuple[str, str, str], ...]) -> Iterator[Cell]:
    """What people ask, each with the shortest way to its answer."""
    names = joined(Link(str(one), one.iri) for one in best_known(model))
    yield cell(
        "What is the strongest evidence that a mechanism matters, and is it the same in people? ",
        *names,
        "; all side by side: " if names else "",
        Link("the evidence ladder", "ladder.html"),
        ".",
    )
    worst = joined(harms(model))
    yield cell(
        "Where does exercise do harm, or nothing? ",
        *(cell("Harm: ", *worst, "; ") if worst else ()),
        Link("all results without benefit", question_path(HARMS)),
        "; ",
        Link("adverse events in trials", question_path(ADVERSE)),
        ".",
    )
    first = [Link(f"first: {gap_title(model, gap)}", gap) for gap in ranked_gaps(model)[:1]]
    yield cell(
        "What should be studied next, and why? ",
        *first,
        "; " if first else "",
        Link("all gaps, ranked", "gaps.html"),
        ".",
    )
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
