"""Paths between two terms over the network: every step with evidence, none through what did not move.

A path never leads through "no significant change", never from one bout to another, never from one class of conditions
to another, and from one species to another only where that is asked for; `docs/decisions/0013-network.md` says why.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.network import carries
from kg.analysis.network_edges import Node, gather_edges
from kg.analysis.path import Path, Step, speaks_against
from kg.evidence.vocabulary import TermEntry, Vocabulary
from kg.query.answer import Answer, ask
from kg.query.question import ANY, QuestionFault, bundled_question, find_term
from kg.query.vocabulary import store_vocabulary
from kg.store.protocol import Store

CUTOFF = 3
#: Order of verdicts among paths of equal strength.
_VERDICTS = ("agree", "", "not-measured", "open", "contradict")
_BLOCKED = {"needed": "benefit-blocked", "kept-when-blocked": "benefit-kept"}
_MANIPULATIONS = {"relieves": "relieves-when-moved", "no-relief": "no-relief-when-moved"}


@dataclass(frozen=True)
class Paths:
    """The paths between two terms, the strongest first, and where there are none, why."""

    start: TermEntry
    end: TermEntry
    paths: tuple[Path, ...]
    answer: Answer
    none: str = ""

    def sentences(self, most: int | None = None) -> list[str]:
        """The first `most` paths read aloud, each step with the findings behind it and where they were read."""
        from kg.analysis.path_text import PathWords

        words = PathWords(self.answer.store, self.paths[:most])
        return [line for rank, path in enumerate(words.paths, start=1) for line in words.lines(rank, path)]

    def summary(self, shown: int) -> str:
        """How many paths there are, or why there is none."""
        if not self.paths:
            return (
                f"No path from {self.start.label} to {self.end.label}: {self.none}. This is no evidence of absence. "
                + self.answer.searched
            )
        more = f"; {shown} shown" if shown < len(self.paths) else ""
        return (
            f"{len(self.paths)} path{'' if len(self.paths) == 1 else 's'} from {self.start.label} to {self.end.label}"
            f"{more}. A chain of findings is a suggestion, not a proof that its ends are joined. {self.answer.searched}"
        )


def find_paths(
    store: Store,
    a: str,
    b: str,
    *,
    condition: str = ANY,
    species: str = ANY,
    bout: str = ANY,
    across_species: bool = False,
    cutoff: int = CUTOFF,
) -> Paths:
    """The paths of at most `cutoff` steps from a term to another; terms by id, label or synonym."""
    vocabulary = store_vocabulary(store)
    start, end = (_end(name, vocabulary) for name in (a, b))
    starts, ends = (_within(store, term, vocabulary) for term in (start, end))
    level = "marker" if "marker" in (start.scheme, end.scheme) else "mechanism"
    gathered = gather_edges(store, level=level, condition=condition, species=species, bout=bout, telling="paper")
    edges = [Step(gathered.nodes[tie.source], gathered.nodes[tie.target], edge) for tie, edge in gathered.edges.items()]
    steps = [*edges, *_blocked(edges, gathered.nodes), *_manipulated(edges)]
    found = [*_search(steps, starts, ends, cutoff, across_species)]
    none = "" if found else _why_none(steps, start, end, starts, ends, cutoff, across_species)
    return Paths(start, end, tuple(sorted(found, key=_place)), gathered.answer, none)


def _end(name: str, vocabulary: Vocabulary) -> TermEntry:
    """The term that a user named as an end of paths."""
    entry = vocabulary.terms[find_term(name, (), vocabulary)]
    schemes = _schemes()
    if entry.scheme not in schemes:
        raise QuestionFault(
            f"{entry.label} is of the scheme {entry.scheme}, and no end of a path; paths join terms of "
            f"{', '.join(schemes)}. A condition, species or bout narrows them: --condition, --species, --bout"
        )
    return entry


def _schemes() -> list[str]:
    return bundled_question("terms-within").header.params["of"].removeprefix("term ").split(" or ")


def _within(store: Store, term: TermEntry, vocabulary: Vocabulary) -> frozenset[str]:
    """The IRIs of the terms for which a term stands."""
    rows = ask(store, bundled_question("terms-within"), {"of": term.id}, vocabulary=vocabulary).rows
    return frozenset(row[0].value for row in rows if row[0] is not None)


def _blocked(edges: Sequence[Step], nodes: Mapping[str, Node]) -> Iterator[Step]:
    """From an exercise to a mechanism whose blocking took its benefit away, or did not: it may be measured nowhere."""
    for step in edges:
        if step.relation in _BLOCKED:
            for exercise in step.many("exercises"):
                source = nodes.get(exercise, Node(exercise, exercise, "exercise"))
                changed = {"relation": _BLOCKED[step.relation], "sign": "not-measured", "target": step.target.iri}
                yield Step(source, step.source, {**step.edge, **changed})


def _manipulated(edges: Sequence[Step]) -> Iterator[Step]:
    """From a mechanism to an outcome, where an agent that moves it relieved, or did not, without exercise."""
    by_finding: defaultdict[str, list[Step]] = defaultdict(list)
    for step in edges:
        if step.relation in ("raises", "lowers"):
            for finding in step.many("findings"):
                by_finding[finding].append(step)
    for step in edges:
        if step.source.kind == "agent" and step.relation in _MANIPULATIONS:
            own = [one for finding in step.many("findings") for one in by_finding[finding] if one.source == step.source]
            for mechanism, sign in sorted({(one.target, one.sign) for one in own}):
                changed = {"relation": _MANIPULATIONS[step.relation], "sign": sign}
                yield Step(mechanism, step.target, {**step.edge, **changed})


def _search(
    steps: Sequence[Step], starts: frozenset[str], ends: frozenset[str], cutoff: int, across_species: bool
) -> Iterator[Path]:
    """Every path over steps that carry, with what speaks against its steps."""
    onward: defaultdict[str, list[Step]] = defaultdict(list)
    beside: defaultdict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in steps:
        beside[step.source.iri, step.target.iri].append(step)
        if _carries(step):
            onward[step.source.iri].append(step)
    for start in sorted(starts & onward.keys()):
        for walked in _walk(onward, (), start, ends, cutoff, across_species):
            yield Path(walked, tuple(_against(walked, beside, across_species)))


def _against(
    walked: tuple[Step, ...], beside: Mapping[tuple[str, str], Sequence[Step]], across: bool
) -> Iterator[Step]:
    """What speaks against the steps of a path within its scope, and against what a path ends in short of an outcome."""
    for step in walked:
        for other in beside.get((step.source.iri, step.target.iri), ()):
            if speaks_against(other, step, alone=len(walked) == 1) and _in_one_scope((*walked, other), across):
                yield other
    last = walked[-1].target
    for (source, _), others in beside.items():
        if source == last.iri:
            for other in others:
                if other.relation == "moved-without-relief" and _in_one_scope((*walked, other), across):
                    yield other


def _walk(
    onward: Mapping[str, Sequence[Step]],
    walked: tuple[Step, ...],
    here: str,
    ends: frozenset[str],
    left: int,
    across: bool,
) -> Iterator[tuple[Step, ...]]:
    """The ways on from a node to an end, in at most so many steps, none back to where it was."""
    if left == 0 or (walked and here in ends):
        return
    been = {step.source.iri for step in walked} | {here}
    for step in onward.get(here, ()):
        further = (*walked, step)
        if step.target.iri in been or not joins(further, across):
            continue
        if step.target.iri in ends:
            yield further
        yield from _walk(onward, further, step.target.iri, ends, left - 1, across)


def _carries(step: Step) -> bool:
    """Whether a path may lead over a step."""
    if step.relation in ("benefit-blocked", "relieves-when-moved", "raises", "lowers"):
        return True
    return carries(step.edge)


def joins(steps: Sequence[Step], across_species: bool) -> bool:
    """Whether steps may stand in one path."""
    blocked = [at for at, step in enumerate(steps[:-1]) if step.relation == "benefit-blocked"]
    return _in_one_scope(steps, across_species) and all(_same_test(steps[at], steps[at + 1]) for at in blocked)


def _in_one_scope(steps: Sequence[Step], across_species: bool) -> bool:
    """Whether steps hold in one class of conditions and one bout, and in one species unless crossing is asked for."""
    path = Path(tuple(steps))
    alike = ("condition_class", "bout") if across_species else ("condition_class", "bout", "species")
    return all(len(path.scope(name)) <= 1 for name in alike)


def _same_test(blocked: Step, following: Step) -> bool:
    """Whether a step from a blocked mechanism is the test that blocked it."""
    same = blocked.many("findings") == following.many("findings") and blocked.edge["target"] == following.target.iri
    return following.relation == "needed" and same


def _place(path: Path) -> tuple[object, ...]:
    """Where a path stands: the strongest first, then by signs, then by names."""
    strengths = tuple(tuple(-part for part in strength) for strength in path.strengths)
    names = tuple((step.source.label, step.target.label, step.relation, step.sign) for step in path.steps)
    scope = tuple(path.scope(name) for name in ("condition_class", "species", "bout"))
    return strengths, _VERDICTS.index(path.signs), len(path.steps), names, scope


def _why_none(
    steps: Sequence[Step], start: TermEntry, end: TermEntry,
    starts: frozenset[str], ends: frozenset[str], cutoff: int, across: bool,
) -> str:  # fmt: skip
    """Why there is no path, as far as the network can tell."""
    if not steps:
        return "the graph holds no edge of the network there: no paper of it compares exercise, or moves a mechanism"
    if starts & ends:
        return f"{start.label} and {end.label} are one term, or one lies within the other"
    if any(_search(steps, ends, starts, cutoff, across)):
        return f"paths lead the other way, from {end.label} to {start.label}"
    walk = [step for step in steps if _carries(step)]
    if not any(step.source.iri in starts for step in walk):
        return f"nothing that moved leads on from {start.label} there" + _still(steps, starts, "source")
    if not any(step.target.iri in ends for step in walk):
        return f"nothing that moved leads to {end.label} there" + _still(steps, ends, "target")
    if not across and any(_search(steps, starts, ends, cutoff, True)):
        return "paths would cross species; ask for them with --across-species"
    return f"no chain of at most {cutoff} steps joins them within one class of conditions, one species and one bout"


def _still(steps: Iterable[Step], ends: frozenset[str], side: str) -> str:
    """What was measured there and did not move."""
    held = [step for step in steps if getattr(step, side).iri in ends and not _carries(step)]
    papers = sorted({reference for step in held for reference in step.many("references")})
    return f"; measured, without a movement to follow, in {', '.join(papers)}" if papers else "; it was not measured"
