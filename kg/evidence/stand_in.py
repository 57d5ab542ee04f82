"""A sound stand-in for a study file at fault, so that the checks across its fields can run all the same.

Whoever mends a file wants all its faults at once. What is wrong in form is taken out of a copy (a key that may be
absent), given another allowed word, or filled in (a key that is missing); a finding that lacks a key is set aside
whole. The stand-in is checked and thrown away: nothing of it is ever evidence, no place in the file moves, and a
fault that may come from what was put in is not told.
"""

import copy
import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kg.evidence.document import Document, Loc
from kg.evidence.study import NOT_STATED, REVIEW, StudyFile

_ALLOWED = re.compile(r"'([^']+)'")
_MOST_FAULTS = 200
#: Faults that depend on what groups get, and so may come from the stand-in and not from the file.
_DOUBTFUL = frozenset({"E025", "E026"})
#: Faults that depend on a key at the top of the file, and are not told where it is missing.
_DOUBTFUL_WITHOUT = {
    "study": {"E023", "E027"},
    "publication": {"E027", "E029"},
    "told_by": {"E027", "E029"},
    "sources": {"E022"},
}
#: What a missing key is filled with, one after the other until it fits: as text, id and number; then as less than 10.
_FILLINGS = ("111", "1")


def stand_in(document: Document) -> tuple[StudyFile | None, frozenset[Loc]]:
    """The study with its faults of form set aside, and the parts that were put in; None where too little is left."""
    if not isinstance(document.content, dict):
        return None, frozenset()
    making = _StandIn(copy.deepcopy(document.content))
    for _ in range(_MOST_FAULTS):
        try:
            return StudyFile.model_validate(making.content), frozenset(making.put_in)
        except ValidationError as error:
            if not making.set_right(error.errors(include_url=False)[0]):
                break
    return None, frozenset()


def counts(code: str, loc: Loc, put_in: Iterable[Loc]) -> bool:
    """Whether a fault that was found in a stand-in is a fault of the file."""
    if code in _DOUBTFUL or (code == "E023" and loc[:1] == ("groups",)):
        return False
    return not any(
        loc[: len(part)] == part or (len(part) == 1 and code in _DOUBTFUL_WITHOUT.get(str(part[0]), ()))
        for part in put_in
    )


class _StandIn:
    """The copy while it is made right, fault by fault."""

    def __init__(self, content: dict[str, Any]) -> None:
        self.content = content
        self.put_in: set[Loc] = set()
        self._fillings: dict[Loc, int] = {}

    def set_right(self, detail: ErrorDetails) -> bool:
        """Whether one fault could be set aside."""
        loc: Loc = tuple(detail["loc"])
        way = _way(self.content, loc)
        if detail["type"] == "missing":
            way = (*way, loc[-1])
        inside_finding = way[:1] == ("findings",) and len(way) > 1
        if detail["type"] == "exposure":
            done = self._exposure(way)
        elif way in self._fillings or (detail["type"] == "missing" and not (inside_finding and len(way) == 3)):
            done = self._filled(way, detail)
        else:
            done = detail["type"] != "missing" and self._mended(way, detail)
        return done or (inside_finding and self._set_aside(way[1]))

    def _set_aside(self, index: str | int) -> bool:
        """Whether a finding could be replaced whole by one that says nothing."""
        findings, groups = self.content["findings"], self.content.get("groups")
        if not isinstance(index, int) or ("findings", index) in self.put_in or not isinstance(groups, dict):
            return False
        self.put_in.add(("findings", index))
        neutral = {"measured": "aside", "group": next(iter(groups), ""), "versus": NOT_STATED, "result": "unclear"}
        findings[index] = {"id": f"aside-{index}", **neutral}
        return True

    def _exposure(self, way: Loc) -> bool:
        """Whether an exposure without its kind could be given one, the rest kept."""
        holder = _part(self.content, way[:-1])
        index = way[-1]
        if not isinstance(holder, list) or not isinstance(index, int):
            return False
        told = holder[index] if isinstance(holder[index], dict) else {}
        holder[index] = {**told, "care": "aside"}
        return True

    def _filled(self, way: Loc, detail: ErrorDetails) -> bool:
        """Whether a key that is missing could be given something that fits."""
        holder, key = _part(self.content, way[:-1]), str(way[-1])
        if not isinstance(holder, dict) or way == ("groups",):
            return False
        self.put_in.add(way)
        if allowed := _ALLOWED.findall(str(detail.get("ctx", {}).get("expected", ""))):
            holder[key] = allowed[0]
            return True
        tried = self._fillings.get(way, 0)
        self._fillings[way] = tried + 1
        if tried < len(_FILLINGS):
            holder[key] = self._top(key) if len(way) == 1 else _FILLINGS[tried]
        return tried < len(_FILLINGS)

    def _top(self, key: str) -> Any:
        """What a missing key at the top of a study file is filled with, so that nothing follows from it."""
        told_by = self.content.get("told_by", REVIEW)
        neutral: dict[str, Any] = {
            "publication": "aside" if told_by == REVIEW else told_by,
            "told_by": self.content.get("publication", REVIEW),
            "read": "full-text",
            "sources": {"aside": {"kind": "aside"}},
            "adverse_events": "not-read",
        }
        return neutral.get(key, "aside")

    def _mended(self, way: Loc, detail: ErrorDetails) -> bool:
        """Whether the fault's key could be given another word or be left out, without taking away what others name."""
        while way and isinstance(_part(self.content, way[:-1]), list):
            way = way[:-1]  # an item of a list goes with the list
        holder = _part(self.content, way[:-1])
        named = way[:-1] in (("groups",), ("sources",)) or way[-1:] == ("like",)
        if not way or named or not isinstance(holder, dict):
            return False
        if way == ("findings",) and isinstance(holder["findings"], list):
            return False
        key = str(way[-1])
        allowed = _ALLOWED.findall(str(detail.get("ctx", {}).get("expected", "")))
        if allowed and holder[key] != allowed[0]:
            holder[key] = allowed[0]
        else:
            del holder[key]
        return True


def _way(content: Any, loc: Loc) -> Loc:
    """The steps of `loc` that the file has, as it has them; the tags of a union, say, are no steps."""
    way: Loc = ()
    here = content
    for step in loc:
        inside = isinstance(here, dict) and step in here
        if inside or (isinstance(here, list) and isinstance(step, int) and step < len(here)):
            way, here = (*way, step), here[step]
    return way


def _part(content: Any, way: Loc) -> Any:
    """The part of a file at the end of a way that it has."""
    for step in way:
        content = content[step]
    return content
