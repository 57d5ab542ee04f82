"""Reads a pack's folder into checked records, or says every fault in it."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from kg.evidence.check import (
    Fault,
    check_discrepancies,
    check_laboratories,
    check_pack,
    check_readings,
    check_statements,
    check_study,
)
from kg.evidence.discrepancy import RecordedDiscrepancy
from kg.evidence.document import Document, Loc, read_document
from kg.evidence.pack import Laboratory, Located, Pack, PackMeta
from kg.evidence.problem import MOST_FAULTS, FaultsFound, Problem, foremost, quoted
from kg.evidence.readings import SecondReadings
from kg.evidence.reference import Publication
from kg.evidence.refusal import validated
from kg.evidence.stand_in import counts, stand_in
from kg.evidence.statement import OpenQuestion, Statement
from kg.evidence.study import Study, StudyFile, spell_out
from kg.evidence.uncarried import Uncarried
from kg.evidence.vocabulary import Vocabulary

Read = TypeVar("Read")
#: Stands for the description of a pack that could not be read, while its other files are checked.
_NO_META: Any = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A pack as far as it could be read, with its faults and warnings in order."""

    pack: Pack | None
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that keep the pack from being used."""
        return tuple(problem for problem in self.problems if not problem.warning)

    def usable(self) -> Pack:
        """The pack; raises `FaultsFound` if there is any fault."""
        if self.pack is None or self.faults:
            raise FaultsFound(self.faults)
        return self.pack


def load_pack(root: Path, vocabulary: Vocabulary) -> Loaded:
    """The pack in the folder `root`, read whole: all faults of all files are reported together."""
    reading = _Reading(root, vocabulary)
    return reading.pack()


def read_study(document: Document, vocabulary: Vocabulary) -> StudyFile | list[Problem]:
    """One study file as written, or its faults; groups, sources and exposures are checked too."""
    written, problems, _ = _checked_study(document, vocabulary)
    if written is None or any(not problem.warning for problem in problems):
        return sorted(problems)
    return written


def _checked_study(
    document: Document, vocabulary: Vocabulary
) -> tuple[StudyFile | None, list[Problem], frozenset[Loc]]:
    """
    The study as far as its form allows, every problem of it, and what a stand-in put in.

    Groups, sources and contrasts of a file at fault are checked on a stand-in, so that all faults come at once.
    """
    written: StudyFile | None
    written, problems = validated(document, StudyFile, vocabulary)
    if written is not None:
        return written, [_placed(document, fault) for fault in check_study(written, vocabulary)], frozenset()
    written, put_in = stand_in(document)
    faults = check_study(written, vocabulary) if written else ()
    problems += [_placed(document, fault) for fault in faults if counts(fault.code, fault.loc, put_in)]
    return written, problems, put_in


class _Reading:
    def __init__(self, root: Path, vocabulary: Vocabulary) -> None:
        self.root = root
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.located: dict[str, Located] = {}
        self.written: dict[str, StudyFile] = {}

    def pack(self) -> Loaded:
        if not self.root.is_dir():
            return Loaded(None, (Problem(self.root, 1, 1, "E001", "", "is not a folder; a pack is a folder"),))
        meta = self._one("pack.yaml", PackMeta)
        references = self._list("references.json", Publication, required=True)
        laboratories = self._list("laboratories.yaml", Laboratory, key="laboratory")
        papers = self._studies("studies")
        review = self._studies("review/studies")
        statements: Mapping[str, Any] = self._list("review/statements.yaml", Statement)
        questions = self._list("review/questions.yaml", OpenQuestion)
        uncarried = self._one("review/uncarried.yaml", Uncarried, required=False)
        readings = self._one("second-readings.yaml", SecondReadings, required=False)
        discrepancies = self._list("review/discrepancies.yaml", RecordedDiscrepancy)
        pack = Pack(
            root=self.root,
            meta=meta or _NO_META,
            references=references,
            papers=papers,
            review=review,
            statements=statements,
            questions=questions,
            discrepancies=discrepancies,
            laboratories=laboratories,
            written=self.written,
            located=self.located,
            uncarried=uncarried,
            readings=readings,
        )
        for file, fault in check_pack(pack):
            self._fault(file, fault)
        for fault in check_statements(pack):
            self._fault(
                "review/statements.yaml" if fault.loc[0] == "statements" else "review/questions.yaml",
                Fault(fault.code, fault.loc[1:], fault.message, fault.warning),
            )
        for fault in check_discrepancies(pack):
            self._fault("review/discrepancies.yaml", fault)
        for fault in check_readings(pack):
            self._fault("second-readings.yaml", fault)
        for fault in check_laboratories(pack):
            self._fault("laboratories.yaml", fault)
        return Loaded(pack if meta else None, self._sorted())

    def _sorted(self) -> tuple[Problem, ...]:
        by_file = groupby(sorted(set(self.problems)), key=lambda problem: problem.file)
        return tuple(problem for _, own in by_file for problem in foremost(own))

    def _fault(self, file: str, fault: Fault) -> None:
        self.problems.append(_placed(self.located[file].document, fault))

    def _read(self, name: str) -> Document | None:
        read = read_document(self.root / name)
        if isinstance(read, list):
            self.problems += read
            return None
        self.located[name] = Located(name, read.sha256, read)
        return read

    def _one(self, name: str, kind: type[Read], *, required: bool = True) -> Read | None:
        if not required and not os.path.lexists(self.root / name):
            return None
        document = self._read(name)
        if document is None:
            return None
        record: Read | None
        record, problems = validated(document, kind, self.vocabulary)
        self.problems += problems
        return record

    def _list(self, name: str, kind: Any, *, key: str = "id", required: bool = False) -> dict[str, Any]:
        if not os.path.lexists(self.root / name) and not required:
            return {}
        document = self._read(name)
        if document is None:
            return {}
        content = document.content
        if not isinstance(content, list):
            self._fault(name, Fault("E015", (), "must be a list; begin each item with a dash"))
            del self.located[name]
            return {}
        before = len(self.problems)
        order: dict[str, int] = {}
        found: dict[str, Any] = {}
        for index, item in enumerate(content):
            id = item.get(key) if isinstance(item, dict) else None
            if isinstance(id, str) and order.setdefault(id, index) != index:
                self._fault(name, Fault("E023", (index, key), f"{quoted(id)} stands twice; ids are used once"))
                continue
            if len(self.problems) - before > MOST_FAULTS:
                continue  # more is not told of one file
            record, problems = validated(document, kind, self.vocabulary, (index,), item)
            self.problems += problems
            if record is not None:
                found[getattr(record, key)] = record
        self.located[name] = replace(self.located[name], order=order)
        return found

    def _studies(self, folder: str) -> dict[str, Study]:
        found: dict[str, Study] = {}
        files: dict[str, str] = {}
        for path in self._files(folder):
            name = f"{folder}/{path.name}"
            if path.suffix != ".yaml":
                self.problems.append(Problem(path, 1, 1, "E027", "", f"would be passed over; name it {path.stem}.yaml"))
                continue
            document = self._read(name)
            if document is None:
                continue
            written, problems, put_in = _checked_study(document, self.vocabulary)
            self.problems += problems
            if written is None:
                continue
            misplaced = [x for x in _own_place(written, folder, path.stem) if counts(x.code, x.loc, put_in)]
            for fault in misplaced:
                self._fault(name, fault)
            if ("study",) not in put_in and (first := files.setdefault(written.study, name)) != name:
                self._fault(
                    name, Fault("E023", ("study",), f"{written.study!r} is told in {first} already; ids are used once")
                )
            elif not misplaced and all(problem.warning for problem in problems):
                self.written[name] = written
                found[written.study] = spell_out(written)
        return found

    def _files(self, folder: str) -> list[Path]:
        """The study files of a folder; a folder that is there and cannot be listed is told, not passed over."""
        place = self.root / folder
        try:
            return sorted(path for path in place.iterdir() if path.suffix in (".yaml", ".yml"))
        except OSError as error:
            if os.path.lexists(place):
                self.problems.append(Problem(place, 1, 1, "E001", "", f"cannot be listed: {error.strerror}"))
            return []


def _own_place(written: StudyFile, folder: str, stem: str) -> Iterator[Fault]:
    if written.by_review != folder.startswith("review/"):
        where = "review/studies" if written.by_review else "studies"
        yield Fault("E027", ("told_by",), f"a study told by {written.told_by} belongs in {where}/")
    if written.study != stem:
        yield Fault("E027", ("study",), f"the file is named {stem}.yaml; name it {written.study}.yaml")


def _placed(document: Document, fault: Fault) -> Problem:
    return document.problem(fault.code, fault.loc, fault.message, warning=fault.warning)
