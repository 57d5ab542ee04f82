"""A report on completeness as lines of text."""

from collections.abc import Iterable, Iterator, Mapping

from kg.evidence.carried import Carried
from kg.evidence.reporting import Guideline, State
from kg.query.report import PackReport, TermReport


def report_lines(packs: Iterable[PackReport], terms: TermReport) -> Iterator[str]:
    """The report, section by section."""
    yield "Vocabulary"
    yield f"  terms with a label {terms.labels}, a definition {terms.definitions}, a place {terms.places}"
    yield f"  terms with a counterpart elsewhere {terms.mapped}, searched for one {terms.searched}"
    for pack in packs:
        yield from _pack(pack)


def _pack(pack: PackReport) -> Iterator[str]:
    yield ""
    yield f"Pack {pack.pack}"
    yield f"  references carried by a study or a statement {pack.references}; with a telling of the paper {pack.papers}"
    yield f"  papers by depth of reading: {_counts(pack.read)}"
    yield f"  papers whose laboratory is recorded {pack.laboratories}"
    sentences = "read twice" if pack.sentences_twice else "read once"
    yield f"  read twice: papers {pack.papers_twice}, the review's telling {pack.tellings_twice}; sentences {sentences}"
    yield f"  statements by frame: {_counts(pack.statements)}"
    if pack.coverage is None:
        yield "  passages, citations and sentences: source not given"
    else:
        yield f"  passages found {pack.coverage.found} of {pack.coverage.passages}"
        yield from _carried(pack.coverage.carried) if pack.coverage.carried else ("  sentences: body not named",)
    for guideline in pack.guidelines:
        yield from _guideline(pack, guideline)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"


def _carried(carried: Carried) -> Iterator[str]:
    yield f"  citations carried {carried.citations_carried} of {carried.citations}"
    yield f"  sentences {carried.sentences}; left out: {_counts(carried.reasons)}"
    yield "  sentences carried by nothing but plain background, by section:"
    for section in carried.sections:
        share = f"{100 * section.only_describes / section.sentences:.0f} %"
        yield f"    {section.heading}: {section.only_describes} of {section.sentences} ({share})"


def _guideline(pack: PackReport, guideline: Guideline) -> Iterator[str]:
    own = [study for study in pack.studies if study.guideline == guideline.guideline]
    yield ""
    yield f"{guideline.title}: {len(own)} studies"
    yield f"  {guideline.cite}, doi {guideline.doi}"
    counts = pack.items(guideline)
    for item in guideline.items:
        yield f"  {item.item}  {item.asks}: {_counts(counts[item.item]) if own else 'no study'}"
    for study in own:
        states = (state for state in State if state is not State.NOT_KEPT)
        told = "; ".join(f"{state.value} {', '.join(study.having(state)) or '–'}" for state in states)
        yield f"    {study.study}: {told}"
