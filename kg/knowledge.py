"""The graph as Python has it: what `kg.open()` returns. It asks, and holds no logic of its own."""

import shutil
import tempfile
import weakref
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.query.answer import Answer, ask, construct, decide
from kg.query.guard import refuse_leaving
from kg.query.question import ANY, Question, bundled_names, bundled_question, parse_question
from kg.store.limited import limited_store
from kg.store.open import open_store
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import Store

if TYPE_CHECKING:
    import networkx as nx
    import rdflib
    from pyoxigraph import Triple

    from kg.analysis import DoseMap, Foresight, Grouping, Ranking
    from kg.analysis.conflict import Conflict
    from kg.analysis.gaps import Gaps
    from kg.analysis.ladder import Ladder
    from kg.analysis.paths import Paths
    from kg.analysis.plan import Plan
    from kg.evidence.study import Study
    from kg.query.records import StudyFinding


class KnowledgeGraph:
    """
    A graph of evidence: the bundled one, a folder written by `kg build`, a file, or an endpoint.

    >>> graph = KnowledgeGraph()
    >>> answer = graph.ask("blockers-of-exercise", of_mechanism="opioid-system")
    >>> answer[0].benefit in ("benefit lost", "benefit kept", "benefit reduced")
    True
    """

    def __init__(self, location: "str | OxigraphStore | None" = None, *, seconds: float = 60.0) -> None:
        """Opens `location`, or takes a store in memory; SPARQL given to `query` may take so many `seconds`."""
        self.seconds = seconds
        self._in_memory = isinstance(location, OxigraphStore)
        self.location = None if isinstance(location, OxigraphStore) else location
        self._store = location if isinstance(location, OxigraphStore) else open_store(location)

    @cached_property
    def _limited(self) -> Store:
        return limited_store(self._written() if self._in_memory else self.location, seconds=self.seconds)

    def _written(self) -> str:
        """A folder with the store, for the process that answers queries; it is there as long as this graph."""
        folder = tempfile.mkdtemp(prefix="kg-")
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        OxigraphStore.write_folder(Path(folder), self._store.quads())
        return folder

    @property
    def questions(self) -> dict[str, str]:
        """The named questions and what each answers."""
        return {name: bundled_question(name).header.summary for name in bundled_names()}

    def ask(self, name: str, **params: object) -> Answer:
        """The rows of a named question; parameters are terms by id, label or synonym, numbers or texts."""
        return ask(self._store, bundled_question(name), {key: str(value) for key, value in params.items()})

    def triples(self, name: str) -> "list[Triple]":
        """The triples of a named question that answers with triples."""
        return construct(self._store, bundled_question(name))

    def query(self, sparql: str) -> "Answer | list[Triple] | bool":
        """The rows, triples or truth that SPARQL of your own asks for, within the limit of time."""
        question: Question = parse_question("query", sparql)
        refuse_leaving(question.name, sparql)
        if question.is_construct:
            return construct(self._limited, question)
        return decide(self._limited, question) if question.form == "ASK" else ask(self._limited, question)

    def why(self, a: str = ANY, b: str = ANY) -> Answer:
        """What connects two terms, with the evidence."""
        return self.ask("why", a=a, b=b)

    def dose(self, **wanted: str) -> "DoseMap":
        """Which doses of exercise were tried and what came out; narrowed as `kg.analysis.doses` is."""
        from kg.analysis import doses

        return doses(self._store, **wanted)

    def network(
        self,
        *,
        level: str = "mechanism",
        condition: str = ANY,
        species: str = ANY,
        bout: str = ANY,
        telling: str = "paper",
        hierarchy: bool = False,
    ) -> "nx.MultiDiGraph[str]":
        """Exercise, mechanisms or markers, agents and outcomes as a network, with what supports each edge."""
        from kg.analysis.network import network

        return network(
            self._store,
            level=level, condition=condition, species=species, bout=bout, telling=telling, hierarchy=hierarchy,
        )  # fmt: skip

    def paths(
        self,
        a: str,
        b: str,
        *,
        condition: str = ANY,
        species: str = ANY,
        bout: str = ANY,
        across_species: bool = False,
        cutoff: int = 3,
    ) -> "Paths":
        """How one term leads to another over the network, the path with the strongest weakest step first."""
        from kg.analysis.paths import find_paths

        return find_paths(
            self._store, a, b,
            condition=condition, species=species, bout=bout, across_species=across_species, cutoff=cutoff,
        )  # fmt: skip

    def ladder(self, mechanism: str = ANY, condition: str = ANY, species: str = ANY) -> "Ladder":
        """How each mechanism is known, cell by cell, the best known first; terms by id, label or synonym."""
        from kg.analysis.ladder import climb

        return climb(self._store, mechanism, condition, species)

    def rank(
        self,
        by: str = "degree",
        *,
        level: str = "mechanism",
        condition: str = ANY,
        species: str = ANY,
        permutations: int = 500,
        seed: int = 0,
    ) -> "Ranking":
        """How central each mechanism or marker stands between exercise and relief, beside its number of papers."""
        from kg.analysis import rank

        return rank(
            self._store, by, level=level, condition=condition, species=species, permutations=permutations, seed=seed
        )

    def groups(self, *, condition: str = ANY, species: str = ANY, resamples: int = 200, seed: int = 0) -> "Grouping":
        """Which mechanisms papers measured together, in groups, with their stability."""
        from kg.analysis import groups

        return groups(self._store, condition=condition, species=species, resamples=resamples, seed=seed)

    def conflicts(
        self,
        *,
        measured: str | None = None,
        condition: str | None = None,
        kind: str | None = None,
        everything: bool = False,
    ) -> "tuple[Conflict, ...]":
        """Where results differ, with both sides and in what they differ; `everything` adds what is set aside."""
        from kg.analysis.conflicts import find_conflicts

        return find_conflicts(self._store, measured=measured, condition=condition, kind=kind, everything=everything)

    def gaps(self, score: str = "agreement") -> "Gaps":
        """What nobody has examined, ranked under a score given by name or by file."""
        from kg.analysis.gaps import find_gaps

        return find_gaps(self._store, score)

    def argue(self, mechanism: str, condition: str | None = None) -> list[str]:
        """How to argue with the gaps of a mechanism, line by line: both ends, the question, what would refute it."""
        from kg.analysis.gap_filter import narrow
        from kg.analysis.gap_why import why
        from kg.analysis.gaps import find_gaps

        return [
            *why(self._store, narrow(self._store, find_gaps(self._store), mechanism=mechanism, condition=condition))
        ]

    def plan(self, number: int, score: str = "agreement") -> "Plan":
        """The next studies, `number` at most, that together close most of the gaps as a score weighs them."""
        from kg.analysis.gaps import find_gaps
        from kg.analysis.plan import find_plan

        return find_plan(self._store, find_gaps(self._store, score), number)

    def backtest(self, score: str = "agreement", *, against: "str | Path | None" = None) -> "Foresight":
        """
        How high the order of the gaps put what was examined next: year by year, or in a file of later studies.

        Raises `kg.analysis.BacktestFault` where there is no event, `kg.analysis.LaterFault` for a file with a fault.
        """
        from kg.analysis import back_test, back_test_against, read_later
        from kg.query.vocabulary import store_vocabulary

        if against is None:
            return back_test(self._store, score)
        return back_test_against(self._store, read_later(Path(against), store_vocabulary(self._store)), score)

    def without(
        self,
        *references: str,
        laboratories: Iterable[str] = (),
        conditions: Iterable[str] = (),
        species: Iterable[str] = (),
        only: Iterable[str] = (),
        until: int | None = None,
    ) -> "KnowledgeGraph":
        """
        The graph that would have been built without some papers; this one stays as it is.

        Papers are named by their reference or DOI, or by a laboratory, a condition or a species; `only` names the
        depths of reading to keep, `until` the last year. Raises `kg.analysis.SubsetFault` where one is not here.

        >>> graph = KnowledgeGraph()
        >>> len(graph.without("ref-36").studies) < len(graph.studies)
        True
        """
        from kg.analysis import Curated, Without, left_out

        chosen = Without(references, tuple(laboratories), tuple(conditions), tuple(species), tuple(only), until)
        return KnowledgeGraph(Curated.of(self._store).without(left_out(self._store, chosen)), seconds=self.seconds)

    def rdflib(self) -> "rdflib.Dataset":
        """The whole graph as an rdflib dataset: a copy, to be changed at will."""
        from kg.store.rdflib_store import RdflibStore

        return RdflibStore.from_quads(self._store.quads()).dataset

    @cached_property
    def studies(self) -> "tuple[Study, ...]":
        """Every study as a record; the paper's telling and the review's telling of one paper are two."""
        from kg.query.records import read_studies

        return read_studies(self._store)

    @property
    def findings(self) -> "tuple[StudyFinding, ...]":
        """Every finding beside its study."""
        from kg.query.records import StudyFinding

        return tuple(StudyFinding(study, finding) for study in self.studies for finding in study.findings)
