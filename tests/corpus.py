"""A tiny pack for tests, to be bent in one place and checked.

Separate from the bundled pack so that a test says in one line what is wrong, and so that curation never breaks it.
"""

import json
from pathlib import Path

from kg.evidence import Loaded, Problem, Vocabulary, load_pack

PACK = """pack: tiny
title: A tiny pack
licence: CC0-1.0
document: {title: A review, doi: 10.1000/review, url: "https://example.org/review", licence: CC-BY-4.0}
"""
REFERENCES = [
    {"id": "ref-1", "type": "article-journal", "title": "One", "author": [{"family": "Small", "given": "A"}],
     "issued": {"date-parts": [[2000]]}, "DOI": "10.1000/one"},
    {"id": "ref-2", "type": "article-journal", "title": "Two", "author": [{"family": "Other", "given": "B"}],
     "issued": {"date-parts": [[2001]]}, "DOI": "10.1000/two"},
]  # fmt: skip
STUDY = """study: small-2000
publication: ref-1
told_by: ref-1
read: abstract
base: {species: rat, condition: spinal-nerve-ligation}
groups:
  rest: {gets: []}
  run: {gets: [{exercise: treadmill-running, bout: training, programme: {length: 5 week}}]}
findings:
  - {id: touch, measured: mechanical-allodynia, group: run, versus: rest, result: decrease}
sources: {abstract: {kind: abstract, extent: full}}
adverse_events: not-read
"""


class Corpus:
    """A pack in a folder of its own: two references and one study, right until a test bends it."""

    def __init__(self, folder: Path, vocabulary: Vocabulary | None = None) -> None:
        self.root = folder / "pack"
        self.vocabulary = vocabulary or Vocabulary()
        self.write("pack.yaml", PACK)
        self.write("references.json", json.dumps(REFERENCES, indent=1))
        self.write_study(STUDY)

    @property
    def study(self) -> Path:
        """The one study file."""
        return self.root / "studies" / "small-2000.yaml"

    def write(self, name: str, text: str | bytes) -> "Corpus":
        """Writes a file of the pack, text as UTF-8."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def write_study(self, text: str) -> "Corpus":
        """Replaces the one study file."""
        return self.write("studies/small-2000.yaml", text.lstrip("\n"))

    def with_text(self, old: str, new: str) -> "Corpus":
        """The study with one stretch of text exchanged; the stretch must stand there once."""
        text = self.study.read_text(encoding="utf-8")
        assert 1 == text.count(old), old
        return self.write_study(text.replace(old, new))

    def with_line(self, number: int, text: str) -> "Corpus":
        """The study with one line exchanged; lines count from 1."""
        lines = self.study.read_text(encoding="utf-8").splitlines()
        lines[number - 1] = text
        return self.write_study("\n".join(lines) + "\n")

    def place(self, text: str, name: str = "studies/small-2000.yaml") -> tuple[int, int]:
        """The line and the column where a stretch of text stands in a file, counted from 1; it must stand there once."""
        before, found, after = (self.root / name).read_text(encoding="utf-8").partition(text)
        assert found and text not in after, text
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def load(self) -> Loaded:
        """The pack as it stands."""
        return load_pack(self.root, self.vocabulary)

    def check(self) -> list[Problem]:
        """The problems of the pack as it stands, in order."""
        return list(self.load().problems)

    def problem(self) -> Problem:
        """The one problem of the pack as it stands; a test fails if there is none, or another beside it."""
        problems = self.check()
        assert 1 == len(problems), "\n".join(map(str, problems)) or "no problem was found"
        return problems[0]
