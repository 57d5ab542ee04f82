"""The table of findings: one row a finding, whoever tells it, with what its contrast isolates."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.resources import files

from kg.evidence.exposure import Day, Exercise, Part, Programme
from kg.evidence.quantity import Quantity
from kg.evidence.study import Finding, Group, Study
from kg.exchange.amount import amount, bound, number_part, p_value, times
from kg.exchange.publications import Publications
from kg.exchange.sheet import GROUPS, Cell, Column, Sheet, by_group, listed, sheet
from kg.query.records import PlacedStudy, placed_studies
from kg.rdf.namespaces import child
from kg.store.protocol import Store
from kg.store.remember import once

_QUERY = files(__package__).joinpath("finding-facts.rq")
_OF = "of the group's exercise"

COLUMNS = (
    Column("pack", "Id of the pack."),
    Column("study", "Id of the study; both tellings of a paper have the same."),
    Column("reference_number", "Number of the paper in the pack's reference list.", "count"),
    Column("doi", "DOI of the paper."),
    Column("told_by", "Who tells the finding: paper or review."),
    Column("level", "people or animals, by the species."),
    Column("condition_class", "Class of the condition, on the level at which gaps are counted; none for the healthy."),
    Column("model", "Condition of the group, a term: a disease of people or a model in animals."),
    Column("species", "Species of the group, a term."),
    Column("sex", "female, male or both."),
    Column("bout", f"training, acute or not-stated {_OF}."),
    Column("modality", f"Modality {_OF}, a term."),
    Column("days_per_week", f"Days a week {_OF}."),
    Column("minutes", f"Minutes of a session {_OF}; with + between the parts where only these are stated."),
    Column("weeks", "Length of the programme in weeks; with its unit where it is stated in another one."),
    Column("intensity_low", f"Lower bound of the intensity {_OF}."),
    Column("intensity_high", f"Upper bound of the intensity {_OF}."),
    Column("intensity_unit", "What the intensity is stated in, a term that names its reference."),
    Column("timing", "When exercise began, seen from the injury: before, after, with, before-and-after; and the time."),
    Column("group", "Id of the group that the finding speaks of; several where one result is told of several."),
    Column("versus", "Id of the group it is compared with, or itself-before, or not-stated."),
    Column("isolates", "What explains the contrast, a term, as the rules derive it; empty where nothing does."),
    Column("measured", "What was measured, a term."),
    Column("kind", "outcome or marker."),
    Column("site", "Where it was measured, a term."),
    Column("assay", "How it was measured, a term."),
    Column("at", "When it was measured, with the clock: of the finding, else of the group."),
    Column("result", "Direction of what was measured; unclear means that it cannot be seen where we read."),
    Column("said", "The teller's own word for the result, a term."),
    Column("estimate", "Size of the effect as printed.", "number"),
    Column("low", "Lower bound of the interval around it.", "number"),
    Column("high", "Upper bound of the interval around it.", "number"),
    Column("p", "p value as printed, with its sign."),
    Column("read", "How deep the source of this finding was read."),
)  # fmt: skip


def findings_sheet(store: Store) -> Sheet:
    """Every finding of a store as one row, by the address of its study and its place there."""
    return once(store, "table of findings", _whole)


def _whole(store: Store) -> Sheet:
    facts, publications = _facts(store), Publications.of(store)
    rows = (
        _row(placed, finding, facts, publications)
        for placed in placed_studies(store)
        for finding in placed.study.findings
    )
    return sheet("findings", (Column("iri", "Address of the finding in the graph."), *COLUMNS), rows)


Facts = Mapping[tuple[str, str], Mapping[str, Sequence[str]]]


def _facts(store: Store) -> Facts:
    """What the graph knows beyond the records: by finding and group, by name."""
    found = store.select(_QUERY.read_text(encoding="utf-8"))
    facts: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in found.rows:
        cells = dict(zip(found.variables, row, strict=True))
        finding, group = cells.pop("finding"), cells.pop("group")
        if finding is None or group is None:
            continue
        own = facts.setdefault((finding.value, group.value), {})
        for name, node in cells.items():
            if node is not None and (value := node.value.rpartition("/")[2]) not in own.setdefault(name, []):
                own[name].append(value)
    return facts


def _row(placed: PlacedStudy, finding: Finding, facts: Facts, publications: Publications) -> dict[str, Cell]:
    study = placed.study
    node = child(placed.node, "finding", finding.id)
    groups = [study.groups[name] for name in finding.group]
    known = [facts.get((node.value, child(placed.node, "group", name).value), {}) for name in finding.group]

    def fact(name: str) -> str | None:
        return by_group(listed(own.get(name, ())) for own in known)

    return {
        "iri": node.value,
        "pack": placed.pack.value.rpartition("/")[2],
        "study": study.study,
        "reference_number": publications.number(placed.pack, study.publication),
        "doi": publications.doi(placed.pack, study.publication),
        "told_by": "review" if study.by_review else "paper",
        "level": fact("level"),
        "condition_class": fact("class"),
        "model": by_group(group.condition for group in groups),
        "species": by_group(group.species for group in groups),
        "sex": by_group(group.sex for group in groups),
        **_exercise_cells(groups),
        "group": GROUPS.join(finding.group),
        "versus": finding.versus,
        "isolates": fact("isolates"),
        "measured": finding.measured,
        "kind": listed(own for each in known[:1] for own in each.get("kind", ())),
        "site": finding.site,
        "assay": finding.test,
        "at": times(finding.at) or by_group(times(group.at) for group in groups),
        "result": finding.result,
        "said": finding.said,
        "estimate": finding.estimate.value if finding.estimate else None,
        "low": finding.interval.low if finding.interval else None,
        "high": finding.interval.high if finding.interval else None,
        "p": p_value(finding.p),
        "read": _read(study, known),
    }


def _read(study: Study, known: Iterable[Mapping[str, Sequence[str]]]) -> str:
    return by_group(listed(own.get("read", ())) for own in known) or study.read


def _exercise_cells(groups: Iterable[Group]) -> dict[str, Cell]:
    """What the groups did, a cell for each key of a dose."""
    did = [[exposure for exposure in group.gets if isinstance(exposure, Exercise)] for group in groups]

    def told(values: Callable[[Exercise], Iterable[str | None]]) -> str | None:
        return by_group(listed(value for exercise in own for value in values(exercise)) for own in did)

    return {
        "bout": told(lambda exercise: [exercise.bout]),
        "modality": told(lambda exercise: [exercise.exercise]),
        "days_per_week": told(lambda exercise: [amount(day.days) for day in _days(exercise.programme)]),
        "minutes": told(lambda exercise: [_minutes(day) for day in _days(exercise.programme)]),
        "weeks": told(lambda exercise: [amount(exercise.programme.length, "week") if exercise.programme else None]),
        "timing": told(lambda exercise: [_timing(exercise)]),
        **_intensity_cells([[part for exercise in own for part in _parts(exercise.programme)] for own in did]),
    }


def _days(programme: Programme | None) -> Iterator[Day]:
    for phase in programme.phases if programme else ():
        yield from phase.week


def _parts(programme: Programme | None) -> Iterator[Part]:
    for day in _days(programme):
        yield from day.parts


def _minutes(day: Day) -> str | None:
    """The minutes of a session; where only its parts are told, theirs, not added up."""
    if day.minutes is not None:
        return amount(day.minutes)
    return " + ".join(told for part in day.parts if (told := amount(part.minutes)) is not None) or None


def _timing(exercise: Exercise) -> str | None:
    if exercise.start is None:
        return None
    return " ".join(filter(None, (exercise.start.relative_to_injury, amount(exercise.start.time))))


def _intensity_cells(parts: Iterable[Iterable[Part]]) -> dict[str, Cell]:
    """The intensities of the groups, the three columns in step; words that make no number stand on both sides."""
    each = [list(dict.fromkeys(_bounds(one) for part in own for one in part.intensity)) for own in parts]
    return {
        name: by_group(", ".join(bounds[index] for bounds in own) or None for own in each)
        for index, name in enumerate(("intensity_low", "intensity_high", "intensity_unit"))
    }


def _bounds(intensity: Quantity) -> tuple[str, str, str]:
    low, high = bound(intensity, "low"), bound(intensity, "high")
    if low is None and high is None:
        low = high = number_part(intensity) or intensity.as_printed
    return low or "", high or "", intensity.unit or ""
