"""Bends real curated files at random and asks the reader: records or problems, each with its place, and nothing else.

The test does a few hundred, `scripts/fuzz` as many as fit into its minutes; both call this. Every input follows from
the seed and its own number alone, so that one that fails can be made again.
"""

import json
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode

from kg.evidence import Document, Problem, Vocabulary, load_pack, parse_document, read_study
from kg.evidence.coverage import check_source
from kg.evidence.study import Study, spell_out
from kg.rdf.codec import Scope, read_record, triples
from kg.rdf.dataset import facts_of

#: No curated file may keep a curator waiting; processor time, so that a busy machine makes no failure.
MOST_SECONDS = 5.0
_PROBLEM = re.compile(r".+:[1-9]\d*:[1-9]\d*: (warning )?E\d{3} .+")
HOSTILE = (
    "", "~", "null", "no", "010", "5:30", "1e400", "-5", "400 percent-vo2-peak", "9..5 week", "1 mg/kg", "1 " * 99, "NaN",
    "<script>alert(1)</script>", "\u202egnirts", "a\u200fb", "\x1b[31m", "\ud7ff\uffff", "x" * 10_000, "'\"\n", "٣ week",
    "itself-before", "not-stated", "review", "rat", "ref-1", "treadmill-running", "0" * 40, "${x}", "{{ x }}", "../../x",
)  # fmt: skip
TOKENS = (
    b"&a ", b"*a", b"!!python/object:os.system ", b"<<: ", b"? ", b": ", b"- ", b"[", b"]", b"{", b"}", b"|\n", b">\n", b"#",
    b"%YAML 9.9\n", b"---\n", b"...\n", b"\t", b"\r", b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xae", b"\\",
    b"'", b'"', b"\n", b"\n  ", b"[" * 60, b"\xf0\x9f\x98\x80", b"\xed\xa0\x80",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Result:
    """What the reader made of one input."""

    name: str
    way: str
    problems: int
    accepted: bool
    seconds: float


class Unwanted(Exception):
    """The reader did what it must never do; the words say what."""


class Fuzzer:
    """Bends the files of a pack, one at a time."""

    def __init__(self, pack: Path, vocabulary: Vocabulary, folder: Path, seed: int) -> None:
        self.vocabulary = vocabulary
        self.seed = seed
        self.root = folder / "pack"
        names = sorted(p.relative_to(pack) for p in pack.rglob("*") if p.suffix in (".yaml", ".json"))
        self.files = {str(name): (pack / name).read_bytes() for name in names}
        self.whole = [name for name in self.files if "studies/" not in name]
        self.studies = [name for name in self.files if "studies/" in name]
        for name in self.whole:
            self._write(name, self.files[name])

    def run(self, number: int) -> Result:
        """The result of one input; raises `Unwanted`, or whatever the reader raised."""
        name, way, data = self.input(number)
        started = time.process_time()
        problems, accepted = self._read(name, data) if number % 5 else self._load(name, data)
        seconds = time.process_time() - started
        for problem in problems:
            _look_at(problem, data if problem.file.name == Path(name).name else None)
        if seconds > MOST_SECONDS:
            raise Unwanted(f"took {seconds:.1f} s")
        return Result(name, way, len(problems), accepted, seconds)

    def input(self, number: int) -> tuple[str, str, bytes]:
        """The file that one number bends, how, and the bytes that come of it."""
        rng = random.Random(f"{self.seed}:{number}")
        name = rng.choice(self.studies) if number % 5 or rng.random() < 0.3 else rng.choice(self.whole)
        data = self.files[name]
        way = rng.choice(sorted(WAYS))
        for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
            data = WAYS[way](data, rng, self.files)
        return name, way, data

    def _read(self, name: str, data: bytes) -> tuple[list[Problem], bool]:
        document = parse_document(data, Path(name))
        if not isinstance(document, Document):
            return document, False
        written = read_study(document, self.vocabulary)
        if isinstance(written, list):
            return written, False
        _there_and_back(spell_out(written))
        return [], True

    def _load(self, name: str, data: bytes) -> tuple[list[Problem], bool]:
        self._write(name, data)
        try:
            loaded = load_pack(self.root, self.vocabulary)
            if loaded.pack is None or loaded.faults:
                return list(loaded.problems), False
            return [*loaded.problems, *check_source(loaded.pack, "Pain fell in rats that ran. " * 20).problems], True
        finally:
            if name in self.whole:
                self._write(name, self.files[name])
            else:
                (self.root / name).unlink()

    def _write(self, name: str, data: bytes) -> None:
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_bytes(data)


def _look_at(problem: Problem, data: bytes | None) -> None:
    line = str(problem)
    if not line.isprintable() or not _PROBLEM.fullmatch(line) or len(line) > 2_000:
        raise Unwanted(f"a problem that cannot be shown: {line[:300]!r}")
    if data is not None and problem.line > len(re.findall(rb"\r\n|[\n\r]|\xc2\x85|\xe2\x80[\xa8\xa9]", data)) + 1:
        raise Unwanted(f"a line that the file does not have: {line[:300]!r}")


def _there_and_back(study: Study) -> None:
    home = NamedNode("https://example.org/study")
    known = {id: NamedNode(f"https://example.org/{id}") for id in _references(study)}
    scope = Scope(home, known)
    if read_record(Study, home, facts_of(triples(study, home, scope)), scope) != study:
        raise Unwanted("an accepted study does not come back from RDF as it was")


def _references(study: Study) -> set[str]:
    text = study.model_dump_json()
    return {study.publication, study.told_by, *re.findall(r'"ref":"([^"]+)"', text)}


# --- ways of bending


Files = Mapping[str, bytes]


def _bytes(data: bytes, rng: random.Random, files: Files) -> bytes:
    at = rng.randrange(len(data) + 1)
    end = min(len(data), at + rng.choice((1, 1, 2, 10, 200)))
    inserted = rng.choice((b"", rng.randbytes(rng.choice((1, 4))), rng.choice(TOKENS), data[at:end] * 2))
    return data[:at] + inserted + data[end if rng.random() < 0.6 else at :]


def _cut(data: bytes, rng: random.Random, files: Files) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _spliced(data: bytes, rng: random.Random, files: Files) -> bytes:
    other = files[rng.choice(sorted(files))]
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _lines(data: bytes, rng: random.Random, files: Files) -> bytes:
    lines = data.splitlines(keepends=True) or [b""]
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    change = rng.randrange(4)
    if change == 0:
        lines[at], lines[other] = lines[other], lines[at]
    elif change == 1:
        lines.insert(at, lines[other])
    elif change == 2:
        del lines[at]
    else:
        lines[at] = b" " * rng.randrange(9) + lines[at].lstrip()
    return b"".join(lines)


def _tree(data: bytes, rng: random.Random, files: Files) -> bytes:
    document = parse_document(data, Path("f.json"))
    if not isinstance(document, Document):
        return data
    content = document.content
    places = [loc for loc in document.places if loc]
    if places:
        loc = rng.choice(places)
        holder: Any = content
        for step in loc[:-1]:
            holder = holder[step]
        _bend(holder, loc[-1], rng, content)
    return json.dumps(content, ensure_ascii=rng.random() < 0.5, indent=rng.choice((None, 1))).encode("utf-8", "replace")


def _bend(holder: Any, key: str | int, rng: random.Random, content: Any) -> None:
    value = holder[key]
    change = rng.randrange(8)
    if change == 0:
        del holder[key]
    elif change == 1 and isinstance(holder, dict):
        holder[rng.choice((f"{key}x", rng.choice(HOSTILE), "from", "like", "plus", "value"))] = holder.pop(key)
    elif change == 2:
        holder[key] = [value, value]
    elif change == 3:
        holder[key] = {rng.choice(("value", "low", "from", "x")): value}
    elif change == 4 and isinstance(content, dict) and content:
        holder[key] = json.loads(json.dumps(content[rng.choice(sorted(content))]))
    elif change == 5:
        for _ in range(rng.choice((1, 5, 50))):
            value = [value]
        holder[key] = value
    elif change == 6 and isinstance(holder, list):
        holder.extend(json.loads(json.dumps(holder)) * rng.choice((1, 3)))
    else:
        holder[key] = rng.choice(HOSTILE)


WAYS: Mapping[str, Callable[[bytes, random.Random, Files], bytes]] = {
    "bytes": _bytes, "cut": _cut, "lines": _lines, "spliced": _spliced, "tree": _tree,
}  # fmt: skip


def summary(results: Iterable[Result]) -> str:
    """How many inputs there were, how many each way, how many were accepted, and the longest time."""
    held = list(results)
    ways = ", ".join(f"{sum(result.way == way for result in held)} {way}" for way in sorted(WAYS))
    accepted = sum(result.accepted for result in held)
    slowest = max((result.seconds for result in held), default=0.0)
    told = sum(result.problems for result in held)
    return f"{len(held)} inputs ({ways}): {accepted} accepted, {told} problems told, slowest {slowest:.2f} s"
