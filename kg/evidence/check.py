"""Checks that look at more than one field: does the file hang together, and does the pack.

Each check yields faults with the place inside the file; nothing is mended here. What needs the review's text is
in `kg.evidence.coverage`, so that a pack can be checked without it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kg.evidence.discrepancy import WITHIN_PAPER, WITHIN_REVIEW, RecordedDiscrepancy
from kg.evidence.document import Loc
from kg.evidence.exposure import Exercise, Exposure, what
from kg.evidence.field import Record
from kg.evidence.pack import Pack
from kg.evidence.passage import Told
from kg.evidence.study import ITSELF_BEFORE, NOT_STATED, REVIEW, Group, StudyFile, spell_out
from kg.evidence.vocabulary import Vocabulary


class Fault(NamedTuple):
    """A fault before it has a file."""

    code: str
    loc: Loc
    message: str
    warning: bool = False


def check_study(study: StudyFile, vocabulary: Vocabulary) -> Iterator[Fault]:
    """Everything that is wrong inside one study file beyond the single fields."""
    broken = list(_likes(study))
    yield from broken
    yield from _told_by(study)
    yield from _finding_ids(study)
    yield from _group_names(study)
    yield from _source_names(study)
    if study.adverse_events == "not-mentioned" and study.read != "full-text":
        yield Fault("E030", ("adverse_events",), "not-mentioned can be said only of a full text; say not-read")
    yield from _review_places(study) if study.by_review else _paper_places(study)
    if not broken:
        groups = spell_out(study).groups
        yield from _repeats(study, groups)
        yield from _directions(study, groups, vocabulary)
        yield from _near_equal(study, groups)


def _likes(study: StudyFile) -> Iterator[Fault]:
    told: set[str] = set()
    for name, group in study.groups.items():
        if group.like is not None and group.like not in study.groups:
            others = [other for other in study.groups if other != name]
            yield Fault("E021", ("groups", name, "like"), f"{group.like!r} is no group here{_among(others)}")
        if group.plus and group.like is None:
            yield Fault("E021", ("groups", name, "plus"), "plus adds to a group named by like; use gets here")
        way = _way(study, name)
        if way[-1] == name and name not in told and len(way) > 1:
            told.update(way)
            yield Fault("E021", ("groups", name, "like"), f"leads in a circle: {' -> '.join(way)}")


def _way(study: StudyFile, name: str) -> list[str]:
    """The groups that `like` leads through from one group on, up to the first that comes again."""
    way = [name]
    while (step := study.groups[way[-1]].like) is not None and step in study.groups:
        way.append(step)
        if step in way[:-1]:
            break
    return way


def _among(names: Iterable[str]) -> str:
    return "; there are " + ", ".join(names)


def _told_by(study: StudyFile) -> Iterator[Fault]:
    if study.told_by not in (REVIEW, study.publication):
        yield Fault("E027", ("told_by",), f"must be {study.publication} (the paper tells) or {REVIEW}")


def _finding_ids(study: StudyFile) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, finding in enumerate(study.findings):
        if finding.id in seen:
            yield Fault("E023", ("findings", index, "id"), f"{finding.id!r} stands twice; ids are used once")
        seen.add(finding.id)


def _group_names(study: StudyFile) -> Iterator[Fault]:
    for name in (ITSELF_BEFORE, NOT_STATED):
        if name in study.groups:
            yield Fault("E020", ("groups", name), f"{name} has a meaning of its own in versus; give another name")
    for index, finding in enumerate(study.findings):
        for group in finding.group:
            if group not in study.groups:
                yield Fault("E020", ("findings", index, "group"), f"{group!r} is no group here{_among(study.groups)}")
        if finding.versus not in (*study.groups, ITSELF_BEFORE, NOT_STATED):
            message = f"{finding.versus!r} is no group here{_among(study.groups)}, {ITSELF_BEFORE}, {NOT_STATED}"
            yield Fault("E020", ("findings", index, "versus"), message)
        if finding.versus in finding.group:
            message = (
                "compares a group with itself; for one group at two times say versus: itself-before, "
                "or declare a second group with like and another at"
            )
            yield Fault("E024", ("findings", index, "versus"), message)
    for index, event in enumerate(study.adverse_events if not isinstance(study.adverse_events, str) else ()):
        for group in event.group:
            if group not in study.groups:
                message = f"{group!r} is no group here{_among(study.groups)}"
                yield Fault("E020", ("adverse_events", index, "group"), message)
    for lost in study.flow.lost if study.flow else ():
        if lost.group not in study.groups:
            yield Fault("E020", ("flow", "lost", lost.group), f"{lost.group!r} is no group here{_among(study.groups)}")


def _source_names(study: StudyFile) -> Iterator[Fault]:
    for loc, told in _told_facts(study, ()):
        named = getattr(told, "source", None) or ()
        for source in (named,) if isinstance(named, str) else named:
            if source not in study.sources:
                yield Fault("E022", (*loc, "from"), f"{source!r} is no source here{_among(study.sources)}")


def _told_facts(value: object, loc: Loc) -> Iterator[tuple[Loc, Record]]:
    """Every record inside `value` that may name a source, with its place in the file."""
    if isinstance(value, Record):
        keys = _keys(type(value))
        if "source" in keys:
            yield loc, value
        for name, key in keys.items():
            inside = getattr(value, name)
            if isinstance(inside, (Record, tuple, dict)):
                yield from _told_facts(inside, (*loc, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _told_facts(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _told_facts(item, (*loc, key))


@cache
def _keys(record: type[Record]) -> dict[str, str]:
    """The key in a file for each field of a record class."""
    return {name: field.alias or name for name, field in record.model_fields.items()}


def _review_places(study: StudyFile) -> Iterator[Fault]:
    cure = "a fact that the review tells carries the passage, or the cell of its table, where it stands"
    for loc, fact in _told_facts(study, ()):
        must = loc[0] == "findings" or isinstance(fact, Exercise) or loc[:1] in (("flow",), ("adverse_events",))
        if must and isinstance(fact, Told) and fact.passage is None and fact.cell is None:
            yield Fault("E029", loc, cure)
        if isinstance(fact, Told) and fact.cell is not None and fact.cell.ref != study.publication:
            message = f"is the row of {fact.cell.ref}, but this file tells of {study.publication}"
            yield Fault("E029", (*loc, "cell", "ref"), message)


def _paper_places(study: StudyFile) -> Iterator[Fault]:
    for loc, fact in _told_facts(study, ()):
        for key in ("passage", "cell"):
            if getattr(fact, key, None) is not None:
                message = "leads into the review's text; in a paper's file say from which source (from)"
                yield Fault("E029", (*loc, key), message)


def _repeats(study: StudyFile, groups: Mapping[str, Group]) -> Iterator[Fault]:
    """A group gets the same thing twice, key by key; two that differ in a key are two things."""
    for name, written in study.groups.items():
        twice = next((a for a, b in pairwise(groups[name].gets) if a == b), None)
        if twice is not None and (written.plus or "gets" in written.model_fields_set):
            message = f"{what(twice)} stands twice with the same keys; keep one, or say how the two differ"
            yield Fault("E023", ("groups", name, "plus" if written.plus else "gets"), message)


def _directions(study: StudyFile, groups: Mapping[str, Group], vocabulary: Vocabulary) -> Iterator[Fault]:
    for index, finding in enumerate(study.findings):
        versus = groups.get(finding.versus)
        for name in finding.group:
            group = groups.get(name)
            if group is None or versus is None:
                continue
            mine, theirs = _counted(group, vocabulary), _counted(versus, vocabulary)
            if all(x in theirs for x in mine) and not all(x in mine for x in theirs):
                message = (
                    f"is written the other way round: {finding.versus} gets more than {name}; "
                    f"swap group and versus and turn the result"
                )
                yield Fault("E025", ("findings", index), message)


def _counted(group: Group, vocabulary: Vocabulary) -> list[Exposure]:
    """The exposures of a group that count in a contrast: no usual care, placebo, vehicle or sham."""
    return [x for x in group.gets if not ((entry := vocabulary.terms.get(what(x))) and entry.control)]


def _near_equal(study: StudyFile, groups: Mapping[str, Group]) -> Iterator[Fault]:
    """Two sides of a contrast hold exposures that may be meant as one, but are not equal key by key."""
    for index, finding in enumerate(study.findings):
        versus = groups.get(finding.versus)
        for name in finding.group if versus else ():
            for one in groups[name].gets if name in groups else ():
                for other in versus.gets if versus else ():
                    if one != other and type(one) is type(other) and _within(one, other):
                        message = (
                            f"{what(one)} of {name} and of {finding.versus} differ only in what is left out; if they "
                            f"are one exposure, use like so that all keys are equal"
                        )
                        yield Fault("E026", ("findings", index), message, True)


def _within(a: Record, b: Record) -> bool:
    """Whether one of two records says nothing that the other denies, and leaves something out."""
    mine, theirs = a.model_dump(exclude_defaults=True), b.model_dump(exclude_defaults=True)
    return _says_no_more(mine, theirs) or _says_no_more(theirs, mine)


def _says_no_more(small: object, large: object) -> bool:
    if isinstance(small, dict) and isinstance(large, dict):
        return all(key in large and _says_no_more(value, large[key]) for key, value in small.items())
    if isinstance(small, tuple) and isinstance(large, tuple):
        if all(isinstance(item, str) for item in (*small, *large)):
            return set(small) <= set(large)
        return len(small) == len(large) and all(map(_says_no_more, small, large))
    return small == large


def check_pack(pack: Pack) -> Iterator[tuple[str, Fault]]:
    """Everything that is wrong between the files of a pack, with the file it is wrong in."""
    for folder, studies in (("studies", pack.papers), ("review/studies", pack.review)):
        for study in studies.values():
            if not pack.names("references.json", study.publication):
                message = f"{study.publication!r} is not in references.json"
                yield f"{folder}/{study.study}.yaml", Fault("E028", ("publication",), message)
    dois: dict[str, str] = {}
    for id, publication in pack.references.items():
        if publication.doi is None:
            continue
        other = dois.setdefault(publication.doi.lower(), id)
        if other != id:
            place = (pack.index("references.json", id), "DOI")
            yield "references.json", Fault("E028", place, f"{other} has the DOI {publication.doi} already")
    yield from _tellings_agree(pack)


def _tellings_agree(pack: Pack) -> Iterator[tuple[str, Fault]]:
    """The two tellings of one paper share the study id and the publication."""
    by_publication = {study.publication: study.study for study in pack.papers.values()}
    for study in pack.review.values():
        paper = pack.papers.get(study.study)
        file = f"review/studies/{study.study}.yaml"
        if paper is not None and paper.publication != study.publication:
            message = f"the paper's telling of {study.study} is of {paper.publication}"
            yield file, Fault("E027", ("publication",), message)
        elif paper is None and study.publication in by_publication:
            message = f"{study.publication} is called {by_publication[study.publication]} in studies/; use one id"
            yield file, Fault("E027", ("study",), message)


def check_statements(pack: Pack) -> Iterator[Fault]:
    """Statements and questions: known references, no frame twice, no question without its statement."""
    said: dict[str, str] = {}
    for statement in pack.statements.values():
        loc: Loc = ("statements", pack.index("review/statements.yaml", statement.id))
        for reference in statement.cites:
            if not pack.names("references.json", reference):
                yield Fault("E028", (*loc, "cites"), f"{reference!r} is not in references.json")
        place = (statement.passage.start, statement.passage.end)
        meaning = f"{place} {statement.model_dump_json(include={'frame', 'slots', 'context', 'cites'})}"
        other = said.setdefault(meaning, statement.id)
        if other != statement.id:
            yield Fault(
                "E033", loc, f"says the same as {other}: same passage, frame, slots, context and cites; keep one"
            )
    for question in pack.questions.values():
        if not pack.names("review/statements.yaml", question.statement):
            message = f"{question.statement!r} is no statement of review/statements.yaml"
            yield Fault("E034", ("questions", pack.index("review/questions.yaml", question.id), "statement"), message)


def check_laboratories(pack: Pack) -> Iterator[Fault]:
    """Laboratories: known references, no paper in two."""
    owner: dict[str, str] = {}
    for laboratory in pack.laboratories.values():
        for reference in laboratory.publications:
            loc: Loc = (pack.index("laboratories.yaml", laboratory.laboratory), "publications")
            if not pack.names("references.json", reference):
                yield Fault("E028", loc, f"{reference!r} is not in references.json")
            other = owner.setdefault(reference, laboratory.laboratory)
            if other != laboratory.laboratory:
                yield Fault("E023", loc, f"{reference} belongs to {other} already; a paper has one laboratory")


def check_discrepancies(pack: Pack) -> Iterator[Fault]:
    """Discrepancies: two sides each, known papers, statements, findings and sources, and the review's words placed."""
    file = "review/discrepancies.yaml"
    for item in pack.discrepancies.values():
        loc: Loc = (pack.index(file, item.id),)
        if not pack.names("references.json", item.ref):
            yield Fault("E028", (*loc, "ref"), f"{item.ref!r} is not in references.json")
        yield from _sides(item, loc)
        for name in item.statements:
            if not pack.names("review/statements.yaml", name):
                yield Fault("E034", (*loc, "statements"), f"{name!r} is no statement of review/statements.yaml")
        yield from _review_sides(item, loc)
        yield from _paper_sides(item, loc, pack)


def _sides(item: RecordedDiscrepancy, loc: Loc) -> Iterator[Fault]:
    wanted = {WITHIN_REVIEW: (2, 0), WITHIN_PAPER: (0, 2)}.get(item.kind, (1, 1))
    for name, least, held in zip(("review", "paper"), wanted, (item.review, item.paper), strict=True):
        if len(held) < least or (held and not least):
            many = f"{least or 'no'} {name} side{'' if least == 1 else 's'}{' or more' if least else ''}"
            yield Fault("E040", loc, f"a discrepancy of the kind {item.kind} has {many}")


def _review_sides(item: RecordedDiscrepancy, loc: Loc) -> Iterator[Fault]:
    for index, side in enumerate(item.review):
        if side.passage is None and side.cell is None:
            yield Fault("E029", (*loc, "review", index), "say where: a passage of the review, or the cell of its table")
        if side.cell is not None and side.cell.ref != item.ref:
            message = f"is the row of {side.cell.ref}, but the discrepancy is about {item.ref}"
            yield Fault("E029", (*loc, "review", index, "cell", "ref"), message)


def _paper_sides(item: RecordedDiscrepancy, loc: Loc, pack: Pack) -> Iterator[Fault]:
    """Findings and sources named by the paper's side are looked up in the paper's telling."""
    study = next((study for study in pack.papers.values() if study.publication == item.ref), None)
    findings = {finding.id for finding in study.findings} if study else set()
    for index, side in enumerate(item.paper):
        for name in side.findings:
            if name not in findings:
                message = f"{name!r} is no finding of a study of {item.ref} in studies/"
                yield Fault("E041", (*loc, "paper", index, "findings"), message)
        if side.source is not None and (study is None or side.source not in study.sources):
            message = f"{side.source!r} is no source of a study of {item.ref} in studies/"
            yield Fault("E041", (*loc, "paper", index, "from"), message)


def check_readings(pack: Pack) -> Iterator[Fault]:
    """What was read twice: known studies of the right teller."""
    if pack.readings is None:
        return
    for key, folder in (("papers", "studies"), ("review", "review/studies")):
        for name in getattr(pack.readings, key):
            if f"{folder}/{name}.yaml" not in pack.located:
                yield Fault("E034", (key,), f"{name!r} is no study of {folder}/")
