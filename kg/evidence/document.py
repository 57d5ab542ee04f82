"""YAML files as text with places: every scalar stays text, every node knows its line and column.

Separate from the records because a place is a fact about a file, not about a study. Scalars are typed later, by
the record that takes them: `no`, `on`, `010` and `5:30` stay what the curator typed (YAML 1.2, failsafe schema).
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from kg.evidence.problem import Problem

#: A curated file holds one study or one review; anything larger is not one.
MAX_BYTES = 4_000_000
MAX_DEPTH = 40

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
Loc: TypeAlias = "tuple[str | int, ...]"
Place: TypeAlias = "tuple[int, int]"

#: JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
_EMPTY = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file: its content as text, and the place of every part of it."""

    path: Path
    content: Tree
    places: Mapping[Loc, Place] = field(repr=False)

    def place(self, loc: Loc) -> Place:
        """The place of `loc`, or of the nearest part of the file that contains it.

        Steps that the file does not have (the tags of a union, say) are skipped.
        """
        known: Loc = ()
        for step in loc:
            if (*known, step) in self.places:
                known = (*known, step)
        return self.places[known]

    def problem(self, code: str, loc: Loc, message: str, *, warning: bool = False) -> Problem:
        """A fault at `loc` of this file."""
        line, column = self.place(loc)
        return Problem(self.path, line, column, code, dotted(loc), message, warning)


def dotted(loc: Sequence[str | int]) -> str:
    """
    A place in a file the way people write it.

    >>> dotted(("findings", 0, "measured"))
    'findings[0].measured'
    """
    text = ""
    for step in loc:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text if text.isprintable() else text.encode("unicode_escape").decode("ascii")


def read_document(path: Path, shown: Path | None = None) -> Document | list[Problem]:
    """The file as a document, or its faults; `shown` is the name to use in messages."""
    name = shown or path
    try:
        data = path.read_bytes()
    except OSError as error:
        return [Problem(name, 1, 1, "E001", "", f"cannot be read: {error.strerror}")]
    return parse_document(data, name)


def parse_document(data: bytes, path: Path) -> Document | list[Problem]:
    """The bytes of a YAML file as a document, or every fault that keeps them from being one."""
    if len(data) > MAX_BYTES:
        return [Problem(path, 1, 1, "E001", "", f"is larger than {MAX_BYTES:,} bytes; one file holds one study")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [Problem(path, line, 1, "E001", "", "is not UTF-8 text; save it as UTF-8")]
    if path.suffix == ".json":
        text = _SURROGATES.sub(lambda pair: json.loads(f'"{pair[0]}"'), text)
    tied: list[Problem] = []
    try:
        loader = yaml.CBaseLoader(text)
        try:
            too_deep, tied = _too_deep_or_tied(text, path)
            if too_deep:
                return [Problem(path, 1, 1, "E001", "", f"is nested deeper than {MAX_DEPTH} levels")]
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        if tied and isinstance(error, yaml.composer.ComposerError):
            return sorted(tied)  # an alias of nothing
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return [Problem(path, line, column, "E001", "", f"is not YAML here: {error.problem or error.context}")]
    except yaml.reader.ReaderError as error:
        line, column = _place_of(text.encode()[: error.position].decode("utf-8", "ignore"))
        message = f"is not YAML here: {error.reason}; remove the character"
        return [Problem(path, line, column, "E001", "", message)]
    except yaml.YAMLError as error:
        return [Problem(path, 1, 1, "E001", "", f"is not YAML: {str(error).splitlines()[0]}")]
    if root is None:
        return [Problem(path, 1, 1, "E001", "", "is empty")]
    reader = _Reader(path)
    content = reader.read(root, ())
    return sorted([*reader.problems, *tied]) or Document(path, content, reader.places)


def _place_of(before: str) -> Place:
    """The place just behind a stretch of text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _too_deep_or_tied(text: str, path: Path) -> tuple[bool, list[Problem]]:
    """Whether a text is nested without end, and its aliases, with the anchors that no alias names."""
    depth, named, tied = 0, set(), []
    anchors: dict[str, Problem] = {}
    message = "anchors and aliases are not part of the format; write the value again"
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.NodeEvent) and event.anchor is not None and event.start_mark is not None:
            fault = Problem(path, event.start_mark.line + 1, event.start_mark.column + 1, "E003", "", message)
            if isinstance(event, yaml.AliasEvent):
                named.add(event.anchor)
                tied.append(fault)
            else:
                anchors[event.anchor] = fault
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                return True, []
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return False, [*tied, *(fault for name, fault in anchors.items() if name not in named)]


class _Reader:
    """Turns composed nodes into text, keeping places and refusing what a curated file never needs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.places: dict[Loc, Place] = {}
        self.problems: list[Problem] = []
        self._seen: set[int] = set()

    def read(self, node: yaml.Node, loc: Loc) -> Tree:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.places.setdefault(loc, place)
        if id(node) in self._seen:  # an alias, which is told already; going in again would never end
            return None
        self._seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in _EMPTY else str(node.value)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*loc, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, loc)
        raise TypeError(type(node).__name__)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Tree]:
        content: dict[str, Tree] = {}
        for key_node, value_node in node.value:
            place = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if not isinstance(key_node, yaml.ScalarNode):
                self._fault("E001", place, loc, "a key must be a word")
                continue
            key = str(key_node.value)
            if key in content:
                self._fault("E002", place, (*loc, key), f"the key {key!r} stands twice; keep one")
                continue
            self.places[(*loc, key)] = place
            content[key] = self.read(value_node, (*loc, key))
        return content

    def _fault(self, code: str, place: Place, loc: Loc, message: str) -> None:
        self.problems.append(Problem(self.path, *place, code, dotted(loc), message))
