"""Checks that look at more than one field: does the file hang together, and does the pack.

Each check yields faults with the place inside the file; nothing is mended here. What needs the review's text is
in `kg.evidence.coverage`, so that a pack can be checked without it.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

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
    if study.by_review:
        yield from _review_places(study)
    if not broken:
        groups = spell_out(study).groups
        yield from _directions(study, groups, vocabulary)
        yield from _near_equal(groups)


def _likes(study: StudyFile) -> Iterator[Fault]:
    for name, group in study.groups.items():
        if group.like is not None and group.like not in study.groups:
            yield Fault("E021", ("groups", name, "like"), f"{group.like!r} is no group here{_among(study.groups)}")
            continue
        seen, step = [name], group.like
        while step is not None and step in study.groups:
            if step in seen:
                yield Fault("E021", ("groups", name, "like"), f"leads in a circle: {' -> '.join([*seen, step])}")
                break
            seen.append(step)
            step = study.groups[step].like
        if group.plus and group.like is None:
            yield Fault("E021", ("groups", name, "plus"), "plus adds to a group named by like; use gets here")


def _among(names: Mapping[str, object]) -> str:
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
        if "source" in type(value).model_fields:
            yield loc, value
        for name, field in type(value).model_fields.items():
            yield from _told_facts(getattr(value, name), (*loc, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _told_facts(item, (*loc, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _told_facts(item, (*loc, key))


def _review_places(study: StudyFile) -> Iterator[Fault]:
    cure = "a fact that the review tells carries the passage, or the cell of its table, where it stands"
    for loc, fact in _told_facts(study, ()):
        must = loc[0] == "findings" or isinstance(fact, Exercise) or loc[:1] in (("flow",), ("adverse_events",))
        if must and isinstance(fact, Told) and fact.passage is None and fact.cell is None:
            yield Fault("E029", loc, cure)


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


def _near_equal(groups: Mapping[str, Group]) -> Iterator[Fault]:
    seen: list[tuple[str, Exposure]] = []
    for name, group in groups.items():
        for exposure in group.gets:
            for other_name, other in seen:
                if other != exposure and type(other) is type(exposure) and _within(exposure, other):
                    message = (
                        f"{what(exposure)} of {name} and of {other_name} differ only in what is left out; if they "
                        f"are one exposure, use like so that all keys are equal"
                    )
                    yield Fault("E026", ("groups", name), message, True)
            seen.append((name, exposure))


def _within(a: Record, b: Record) -> bool:
    """Whether one record says nothing that the other denies, and leaves something out."""
    mine, theirs = a.model_dump(exclude_none=True), b.model_dump(exclude_none=True)
    small, large = sorted((mine, theirs), key=len)
    return all(large.get(key) == value for key, value in small.items())


def check_pack(pack: Pack) -> Iterator[tuple[str, Fault]]:
    """Everything that is wrong between the files of a pack, with the file it is wrong in."""
    for folder, studies in (("studies", pack.papers), ("review/studies", pack.review)):
        for study in studies.values():
            if study.publication not in pack.references:
                message = f"{study.publication!r} is not in references.json"
                yield f"{folder}/{study.study}.yaml", Fault("E028", ("publication",), message)
    dois: dict[str, str] = {}
    for index, (id, publication) in enumerate(pack.references.items()):
        if publication.doi is None:
            continue
        other = dois.setdefault(publication.doi.lower(), id)
        if other != id:
            yield "references.json", Fault("E028", (index, "DOI"), f"{other} has the DOI {publication.doi} already")
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
    for index, statement in enumerate(pack.statements.values()):
        loc: Loc = ("statements", index)
        for reference in statement.cites:
            if reference not in pack.references:
                yield Fault("E028", (*loc, "cites"), f"{reference!r} is not in references.json")
        meaning = statement.model_dump_json(include={"passage", "frame", "slots", "context", "cites"})
        other = said.setdefault(meaning, statement.id)
        if other != statement.id:
            yield Fault("E033", loc, f"says the same as {other}: same passage, frame and slots; keep one")
    for index, question in enumerate(pack.questions.values()):
        if question.statement not in pack.statements:
            message = f"{question.statement!r} is no statement of review/statements.yaml"
            yield Fault("E034", ("questions", index, "statement"), message)


def check_laboratories(pack: Pack) -> Iterator[Fault]:
    """Laboratories: known references, no paper in two."""
    owner: dict[str, str] = {}
    for index, laboratory in enumerate(pack.laboratories.values()):
        for reference in laboratory.publications:
            loc: Loc = (index, "publications")
            if reference not in pack.references:
                yield Fault("E028", loc, f"{reference!r} is not in references.json")
            other = owner.setdefault(reference, laboratory.laboratory)
            if other != laboratory.laboratory:
                yield Fault("E023", loc, f"{reference} belongs to {other} already; a paper has one laboratory")
