"""A page for each mechanism, marker, condition, modality, outcome and agent: how it is known, and all that names it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from kg.analysis.conflict_text import paragraph
from kg.analysis.ladder_words import NOT_EXAMINED, claims, sentence, strongest, title, whole
from kg.analysis.rung import NOT_STATED, Cell as LadderCell
from kg.query.answer import ask
from kg.query.question import bundled_question
from kg.rdf.namespaces import TERM
from kg.render.site.addresses import anchor, page_path
from kg.render.site.ladder_page import COLUMNS, ladder_row
from kg.render.site.model import KINDS, SiteModel
from kg.render.site.parts import (
    Block,
    Cell,
    Lines,
    Link,
    Section,
    SitePage,
    Table,
    cell,
    facts,
    joined,
    sections,
    table,
)
from kg.render.site.tell import all_named, finding_table

__all__ = ["term_pages"]

_CITED = "blockers-of-exercise"


def term_pages(model: SiteModel) -> Iterator[SitePage]:
    """The pages of all terms that have one; a term of two kinds has one page."""
    blocked = _blockers(model)
    seen: set[str] = set()
    for name, kind in KINDS.items():
        for term in model.of_class(name):
            if term.startswith(TERM) and term not in seen:
                seen.add(term)
                yield _page(model, term, kind, blocked.get(term, ()))


def _page(model: SiteModel, term: str, kind: str, blocked: Iterable[str]) -> SitePage:
    id = term.removeprefix(TERM)
    known = sections(
        ("How it is known", _known(model, term)),
        ("When it was blocked in those who exercised", [Lines(tuple((line,) for line in blocked))]),
    )
    rest = sections(
        ("Where results differ", [Lines(tuple(_conflicts(model, term)))]),
        ("What nobody has examined", [Lines(tuple(_gaps(model, term)))]),
        (
            "Findings",
            [
                finding_table(
                    model,
                    model.findings_of.get(term, ()),
                    f"Findings that name {model.label(term)}, a narrower term, or what speaks for it",
                )
            ],
        ),
        ("What the review says", [_statements(model, term)]),
        ("Its place among the terms", [_place(model, id)]),
    )
    details = tuple(_detail(model, one) for one in _cells(model, term))
    return SitePage(
        page_path(term),
        kind,
        model.label(term),
        (model.terms.definitions.get(id, ""),),
        (*known, *details, *rest),
        (term,),
        model.source(term),
        schema={
            "@type": "DefinedTerm",
            "termCode": id,
            "description": model.terms.definitions.get(id, ""),
            "alternateName": list(_synonyms(model, id)),
        },
    )


def _synonyms(model: SiteModel, id: str) -> tuple[str, ...]:
    entry = model.terms.vocabulary.terms.get(id)
    return entry.synonyms if entry else ()


def _cells(model: SiteModel, term: str) -> list[LadderCell]:
    """The cells of the ladder of a mechanism, or of a class of conditions."""
    return [one for one in model.ladder if term in (one.mechanism.iri, one.condition_class.iri)]


def _known(model: SiteModel, term: str) -> list[Block]:
    cells = _cells(model, term)
    if not cells:
        return []
    lines = tuple((Link(title(one), "#" + cell_id(one)), sentence(one).removeprefix(title(one))) for one in cells)
    return [
        _in_short(model, term, cells),
        Lines(lines),
        Table("The ladder", COLUMNS, tuple(ladder_row(one) for one in cells)),
    ]


def _in_short(model: SiteModel, term: str, cells: list[LadderCell]) -> Block:
    """The highest rung in each species group, those in which nobody looked among them, and who was looked at at all."""
    groups = Counter(one.species_group for one in model.ladder if one.highest or one in cells)
    rungs: list[tuple[str, Cell]] = []
    for group, _ in sorted(groups.items(), key=lambda item: (-item[1], str(item[0]))):
        own = [one for one in cells if one.species_group == group and one.highest]
        if own or group.iri != NOT_STATED:
            best = (one for one in own if one.highest == own[0].highest)
            links = (Link(_short(one, term), "#" + cell_id(one)) for one in best)
            rungs.append((f"strongest with exercise in neuropathic pain, {group}", joined(links) or (NOT_EXAMINED,)))
    return facts([*rungs, *_by_species(model, term)])


def _short(one: LadderCell, term: str) -> str:
    """A cell on the page of its mechanism, or of its class of conditions."""
    beside = f"in {one.condition_class}" if term == one.mechanism.iri else f"for {one.mechanism}"
    return f"{strongest(one)} {beside}"


def _by_species(model: SiteModel, term: str) -> Iterator[tuple[str, str]]:
    """In whom the findings of papers that name a term were made: people in pain are not people in health."""
    found: dict[str, Counter[str]] = {}
    for one in model.findings_of.get(term, ()):
        if model.findings[one].told == "paper":
            named = model.finding_terms[one]
            for species in sorted(named & set(model.of_class("Species"))):
                found.setdefault(species, Counter()).update(sorted(named & set(model.of_class("Condition"))))
    for species, counted in sorted(found.items(), key=lambda item: (-item[1].total(), item[0])):
        told = (f"{model.label(one)} {n}" for one, n in sorted(counted.items(), key=lambda item: (-item[1], item[0])))
        yield f"findings of papers in {model.label(species)}", ", ".join(told)


def cell_id(one: LadderCell) -> str:
    """The id of a cell of the ladder on the page of its mechanism."""
    return anchor("cell-" + "-".join(part.rpartition("/")[2] for part in one.key))


def _detail(model: SiteModel, one: LadderCell) -> Section:
    """A cell down to each finding, and what the review says of it."""
    beside = next((each for each in model.reviewed if each.cell.key == one.key), None)
    lines = (*list(whole(one))[1:], *(claims(beside) if beside else ()))
    depths = tuple((len(line) - len(line.lstrip())) // 2 for line in lines)
    least = min(depths, default=0)
    levels = tuple(depth - least for depth in depths)
    return Section(title(one), (Lines(tuple((line.strip(),) for line in lines), levels=levels),), cell_id(one))


def _blockers(model: SiteModel) -> dict[str, list[str]]:
    from dataclasses import replace

    answer = ask(model.store, bundled_question(_CITED))
    place = answer.columns.index("mechanism")
    found: dict[str, dict[str, None]] = {}
    for row in answer.rows:
        if (node := row[place]) is not None:
            found.setdefault(node.value, {}).update(dict.fromkeys(replace(answer, rows=(row,)).sentences()))
    return {term: list(lines) for term, lines in found.items()}


def _conflicts(model: SiteModel, term: str) -> Iterator[tuple[Link]]:
    for one in model.conflicts:
        about = (*model.nodes(one.iri, "aboutWithin"), *model.nodes(one.iri, "conditionWithin"))
        if term in about:
            yield (Link(paragraph(one).splitlines()[0], one.iri),)


def _gaps(model: SiteModel, term: str) -> Iterator[tuple[Link]]:
    for gap in model.of_class("Gap"):
        if term in (model.one(gap, "mechanism"), model.one(gap, "conditionClass")):
            yield (Link(gap_title(model, gap), gap),)


def gap_title(model: SiteModel, gap: str) -> str:
    """What a gap is called: its kind, and of what and where."""
    of = [model.label(one) for name in ("mechanism", "outcome") for one in model.nodes(gap, name)]
    where = [model.label(one) for one in model.nodes(gap, "conditionClass")] or ["all classes"]
    return f"{', '.join(of) or where[0]}: {model.label(model.one(gap, 'gapKind'))}" + (f", in {where[0]}" if of else "")


def _statements(model: SiteModel, term: str) -> Table:
    from kg.render.site.statement_pages import statement_words

    rows = (
        (
            cell(Link(statement_words(model, one), one)),
            model.label(model.one(one, "certainty")),
            model.one(one, "section"),
        )
        for one in model.statements_of.get(term, ())
    )
    return table("Statements of the review; a claim, never a finding", ("says", "certainty", "section"), rows)


def _place(model: SiteModel, id: str) -> Block:
    entry = model.terms.vocabulary.terms[id]
    ties: dict[str, list[str]] = {}
    for tie in model.terms.ties.get(id, ()):
        ties.setdefault(f"is what has it as {tie.label}" if tie.incoming else tie.label, []).append(TERM + tie.other)
    return facts(
        [
            ("also called", ", ".join(entry.synonyms)),
            ("wider terms", all_named(model, (TERM + one for one in entry.broader))),
            ("narrower terms", all_named(model, (TERM + one for one in model.terms.narrower(id)))),
            *((label, all_named(model, others)) for label, others in sorted(ties.items())),
            ("address", TERM + id),
        ]
    )
