"""Any content that a curated file may hold, made from the record types themselves.

A key that is added to the format is generated from its type on the same day; nothing here names one.
"""

import json
import types
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic import StringConstraints, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from kg.evidence.field import LocalId, Record, ReferenceId, TermIn
from kg.evidence.quantity import Quantity

REFERENCES = ("ref-1", "ref-2", "review")
WORDS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp"]), min_size=3, max_size=12)
NUMBERS = st.decimals(min_value=-(10**6), max_value=10**6, places=2).map(lambda number: f"{number:f}")
COUNTS = st.integers(0, 10**6).map(str)


def content(record: type[Record]) -> st.SearchStrategy[dict[str, Any]]:
    """What a file may hold of a record: keys as written, every scalar text."""
    return _content(record)


def takes(kind: Any, value: object) -> bool:
    """Whether a type takes a value."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@cache
def _content(record: type[Record]) -> st.SearchStrategy[dict[str, Any]]:
    keys = {info.alias or name: info for name, info in record.model_fields.items()}
    values = {key: st.deferred(lambda info=info: _field(info)) for key, info in keys.items()}
    required = {key: value for key, value in values.items() if keys[key].is_required() or key == "frame"}
    optional: Mapping[Any, Any] = {key: value for key, value in values.items() if key not in required}
    return st.fixed_dictionaries(required, optional=optional).filter(lambda value: takes(record, value))


def _field(info: FieldInfo) -> st.SearchStrategy[Any]:
    kind: Any = Annotated[(info.annotation, *info.metadata)] if info.metadata else info.annotation
    return _value(info.annotation, tuple(info.metadata)).filter(lambda value: takes(kind, value))


def _value(kind: Any, marks: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _value(args[0], (*args[1:], *marks))
    if origin in (Union, types.UnionType):
        return st.one_of([_value(arg, marks) for arg in args if arg is not type(None)])
    if origin is Literal:
        return st.sampled_from(args)
    if origin is tuple:
        return st.lists(_value(args[0], ()), max_size=2, unique_by=_identity)
    if origin is dict:
        return st.dictionaries(WORDS, _value(args[1], ()), min_size=1, max_size=2)
    if kind is Quantity:
        return _quantity(Annotated[(Quantity, *marks)] if marks else Quantity)
    if isinstance(kind, type) and issubclass(kind, Record):
        return content(kind)
    return _scalar(kind, marks)


def _identity(item: Any) -> str:
    """What makes two items of a list one: their id, or all that they say."""
    return str(item["id"]) if isinstance(item, dict) and "id" in item else json.dumps(item, sort_keys=True)


def _scalar(kind: Any, marks: tuple[Any, ...]) -> st.SearchStrategy[Any]:
    if any(isinstance(mark, ReferenceId) for mark in marks):
        return st.sampled_from(REFERENCES)
    if any(isinstance(mark, LocalId) for mark in marks):
        return WORDS | st.sampled_from(("itself-before", "not-stated"))
    if any(isinstance(mark, TermIn) for mark in marks):
        return WORDS
    for mark in marks:
        if isinstance(mark, StringConstraints) and isinstance(mark.pattern, str):
            return st.from_regex(mark.pattern.replace("+$", "{1,9}$").replace(")*$", "){0,2}$"), fullmatch=True)
    scalars = {bool: st.sampled_from(("true", "false")), int: COUNTS, Decimal: NUMBERS, str: TEXT}
    return scalars[kind]


def _quantity(kind: Any) -> st.SearchStrategy[Any]:
    """A quantity of any shape that its field takes: exact, a range, open, a choice, or as printed."""
    unit = "" if takes(kind, "1") else " week"
    number = st.decimals(0, 7, places=1).map(lambda n: f"{n:f}")
    pair = st.tuples(number, number).map(lambda two: sorted(two, key=Decimal))
    own = {"unit": "week"} if unit else {}
    return st.one_of(
        number.map(lambda n: f"{n}{unit}"),
        pair.map(lambda two: f"{two[0]}..{two[1]}{unit}"),
        st.builds(lambda n, end: {"low" if end == "high" else "high": n, "open": end, **own}, number,
                  st.sampled_from(("high", "low"))),
        st.builds(lambda n: {"low": n, "open": "high", "exclude": "low", **own}, number),
        pair.filter(lambda two: Decimal(two[0]) < Decimal(two[1])).map(lambda two: {"one_of": two, **own}),
        st.builds(lambda n, sd, words, source: {"value": n, "sd": sd, "as_printed": words, "from": source, **own},
                  number, number, TEXT, WORDS),
    ).filter(lambda value: takes(kind, value))  # fmt: skip
