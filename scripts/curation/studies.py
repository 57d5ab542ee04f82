"""Two readings of the same papers, field by field and finding by finding."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.evidence import Finding, Group, Study, Vocabulary
from kg.evidence.exposure import AgentDose, Exercise, Programme, what
from kg.evidence.field import Record
from scripts.curation.figures import SILENT, Pair

Contrast = tuple[Finding, str]


@dataclass
class Compared:
    """The pairs of readings by field, and how many findings stand in one pass only."""

    pairs: dict[str, list[Pair]] = field(default_factory=dict)
    findings: int = 0
    second_findings: int = 0
    only_first: list[str] = field(default_factory=list)
    only_second: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)

    def add(self, name: str, where: str, first: str, second: str) -> None:
        """Takes in one pair."""
        self.pairs.setdefault(name, []).append((first, second))
        if first != second:
            self.differing.append(f"{name}\t{where}\t{first or '(silent)'}\t{second or '(silent)'}")


def compare_studies(firsts: Mapping[str, Study], seconds: Mapping[str, Study], terms: Vocabulary) -> Compared:
    """Every paper of the second pass against the first pass's file of it."""
    compared = Compared()
    for name, second in sorted(seconds.items()):
        _compare(firsts[name], second, terms, compared)
    return compared


def _compare(first: Study, second: Study, terms: Vocabulary, compared: Compared) -> None:
    name = first.study
    for key in ("species", "strain", "sex", "condition"):
        compared.add(key, name, _of_groups(first, key), _of_groups(second, key))
    compared.add("design", name, shown(first.design), shown(second.design))
    compared.add("read depth", name, first.read, second.read)
    if any(exercises(study) for study in (first, second)):
        for key, values in PROGRAMME.items():
            compared.add(key, name, shown(values(first)), shown(values(second)))
    agents = [by_agent(study) for study in (first, second)]
    for agent in sorted(agents[0].keys() & agents[1].keys()):
        for key in ("route", "reaches"):
            sides = [shown(value for dose in own[agent] for value in several(getattr(dose, key))) for own in agents]
            compared.add(f"{key} of an agent", f"{name} {agent}", *sides)
    _compare_findings(first, second, terms, compared)


def several(value: object) -> tuple[object, ...]:
    """A value that may be one, many or absent, as many."""
    return () if value is None else tuple(value) if isinstance(value, (tuple, list)) else (value,)


def shown(values: Iterable[object]) -> str:
    """Values as one category: without repeats and in order, the empty category if there are none."""
    return " + ".join(sorted({_plain(value) for value in values})) or SILENT


def _plain(value: object) -> str:
    if not isinstance(value, Record):
        return str(value)
    if getattr(value, "as_printed", None) is not None:
        return "in words"
    return value.model_dump_json(exclude_none=True)


def _of_groups(study: Study, key: str) -> str:
    return shown(value for group in study.groups.values() for value in several(getattr(group, key)))


def exercises(study: Study) -> list[Exercise]:
    """Every exercise of a study's groups."""
    return [x for group in study.groups.values() for x in group.gets if isinstance(x, Exercise)]


def by_agent(study: Study) -> dict[str, list[AgentDose]]:
    """The doses of each agent of a study."""
    found: dict[str, list[AgentDose]] = {}
    for group in study.groups.values():
        for x in group.gets:
            if isinstance(x, AgentDose):
                found.setdefault(x.agent, []).append(x)
    return found


def _programmes(study: Study) -> Iterator[Programme]:
    return (x.programme for x in exercises(study) if x.programme is not None)


def _days(study: Study) -> Iterator[object]:
    return (day.days for p in _programmes(study) for phase in p.phases for day in phase.week if day.days is not None)


def _minutes(study: Study) -> Iterator[object]:
    days = [day for p in _programmes(study) for phase in p.phases for day in phase.week]
    for day in days:
        told = [day.minutes] if day.minutes is not None else [part.minutes for part in day.parts]
        yield from (minutes for minutes in told if minutes is not None)


PROGRAMME = {
    "modality": lambda study: (x.exercise for x in exercises(study)),
    "bout": lambda study: (x.bout for x in exercises(study)),
    "programme length": lambda study: (p.length for p in _programmes(study) if p.length is not None),
    "days a week": _days,
    "minutes a session": _minutes,
}


def _compare_findings(first: Study, second: Study, terms: Vocabulary, compared: Compared) -> None:
    ours, theirs = contrasts(first), contrasts(second)
    matched = match(first, second, terms)
    for mine, other in matched:
        (a, group), (b, _) = ours[mine], theirs[other]
        where = f"{first.study} {a.id}/{group} = {b.id}"
        compared.add("measured term", where, a.measured, b.measured)
        compared.add("result", where, a.result, b.result)
        compared.add("site", where, a.site or SILENT, b.site or SILENT)
        compared.add("assay", where, a.test or SILENT, b.test or SILENT)
        compared.add("said", where, a.said or SILENT, b.said or SILENT)
        compared.add("other side", where, _side(a.versus), _side(b.versus))
    for study, own, which, kept in (
        (first, ours, 0, compared.only_first), (second, theirs, 1, compared.only_second)
    ):  # fmt: skip
        known = {own[pair[which]][0].id for pair in matched}
        kept += [f"{study.study} {f.id}: {f.measured} {f.result}" for f in study.findings if f.id not in known]
    compared.findings += len(first.findings)
    compared.second_findings += len(second.findings)


def _side(versus: str) -> str:
    return versus if versus in ("itself-before", "not-stated") else "a group"


def contrasts(study: Study) -> list[Contrast]:
    """The contrasts of a study: one for each group of each finding."""
    return [(finding, group) for finding in study.findings for group in finding.group]


def match(first: Study, second: Study, terms: Vocabulary) -> list[tuple[int, int]]:
    """Pairs of contrasts, the likest first, each in one pair at most; of equals those that stand first."""
    likely = [
        (-likeness(first, a, second, b, terms), i, j)
        for i, a in enumerate(contrasts(first))
        for j, b in enumerate(contrasts(second))
    ]
    pairs: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for score, i, j in sorted(likely):
        if score < 0 and i not in taken[0] and j not in taken[1]:
            pairs.append((i, j))
            taken[0].add(i)
            taken[1].add(j)
    return sorted(pairs)


def likeness(first: Study, a: Contrast, second: Study, b: Contrast, terms: Vocabulary) -> float:
    """
    How likely two contrasts are one; nothing, if they cannot be.

    The result has no say in it. They can be one if they measure the same or one measures what is broader, at the
    same place or one at a broader or unstated one, and if both sides of both get the same kinds of thing. Among
    several, what the sides get, when, and who they are decide; then test, time, and the words of the groups' names.
    """
    (mine, group), (other, their_group) = a, b
    measured, site = related(mine.measured, other.measured, terms), at_place(mine.site, other.site, terms)
    sides = [
        (first.groups.get(x), second.groups.get(y)) for x, y in ((group, their_group), (mine.versus, other.versus))
    ]
    groups = [(x, y) for x, y in sides if x and y]
    if not measured or not site or not all(_kinds(x, terms) == _kinds(y, terms) for x, y in groups):
        return 0
    alike = sum(
        (_gets(x, terms) == _gets(y, terms)) + (_when(x) == _when(y)) + (x.condition == y.condition)
        + (x.selected_for == y.selected_for)
        for x, y in groups
    )  # fmt: skip
    small = (_side(mine.versus) == _side(other.versus)) + (mine.test == other.test) + (mine.at == other.at)
    names = _overlap(f"{group} {sides[0][0].label}", f"{their_group} {sides[0][1].label}") if all(sides[0]) else 0
    return 10 * measured + 5 * site + 3 * alike + small + names + _overlap(mine.versus, other.versus)


def related(a: str, b: str, terms: Vocabulary) -> int:
    """2 for the same term, 1 for a term and one above it, else 0."""
    return 2 if a == b else int(a in above(b, terms) or b in above(a, terms))


def at_place(a: str | None, b: str | None, terms: Vocabulary) -> int:
    """3 for the same place or none in both, 2 for a place within the other, 1 where one is unstated, else 0."""
    if a == b:
        return 3
    return 1 if a is None or b is None else 2 * related(a, b, terms)


def above(term: str, terms: Vocabulary) -> frozenset[str]:
    """All terms above a term."""
    entry = terms.terms.get(term)
    direct = entry.broader if entry else ()
    return frozenset((*direct, *(x for one in direct for x in above(one, terms))))


def _gets(group: Group, terms: Vocabulary) -> frozenset[str]:
    """What a group gets that counts in a contrast: no usual care, placebo, vehicle or sham."""
    return frozenset(term for x in group.gets if not ((e := terms.terms.get(term := what(x))) and e.control))


def _kinds(group: Group, terms: Vocabulary) -> frozenset[str]:
    return frozenset(terms.terms[term].scheme for term in _gets(group, terms))


def _when(group: Group) -> frozenset[str]:
    """When a group got what it got, as far as told: a word of giving, or the side of the injury."""
    told = (
        getattr(x, "given", None) or getattr(getattr(x, "start", None), "relative_to_injury", None) for x in group.gets
    )
    return frozenset(word for word in told if word)


def _overlap(a: str, b: str) -> float:
    """The share of the words of two names that stand in both."""
    ours, theirs = (frozenset(text.lower().replace("-", " ").split()) for text in (a, b))
    return len(ours & theirs) / len(ours | theirs)
