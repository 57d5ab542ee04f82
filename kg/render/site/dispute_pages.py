"""A page for each conflict and each gap, and the lists that rank them."""

from collections.abc import Iterator

from kg.analysis.conflict import Conflict, Report
from kg.analysis.conflict_text import paragraph
from kg.analysis.gap_why import pubmed, refuting
from kg.analysis.gap_words import COLUMNS as GAP_COLUMNS, flat, in_condition, sentence, species_lines
from kg.analysis.gaps import GapCondition, GapRow
from kg.rdf.namespaces import WORD
from kg.render.site.addresses import page_path
from kg.render.site.model import SiteModel
from kg.render.site.parts import Block, Cell, Code, Lines, Link, SitePage, Text, cell, facts, joined, sections, table
from kg.render.site.tell import all_named, named, stated
from kg.render.site.term_pages import gap_title

_ASIDE = "What is set aside compares what no reader would compare; the reason stands beside it."


def conflict_pages(model: SiteModel) -> Iterator[SitePage]:
    """The list of conflicts, and a page for each."""
    rows = (
        (
            cell(Link(f"{one.question} ({one.way})", one.iri)),
            one.condition_class,
            one.kind.replace("-", " "),
            str(len(one.changed.papers)),
            str(len(one.opposed.papers)),
            one.set_aside,
        )
        for one in model.conflicts
    )
    yield SitePage(
        "conflicts.html",
        "overview",
        "Where results differ",
        (_ASIDE,),
        sections(
            (
                "Conflicts",
                [
                    table(
                        "Conflicts, those between papers first",
                        (
                            "question",
                            "in",
                            "kind",
                            "papers that changed",
                            "papers opposed",
                            "set aside",
                        ),
                        rows,
                    )
                ],
            )
        ),
        schema={"@type": "Dataset", "name": "Where results differ"},
    )
    for one in model.conflicts:
        yield _conflict(model, one)


def _conflict(model: SiteModel, one: Conflict) -> SitePage:
    sides = [("The side that changed", one.changed), ("The side that opposes it", one.opposed)]
    columns = ("measured", "result", "arm", "study", "laboratory", "read as")
    differs = (
        (each.setting, each.verdict, _values(each.changed.values), _values(each.opposed.values))
        for each in one.differences
    )
    told: list[tuple[str, list[Block]]] = [
        (
            heading,
            [
                Lines(tuple((Link(claim.says, claim.statement),) for claim in side.claims)),
                table(heading, columns, (_report(each) for each in side.reports)),
            ],
        )
        for heading, side in sides
    ]
    where = f" in {one.condition_class}" if one.condition_class else ""
    return SitePage(
        page_path(one.iri),
        "conflict",
        f"{one.question}{where}: {one.kind.replace('-', ' ')} ({one.way})",
        (model.one(f"{WORD}{one.kind}", "skos:definition") or paragraph(one).splitlines()[0],),
        sections(
            ("In short", [Text((" ".join(line.split()),)) for line in paragraph(one).splitlines()[1:]]),
            *told,
            (
                "In what the sides differ",
                [table("Settings on both sides", ("setting", "verdict", "changed", "opposed"), differs)],
            ),
            (
                "Where it is told",
                [
                    facts(
                        [
                            ("on", all_named(model, model.nodes(one.iri, "onQuestion"))),
                            ("in", all_named(model, model.nodes(one.iri, "conditionClass"))),
                            ("made by the rule", cell(named(model, model.one(one.iri, "rule")))),
                        ]
                    )
                ],
            ),
        ),
        (one.iri,),
        model.source(one.iri),
        {"@type": "Claim", "name": paragraph(one).splitlines()[0]},
    )


def _report(one: Report) -> tuple[Cell | str, ...]:
    said = f" ({one.said})" if one.said else ""
    paper = cell(Link(f"{one.study} [{one.ref}]", one.finding))
    return (Link(one.measured, one.finding),), one.result + said, ", ".join(one.arms), paper, one.laboratory, one.read


def _values(values: tuple[tuple[str, int], ...]) -> str:
    return "; ".join(f"{value} ×{count}" if count > 1 else value for value, count in values)


def row_gap(model: SiteModel, row: GapRow) -> str:
    """The gap on whose page a row of the ranking is told in full; empty if the graph names none."""
    about = row.of_class
    mechanism = row.mechanism.iri if row.mechanism else ""
    found = [
        gap
        for gap in model.of_class("Gap")
        if model.one(gap, "gapKind") == row.kind.iri and model.one(gap, "mechanism") == mechanism
    ]
    if about is not None:
        where = about.condition.iri if about.condition else ""
        what = about.outcome.iri if about.outcome else ""
        found = [
            gap for gap in found if (model.one(gap, "conditionClass"), model.one(gap, "onQuestion")) == (where, what)
        ]
    lead = row.leads_in.condition.iri if row.leads_in else ""
    ranked = sorted(
        found,
        key=lambda gap: (
            model.one(gap, "conditionClass") not in ("", lead),
            model.one(gap, "conditionClass") != "",
            gap,
        ),
    )
    return next(iter(ranked), "")


def ranked_gaps(model: SiteModel) -> list[str]:
    """The gaps that have a rank, the first first."""
    return [gap for row in model.gaps.rows if row.rank and (gap := row_gap(model, row))]


def gap_pages(model: SiteModel) -> Iterator[SitePage]:
    """The ranking of gaps, and a page for each gap."""
    whole = {gap: row for row in model.gaps.rows if (gap := row_gap(model, row))}
    links = {id(row): gap for gap, row in whole.items()}
    rows = [_ranked(row, links.get(id(row), "")) for row in model.gaps.rows]
    columns = ("rank", "gap", *(name.replace("_", " ") for name in GAP_COLUMNS[3:]))
    score = model.gaps.score
    lead = (
        "What no exercise study has examined, the most worth a study first. Each leads to why it is a gap, and to what "
        f"would refute it. Ranked under the score “{score.name}”, which was fixed before it was run. {score.summary}"
    )
    yield SitePage(
        "gaps.html",
        "overview",
        "What should be studied next",
        (lead,),
        sections(
            ("How to read it", [_reading(model)]),
            ("Gaps", [table("What nobody has examined, the most worth a study first", columns, rows)]),
            ("What was searched", [Text((model.gaps.searched,))]),
        ),
        schema={"@type": "Dataset", "name": "What should be studied next"},
    )
    for gap in model.of_class("Gap"):
        yield _gap(model, gap, whole.get(gap))


def _reading(model: SiteModel) -> Block:
    """What the columns of the ranking say."""
    return facts(
        [
            ("missing rung", "the next step of the evidence ladder, which no paper has taken"),
            ("leads in", "the class of conditions in which a study would close most"),
            ("examined", "of the exercise studies there that measured any mechanism, so many measured this one"),
            ("bound", "95 % upper bound of the share of studies that would measure it; it falls as more look in vain"),
            *((f"detector: {name}", meaning) for name, meaning in _detectors(model)),
            ("one source", "whether the detectors that agree rest on one passage or paragraph, and so on one witness"),
        ]
    )


def _detectors(model: SiteModel) -> list[tuple[str, str]]:
    """What sees gaps, each with what it sees."""
    return [(one.removeprefix(WORD), model.one(one, "skos:definition")) for one in model.of_class("Detector")]


def _ranked(row: GapRow, place: str) -> list[Cell | str]:
    """A row of the ranking; what stands on its page leads there."""
    rank, mechanism, kind, *rest = flat(row)
    words = f"{mechanism}: {kind}" if mechanism else f"{rest[1]}: {kind}"
    return [rank, (Link(words, place),) if place else words, *rest]


def _gap(model: SiteModel, gap: str, row: GapRow | None) -> SitePage:
    mechanism, condition = model.one(gap, "mechanism"), model.one(gap, "conditionClass")
    own = (
        next((each for each in model.gaps.rows if each.mechanism and each.mechanism.iri == mechanism), None)
        if mechanism
        else None
    )
    cells = [each for each in own.conditions if row is not None or each.condition.iri == condition] if own else []
    why: list[tuple[str, list[Block]]] = [
        (f"In {each.condition}", list(_cell(model, mechanism, each, own is not None and each is own.leads_in)))
        for each in cells
    ]
    seen = {name for each in cells for name in each.detectors}
    lead, short = model.one(model.one(gap, "gapKind"), "skos:definition"), sentence(row) if row is not None else ""
    rank = (
        (("rank", f"{row.rank} of {sum(each.rank is not None for each in model.gaps.rows)}"),)
        if row is not None and row.rank
        else ()
    )
    whole = (
        []
        if row is not None or own is None
        else [("all of this mechanism", cell(Link(sentence(own), row_gap(model, own))))]
    )
    return SitePage(
        page_path(gap),
        "gap",
        gap_title(model, gap),
        (lead,),
        sections(
            ("In short", [Text((short,))] if short else []),
            ("The gap", [facts([*rank, *whole]), stated(model, gap, ("wasDerivedFrom",))]),
            ("Seen by", [facts((name, meaning) for name, meaning in _detectors(model) if name in seen)]),
            *why,
            ("What it rests on", [facts([("derived from", joined(_rests(model, gap)))])]),
        ),
        (gap,),
        model.source(gap),
        {"@type": "Question", "name": gap_title(model, gap)},
    )


def _rests(model: SiteModel, gap: str) -> Iterator[Link]:
    for one in model.nodes(gap, "prov:wasDerivedFrom"):
        if "/gap-cell/" not in one:
            yield named(model, one)


def _cell(model: SiteModel, mechanism: str, each: GapCondition, leading: bool) -> Iterator[Block]:
    yield Text((in_condition(each),))
    yield Lines(tuple((line,) for line in (*species_lines(each), *each.cited_elsewhere)))
    rests = dict.fromkeys(iri for detection in each.detections for iri in detection.rests_on)
    yield facts([("the detectors rest on", joined(named(model, one) for one in rests if one in model.triples))])
    if leading:
        yield Code("A search of PubMed that would refute it", pubmed(model.store, mechanism, each.condition.iri))
    yield Code("SPARQL whose rows would refute it", refuting(mechanism, each.condition.iri))
