"""A page for each telling of a study, the paper's and the review's apart, and one for each reference of the list."""

from collections.abc import Iterator

from kg.query.answer import Answer
from kg.render.explorer_findings import doi_address
from kg.render.site.addresses import page_path
from kg.render.site.model import Reference, SiteModel
from kg.render.site.parts import Block, Cell, Lines, Link, SitePage, Table, cell, facts, joined, sections, table
from kg.render.site.statement_pages import statement_words
from kg.render.site.tell import FINDING_COLUMNS, all_named, finding_row, paper, stated

_TOLD_ELSEWHERE = (
    "hasFinding", "hasGroup", "hasSource", "wasDerivedFrom", "label", "identifier", "inPack", "publication",
    "hadPrimarySource", "readDepth", "telling", "toldBy", "speciesGroup", "line",
)  # fmt: skip


def teller(model: SiteModel, study: str) -> str:
    """Who tells, in words."""
    return "the paper tells" if model.told_by_paper(study) else "the review tells"


def study_pages(model: SiteModel) -> Iterator[SitePage]:
    """The pages of all tellings."""
    for study in model.of_class("Study"):
        yield _study(model, study)


def _study(model: SiteModel, study: str) -> SitePage:
    own = [one for one in model.findings.values() if one.study == study]
    publication = model.one(study, "publication")
    others = joined(Link(f"what {teller(model, one)} of it", one) for one in model.same_paper(study))
    return SitePage(
        page_path(study),
        "study",
        f"{model.label(study)}, as {teller(model, study)}",
        cell("Read as ", model.depth(study), ". What was not read is not known to be absent."),
        sections(
            (
                "The telling",
                [
                    facts(
                        [
                            ("paper", cell(paper(model, publication))),
                            ("title", _title(model, publication)),
                            ("read as", model.depth(study)),
                            ("the other telling", others),
                        ]
                    ),
                    stated(model, study, _TOLD_ELSEWHERE),
                ],
            ),
            (
                "Findings",
                [Table("One comparison a row", FINDING_COLUMNS, tuple(finding_row(one, named=True) for one in own))],
            ),
            ("Groups", [_groups(model, study)]),
            ("Where it was read", [stated(model, one, ("inStudy",)) for one in model.nodes(study, "hasSource")]),
            ("Where the review and the paper differ", [Lines(tuple(_differences(model, publication)))]),
        ),
        (study,),
        model.source(study),
        {
            "@type": "ScholarlyArticle" if model.told_by_paper(study) else "Review",
            "name": _title(model, publication),
            "sameAs": publication,
        },
    )


def _title(model: SiteModel, publication: str) -> str:
    reference = model.by_publication.get(publication)
    return reference.title if reference else ""


def _groups(model: SiteModel, study: str) -> Table:
    def gets(group: str) -> Cell:
        exposures = model.nodes(group, "receives")
        whats = [(what, one) for one in exposures for what in model.nodes(one, "what") or [one]]
        return joined((Link(f"{model.label(what)}{_amount(model, one)}", what) for what, one in whats), "; ")

    rows = []
    for group in model.nodes(study, "hasGroup"):
        who = [one for name in ("species", "condition", "sex", "strain", "state") for one in model.nodes(group, name)]
        rows.append((model.one(group, "key"), all_named(model, who), gets(group) or ("nothing named",)))
    return table("Groups: who they were, and what they got", ("group", "who", "gets"), rows)


def _amount(model: SiteModel, exposure: str) -> str:
    """Dose, route, bout and timing of an exposure, as far as they are stated."""
    told = []
    for name in ("bout", "dose", "route", "givenWhen", "start", "length"):
        told += [_amount_words(model, one) for one in model.nodes(exposure, name)]
    return f" ({', '.join(told)})" if told else ""


def _amount_words(model: SiteModel, value: str) -> str:
    if "://" not in value:
        return value
    whole = (model.one(value, "reads"), *(model.label(one) for one in model.nodes(value, "relativeToInjury")))
    return next(filter(None, whole), model.label(value))


def _differences(model: SiteModel, publication: str) -> Iterator[tuple[str | Link, ...]]:
    answer = model.discrepancies
    for number, row in enumerate(answer.rows):
        cells = dict(zip(answer.columns, row, strict=True))
        node = cells["study"]
        if node is not None and node.value == publication:
            yield (Link(discrepancy_words(answer, number), f"audit.html#difference-{number + 1}"),)


def discrepancy_words(answer: Answer, number: int) -> str:
    """A discrepancy as a sentence."""
    cells = {name: answer.text(node) for name, node in zip(answer.columns, answer.rows[number], strict=True)}
    concerns = f" ({cells['concerns']})" if cells["concerns"] else ""
    says = {
        "review": cells["review_says"] or "nothing of it",
        "paper": cells["paper_says"] or "nothing of it where it was read",
    }
    return f"{cells['kind']}{concerns}: the review says {says['review']}; the paper says {says['paper']}"


def reference_pages(model: SiteModel) -> Iterator[SitePage]:
    """The pages of all references."""
    citing: dict[str, list[str]] = {}
    for statement in model.of_class("Statement"):
        for one in model.nodes(statement, "cito:citesAsEvidence"):
            citing.setdefault(one, []).append(statement)
    for reference in model.references:
        yield _reference(model, reference, citing.get(reference.publication, []) or citing.get(reference.iri, []))


def _reference(model: SiteModel, one: Reference, citing: list[str]) -> SitePage:
    tellings = model.studies_of.get(one.publication, ())
    laboratories = [lab for lab in model.of_class("Laboratory") if one.publication in model.nodes(lab, "publications")]
    doi = cell(Link(one.doi, doi_address(one.doi))) if one.doi else ()
    pubmed = cell(Link(one.pubmed, f"https://pubmed.ncbi.nlm.nih.gov/{one.pubmed}/")) if one.pubmed.isdigit() else ()
    silent: list[Block] = (
        [] if tellings else [facts([("tellings", "nothing of this paper has been curated; it is cited by the review")])]
    )
    return SitePage(
        page_path(one.iri),
        "reference",
        f"{one.label} [{one.number}]",
        (one.title,),
        sections(
            (
                "The paper",
                [
                    facts(
                        [
                            ("title", one.title),
                            ("authors, by name", "; ".join(one.authors)),
                            ("journal", one.journal),
                            ("year", str(one.year or "")),
                            ("DOI", doi),
                            ("PubMed", pubmed),
                            ("laboratory", ", ".join(model.one(lab, "laboratory") for lab in laboratories)),
                        ]
                    )
                ],
            ),
            (
                "What is told of it",
                [
                    *silent,
                    table(
                        "Tellings",
                        ("telling", "read as", "findings"),
                        [
                            (
                                (Link(teller(model, study), study),),
                                model.depth(study),
                                str(len(model.nodes(study, "hasFinding"))),
                            )
                            for study in tellings
                        ],
                    ),
                ],
            ),
            (
                "Statements of the review that cite it",
                [Lines(tuple((Link(statement_words(model, each), each),) for each in citing))],
            ),
            ("Where the review and the paper differ", [Lines(tuple(_differences(model, one.publication)))]),
        ),
        (one.iri, one.publication),
        model.source(one.iri),
        {
            "@type": "ScholarlyArticle",
            "name": one.title,
            "author": [{"@type": "Person", "name": name} for name in one.authors],
            "datePublished": str(one.year or ""),
            "identifier": one.doi,
            "sameAs": one.publication,
        },
    )
