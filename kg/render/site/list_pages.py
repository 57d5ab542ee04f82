"""The pages that lead to others: a list of everything of a kind, and a list of the kinds."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kg.render.site.parts import Lines, Link, SitePage, sections

_PLURALS = {"open question": "open questions", "study": "studies", "modality": "modalities"}


def list_pages(pages: Sequence[SitePage]) -> Iterator[SitePage]:
    """A page that lists all pages of a kind, for each kind, and one that lists the kinds."""
    kinds: dict[str, list[SitePage]] = defaultdict(list)
    for page in pages:
        if page.about:
            kinds[page.kind].append(page)
    kinds.pop("overview", None)
    yield SitePage(
        "lists.html",
        "overview",
        "Lists of everything",
        ("Each thing has a page of its own.",),
        sections(
            (
                "By kind",
                [
                    Lines(
                        tuple(
                            (Link(f"{_plural(kind)} ({len(own)})", _path(kind)),) for kind, own in sorted(kinds.items())
                        )
                    )
                ],
            )
        ),
        schema={"@type": "CollectionPage", "name": "Lists of everything"},
    )
    for kind, own in sorted(kinds.items()):
        listed = sorted(own, key=lambda page: (page.title.lower(), page.path))
        yield SitePage(
            _path(kind),
            "overview",
            f"All {_plural(kind)}",
            (f"{len(own)} pages.",),
            sections((_plural(kind).capitalize(), [Lines(tuple((Link(page.title, page.path),) for page in listed))])),
            schema={"@type": "CollectionPage", "name": f"All {_plural(kind)}"},
        )


def _plural(kind: str) -> str:
    return _PLURALS.get(kind, kind + "s")


def _path(kind: str) -> str:
    return f"list/{kind.replace(' ', '-')}.html"
