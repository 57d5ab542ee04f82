"""The first page: what is known, in one picture and ten sentences, each computed from the graph and leading on."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.gap_words import sentence as gap_sentence
from kg.analysis.ladder_words import NAMES, NOT_EXAMINED, depths, sentence
from kg.analysis.rung import NOT_STATED, Cell as LadderCell, RungStudy, gather, laboratories_of
from kg.analysis.strength import AGAINST, RUNGS
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.render.site.dispute_pages import row_gap
from kg.render.site.model import SiteModel
from kg.render.site.parts import Cell, Drawing, Lines, Link, Mark, SitePage, cell, joined, sections, table
from kg.render.site.question_pages import question_path
from kg.render.site.term_pages import cell_id

_HARMS = "null-or-harmful"
_LEFT, _COLUMN, _ROW, _TOP = 250, 210, 26, 46
TITLE = "Exercise and neuropathic pain: by which mechanisms, and how we know"


def home_page(model: SiteModel, others: tuple[tuple[str, str, str], ...]) -> SitePage:
    """The first page; `others` are large pages beside the site, by path, title and what they are."""
    best = _best(model)
    groups = _groups(model)
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
                    _picture(best, groups),
                    table(
                        "The same in words: the highest rung that any paper stands on",
                        ("mechanism", *map(str, groups)),
                        _rows(best, groups),
                    ),
                ],
            ),
            ("What is known, in ten sentences", [Lines(tuple(_sentences(model)))]),
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
    yield cell("Where does exercise do harm, or nothing? ", Link("Results without benefit", question_path(_HARMS)), ".")
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


@dataclass(frozen=True)
class _Best:
    """What is known of a mechanism in a species group over all classes: the highest rung and who reaches it."""

    rung: str
    cells: tuple[LadderCell, ...]
    against: bool

    @property
    def studies(self) -> tuple[RungStudy, ...]:
        """The papers on the rung."""
        return gather(study for one in self.cells for study in one.rungs[self.rung].studies)

    @property
    def place(self) -> str:
        """Where the first of its cells is told in full."""
        return f"{self.cells[0].mechanism.iri}#{cell_id(self.cells[0])}"

    @property
    def words(self) -> str:
        """The rung, and the classes in which it is reached."""
        return f"{NAMES[self.rung]} in {' and '.join(str(one.condition_class) for one in self.cells)}"


def _best(model: SiteModel) -> dict[Term, dict[str, _Best]]:
    """The best that is known of each mechanism in each species group, the best known mechanism first."""
    found: dict[Term, dict[str, list[LadderCell]]] = {}
    for one in model.ladder:
        if one.highest:
            found.setdefault(one.mechanism, {}).setdefault(one.species_group.iri, []).append(one)
    return {name: {group: _highest(cells) for group, cells in groups.items()} for name, groups in found.items()}


def _highest(cells: Sequence[LadderCell]) -> _Best:
    """The ladder has the best known cell first."""
    rung = cells[0].highest or RUNGS[-1]
    against = any(one.against[name] for one in cells for name in AGAINST)
    return _Best(rung, tuple(one for one in cells if one.highest == rung), against)


def _groups(model: SiteModel) -> list[Term]:
    """The species groups, the one with most cells first; those of which no species is stated stand apart."""
    counted = Counter(one.species_group for one in model.ladder if one.highest and one.species_group.iri != NOT_STATED)
    return sorted(counted, key=lambda group: (-counted[group], str(group)))


def _rows(best: Mapping[Term, Mapping[str, _Best]], groups: list[Term]) -> Iterator[tuple[Cell, ...]]:
    for mechanism, known in best.items():
        yield (Link(str(mechanism), mechanism.iri),), *(_words(known.get(group.iri)) for group in groups)


def _words(one: _Best | None) -> Cell:
    if one is None:
        return (NOT_EXAMINED,)
    papers = joined(Link(f"[{study.ref}]", study.study.iri) for study in one.studies)
    laboratories = laboratories_of(one.studies).words
    beside = "; some evidence against" if one.against else ""
    return (Link(one.words, one.place), " ", *papers, f", {laboratories}{beside}")


def _picture(best: Mapping[Term, Mapping[str, _Best]], groups: list[Term]) -> Drawing:
    marks: list[Mark] = [
        Mark("text", {"x": _LEFT + number * _COLUMN, "y": 20, "class": "head"}, f"in {group}")
        for number, group in enumerate(groups)
    ]
    for row, (mechanism, known) in enumerate(best.items()):
        y = _TOP + row * _ROW
        marks.append(Mark("text", {"x": 0, "y": y + 4, "class": "name"}, str(mechanism)[:42], "", mechanism.iri))
        for column, group in enumerate(groups):
            marks += _rungs(known.get(group.iri), _LEFT + column * _COLUMN, y)
    steps = (f"{'■' * (len(RUNGS) - n)}{'□' * n} {NAMES[rung]}" for n, rung in enumerate(RUNGS))
    return Drawing(
        "How each mechanism is known, in each group of species, over all classes of neuropathic pain",
        _LEFT + len(groups) * _COLUMN,
        _TOP + len(best) * _ROW,
        tuple(marks),
        (*steps, f"· {NOT_EXAMINED}", "✕ some evidence against, which is never netted"),
        "picture",
    )


def _rungs(one: _Best | None, x: int, y: int) -> Iterator[Mark]:
    """As many squares filled as there are rungs up to the highest, and a sign where evidence speaks against."""
    if one is None:
        yield Mark("text", {"x": x, "y": y + 5, "class": "quiet"}, "·", NOT_EXAMINED)
        return
    filled = len(RUNGS) - RUNGS.index(one.rung)
    for n in range(len(RUNGS)):
        kind = "step full" if n < filled else "step"
        yield Mark("rect", {"x": x + n * 24, "y": y - 8, "width": 20, "height": 16, "class": kind}, "", one.words)
    papers = len(one.studies)
    text = f"{papers} paper{'' if papers == 1 else 's'}{' ✕' if one.against else ''}"
    tip = f"{one.words}, {laboratories_of(one.studies).words}"
    yield Mark("text", {"x": x + 102, "y": y + 5, "class": "small"}, text, tip, one.place)


def _sentences(model: SiteModel) -> Iterator[Cell]:
    """Ten sentences; none is there whose subject the graph does not hold."""
    yield from _read(model)
    yield from _strongest(model)
    yield from _people(model)
    yield from _against(model)
    yield from _harms(model)
    yield from _disputed(model)
    yield from _next(model)
    yield from _review(model)
    yield from _dose(model)
    yield from _depth(model)


def _read(model: SiteModel) -> Iterator[Cell]:
    papers = [one for one in model.of_class("Study") if model.told_by_paper(one)]
    findings = sum(one.told == "paper" for one in model.findings.values())
    yield cell(
        f"{len(papers)} papers were read for {findings} findings; the review tells {len(model.findings) - findings} of "
        "the same papers, which are ",
        Link("kept apart", "curation.html"),
        ".",
    )


def _strongest(model: SiteModel) -> Iterator[Cell]:
    if cells := [one for one in model.ladder if one.highest]:
        one = cells[0]
        yield cell(
            "The strongest evidence, by the highest rung, then laboratories, then depth of reading: ",
            Link(sentence(one), f"{one.mechanism.iri}#{cell_id(one)}"),
            ".",
        )
        tops = Counter(each.highest for each in cells)
        told = ", ".join(f"{NAMES[rung]} in {tops[rung]}" for rung in RUNGS if tops[rung])
        yield cell(
            f"Of {len(cells)} ",
            Link("combinations of mechanism, class and species", "ladder.html"),
            f" that exercise studies examined, the highest rung is {told}.",
        )


def _people(model: SiteModel) -> Iterator[Cell]:
    """The species groups beside the one of which most is known: is it the same there?"""
    groups, best = _groups(model), _best(model)
    for group in groups[1:]:
        here = {name: known[group.iri] for name, known in best.items() if group.iri in known}
        both = [name for name in here if groups[0].iri in best[name]]
        same = sum(here[name].rung == best[name][groups[0].iri].rung for name in both)
        name, top = min(here.items(), key=lambda item: RUNGS.index(item[1].rung))
        yield cell(
            f"Is it the same in another species? Of {len(best)} mechanisms, exercise studies of {group} with "
            f"neuropathic pain examined {len(here)}; {len(both)} of these were examined in {groups[0]} too, and {same} "
            f"stood on the same rung. The highest in {group}: ",
            Link(f"{name}, {top.words}", top.place),
            ".",
        )


def _against(model: SiteModel) -> Iterator[Cell]:
    cells = [one for one in model.ladder if any(one.against[name] for name in AGAINST)]
    names = list(dict.fromkeys(one.mechanism for one in cells))
    if names:
        yield cell(
            "Evidence against stands beside evidence for and cancels none of it, for ",
            *joined(Link(str(one), one.iri) for one in names),
            ".",
        )


def _harms(model: SiteModel) -> Iterator[Cell]:
    rows = [row for row in ask(model.store, bundled_question(_HARMS)) if row.told == "the paper tells"]
    kinds = Counter(str(row.kind) for row in rows)
    papers = {kind: len({row.ref for row in rows if str(row.kind) == kind}) for kind in kinds}
    told = ", ".join(
        f"{kind} in {_counted(count, 'result')} of {_counted(papers[kind], 'paper')}"
        for kind, count in sorted(kinds.items())
    )
    worst = {row.ref: row for row in rows if str(row.kind) == "harm"}
    named = joined(
        Link(f"{row.outcome} with {row.modality} in {row.model} [{ref}]", row.study.iri)
        for ref, row in sorted(worst.items())
    )
    if rows:
        yield cell(
            "Where exercise changed nothing or did harm, papers tell: ",
            Link(told, question_path(_HARMS)),
            *((" (harm: ", *named, ")") if named else ()),
            ". No significant change is not the same as no effect.",
        )


def _counted(number: int, name: str) -> str:
    return f"{number} {name}{'' if number == 1 else 's'}"


def _disputed(model: SiteModel) -> Iterator[Cell]:
    open_ = [one for one in model.conflicts if not one.set_aside]
    if open_:
        one = open_[0]
        yield cell(
            Link(f"{len(open_)} conflicts", "conflicts.html"),
            " stand between results or statements that can be compared; the first is on ",
            Link(f"{one.question}{' in ' + one.condition_class if one.condition_class else ''}", one.iri),
            ".",
        )


def _next(model: SiteModel) -> Iterator[Cell]:
    if ranked := [row for row in model.gaps.rows if row.rank]:
        gap = row_gap(model, ranked[0])
        yield cell(
            "To be studied next, by a score that was fixed before it was run: ",
            Link(gap_sentence(ranked[0]), gap) if gap else gap_sentence(ranked[0]),
            "; ",
            Link(f"{len(ranked)} gaps are ranked", "gaps.html"),
            ".",
        )


def _review(model: SiteModel) -> Iterator[Cell]:
    place = model.discrepancies.columns.index("scope_only")
    rows = [row for row in model.discrepancies.rows if model.discrepancies.text(row[place]) != "yes"]
    study = model.discrepancies.columns.index("study")
    papers = {node.value for row in rows if (node := row[study]) is not None}
    yield cell(
        "The review and its papers do not say the same, or could not be compared in full, on ",
        Link(f"{len(rows)} points of {len(papers)} papers", "audit.html"),
        "; each is a task to look at and no fault of either.",
    )


def _dose(model: SiteModel) -> Iterator[Cell]:
    told = [one for one in model.doses.programmes if one.cell.told == "the paper tells"]
    every = {one.iri: one for one in told}
    full = sum(all(map(one.tells, one.cell.quantities[:-1])) for one in every.values())
    yield cell(
        f"Of {len(every)} programmes and sessions of exercise, {full} tell all of length, days, minutes and intensity "
        "(sessions: minutes and intensity) where we read them: ",
        Link("doses tried", "doses.html"),
        ".",
    )


def _depth(model: SiteModel) -> Iterator[Cell]:
    studies = gather(study for one in model.ladder for study in one.studies)
    counted = Counter(study.depth for study in studies)
    if studies:
        yield cell(
            f"The papers of the ladder were read as {depths(dict(sorted(counted.items())))}: what was not read is ",
            Link("not known to be absent", "curation.html"),
            ".",
        )
