"""Adds references of others to a pack's list: all of a file or, where anything in it is wrong, nothing.

What is in the list stays as it is, to the byte; new items come behind it and numbering goes on. A reference that the
list has already is told and not added again.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kg.evidence.field import IN_WORDS
from kg.evidence.file import FileFault, read_limited, write_whole
from kg.evidence.problem import KgError, quoted
from kg.evidence.reference import Publication
from kg.exchange.bibtex import read_bibtex
from kg.exchange.csl import read_csl
from kg.exchange.incoming import ImportFault, Incoming, Read, Trouble
from kg.exchange.ris import read_ris

MAX_BYTES = 50_000_000
READERS: Mapping[str, Callable[[str], Read]] = {"bibtex": read_bibtex, "ris": read_ris, "csl": read_csl}
_PREFIX = "ref-"
_NOT_LETTER = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Added:
    """What came of an import: new references, and those that were there already with the reason."""

    new: tuple[Publication, ...]
    known: tuple[str, ...]


def add_references(pack: Path, file: Path, form: str, encoding: str = "utf-8") -> Added:
    """
    Adds the references of a file to the list of a pack, and says which.

    Raises `ImportFault` with every fault of the file, and then writes nothing.
    """
    target = pack / "references.json"
    listed, items = _list(target)
    read = READERS[form](_text(file, encoding))
    known, seen = _Known.of(items), list[str]()
    fresh: list[tuple[Publication, Mapping[str, Any]]] = []
    troubles = list(read.troubles)
    number = max((int(id.removeprefix(_PREFIX)) for id in known.ids if _numbered(id)), default=0)
    for incoming in read.found:
        item = {"id": f"{_PREFIX}{number + 1}", **incoming.item}
        wrong = list(_wrong(incoming, item))
        troubles += wrong
        if not wrong and (same := known.same(item)):
            seen.append(f"{file}:{incoming.line}: {quoted(incoming.key)} is not added: {same}")
        elif not wrong:
            number += 1
            known.add(item)
            fresh.append((_publication(item), item))
    if troubles:
        raise ImportFault(file, sorted(troubles))
    if fresh:
        _append(target, listed, [item for _, item in fresh])
    return Added(tuple(publication for publication, _ in fresh), tuple(seen))


def _numbered(id: str) -> bool:
    return id.startswith(_PREFIX) and id.removeprefix(_PREFIX).isdecimal()


def _text(file: Path, encoding: str) -> str:
    try:
        data = read_limited(file, MAX_BYTES)
        return data.decode("utf-8-sig" if encoding.lower().replace("_", "-") == "utf-8" else encoding)
    except FileFault as fault:
        raise KgError(f"{file}: {fault}") from fault
    except LookupError as error:
        raise KgError(f"{quoted(encoding)} is no encoding; such as utf-8, latin-1, cp1252, utf-16") from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = f"is not {encoding} text; save it as UTF-8, or name its encoding with --encoding latin-1, say"
        raise ImportFault(file, [Trouble(line, message)]) from error


def _list(target: Path) -> tuple[str, list[dict[str, Any]]]:
    """The reference list as text and as items; an empty one where there is none yet."""
    if not target.exists():
        return "[]\n", []
    try:
        text = read_limited(target, MAX_BYTES).decode("utf-8-sig")
        items = json.loads(text)
    except FileFault as fault:
        raise KgError(f"{target}: {fault}") from fault
    except ValueError as error:
        raise KgError(f"{target}: is not JSON in UTF-8: {error}; kg check shows what to mend first") from error
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise KgError(f"{target}: is no list of references; kg check shows what to mend first")
    return text, items


class _Known:
    """The references that a pack has, by all that may tell that two are one."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self._names: dict[tuple[str, str], str] = {}
        self._dois: dict[str, str] = {}

    @classmethod
    def of(cls, items: Iterable[Mapping[str, Any]]) -> "_Known":
        known = cls()
        for item in items:
            known.add(item)
        return known

    def add(self, item: Mapping[str, Any]) -> None:
        """Remembers a reference."""
        id = str(item.get("id", ""))
        self.ids.append(id)
        self._dois[id] = str(item.get("DOI", "")).lower()
        for name in _names(item):
            self._names.setdefault(name, id)

    def same(self, item: Mapping[str, Any]) -> str:
        """Why a reference is one that is known, or nothing; two DOIs make two works whatever their titles."""
        for kind, value in _names(item):
            other = self._names.get((kind, value))
            doi = str(item.get("DOI", "")).lower()
            if other is None or (kind != "DOI" and doi and self._dois[other] and doi != self._dois[other]):
                continue
            return f"{other} has the same {kind}"
        return ""


def _names(item: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in ("DOI", "PMID", "PMCID"):
        if value := str(item.get(kind) or "").strip().lower():
            yield kind, value
    title = _NOT_LETTER.sub(" ", str(item.get("title", ""))).strip().casefold()
    if title and (year := _year(item.get("issued"))):
        yield "title and year", f"{title} {year}"


def _year(issued: Any) -> str:
    """The first number of a date; nothing where a list that nobody has checked holds none."""
    part = issued.get("date-parts") if isinstance(issued, dict) else None
    while isinstance(part, list):
        part = part[0] if part else None
    return "" if part is None else str(part)


def _publication(item: Mapping[str, Any]) -> Publication:
    return Publication.model_validate(_as_text(item))


def _as_text(value: Any) -> Any:
    """Numbers as text, as the reader of curated files has them."""
    if isinstance(value, dict):
        return {key: _as_text(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_text(inner) for inner in value]
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _wrong(incoming: Incoming, item: Mapping[str, Any]) -> Iterator[Trouble]:
    """What keeps a reference from being one of a pack."""
    try:
        _publication(item)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            place = ".".join(str(step) for step in detail["loc"])
            yield Trouble(incoming.line, f"{quoted(incoming.key)}: {_reason(detail['type'], place, detail)}")


def _reason(kind: str, place: str, detail: Mapping[str, Any]) -> str:
    if kind == "missing":
        name = "the year" if place.startswith("issued") else place
        return f"{name} is missing; a reference needs title and year"
    if kind == "string_pattern_mismatch":
        return f"{place} {quoted(detail['input'])} is not {IN_WORDS[detail['ctx']['pattern']]}"
    return f"{place}: {detail['msg'][:1].lower()}{detail['msg'][1:]}; found {quoted(detail['input'])}"


def _append(target: Path, listed: str, items: list[Mapping[str, Any]]) -> None:
    """Puts items behind those of a list, which stay as they are written."""
    head, _, tail = listed.rpartition("]")
    head = head.rstrip()
    new = json.dumps(items, indent=1, ensure_ascii=False).removeprefix("[").removesuffix("]").rstrip()
    text = f"{head}{'' if head.endswith('[') else ','}{new}\n]{tail or chr(10)}"
    try:
        write_whole(target, text.encode())
    except FileFault as fault:
        raise KgError(f"{target}: {fault}") from fault
