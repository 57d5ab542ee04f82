"""Proves that nothing of the document's body is left out: no sentence, and none of its bracketed citations.

A sentence is carried by a statement or by a study of the review's telling whose passage shares it, or it is listed in
`review/uncarried.yaml` with a reason. What a statement cites must be what its place prints: `kg.evidence.cited`.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from kg.evidence.cited import cites_fault
from kg.evidence.discrepancy import RecordedDiscrepancy
from kg.evidence.document import Loc
from kg.evidence.pack import Pack
from kg.evidence.passage import Passage
from kg.evidence.problem import Problem, quoted
from kg.evidence.sentence import BodyFault, Sentence, Stretch, body
from kg.evidence.statement import DescribesStatement, Statement
from kg.evidence.study import StudyFile
from kg.evidence.uncarried import Uncarried, UncarriedSentence

UNCARRIED = "review/uncarried.yaml"
#: What has passages and is no statement; a discrepancy points at a sentence and does not carry it.
NO_STATEMENT = (StudyFile, UncarriedSentence, RecordedDiscrepancy)


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage: the file that names it, its place there, and what it is a passage of."""

    file: str
    loc: Loc
    passage: Passage
    owner: Statement | StudyFile | UncarriedSentence | RecordedDiscrepancy


@dataclass(frozen=True, slots=True)
class Carrier:
    """A passage that was found, and its stretch of the text."""

    placed: Placed
    stretch: Stretch


@dataclass(frozen=True, slots=True)
class Held:
    """A sentence with what shares it: statements, studies of the review's telling, and lines that leave it out."""

    sentence: Sentence
    statements: tuple[Statement, ...]
    studies: tuple[StudyFile, ...]
    left_out: tuple[tuple[Loc, UncarriedSentence], ...]

    @property
    def carried(self) -> bool:
        """Whether a statement or a study carries the sentence."""
        return bool(self.statements or self.studies)

    @property
    def only_describes(self) -> bool:
        """Whether nothing but plain background is said of the sentence."""
        plain = all(isinstance(statement, DescribesStatement) for statement in self.statements)
        return bool(self.statements) and plain and not self.studies

    @property
    def references(self) -> frozenset[str]:
        """The references that the sentence's carriers give."""
        cited = (reference for statement in self.statements for reference in statement.cites)
        return frozenset((*cited, *(study.publication for study in self.studies)))


@dataclass(frozen=True, slots=True)
class Section:
    """The sentences under one heading, counted by what carries them."""

    heading: str
    sentences: int
    only_describes: int
    only_studies: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What the proof found: faults, sections in order, left-out sentences by reason, citations printed and carried."""

    problems: tuple[Problem, ...] = ()
    sections: tuple[Section, ...] = ()
    reasons: Mapping[str, int] = field(default_factory=dict)
    citations: int = 0
    citations_carried: int = 0

    @property
    def sentences(self) -> int:
        """How many sentences the body has."""
        return sum(section.sentences for section in self.sections)


def check_carried(pack: Pack, meant: Uncarried, text: str, carriers: Iterable[Carrier]) -> Carried:
    """The body's sentences held against the passages that were found in it."""
    try:
        sentences = body(text, meant.first_heading, meant.last_heading)
    except BodyFault as fault:
        return Carried((pack.located[UNCARRIED].document.problem("E039", (), str(fault)),))
    carriers = tuple(carriers)
    numbers = {p.number: id for id, p in pack.references.items() if p.number is not None}
    held = [_held(sentence, carriers) for sentence in sentences]
    printed = [(numbers.get(number), one) for one in held for number in one.sentence.cited]
    return Carried(
        problems=(*_sentence_faults(pack, held, numbers), *_statement_faults(pack, carriers, sentences, numbers)),
        sections=tuple(_sections(held)),
        reasons=Counter(line.reason for one in held for _, line in one.left_out[:1]),
        citations=len(printed),
        citations_carried=sum(reference in one.references for reference, one in printed),
    )


def _held(sentence: Sentence, carriers: tuple[Carrier, ...]) -> Held:
    here = [carrier.placed for carrier in carriers if carrier.stretch.shares(sentence)]
    return Held(
        sentence,
        tuple(place.owner for place in here if not isinstance(place.owner, NO_STATEMENT)),
        tuple(place.owner for place in here if isinstance(place.owner, StudyFile)),
        tuple((place.loc, place.owner) for place in here if isinstance(place.owner, UncarriedSentence)),
    )


def _sentence_faults(pack: Pack, held: Iterable[Held], numbers: Mapping[int, str]) -> Iterator[Problem]:
    """Sentences that nothing carries, citations that nothing carries, and lines that leave out what is carried."""
    document = pack.located[UNCARRIED].document
    for one in held:
        where = f"sentence {one.sentence.number} under {quoted(one.sentence.heading)}, {one.sentence.opening}"
        if not one.carried and not one.left_out:
            message = f"{where}: carried by no statement and no study; carry it, or list it here with a reason"
            yield document.problem("E038", (), message)
        if missing := sorted(n for n in one.sentence.cited if numbers.get(n) not in one.references):
            message = f"{where}: prints [{', '.join(map(str, missing))}], which no statement and no study there gives"
            yield document.problem("E036", (), message)
        for loc, _ in one.left_out if one.carried else one.left_out[1:]:
            message = "is carried, or left out by another line, already; remove this line"
            yield document.problem("E039", loc, f"{where}: {message}")
        for loc, line in one.left_out:
            if line.repeats is not None and not pack.names("review/statements.yaml", line.repeats):
                message = f"{quoted(line.repeats)} is no statement of review/statements.yaml"
                yield document.problem("E039", (*loc[:-1], "repeats"), message)


def _statement_faults(
    pack: Pack, carriers: Iterable[Carrier], sentences: tuple[Sentence, ...], numbers: Mapping[int, str]
) -> Iterator[Problem]:
    for carrier in carriers:
        place = carrier.placed
        if not isinstance(place.owner, NO_STATEMENT):
            fault = cites_fault(place.owner, carrier.stretch, sentences, numbers)
            if fault:
                yield pack.located[place.file].document.problem("E037", (*place.loc[:-1], *fault.loc), fault.message)


def _sections(held: Iterable[Held]) -> Iterator[Section]:
    for heading, under in groupby(held, key=lambda one: one.sentence.heading):
        own = tuple(under)
        yield Section(
            heading,
            len(own),
            sum(one.only_describes for one in own),
            sum(bool(one.studies) and not one.statements for one in own),
            sum(bool(one.left_out) for one in own),
        )
