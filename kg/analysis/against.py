"""Did the order of the gaps foresee what a user's file of later studies examined? The whole graph is the past.

What later studies are is the user's word: nobody curated them, and their comparisons are not checked. They never become
part of the graph.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from kg.analysis.backtest import known_terms
from kg.analysis.event import ApartEvent, Event, RankedEvent, in_order, rank_events, why_apart
from kg.analysis.foresight import BacktestFault, Foresight, SetAside, judge
from kg.analysis.later import LaterStudy
from kg.analysis.open_cells import CellName, OpenCells, read_open_cells, scores_with, within
from kg.analysis.score import DEFAULT, Score
from kg.analysis.subset import Account, read_accounts
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.rdf.namespaces import TERM
from kg.store.protocol import Store


def back_test_against(store: Store, studies: Sequence[LaterStudy], score: str | Score = DEFAULT) -> Foresight:
    """
    How high each order, the asked-for score first, puts what later studies examined first.

    Raises `BacktestFault` where no line makes an event, or none that could have been ranked.
    """
    accounts, scores = read_accounts(store), scores_with(score)
    if not accounts:
        raise BacktestFault("this graph holds no study, so that nothing is later than it")
    cells, known = read_open_cells(store, scores), frozenset(known_terms(store))
    sorting = _Sorting(accounts, _places(store), cells)
    firsts, aside = sorting.firsts(studies), tuple(sorting.aside(studies))
    events = in_order(_event(cells, name, lines) for name, lines in firsts.items())
    if not events:
        raise BacktestFault(f"no line of the file makes an event{_reasons(aside)}")
    return judge(_ranked(events, cells, known), scores, sorting.ends, aside)


def _ranked(events: Sequence[Event], cells: OpenCells, known: frozenset[str]) -> Iterator[RankedEvent | ApartEvent]:
    """Events year by year; what was examined in an earlier year of the file is open no more."""
    names = within(cells.names, known)
    for year in sorted({event.year for event in events}):
        of_year = [event for event in events if event.year == year]
        yield from (ApartEvent(event, why) for event in of_year if (why := why_apart(event, known)))
        if ranked := [event for event in of_year if event.cell in names]:
            yield from rank_events(ranked, cells, names)
        names -= {event.cell for event in of_year}


@dataclass(frozen=True)
class _Sorting:
    """Which cells a later study is the first to examine, or why none."""

    accounts: Sequence[Account]
    places: Mapping[str, Sequence[Term]]
    cells: OpenCells

    @cached_property
    def ends(self) -> int:
        """The year of the last paper of the graph."""
        return max(account.year for account in self.accounts)

    @cached_property
    def _dois(self) -> frozenset[str]:
        return frozenset(unquote(account.publication.value).partition("doi.org/")[2] for account in self.accounts)

    def firsts(self, studies: Iterable[LaterStudy]) -> dict[CellName, list[LaterStudy]]:
        """The lines that speak of each open cell."""
        found: dict[CellName, list[LaterStudy]] = {}
        for study in studies:
            if not self._unfit(study):
                for name in self._cells_of(study) & self.cells.names:
                    found.setdefault(name, []).append(study)
        return found

    def aside(self, studies: Iterable[LaterStudy]) -> Iterator[SetAside]:
        """The lines that speak of no open cell, and why."""
        for study in studies:
            if why := self._unfit(study) or self._closed(study):
                yield SetAside(study.line, study.doi, why)

    def _unfit(self, study: LaterStudy) -> str | None:
        if study.year <= self.ends:
            return f"no later than the last paper of this graph ({self.ends})"
        if study.doi in self._dois:
            return "with the DOI of a paper of this graph"
        for term in (study.marker or study.mechanism or "", study.condition):
            if not self.places.get(TERM + term):
                return f"on {term}, which is in no cell of the map of gaps"
        return None

    def _closed(self, study: LaterStudy) -> str | None:
        return None if self._cells_of(study) & self.cells.names else "on a cell that a paper of this graph had examined"

    def _cells_of(self, study: LaterStudy) -> frozenset[CellName]:
        mechanisms = self.places.get(TERM + (study.marker or study.mechanism or ""), ())
        classes = self.places.get(TERM + study.condition, ())
        return frozenset((mechanism.iri, place.iri) for mechanism in mechanisms for place in classes)


def _event(cells: OpenCells, name: CellName, studies: Sequence[LaterStudy]) -> Event:
    year = min(study.year for study in studies)
    return Event(*cells.terms[name], year, tuple(sorted({study.doi for study in studies if study.year == year})))


def _places(store: Store) -> dict[str, list[Term]]:
    found: dict[str, list[Term]] = {}
    for row in ask(store, bundled_question("gap-places")):
        found.setdefault(row.term.iri, []).append(row.counted_at)
    return found


def _reasons(aside: Sequence[SetAside]) -> str:
    counts: dict[str, int] = {}
    for each in aside:
        counts[each.why] = counts.get(each.why, 0) + 1
    told = (f"{count} line{'' if count == 1 else 's'} {why}" for why, count in counts.items())
    return f": {'; '.join(told)}" if counts else ""
