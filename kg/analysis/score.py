"""The score of a gap: weights over parts that lie in [0, 1], read from a file that anyone may replace.

What each part is, and why the bundled weights are as they are, was fixed before the first run:
docs/decisions/0011-gaps-and-score.md.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.evidence.problem import KgError

if TYPE_CHECKING:
    import yaml

#: What a score weighs.
PARTS = ("agreement", "absence", "bridge", "asked", "sources", "read")
DEFAULT = "agreement"
_MOST_BYTES = 100_000
_DIGITS = 9
#: A score as the bundled ones are written; loading the library for YAML takes longer than reading the graph.
_PLAIN = re.compile(r'(#.*\n)*summary: "(?P<summary>[^"\\]*)"\nweights:\n(?P<weights>(  [a-z]+: \d{1,9}\n)+)')


class ScoreFault(KgError):
    """A score cannot be used as it stands."""


@dataclass(frozen=True, slots=True)
class Score:
    """A name, what leads, and a weight for each part that counts."""

    name: str
    summary: str
    weights: Mapping[str, float]

    def of(self, parts: Mapping[str, float]) -> float:
        """The weighted mean of the parts, to nine decimals, so that equal is equal."""
        total = math.fsum(self.weights.values())
        return round(math.fsum(weight * parts[name] for name, weight in self.weights.items()) / total, _DIGITS)


def bundled_scores() -> tuple[str, ...]:
    """The names of the scores that ship with the program."""
    return tuple(sorted(path.stem for path in _folder().glob("*.yaml")))


def load_score(named: str = DEFAULT) -> Score:
    """The score of that name, or in that file; raises `ScoreFault` with file, line and cure."""
    from kg.evidence.file import FileFault, read_limited

    bundled = named in bundled_scores()
    path = _folder() / f"{named}.yaml" if bundled else Path(named)
    if not bundled and not path.is_file():
        raise ScoreFault(f"there is no score and no file {named!r}; scores are {', '.join(bundled_scores())}")
    try:
        text = read_limited(path, _MOST_BYTES).decode("utf-8-sig")
    except (FileFault, UnicodeDecodeError) as error:
        raise ScoreFault(f"{path}: cannot be read as text: {error}") from error
    return parse_score(path.stem, text, str(path))


def parse_score(name: str, text: str, place: str) -> Score:
    """The score in the text of a YAML file; one that keeps to the plain form of the bundled ones needs no library."""
    plain = _plain(name, text)
    return plain or _from_yaml(name, text, place)


def _plain(name: str, text: str) -> Score | None:
    found = _PLAIN.fullmatch(text)
    lines = found["weights"].splitlines() if found else []
    pairs = [line.strip().split(": ") for line in lines]
    weights = {part: float(weight) for part, weight in pairs if part in PARTS}
    if found is None or len(weights) != len(pairs) or not any(weights.values()):
        return None
    return Score(name, found["summary"], {part: weights[part] for part in PARTS if weights.get(part)})


def _from_yaml(name: str, text: str, place: str) -> Score:
    import yaml

    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise ScoreFault(f"{place}:{line}: is not YAML; write 'weights:' and beneath it 'part: number'") from error
    top = _pairs(root, place, "weights")
    for key in top:
        if key not in ("summary", "weights"):
            raise _fault(place, top[key], f"{key!r} is no key of a score; there are summary, weights")
    if "weights" not in top:
        raise ScoreFault(
            f"{place}:1: has no 'weights:'; beneath it stands 'part: number', parts are {', '.join(PARTS)}"
        )
    summary = top["summary"].value if "summary" in top else ""
    weights = {part: _weight(part, node, place) for part, node in _pairs(top["weights"], place, "agreement").items()}
    if not any(weights.values()):
        raise _fault(place, top["weights"], "all weights are zero; give at least one part a number above zero")
    return Score(name, str(summary), {part: weights[part] for part in PARTS if weights.get(part)})


def ranks(scores: Sequence[float]) -> list[int]:
    """
    The rank of each score, the highest first; equal scores share a rank, and the next leaves as many numbers out.

    >>> ranks([0.2, 0.5, 0.5])
    [3, 1, 1]
    """
    return [1 + sum(other > score for other in scores) for score in scores]


def _weight(part: str, node: "yaml.Node", place: str) -> float:
    if part not in PARTS:
        raise _fault(place, node, f"{part!r} is no part of a score; parts are {', '.join(PARTS)}")
    try:
        weight = float(node.value)
    except (TypeError, ValueError) as error:
        raise _fault(place, node, f"{part} needs a number such as 1 or 0.5, not {node.value!r}") from error
    if not math.isfinite(weight) or weight < 0 or weight > 1e9:
        raise _fault(place, node, f"{part} needs a weight from 0 to 1000000000, not {node.value}")
    return weight


def _pairs(node: "yaml.Node | None", place: str, example: str) -> "dict[str, yaml.Node]":
    """The keys of a mapping with their nodes; a key that stands twice is a fault."""
    import yaml

    if not isinstance(node, yaml.MappingNode):
        line = node.start_mark.line + 1 if node else 1
        raise ScoreFault(f"{place}:{line}: needs keys with values, such as '{example}: 1'")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if str(key.value) in found:
            raise _fault(place, key, f"{key.value!r} stands twice; leave one of them")
        found[str(key.value)] = value
    return found


def _fault(place: str, node: "yaml.Node", message: str) -> ScoreFault:
    return ScoreFault(f"{place}:{node.start_mark.line + 1}: {message}")


def _folder() -> Path:
    from kg.rdf.ontology import bundled_ontology

    return bundled_ontology() / "scores"
