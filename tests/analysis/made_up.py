"""Made-up studies for tests of the analysis: small, of many kinds, and right by the format."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.evidence import Vocabulary
from tests.corpus import Corpus

Row = tuple[str, str, str, str]
#: What was measured, in which group, versus which, with which result.
TOUCH, BDNF = ("mechanical-allodynia", "run", "rest", "decrease"), ("bdnf", "run", "rest", "decrease")
_STUDY = """
study: {study}
publication: ref-{paper}
told_by: {teller}
read: {read}
base: {{species: {species}, condition: {condition}}}
groups:
  rest: {{gets: []}}
  run: {{gets: [{{exercise: treadmill-running, bout: training{place}}}]}}
  swim: {{gets: [{{exercise: swimming, bout: training{place}}}]}}
  blocked: {{like: run, plus: [{{agent: naloxone, dose: 1 mg-per-kg, route: subcutaneous, reaches: [spinal]{place}}}]}}
  drugged: {{gets: [{{agent: morphine, dose: 1 mg-per-kg, route: subcutaneous, reaches: [spinal]{place}}}]}}
findings:
{rows}
sources: {{read: {{kind: {kind}, extent: partial}}}}
adverse_events: not-read
"""


@dataclass(frozen=True)
class Made:
    """One account of a made-up study."""

    study: str
    paper: int
    findings: tuple[Row, ...] = (TOUCH, BDNF)
    by_review: bool = False
    read: str = "abstract"
    species: str = "rat"
    condition: str = "spinal-nerve-ligation"

    @property
    def file(self) -> str:
        """Where it stands in its pack."""
        return f"{'review/' if self.by_review else ''}studies/{self.study}.yaml"

    def text(self) -> str:
        """It as a file."""
        place = f", cell: {{table: '1', ref: ref-{self.paper}, column: result}}" if self.by_review else ""
        rows = "\n".join(
            f"  - {{id: f{at}, measured: {measured}, group: {group}, versus: {versus}, result: {result}{place}}}"
            for at, (measured, group, versus, result) in enumerate(self.findings)
        )
        return _STUDY.format(
            study=self.study, paper=self.paper, teller="review" if self.by_review else f"ref-{self.paper}",
            read=self.read, species=self.species, condition=self.condition, place=place, rows=rows,
            kind="review-table" if self.by_review else self.read,
        ).lstrip()  # fmt: skip


def made_up(folder: Path, vocabulary: Vocabulary, studies: Iterable[Made], laboratories: str = "") -> Corpus:
    """A pack of made-up studies; paper n appeared in the year 2000 + n."""
    corpus = Corpus(folder, vocabulary)
    corpus.study.unlink()
    studies = tuple(studies)
    corpus.write("references.json", json.dumps([_reference(n) for n in sorted({study.paper for study in studies})]))
    if laboratories:
        corpus.write("laboratories.yaml", laboratories)
    for study in studies:
        corpus.write(study.file, study.text())
    return corpus


def _reference(number: int) -> dict[str, object]:
    return {
        "id": f"ref-{number}", "type": "article-journal", "title": f"Paper {number}",
        "author": [{"family": f"Author{number}", "given": "A"}], "issued": {"date-parts": [[2000 + number]]},
        "DOI": f"10.1000/{number}",
    }  # fmt: skip
