"""Reads the two passes: the pack, and the folder of the second reading with the list of what was not read blind."""

from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter

from kg.evidence import Document, Study, Vocabulary, load_pack, read_document, read_study
from kg.evidence.document import Tree
from kg.evidence.problem import KgError
from kg.evidence.statement import Statement
from kg.evidence.study import spell_out

#: The body of the article, for a pack from before packs named it.
BODY = ("Abstract", "Conclusions")


class PassFault(KgError):
    """A file of the second pass that cannot be read."""


@dataclass(frozen=True, slots=True)
class Passes:
    """Both readings; what the second reader had seen of the first is named, and what is left out for it."""

    vocabulary: Vocabulary
    first_studies: dict[str, Study]
    second_studies: dict[str, Study]
    later_studies: dict[str, Study]
    first_tellings: dict[str, Study]
    second_tellings: dict[str, Study]
    first_statements: tuple[Statement, ...]
    second_statements: tuple[Statement, ...]
    body: tuple[str, str]
    seen_studies: frozenset[str]
    seen_tellings: frozenset[str]
    seen_statements: frozenset[str]
    left_out: frozenset[str] = frozenset()

    def blind(self) -> "Passes":
        """The readings without the papers, and to be compared without the sentences, that were seen."""
        return replace(
            self,
            second_studies={name: s for name, s in self.second_studies.items() if name not in self.seen_studies},
            second_tellings={name: s for name, s in self.second_tellings.items() if name not in self.seen_tellings},
            left_out=self.seen_statements,
        )


def read_passes(pack: Path, curation: Path, vocabulary: Vocabulary) -> Passes:
    """The pack at `pack` and what stands in docs/curation."""
    first = load_pack(pack, vocabulary).usable()
    second = curation / "second-pass"
    content = _content(curation / "blindness.yaml")
    seen = content if isinstance(content, dict) else {}
    studies = _studies(second / "studies", vocabulary)
    later = frozenset(map(str, seen.get("later") or ()))
    return Passes(
        vocabulary,
        dict(first.papers),
        {name: study for name, study in studies.items() if name not in later},
        {name: study for name, study in studies.items() if name in later},
        dict(first.review),
        _studies(second / "review" / "studies", vocabulary),
        tuple(first.statements.values()),
        _statements(second / "review" / "statements.yaml", vocabulary),
        (first.uncarried.first_heading, first.uncarried.last_heading) if first.uncarried else BODY,
        *(frozenset(map(str, seen.get(key) or ())) for key in ("studies", "tellings", "statements")),
    )


def _studies(folder: Path, vocabulary: Vocabulary) -> dict[str, Study]:
    return {path.stem: _study(path, vocabulary) for path in sorted(folder.glob("*.yaml"))}


def _document(path: Path) -> Document:
    read = read_document(path)
    if isinstance(read, list):
        raise PassFault("\n".join(map(str, read)))
    return read


def _content(path: Path) -> Tree:
    return _document(path).content


def _study(path: Path, vocabulary: Vocabulary) -> Study:
    written = read_study(_document(path), vocabulary)
    if isinstance(written, list):
        raise PassFault("\n".join(map(str, written)))
    return spell_out(written)


def _statements(path: Path, vocabulary: Vocabulary) -> tuple[Statement, ...]:
    adapter: TypeAdapter[tuple[Statement, ...]] = TypeAdapter(tuple[Statement, ...])
    return adapter.validate_python(_content(path), context={"vocabulary": vocabulary})
