"""YAML files as text with places: every scalar stays text, every node knows its line and column.

Separate from the records because a place is a fact about a file, not about a study. Scalars are typed later, by
the record that takes them: `no`, `on`, `010` and `5:30` stay what the curator typed (YAML 1.2, failsafe schema).
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from kg.evidence.file import FileFault, read_limited, too_large
from kg.evidence.problem import Problem, foremost, printable, quoted

#: A curated file holds one study or one review; anything larger, fuller or deeper is not one.
MAX_BYTES = 4_000_000
MAX_VALUES = 100_000
MAX_DEPTH = 40
_TOO_DEEP = f"is nested deeper than {MAX_DEPTH} levels"

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"
Loc: TypeAlias = "tuple[str | int, ...]"
Place: TypeAlias = "tuple[int, int]"

#: JSON writes a character beyond U+FFFF as two escapes, which YAML does not know.
_SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
#: What ends a line in YAML 1.1, which the parser reads.
_BREAK = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_LONGEST_STEP = 80
_MOST_LINES = 10
_EMPTY = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Document:
    """One parsed file: its content as text, the place of every part of it, and the SHA-256 of its bytes."""

    path: Path
    content: Tree
    places: Mapping[Loc, Place] = field(repr=False)
    sha256: str = field(repr=False)

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
        word = step if isinstance(step, int) or len(step) <= _LONGEST_STEP else step[: _LONGEST_STEP - 3] + "..."
        text += f"[{word}]" if isinstance(word, int) else f".{word}" if text else word
    return printable(text)


def read_document(path: Path, shown: Path | None = None) -> Document | list[Problem]:
    """The file as a document, or its faults; `shown` is the name to use in messages."""
    name = shown or path
    try:
        data = read_limited(path, MAX_BYTES)
    except FileFault as fault:
        return [Problem(name, 1, 1, "E001", "", str(fault))]
    return parse_document(data, name)


def parse_document(data: bytes, path: Path) -> Document | list[Problem]:
    """The bytes of a YAML file as a document, or every fault that keeps them from being one."""
    if len(data) > MAX_BYTES:
        return [Problem(path, 1, 1, "E001", "", too_large(MAX_BYTES))]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return [Problem(path, line, 1, "E001", "", "is not UTF-8 text; save it as UTF-8")]
    if path.suffix == ".json":
        text = _SURROGATES.sub(lambda pair: json.loads(f'"{pair[0]}"'), text)
    seen = _Events(path)
    try:
        loader = yaml.CBaseLoader(text)
        try:
            if excess := seen.look_through(text):
                return [Problem(path, 1, 1, "E001", "", excess)]
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        if isinstance(error, yaml.composer.ComposerError) and (tied := seen.tied()):
            return tied  # an alias of nothing
        return [_not_yaml(error, text, path)]
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
    sha256 = hashlib.sha256(data).hexdigest()
    return foremost([*reader.problems, *seen.tied()]) or Document(path, content, reader.places, sha256)


def _place_of(before: str) -> Place:
    """The place just behind a stretch of text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _not_yaml(error: yaml.MarkedYAMLError, text: str, path: Path) -> Problem:
    reason = error.problem or error.context or "cannot be parsed"
    if "nesting depth" in reason:  # the parser's own limit, which it meets while it looks ahead
        return Problem(path, 1, 1, "E001", "", _TOO_DEEP)
    mark = error.problem_mark or error.context_mark
    place = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    lines = _BREAK.split(text)
    line, column = min(place, (len(lines), len(lines[-1]) + 1))  # the parser adds a line to a text that ends in one
    return Problem(path, line, column, "E001", "", f"is not YAML here: {reason}")


class _Events:
    """What the parser meets in a text before anything is built from it: how much, how deep, and what is tied."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._anchors: dict[str, Place] = {}
        self._aliases: list[tuple[str, Place]] = []

    def look_through(self, text: str) -> str:
        """Why the text is too much for a curated file, or nothing."""
        depth = values = 0
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            if isinstance(event, yaml.NodeEvent):
                values += 1
                self._note(event)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                return _TOO_DEEP
            if values > MAX_VALUES:
                return f"holds more than {MAX_VALUES:,} keys and values"
        return ""

    def _note(self, event: yaml.NodeEvent) -> None:
        if event.anchor is None or event.start_mark is None:
            return
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if isinstance(event, yaml.AliasEvent):
            self._aliases.append((event.anchor, place))
        else:
            self._anchors[event.anchor] = place

    def tied(self) -> list[Problem]:
        """The aliases, and the anchors that no alias names, as one problem at the first that names the other lines."""
        named = {name for name, _ in self._aliases}
        unnamed = (place for name, place in self._anchors.items() if name not in named)
        places = sorted([*(place for _, place in self._aliases), *unnamed])
        if not places:
            return []
        message = "anchors and aliases are not part of the format; write the value again"
        lines = sorted({line for line, _ in places} - {places[0][0]})
        shown = ", ".join(map(str, lines[:_MOST_LINES])) + (" and further on" if len(lines) > _MOST_LINES else "")
        message += f" (also in line {shown})" if lines else ""
        return [Problem(self.path, *places[0], "E003", "", message)]


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
                self._fault("E002", place, (*loc, key), f"the key {quoted(key)} stands twice; keep one")
                continue
            self.places[(*loc, key)] = place
            content[key] = self.read(value_node, (*loc, key))
        return content

    def _fault(self, code: str, place: Place, loc: Loc, message: str) -> None:
        self.problems.append(Problem(self.path, *place, code, dotted(loc), message))
