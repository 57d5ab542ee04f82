"""How single things are told in a cell: a finding, a paper, a term, and what links them."""

from collections.abc import Iterable

from kg.evidence.problem import printable
from kg.render.explorer_findings import FindingText
from kg.render.site.addresses import finding_id
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Facts, Link, Row, Table, cell, facts, joined

FINDING_COLUMNS = ("what was found", "compared", "in whom, dose, place", "paper", "told by", "read as")


def finding_row(one: FindingText, *, named: bool = False) -> Row:
    """A finding as a row; on the page of its study it is `named`, and leads to its own place."""
    said = "; ".join(f"{name}: {value}" for name, value in one.facts)
    place = Link(one.reference, one.iri)
    return Row(
        (
            cell(Link(one.words, "#" + finding_id(one.iri)) if named else Link(one.words, one.iri)),
            (one.contrast,),
            (said,),
            joined([place, *(Link(name, address) for name, address in one.links)]),
            (one.told,),
            (one.read,),
        ),
        finding_id(one.iri) if named else "",
    )


def finding_table(model: SiteModel, findings: Iterable[str], caption: str) -> Table:
    """Findings as a table, those of the papers first, then by year, the newest first."""
    found = [model.findings[one] for one in findings if one in model.findings]
    found.sort(key=lambda one: (one.told != "paper", -(one.year or 0), one.iri))
    return Table(caption, FINDING_COLUMNS, tuple(finding_row(one) for one in found))


def named(model: SiteModel, node: str) -> Link:
    """A thing by its name, leading to its page."""
    return Link(model.label(node), node)


def all_named(model: SiteModel, nodes: Iterable[str]) -> Cell:
    """Things by their names."""
    links = sorted((named(model, one) for one in nodes), key=lambda link: (link.text.lower(), link.to))
    return joined(links)


def paper(model: SiteModel, publication: str) -> Link | str:
    """A paper by its short name and its number in the list."""
    reference = model.by_publication.get(publication)
    return Link(f"{reference.label} [{reference.number}]", reference.iri) if reference else model.label(publication)


def stated(model: SiteModel, node: str, left_out: Iterable[str] = ()) -> Facts:
    """What is stated of a node, property by property, each by its own name; `left_out` are local names."""
    found: dict[str, list[str | Link]] = {}
    for triple in sorted(model.triples.get(node, ()), key=str):
        local = triple.predicate.value.rpartition("#")[2].rpartition("/")[2]
        if local in left_out or local == "type":
            continue
        found.setdefault(model.label(triple.predicate.value), []).append(value_of(model, triple.object.value))  # type: ignore[union-attr]
    return facts((name, joined(values)) for name, values in sorted(found.items()))


def value_of(model: SiteModel, value: str) -> str | Link:
    """A value: a thing by its name, a quantity as it reads, a text as it stands."""
    if "://" not in value or value not in model.triples:
        return printable(value) if "://" not in value else Link(printable(value), value)
    reads = model.one(value, "reads")
    return printable(reads) if reads else named(model, value)
