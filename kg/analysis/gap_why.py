"""How to argue with a gap: both ends of its bridges, the authors' own question, and what search would refute it.

The words of the search come from the vocabulary's labels and synonyms, so that another vocabulary searches for its own.
"""

import re
from collections.abc import Iterator

from kg.analysis.gap_words import in_condition, sentence, species_lines
from kg.analysis.gaps import GapCondition, GapRow, Gaps
from kg.evidence.vocabulary import Vocabulary
from kg.query.answer import ask
from kg.query.question import bundled_question
from kg.store.protocol import Store

_REFUTE = """PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
PREFIX word: <https://w3id.org/exercise-pain-kg/word/>
SELECT DISTINCT ?study ?evidence WHERE {{
  {{ ?evidence epk:measured/epk:markerOf/epk:within <{mechanism}> ; epk:isolates/a epk:Exercise .
    ?evidence epk:hasContrast/epk:ofGroup ?group MINUS {{ ?evidence epk:underBlocker ?blocker }} }}
  UNION
  {{ ?evidence a epk:BlockedBenefit ; epk:mechanism/epk:within <{mechanism}> .
    ?evidence epk:shownBy/epk:hasContrast/epk:ofGroup ?group }}
  ?group epk:condition/epk:within <{condition}> .
  ?evidence epk:inStudy ?study . ?study epk:telling word:paper-telling .
}} ORDER BY ?study ?evidence"""
#: A group of words must be there for a search to mean anything.
_GROUPS = (("mechanism", "marker", "agent"), ("exercise",), ("condition",))


def why(store: Store, gaps: Gaps) -> Iterator[str]:
    """Lines that let a reader argue with each row of a mechanism."""
    for row in gaps.rows:
        if row.mechanism is None:
            continue
        rank = f"{row.rank}. " if row.rank else ""
        yield f"{rank}{sentence(row)}"
        for cell in row.conditions:
            yield ""
            yield from _cell(store, row, cell)


def pubmed(store: Store, mechanism: str, condition: str) -> str:
    """A query for PubMed that would find what refutes a gap, of the words that the vocabulary has."""
    return " AND ".join(filter(None, search_groups(store, mechanism, condition)))


def search_groups(
    store: Store, mechanism: str, condition: str, vocabulary: Vocabulary | None = None
) -> tuple[str, str, str]:
    """What such a query asks for together: words of the mechanism, of exercise and of the condition."""
    words: dict[str, list[str]] = {}
    given = {"of_mechanism": _id(mechanism), "in_condition": _id(condition)}
    for row in ask(store, bundled_question("gap-search-words"), given, vocabulary=vocabulary):
        words.setdefault(row.role, []).append(_quoted(row.name))
    groups = [dict.fromkeys(word for role in roles for word in words.get(role, [])) for roles in _GROUPS]
    first, second, third = (f"({' OR '.join(group)})" if group else "" for group in groups)
    return first, second, third


def refuting(mechanism: str, condition: str) -> str:
    """SPARQL whose every row would refute that a mechanism was not examined with exercise in a condition."""
    return _REFUTE.format(mechanism=mechanism, condition=condition)


def _cell(store: Store, row: GapRow, cell: GapCondition) -> Iterator[str]:
    if row.mechanism is None:
        return
    mechanism, condition = row.mechanism.iri, cell.condition.iri
    yield f"In {in_condition(cell)}"
    yield from (f"  {line}" for line in species_lines(cell))
    yield from (f"  note: {line}" for line in cell.cited_elsewhere)
    if "bridge" in cell.detectors:
        given = {"of_mechanism": _id(mechanism), "in_condition": _id(condition)}
        yield "  the bridge, end by end:"
        yield from (f"    {line}" for line in ask(store, bundled_question("bridges-untested"), given).sentences())
    if "stated" in cell.detectors:
        yield "  what the authors ask:"
        asked = ask(store, bundled_question("open-questions"), {"of_mechanism": _id(mechanism)})
        yield from (f"    {line}" for line in asked.sentences())
    yield "  what would refute it, in PubMed:"
    yield f"    {pubmed(store, mechanism, condition)}"
    yield "  and in this graph, with kg query -:"
    yield from (f"    {line}" for line in refuting(mechanism, condition).splitlines())


def _id(iri: str) -> str:
    return iri.rpartition("/")[2]


def _quoted(name: str) -> str:
    """A name as PubMed searches it in titles and abstracts; a remark in brackets and quotes are left out."""
    plain = re.sub(r"\s*\([^)]*\)", "", name).replace('"', "").strip()
    return f'"{plain}"[tiab]'
