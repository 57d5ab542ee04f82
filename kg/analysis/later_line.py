"""One line of a file of later studies, from bytes to a record; or each thing that is wrong with it, and its cure."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kg.evidence.field import IN_WORDS
from kg.evidence.later import LaterStudyLine
from kg.evidence.problem import quoted

#: A line holds a few hundred signs; a longer one has lost its line end, or is no line of this format.
LONGEST_LINE = 10_000
_MOST_DIGITS = 15
#: What is right, shown where a line is something else altogether.
SHAPE = 'a line is one object, such as {"year": 2021, "doi": "10.1000/182", ...}'
_PLURAL = "without brackets around all of them and without commas between"


class LineFault(Exception):
    """Why a line is none; `messages` holds each fault."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


def parse_line(data: bytes) -> LaterStudyLine:
    """The record in a line; raises `LineFault` with every fault of it."""
    content = _object_in(_text(data))
    try:
        return LaterStudyLine.model_validate(content)
    except ValidationError as error:
        raise LineFault(*map(_message, error.errors(include_url=False))) from error


def _text(data: bytes) -> str:
    if len(data) > LONGEST_LINE:
        raise LineFault(f"is longer than {LONGEST_LINE:,} bytes; is a line end missing? {SHAPE}")
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise LineFault("is not UTF-8 text; save the file as UTF-8") from error


def _object_in(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text, object_pairs_hook=_once, parse_int=_whole, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        if error.pos >= len(text) or error.msg.startswith("Unterminated"):
            cut = "ends before its object is closed: is the file cut off, or the object on several lines?"
            raise LineFault(f"{cut} {SHAPE}") from error
        raise LineFault(f"is not JSON at column {error.colno}: {error.msg}; {SHAPE}") from error
    except RecursionError as error:
        raise LineFault(f"is nested too deeply; {SHAPE}") from error
    if not isinstance(content, dict):
        raise LineFault(f"must be an object, found {quoted(content)}; {SHAPE}, {_PLURAL}")
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each key stands once."""
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise LineFault(f"the key {quoted(key)} stands twice; keep one")
    return dict(pairs)


def _whole(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise LineFault(f"holds a number of more than {_MOST_DIGITS} digits; a year has four")
    return int(text)


def _no_number(text: str) -> NoReturn:
    raise LineFault(f"{text} is no number of JSON; leave out a key whose value is not stated")


def _message(detail: ErrorDetails) -> str:
    """What is wrong with a key, and what would be right."""
    kind, key, value = detail["type"], ".".join(map(str, detail["loc"][:1])), detail["input"]
    context: Mapping[str, Any] = detail.get("ctx", {})
    if kind == "missing":
        return f"the key {key!r} is missing"
    if kind == "extra_forbidden":
        return f"{quoted(key)} is no key here; the keys are {', '.join(LaterStudyLine.model_fields)}"
    if kind == "together":
        return detail["msg"]
    return f"{key}: {_wrong(kind, key, value, detail['msg'], context)}"


def _wrong(kind: str, key: str, value: object, said: str, context: Mapping[str, Any]) -> str:
    if value is None:
        return "is null; leave out a key whose value is not stated"
    if kind == "literal_error":
        return f"{quoted(value)} must be {context['expected']}"
    if kind == "string_pattern_mismatch":
        return f"{quoted(value)} is not {IN_WORDS[context['pattern']]}"
    if key == "year":
        return f"{quoted(value)} is not a year such as 2021, as a number without quotes"
    if kind == "string_type":
        return f"{quoted(value)} is not text in quotes"
    return said
