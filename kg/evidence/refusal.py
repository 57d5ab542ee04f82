"""What the record types refuse, as problems: the place in the file, what is wrong, and what would be right.

Separate from reading because the words are for people. A suggestion is looked up only for what is told, so a file
with very many faults costs no more than one with a few.
"""

import difflib
import re
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from kg.evidence.document import Document, Loc, Tree
from kg.evidence.field import IN_WORDS
from kg.evidence.problem import MOST_FAULTS, Problem, quoted
from kg.evidence.vocabulary import Vocabulary

_CODES = {"extra_forbidden": "E010", "missing": "E011", "term": "E012", "literal_error": "E013", "quantity": "E014"}
_LONGEST_MESSAGE = 600
_NOT_ID = re.compile(r"[^a-z0-9]+")


def validated(
    document: Document, kind: Any, vocabulary: Vocabulary, at: Loc = (), content: Tree = None
) -> tuple[Any, list[Problem]]:
    """The record in a file, or in the part `content` of it that stands at `at`; and its faults."""
    try:
        whole = document.content if not at else content
        return _adapter(kind).validate_python(whole, context={"vocabulary": vocabulary}), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
        told = details[: MOST_FAULTS + 1]  # so many that it shows that there are more
        return None, [_problem(document, detail, (*at, *detail["loc"]), vocabulary) for detail in told]


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """What checks records of a kind, made once: a list holds hundreds of one kind."""
    return TypeAdapter(kind)


def _problem(document: Document, detail: ErrorDetails, loc: Loc, vocabulary: Vocabulary) -> Problem:
    kind = detail["type"]
    message = _message(detail, loc, vocabulary)
    place = _known(document, loc)
    if kind == "missing":
        place = (*place, loc[-1])
    return document.problem(_CODES.get(kind, "E015"), place, message[:_LONGEST_MESSAGE])


def _message(detail: ErrorDetails, loc: Loc, vocabulary: Vocabulary) -> str:
    kind, message, input = detail["type"], detail["msg"], quoted(detail["input"])
    if kind == "term":
        return f"{message}; {_nearest_term(str(detail['input']), detail['ctx']['schemes'], vocabulary)}"
    if kind == "extra_forbidden":
        return f"{quoted(loc[-1])} is no key here{_nearest_key(str(loc[-1]))}"
    if kind == "missing":
        return f"the key {loc[-1]!r} is missing"
    if kind == "literal_error":
        return f"{input} must be {detail['ctx']['expected']}"
    if kind == "string_pattern_mismatch":
        return _no_such_shape(str(detail["input"]), detail["ctx"]["pattern"])
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"must be a mapping of keys, such as {{key: value}}; found {input}"
    if kind == "tuple_type":
        return f"must be a list; found {input}"
    if kind == "too_short":
        return "must not be empty"
    return f"{message}; found {input}" if kind.endswith("_type") or kind.startswith("string_") else message


def _no_such_shape(value: str, pattern: str) -> str:
    """What is said of text that breaks a pattern: what it should be, and for an id how it might be written."""
    written = _NOT_ID.sub("-", value.lower()).strip("-")
    near = written if len(written) <= 80 and re.fullmatch(pattern, written) else ""
    return f"{quoted(value)} is not {IN_WORDS[pattern]}" + (f"; did you mean {near}?" if near else "")


def _known(document: Document, loc: Loc) -> Loc:
    """`loc` without the steps that the file does not have: the tags of a union, the parts of a short form."""
    kept: Loc = ()
    for step in loc:
        if (*kept, step) in document.places:
            kept = (*kept, step)
        elif isinstance(step, int) and kept[-1:] == ("lost",):  # a file writes it as a mapping, the record is a list
            kept = [place for place in document.places if place[:-1] == kept][step]
    return kept


def _nearest_term(value: str, schemes: tuple[str, ...], vocabulary: Vocabulary) -> str:
    near = vocabulary.nearest(value, schemes) if len(value) <= 80 else ()
    return f"did you mean {' or '.join(near)}?" if near else "a new term is added in ontology/terms/"


def _nearest_key(key: str) -> str:
    """What an unknown key may have been meant as, from all keys of the format."""
    if key in _all_keys():
        return " (it belongs elsewhere)"
    if " " in key:
        return "; put a text that holds a comma in quotes"
    near = difflib.get_close_matches(key, _all_keys(), n=1, cutoff=0.75) if len(key) <= 80 else ()
    return f"; did you mean {near[0]!r}?" if near else "; docs/reference/format.md lists the keys"


@cache
def _all_keys() -> tuple[str, ...]:
    from kg.evidence.schema import all_records

    keys = {field.alias or name for record in all_records() for name, field in record.model_fields.items()}
    return tuple(sorted(keys))
