"""Paths in words: the steps with their proof, finding by finding, and what each path joins or crosses.

Separate from the search because words need labels and the findings themselves, which are asked for the paths that are
shown and for no others.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode

from kg.analysis.network_edges import NOT_STATED
from kg.analysis.path import Path, Step
from kg.query.answer import ask, label
from kg.query.question import bundled_question
from kg.store.protocol import Store

COLUMNS = (
    "rank", "path", "steps", "condition_class", "species", "bout", "weakest_step", "laboratories", "read", "signs",
    "marks", "against", "references",
)  # fmt: skip
_RELATIONS = {
    "moves": "{} moved {}", "marks": "{} speaks for {}",
    "changes-with-relief": "{} changed in the comparison that relieved {}",
    "tracks": "{} moved where {} was relieved, and stayed where nothing was",
    "needed": "blocking {} took the relief of {} away, or part of it", "relieves": "{} relieved {}",
    "benefit-blocked": "the benefit of {} was lost, or part of it, when {} was blocked",
    "benefit-kept": "the benefit of {} was kept when {} was blocked",
    "relieves-when-moved": "moving {} without exercise relieved {}", "raises": "{} raises {}", "lowers": "{} lowers {}",
    "kept-when-blocked": "blocking {} left the relief of {} as it was",
    "moved-without-relief": "{} moved, and {} was not relieved", "no-relief": "{} did not relieve {}",
    "no-relief-when-moved": "moving {} without exercise did not relieve {}",
}  # fmt: skip
_SIGNS = {
    "rises": "rises", "falls": "falls", "normalised": "becomes normal", "moved": "moves, which way is open",
    "no-significant-change": "no significant change", "not-increased": "does not rise",
    "not-decreased": "does not fall", "mixed": "mixed", "not-measured": "", "unclear": "measured, direction not told",
}  # fmt: skip
#: Up to so many papers are asked one by one; beyond, all at once is quicker.
_ONE_BY_ONE = 4
#: What the question on proof says of the other side of a group that is compared with itself.
_BEFORE = "itself before"
#: Relations that say all by themselves.
_PLAIN = ("needed", "kept-when-blocked", "raises", "lowers")
_VERDICTS = {
    "agree": "signs agree", "contradict": "SIGNS CONTRADICT: it goes one way, and relief goes with the other",
    "open": "signs left open: a step does not tell a direction that can be compared",
    "not-measured": "no signs to compare: the mechanism was blocked, and its change is not part of this path", "": "",
}  # fmt: skip


@dataclass(frozen=True)
class PathWords:
    """Some paths of a store, in words."""

    store: Store
    paths: Sequence[Path]

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        """The labels of what the edges name besides their ends."""
        named: set[str] = set()
        for step in self._steps:
            named |= {str(step.edge[name]) for name in ("condition_class", "species")}
            named |= {*step.many("agents"), *step.many("markers"), *step.many("exercises"), *step.many("routes")}
        nodes = [NamedNode(iri) for iri in sorted(named) if "://" in iri]
        return {node.value: text for node, text in label(self.store, nodes).items()}

    @cached_property
    def _steps(self) -> list[Step]:
        return [step for path in self.paths for step in (*path.steps, *path.against)]

    @cached_property
    def _proofs(self) -> Mapping[str, list[dict[str, str]]]:
        """The rows of proof of each finding behind the paths."""
        proofs: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
        refs = sorted({ref for step in self._steps for ref in step.many("refs")})
        for given in [{"ref": str(ref)} for ref in refs] if len(refs) <= _ONE_BY_ONE else [{}]:
            answer = ask(self.store, bundled_question("finding-proofs"), given)
            for row, text in zip(answer.rows, answer.texts(), strict=True):
                if isinstance(row[0], NamedNode):
                    proofs[row[0].value].append(text)
        return proofs

    def name(self, iri: str) -> str:
        """The label of what an edge names."""
        return self._labels.get(iri, iri.replace("-", " "))

    def step(self, step: Step) -> str:
        """A step in words, with its references."""
        said = _RELATIONS[step.relation].format(step.source.label, step.target.label)
        more = [part for part in ("" if step.relation in _PLAIN else _SIGNS.get(step.sign, ""), self._by(step)) if part]
        source = ", ".join(step.many("references")) if step.is_evidence else "by the vocabulary"
        return said + (f" ({'; '.join(more)})" if more else "") + f": {source}"

    def _by(self, step: Step) -> str:
        """What tells of a step: the markers measured, or what blocked or moved it."""
        names = step.many("agents") or (step.many("markers") if step.relation != "marks" else ())
        shown = [self.name(iri) for iri in names if iri not in (step.source.iri, step.target.iri)]
        routes = f", route {', '.join(map(self.name, step.many('routes')))}" if step.many("routes") else ""
        return f"by {', '.join(sorted(shown))}{routes}" if shown else ""

    def scope(self, path: Path) -> tuple[str, str, str]:
        """Condition class, species and bout of a path; several where it crosses."""
        told = [" → ".join(map(self.name, path.scope(name))) for name in ("condition_class", "species", "bout")]
        return told[0], told[1], told[2]

    def marks(self, path: Path) -> list[str]:
        """What a reader must know of a path before believing it."""
        species = [self.name(kind) for kind in path.scope("species")]
        found = [f"CROSSES SPECIES: {' and '.join(species)}"] if len(species) > 1 else []
        if NOT_STATED in (*path.scope("species"), *path.scope("condition_class")):
            found.append("species or condition not stated")
        if path.other_exercise:
            found.append(f"the last step was shown with {' and '.join(map(self.name, path.other_exercise))}")
        if len(path.steps) > 1 and not path.in_one_study:
            found.append("no one study holds every step")
        if any(map(self._single_arm, path.steps)):
            found.append("a step rests on one group before and after, with no other group beside it")
        return found

    def _single_arm(self, step: Step) -> bool:
        """Whether every finding behind a step compares a group with itself before."""
        rows = [row for iri in step.many("findings") for row in self._proofs.get(iri, ())]
        return bool(rows) and all(row["compared_with"] == _BEFORE for row in rows)

    def proof(self, step: Step) -> list[str]:
        """The findings behind a step in words, each with where it was read."""
        lines = [self._finding(self._proofs[iri]) for iri in step.many("findings") if self._proofs.get(iri)]
        return sorted(lines) if step.is_evidence else []

    def _finding(self, rows: Sequence[Mapping[str, str]]) -> str:
        row = rows[0]
        groups = ", ".join(dict.fromkeys(one["group"] for one in rows))
        site = f" in {row['site']}" if row["site"] else ""
        said = f" ({row['said']})" if row["said"] else ""
        where = row["passage"] or row["address"] or "no address"
        return (
            f"{row['measured']}{site}: {_told(row['result'])}{said}, {groups} compared with {row['compared_with']} "
            f"({row['study']} [{row['ref']}], read: {row['read']}, {where}; {row['file']} line {row['line']})"
        )

    def weakest(self, path: Path) -> str:
        """The rung of the weakest step, and on whom it rests."""
        step = path.weakest
        return f"{str(step.edge['rung'] or 'measured').replace('-', ' ')} ({step.source.label} → {step.target.label})"

    def laboratories(self, step: Step) -> str:
        """How many laboratories are recorded behind a step, and how many papers have none."""
        recorded, unplaced = step.edge["laboratories"], step.edge["unplaced"]
        return f"{recorded} recorded" + (f", {unplaced} paper(s) without a record" if unplaced else "")

    def row(self, rank: int, path: Path) -> dict[str, str]:
        """A path as one row of texts."""
        nodes = [path.steps[0].source.label, *(step.target.label for step in path.steps)]
        steps = [
            f"{step.relation} ({', '.join((step.sign, *sorted(map(self.name, step.many('agents')))))})"
            for step in path.steps
        ]
        references = dict.fromkeys(text for step in path.steps for text in step.many("references"))
        weakest = path.weakest
        values = (
            str(rank), " → ".join(nodes), "; ".join(steps), *self.scope(path),
            self.weakest(path), self.laboratories(weakest), ", ".join(weakest.many("read")),
            _VERDICTS[path.signs], "; ".join(self.marks(path)), "; ".join(map(self.step, path.against)),
            ", ".join(references),
        )  # fmt: skip
        return dict(zip(COLUMNS, values, strict=True))

    def lines(self, rank: int, path: Path) -> list[str]:
        """A path read aloud, with its proof."""
        row = self.row(rank, path)
        scope = ", ".join(part for part in self.scope(path) if part)
        found = [
            f"{rank}. {row['path']} ({scope})",
            f"   weakest: {row['weakest_step']}; laboratories: {row['laboratories']}; read: {row['read']}",
            *(f"   {text}" for text in (row["signs"], *self.marks(path)) if text),
        ]
        for step in path.steps:
            again = step is not path.steps[0] and step.many("findings") == path.steps[0].many("findings")
            proof = ["the same findings"] if again else self.proof(step)
            found += [f"   - {self.step(step)}", *(f"       {text}" for text in proof)]
        for step in path.against:
            found += [f"   against: {self.step(step)}", *(f"       {text}" for text in self.proof(step))]
        return found

    def record(self, rank: int, path: Path) -> dict[str, object]:
        """A path for programs: its row, its steps with their edges, and the findings behind each."""
        return {
            **self.row(rank, path), "marks": self.marks(path),
            "steps": [self._step_record(step) for step in path.steps],
            "against": [self._step_record(step) for step in path.against],
        }  # fmt: skip

    def _step_record(self, step: Step) -> dict[str, object]:
        ends = {"source": step.source._asdict(), "target": step.target._asdict()}
        proofs = [row for iri in step.many("findings") for row in self._proofs.get(iri, ())] if step.is_evidence else []
        return {**ends, "words": self.step(step), "edge": dict(step.edge), "proof": proofs}


def _told(result: str) -> str:
    return "measured, direction not told" if result == "unclear" else result
