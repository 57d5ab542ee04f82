"""How complete a pack is: what of its document it carries, how far its papers were read, what they say of guidelines.

Counts only. What they rest on is found by `kg check`; what a pack says is asked with `kg query`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pyoxigraph import NamedNode

from kg.evidence.coverage import Coverage
from kg.evidence.pack import Pack
from kg.evidence.readings import SecondReadings
from kg.evidence.reporting import Completeness, Guideline, State, completeness, load_guidelines
from kg.rdf.mappings import load_mappings
from kg.rdf.namespaces import iri, term_id
from kg.rdf.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Share:
    """So many of all."""

    of: int
    have: int

    def __str__(self) -> str:
        return f"{self.have} of {self.of}"


@dataclass(frozen=True, slots=True)
class PackReport:
    """The completeness of one pack; what needs the document's text is absent without it."""

    pack: str
    references: Share
    papers: Share
    laboratories: Share
    papers_twice: Share
    tellings_twice: Share
    sentences_twice: bool
    read: Mapping[str, int]
    statements: Mapping[str, int]
    coverage: Coverage | None
    guidelines: tuple[Guideline, ...]
    studies: tuple[Completeness, ...]

    def items(self, guideline: Guideline) -> Mapping[str, Mapping[str, int]]:
        """For each item of a guideline, of how many studies it is in which state."""
        own = [study for study in self.studies if study.guideline == guideline.guideline]
        return {
            item.item: dict(Counter(study.items[item.item].value for study in own).most_common())
            for item in guideline.items
        }


@dataclass(frozen=True, slots=True)
class TermReport:
    """How many terms have a label, a definition, a place in their scheme, and a counterpart elsewhere."""

    labels: Share
    definitions: Share
    places: Share
    mapped: Share
    searched: Share


def report_pack(pack: Pack, ontology: Ontology, coverage: Coverage | None) -> PackReport:
    """How complete a pack is."""
    guidelines = load_guidelines(ontology.root / "reporting", ontology.vocabulary)
    papers = [pack.papers[name] for name in sorted(pack.papers)]
    told = {study.publication for study in (*papers, *pack.review.values())}
    cited = {reference for statement in pack.statements.values() for reference in statement.cites}
    grouped = sum(len(laboratory.publications) for laboratory in pack.laboratories.values())
    twice = pack.readings or SecondReadings()
    return PackReport(
        pack=pack.id,
        references=Share(len(pack.references), len(pack.references.keys() & (told | cited))),
        papers=Share(len(pack.references), len({study.publication for study in papers})),
        laboratories=Share(len(papers), grouped),
        papers_twice=Share(len(papers), len(twice.papers)),
        tellings_twice=Share(len(pack.review), len(twice.review)),
        sentences_twice=twice.sentences,
        read=dict(Counter(study.read for study in papers).most_common()),
        statements=dict(Counter(statement.frame for statement in pack.statements.values()).most_common()),
        coverage=coverage,
        guidelines=guidelines,
        studies=tuple(one for study in papers for one in completeness(study, guidelines)),
    )


def report_terms(ontology: Ontology) -> TermReport:
    """How complete the vocabulary is; `searched` counts terms with a mapping or with a search that found none."""
    said: dict[str, set[str]] = {}
    for quad in ontology.quads:
        if isinstance(quad.subject, NamedNode) and (id := term_id(quad.subject)) is not None:
            said.setdefault(id, set()).add(quad.predicate.value)
    terms = ontology.vocabulary.terms
    mappings = load_mappings(ontology.root)

    def having(*properties: str) -> Share:
        wanted = {iri(name).value for name in properties}
        return Share(len(terms), sum(bool(said[id] & wanted) for id in terms))

    return TermReport(
        labels=having("skos:prefLabel"),
        definitions=having("skos:definition"),
        places=having("skos:broader", "skos:topConceptOf"),
        mapped=Share(len(terms), sum(any(one.iri for one in mappings.get(id, ())) for id in terms)),
        searched=Share(len(terms), sum(id in mappings for id in terms)),
    )


def as_data(packs: Iterable[PackReport], terms: TermReport) -> dict[str, Any]:
    """The reports as plain data, for JSON."""
    return {"terms": asdict(terms), "packs": [_pack_data(pack) for pack in packs]}


def _pack_data(pack: PackReport) -> dict[str, Any]:
    coverage = pack.coverage
    carried = coverage.carried if coverage else None
    return {
        "pack": pack.pack,
        "references": asdict(pack.references),
        "papers": asdict(pack.papers),
        "laboratories": asdict(pack.laboratories),
        "read": pack.read,
        "statements": pack.statements,
        "passages": asdict(Share(coverage.passages, coverage.found)) if coverage else None,
        "citations": asdict(Share(carried.citations, carried.citations_carried)) if carried else None,
        "left_out": dict(carried.reasons) if carried else None,
        "sections": [asdict(section) for section in carried.sections] if carried else None,
        "guidelines": [
            {"guideline": one.guideline, "title": one.title, "cite": one.cite, "doi": one.doi, "items": pack.items(one)}
            for one in pack.guidelines
        ],
        "studies": [
            {
                "study": one.study,
                "guideline": one.guideline,
                **{_key(state): list(one.having(state)) for state in State},
            }
            for one in pack.studies
        ],
    }


def _key(state: State) -> str:
    return state.name.lower()
