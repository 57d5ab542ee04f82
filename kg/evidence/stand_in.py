"""A sound stand-in for a study file at fault, so that the checks across its fields can run all the same.

Whoever mends a file wants all its faults at once. What is wrong in form is taken out of a copy (a key that may be
absent), given another allowed word, or, where a finding lacks a key, the whole finding is set aside. The stand-in is
checked and thrown away; nothing of it is ever evidence, and no place in the file moves.
"""

import copy
import re
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kg.evidence.document import Document, Loc
from kg.evidence.study import NOT_STATED, StudyFile

_ALLOWED = re.compile(r"'([^']+)'")
_MOST_FAULTS = 100
#: Faults that depend on what groups get, and so may come from the stand-in and not from the file.
_DOUBTFUL = frozenset({"E025", "E026"})


def stand_in(document: Document) -> tuple[StudyFile | None, frozenset[int]]:
    """The study with its faults of form set aside, and the findings that were; None where too little is left."""
    content: Any = copy.deepcopy(document.content)
    aside: set[int] = set()
    for _ in range(_MOST_FAULTS if isinstance(content, dict) else 0):
        try:
            return StudyFile.model_validate(content), frozenset(aside)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            if not _set_right(content, first, aside):
                break
    return None, frozenset()


def counts(code: str, loc: Loc, aside: frozenset[int]) -> bool:
    """Whether a fault that was found in a stand-in is a fault of the file."""
    return code not in _DOUBTFUL and not (loc[:1] == ("findings",) and len(loc) > 1 and loc[1] in aside)


def _set_right(content: dict[str, Any], detail: ErrorDetails, aside: set[int]) -> bool:
    """Whether one fault could be set aside in `content`."""
    loc: Loc = tuple(detail["loc"])
    holder, key = _holder(content, loc)
    if detail["type"] != "missing" and _mended(content, holder, key, detail):
        return True
    index = loc[1] if loc[:1] == ("findings",) and len(loc) > 1 else None
    groups = content.get("groups")
    if not isinstance(index, int) or index in aside or not isinstance(groups, dict) or not groups:
        return False
    aside.add(index)
    neutral = {"measured": "aside", "group": next(iter(groups)), "versus": NOT_STATED, "result": "unclear"}
    content["findings"][index] = {"id": f"aside-{index}", **neutral}
    return True


def _holder(content: Any, loc: Loc) -> tuple[Any, str | int]:
    """The part of the file that holds the fault, and its key there; steps that the file lacks are skipped."""
    holder, key, here = None, loc[-1], content
    for step in loc:
        inside = isinstance(here, dict) and step in here
        if inside or (isinstance(here, list) and isinstance(step, int) and step < len(here)):
            holder, key, here = here, step, here[step]
    return holder, key


def _mended(content: dict[str, Any], holder: Any, key: str | int, detail: ErrorDetails) -> bool:
    """Whether the fault's key could be given another word or be left out, without taking away what others name."""
    if not isinstance(holder, dict) or key == "like":
        return False
    if any(holder is content.get(part) for part in ("groups", "sources")):
        return False
    allowed = _ALLOWED.findall(str(detail.get("ctx", {}).get("expected", "")))
    if allowed and holder[str(key)] != allowed[0]:
        holder[str(key)] = allowed[0]
    else:
        del holder[str(key)]
    return True
