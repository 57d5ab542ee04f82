"""The header of a question: YAML in comment lines that begin with `#+`.

    #+ summary: Which blockers took the benefit of exercise away, by route
    #+ params: {condition: term condition}
    #+ columns: [mechanism, agent, route, benefit, ref, read]
    #+ scope: exercise-papers
    #+ sentence: >-
    #+   {{ agent }} by {{ route }}: {{ benefit }} ({{ study }} [{{ ref }}])

`group` names the group in which it is listed, `example` gives parameters with which it is worth a look.

The library for YAML takes longer to load than most questions take to answer. So the plain forms above are read here,
and whatever is not plainly one of them is left to the library; a test holds both to the same result on every bundled
question.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from kg.evidence.problem import KgError

_PARAMETER = re.compile(r"term [a-z-]+( or [a-z-]+)*|number|text")
_KEY = re.compile(r"([a-z]+): (.+)")
#: A value that YAML takes as the text it is: no mark at its start, no comment, no key inside.
_PLAIN = re.compile(r"(?![\s\-?:,\[\]{}#&*!|>'\"%@`])(?!.*(: | #|:$)).*\S")
_FLOW = re.compile(r"[\w .-]+")
_SHAPES = {str: "a text", list: "a list of words", dict: "keys with a text each"}


class QuestionFault(KgError):
    """A question, or a parameter given to it, cannot be used."""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a question."""

    summary: str
    group: str = ""
    about: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    example: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    scope: str | None = None
    sentence: str | None = None
    empty: str = "Nothing in this graph answers the question."


def parse_header(name: str, lines: Sequence[str]) -> Header:
    """The header in its lines, without the marks; raises `QuestionFault` if it is none."""
    content: object = plain_header(lines)
    if content is None:
        import yaml

        try:
            content = yaml.load("\n".join(lines), Loader=yaml.CBaseLoader)  # noqa: S506 - text only
        except yaml.YAMLError as error:
            raise QuestionFault(f"{name}: the header is not YAML: {str(error).splitlines()[0]}") from error
    return _header(name, content)


def plain_header(lines: Sequence[str]) -> dict[str, object] | None:
    """What the lines say, if they keep to the plain forms; None if they do not, and YAML must be asked."""
    content: dict[str, object] = {}
    folded: list[str] | None = None
    for line in lines:
        if folded is not None and re.match(r"  \S", line):
            folded.append(line.strip())
            continue
        found = _KEY.fullmatch(line)
        if found is None or found[1] in content or folded == []:
            return None
        folded = [] if found[2] == ">-" else None
        value = folded if folded is not None else _value(found[2])
        if value is None:
            return None
        content[found[1]] = value
    if folded == []:
        return None
    known = {entry.name for entry in fields(Header)} - {"columns"}
    return {k: " ".join(v) if isinstance(v, list) and k in known else v for k, v in content.items()}


def _value(text: str) -> str | list[str] | dict[str, str] | None:
    """A plain text, a list of words in brackets, or words with a text each in braces."""
    inner = text[1:-1]
    if text[0] == "[" and text[-1] == "]":
        words = inner.split(", ")
        return words if all(map(_FLOW.fullmatch, words)) else None
    if text[0] == "{" and text[-1] == "}":
        pairs = [part.split(": ") for part in inner.split(", ")]
        if all(len(pair) == 2 and all(map(_FLOW.fullmatch, pair)) for pair in pairs):
            return dict(pairs)
        return None
    return text if _PLAIN.fullmatch(text) else None


def _header(name: str, content: object) -> Header:
    """The header in parsed YAML: known keys, each of its kind."""
    if not isinstance(content, dict) or "summary" not in content:
        raise QuestionFault(f"{name}: the header must be keys with values, summary among them")
    known = [entry.name for entry in fields(Header)]
    for key, value in content.items():
        if key not in known:
            raise QuestionFault(f"{name}: {key!r} is no key of a header; there are {', '.join(known)}")
        kind = {"params": dict, "example": dict, "columns": list}.get(key, str)
        parts = [*value, *value.values()] if isinstance(value, dict) else value
        if not isinstance(value, kind) or not all(isinstance(part, str) for part in parts):
            raise QuestionFault(f"{name}: header {key}: must be {_SHAPES[kind]}")
    for parameter, kind in content.get("params", {}).items():
        if not _PARAMETER.fullmatch(kind):
            raise QuestionFault(
                f"{name}: header params.{parameter}: is 'term SCHEME', 'number' or 'text', not {kind!r}"
            )
    return Header(**content | {"columns": tuple(content.get("columns", ()))})
