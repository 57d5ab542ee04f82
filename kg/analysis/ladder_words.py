"""The ladder in words: rows for a table, a sentence a cell, and every cell with its evidence beneath it."""

from collections.abc import Iterable, Iterator, Mapping

from kg.analysis.review import SILENT, ReviewedCell, Verdict
from kg.analysis.rung import NOT_STATED, Cell, Evidence, Observation, Rung, RungStudy
from kg.analysis.strength import AGAINST, MARKS, RUNGS

#: How each rung, mark and side is named in print.
NAMES = {
    "needed": "needed", "tracks": "tracks relief", "changed": "changed with relief", "measured": "measured",
    "mark-lesion": "lesion alters", "mark-manipulation": "moving it relieves",
    "against-kept": "kept when blocked", "against-moved": "moved without relief",
    "against-manipulation": "moving it fails", "none": "not examined",
}  # fmt: skip
NOT_EXAMINED = "no exercise study here"
SINGLE_ARM = " (single-arm)"
COLUMNS = (
    "mechanism", "condition_class", "species", "strongest", "needed", "tracks", "changed", "measured", "lesion_alters",
    "moving_relieves", "against_kept", "against_moved", "against_moving_fails", "papers", "laboratories", "read",
)  # fmt: skip
REVIEW_COLUMNS = (
    "mechanism", "condition_class", "species", "papers_show", "review_says", "than_papers", "review_says_broadly",
    "broadly_than_papers", "review_adds", "review_leaves_out", "claims",
)  # fmt: skip


def rows(cells: Iterable[Cell]) -> list[list[str]]:
    """One row a cell: its strongest rung, and the papers on each rung, each mark and against."""
    return [
        [
            *_place(cell), strongest(cell),
            *(str(len(rung.studies) or "") for rung in cell.everywhere),
            str(cell.papers), cell.laboratories.words.rpartition(" ")[0], depths(cell.read_depths),
        ]
        for cell in cells
    ]  # fmt: skip


def review_rows(cells: Iterable[ReviewedCell]) -> list[list[str]]:
    """One row a cell: what the papers show, what the review says, and whether that is more or less."""
    return [
        [
            *_place(beside.cell), strongest(beside.cell), *_spoken(beside.direct), *_spoken(beside.broad),
            ", ".join(NAMES[name] for name in beside.more), ", ".join(NAMES[name] for name in beside.less),
            str(len(beside.claims)),
        ]
        for beside in cells
    ]  # fmt: skip


def strongest(cell: Cell) -> str:
    """The strongest rung with exercise in words."""
    if not cell.highest:
        return NOT_EXAMINED
    return NAMES[cell.highest] + (SINGLE_ARM if cell.rungs[cell.highest].single_arm else "")


def depths(counted: Mapping[str, int]) -> str:
    """Read depths with the papers of each."""
    return ", ".join(f"{count} {depth}" for depth, count in counted.items())


def sentence(cell: Cell) -> str:
    """A cell read aloud."""
    exercise = [_cited(rung) for rung in map(cell.rungs.__getitem__, RUNGS) if rung] or [NOT_EXAMINED]
    marks = [_cited(cell.marks[name], "mark-") for name in MARKS if cell.marks[name]]
    against = [_cited(cell.against[name], "against-") for name in AGAINST if cell.against[name]]
    parts = [
        f"with exercise {', '.join(exercise)}",
        *([f"without exercise {', '.join(marks)}"] if marks else []),
        *([f"against {', '.join(against)}"] if against else []),
    ]
    return f"{title(cell)}: {'; '.join(parts)} ({_amount(cell.studies, cell.laboratories.words, cell.read_depths)})"


def review_sentence(beside: ReviewedCell) -> str:
    """What the papers show and what the review says, read aloud."""
    said = " ".join(_spoken(beside.direct)).strip()
    broadly = " ".join(_spoken(beside.broad)).strip()
    return (
        f"{title(beside.cell)}: the papers show {strongest(beside.cell)}; the review says of this condition: {said}; "
        f"more broadly: {broadly}"
    )


def title(cell: Cell) -> str:
    """Mechanism, condition class and species."""
    mechanism, condition, species = _place(cell)
    return f"{mechanism} in {condition}, {species}"


def whole(cell: Cell) -> Iterator[str]:
    """A cell line by line, down to each finding and where it was read."""
    yield title(cell)
    yield f"  strongest with exercise: {strongest(cell)}"
    yield f"  {_amount(cell.studies, cell.laboratories.words, cell.read_depths)}"
    for heading, prefix, names, held in (
        ("with exercise", "", RUNGS, cell.rungs),
        ("without exercise", "mark-", MARKS, cell.marks),
        ("against", "against-", AGAINST, cell.against),
    ):
        yield f"  {heading}"
        for name in names:
            yield from _rung_lines(NAMES[prefix + name], held[name])


def claims(beside: ReviewedCell) -> Iterator[str]:
    """What the review says of a cell, line by line."""
    yield "  the review says (a claim, never evidence)"
    for label, verdict in (("of this condition class", beside.direct), ("more broadly", beside.broad)):
        said, than = _spoken(verdict)
        yield f"    {label}: {said}{f' ({than} than the papers)' if than in ('more', 'less') else ''}"
    for claim in beside.claims:
        broadly = ", broadly" if claim.broadly else ""
        of = f" of {claim.said_of}" if claim.said_of else ""
        sure = f", {claim.certainty}" if claim.certainty else ""
        said = f"{claim.frame} {claim.names}{of}{sure}; cites {claim.references}"
        yield f"      {claim.rung}{broadly}: {said} ({claim.place})"
        if claim.passage:
            yield f"        {claim.passage}"


def _place(cell: Cell) -> tuple[str, str, str]:
    beneath = [str(kind) for kind in cell.species if kind.iri != cell.species_group.iri]
    group = f"species {cell.species_group}" if cell.species_group.iri == NOT_STATED else str(cell.species_group)
    return cell.mechanism, cell.condition_class, f"{group} ({', '.join(beneath)})" if beneath else group


def _spoken(verdict: Verdict) -> tuple[str, str]:
    claimed = f"{NAMES[verdict.claimed]}{' (hedged)' if verdict.hedged else ''}" if verdict.claimed else ""
    said = "; ".join(filter(None, (claimed, NAMES["none"] if verdict.nobody else "")))
    return (said, verdict.than_papers) if said else (SILENT, "")


def _cited(rung: Rung, prefix: str = "") -> str:
    numbers = ", ".join(str(study.ref) for study in rung.studies)
    how = [_given(piece) for piece in rung.evidence if piece.benefit is not None]
    single = SINGLE_ARM if rung.single_arm else ""
    return f"{NAMES[prefix + rung.name]} [{numbers}]{single}" + (f" ({'; '.join(dict.fromkeys(how))})" if how else "")


def _given(piece: Evidence) -> str:
    """A blocker or manipulation in words: what, by which route, what it reaches, and what became of the benefit."""
    route = f", {piece.route}" if piece.route else ""
    reaches = f" (reaches {piece.reaches})" if piece.reaches else ""
    benefit = f": {piece.benefit}" if piece.benefit else ""
    alone = "" if piece.alone is None else f"; blocker alone {'tested' if piece.alone else 'not tested'}"
    return f"{piece.what or 'not stated'}{route}{reaches}{benefit}{alone}"


def _amount(studies: tuple[RungStudy, ...], laboratories: str, read: Mapping[str, int]) -> str:
    count = len(studies)
    return f"{count} paper{'' if count == 1 else 's'}, {laboratories}; read: {depths(read)}" if count else "no paper"


def _rung_lines(name: str, rung: Rung) -> Iterator[str]:
    yield f"    {name}: {_amount(rung.studies, rung.laboratories.words, rung.read_depths)}"
    for study in rung.studies:
        doi = f", doi:{study.doi}" if study.doi else ""
        laboratory = f", laboratory {' and '.join(study.laboratories)}" if study.laboratories else ""
        yield f"      [{study.ref}] {study.study}, read as {study.depth}{laboratory}{doi}"
        for piece in study.evidence:
            if piece.what is not None:
                yield f"        {_given(piece)}"
            for observation in piece.observations:
                yield f"          {_observed(observation, piece.single_arm)}"


def _observed(seen: Observation, single_arm: bool) -> str:
    site = f" in {seen.site}" if seen.site else ""
    said = f' ("{seen.said}")' if seen.said else ""
    page = f", {seen.page}" if seen.page else ""
    told = f"{seen.result}{said}{SINGLE_ARM if single_arm else ''}"
    return f"{seen.part}: {seen.measured}{site}, {told}; {seen.source} ({seen.file}:{seen.line}{page})"
