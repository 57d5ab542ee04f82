"""A path from one term to another: its steps, how strong it is, whether its signs agree, what speaks against it.

Separate from the search, so that what makes a path strong or contradictory can be read in one place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from kg.analysis.network_edges import DEPTHS, NO_BOUT, Node
from kg.query.question import ANY

#: Rungs from the weakest to the strongest; whatever is none of the later ones counts as measured.
RUNGS = ("measured", "changed-with-relief", "tracks", "needed")
_FLIPPED = {"rises": "falls", "falls": "rises"}
#: Relations to an outcome whose sign says which way the mechanism or marker went with relief.
_SIGNED = ("changes-with-relief", "tracks", "relieves-when-moved")


@dataclass(frozen=True, slots=True)
class Step:
    """One edge of a path, with its ends."""

    source: Node
    target: Node
    edge: Mapping[str, object]

    @property
    def relation(self) -> str:
        return str(self.edge["relation"])

    @property
    def sign(self) -> str:
        return str(self.edge["sign"])

    def many(self, name: str) -> tuple[str, ...]:
        """An attribute of the edge that holds several texts."""
        return cast("tuple[str, ...]", self.edge[name])

    @property
    def witnesses(self) -> int:
        """How many laboratories stand behind the step at least: papers without a record might all be of one."""
        recorded, unplaced = cast(int, self.edge["laboratories"]), cast(int, self.edge["unplaced"])
        return recorded or min(unplaced, 1)

    @property
    def strength(self) -> tuple[int, int, int]:
        """The rung, then the laboratories, then the deepest reading: more is stronger."""
        rung = RUNGS.index(str(self.edge["rung"])) if self.edge["rung"] in RUNGS else 0
        depth = min((DEPTHS.index(read) for read in self.many("read") if read in DEPTHS), default=len(DEPTHS))
        return rung, self.witnesses, -depth

    @property
    def is_evidence(self) -> bool:
        """Whether findings stand behind the step, and not the vocabulary alone."""
        return self.relation != "marks"


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from one term to another, and the edges that speak against them."""

    steps: tuple[Step, ...]
    against: tuple[Step, ...] = ()

    @property
    def strengths(self) -> tuple[tuple[int, int, int], ...]:
        """The strengths of the steps, the weakest first: by these paths are ranked."""
        return tuple(sorted(step.strength for step in self.steps if step.is_evidence))

    @property
    def weakest(self) -> Step:
        """The step on which the path is weakest."""
        return min((step for step in self.steps if step.is_evidence), key=lambda step: step.strength)

    def scope(self, name: str) -> tuple[str, ...]:
        """What the steps state of condition class, species or bout, in their order; more than one is a crossing."""
        stated = (str(step.edge[name]) for step in self.steps if step.is_evidence)
        return tuple(dict.fromkeys(value for value in stated if value not in (NO_BOUT, ANY)))

    @property
    def signs(self) -> str:
        """Whether the signs agree, contradict, are open or not measured; empty where there is nothing to compose."""
        if len([step for step in self.steps if step.is_evidence]) < 2:
            return ""
        if self.steps[0].relation == "benefit-blocked":
            return "not-measured"
        return _composed(self.steps)

    @property
    def other_exercise(self) -> tuple[str, ...]:
        """The exercises on which the last step rests, where they are not the one that the path starts from."""
        first, last = self.steps[0], self.steps[-1]
        told = last.many("exercises")
        return told if first.source.kind == "exercise" and told and first.source.iri not in told else ()

    @property
    def in_one_study(self) -> bool:
        """Whether some study holds every step."""
        held = [set(step.many("studies")) for step in self.steps if step.is_evidence]
        return bool(set.intersection(*held))


def _composed(steps: tuple[Step, ...]) -> str:
    """The verdict on the signs: what the first step moved, carried along, against what goes with relief."""
    sign = steps[0].sign
    for step in steps[1:-1]:
        sign = {"rises": sign, "falls": _FLIPPED.get(sign, sign)}.get(step.sign, "moved")
    last = steps[-1]
    if last.relation == "needed":
        wanted = "rises"  # lowering it took the benefit away
    elif last.relation in _SIGNED:
        wanted = last.sign
    else:
        return ""
    if sign == wanted and sign != "moved":
        return "agree"
    return "contradict" if {sign, wanted} == {"rises", "falls"} else "open"


def speaks_against(other: Step, step: Step, *, alone: bool) -> bool:
    """
    Whether an edge beside a step speaks against it: nothing moved, it moved the other way, relief came without it.

    A benefit that was kept stands beside the step to the outcome; where the step is `alone`, beside the step itself.
    """
    if other.relation == "moves":
        still = other.sign in ("no-significant-change", "not-increased", "not-decreased")
        return step.relation == "moves" and (still or _FLIPPED.get(other.sign) == step.sign)
    if other.relation == "benefit-kept":
        return alone
    if other.relation == "no-relief":
        return step.relation == "relieves"
    return other.relation in ("kept-when-blocked", "moved-without-relief", "no-relief-when-moved")
