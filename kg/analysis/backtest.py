"""Does the order of the gaps foresee which gap is examined next? Each cell's first year, against the graph before it.

For every year in which a cell was first examined the graph is derived again from the papers before it, without the
review. Nothing is fitted. What leaks all the same is said beside the numbers (`kg.analysis.backtest_words`).
"""

from collections.abc import Mapping

from kg.analysis.event import ApartEvent, Event, RankedEvent, in_order, rank_events, why_apart
from kg.analysis.foresight import BacktestFault, Foresight, judge
from kg.analysis.open_cells import CellName, read_open_cells, scores_with, within
from kg.analysis.past import Past
from kg.analysis.permuted import Progress, silent
from kg.analysis.score import DEFAULT, Score
from kg.analysis.subset import Account, Whole, read_accounts
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.store.protocol import Store


def back_test(store: Whole, score: str | Score = DEFAULT, progress: Progress = silent) -> Foresight:
    """
    How high each order, the asked-for score first, had put what was examined next, year by year.

    Raises `BacktestFault` where there is no event, or none that could have been ranked.
    """
    scores, accounts = scores_with(score), {account.study.value: account for account in read_accounts(store)}
    events, since = first_examined(store, accounts), _known_since(store, accounts)
    if not events:
        raise BacktestFault(
            "no paper of this graph examined a mechanism with exercise, so there is no event to test on"
        )
    past = Past(store)
    found: list[RankedEvent | ApartEvent] = []
    years = sorted({event.year for event in events})
    for done, year in enumerate(years):
        progress(done, len(years))
        known = frozenset(term for term, appeared in since.items() if appeared < year)
        of_year = [event for event in events if event.year == year]
        apart = [ApartEvent(event, why) for event in of_year if (why := why_apart(event, known))]
        found += apart
        if len(apart) < len(of_year):
            told = {each.event.cell for each in apart}
            cells = read_open_cells(past.until(year - 1), scores)
            ranked = [event for event in of_year if event.cell not in told]
            found += rank_events(ranked, cells, within(cells.names, known))
    progress(len(years), len(years))
    return judge(found, scores)


def first_examined(store: Store, accounts: Mapping[str, Account]) -> tuple[Event, ...]:
    """The first examination of each cell, in the order of years."""
    found: dict[CellName, tuple[Term, Term, list[Account]]] = {}
    for row in ask(store, bundled_question("gap-margins")):
        mechanism, condition = row.mechanism, row.condition_class
        found.setdefault((mechanism.iri, condition.iri), (mechanism, condition, []))[2].append(accounts[row.study.iri])
    return in_order(_first(*each) for each in found.values())


def known_terms(store: Store) -> dict[str, list[str]]:
    """The mechanisms and classes of which papers tell anything, with the accounts that do."""
    found: dict[str, list[str]] = {}
    for row in ask(store, bundled_question("gap-papers")):
        found.setdefault(row.term.iri, []).append(row.study.iri)
    return found


def _known_since(store: Store, accounts: Mapping[str, Account]) -> dict[str, int]:
    return {term: min(accounts[study].year for study in told) for term, told in known_terms(store).items()}


def _first(mechanism: Term, condition: Term, papers: list[Account]) -> Event:
    year = min(paper.year for paper in papers)
    return Event(mechanism, condition, year, tuple(sorted({cited(one) for one in papers if one.year == year})))


def cited(account: Account) -> str:
    """A paper as people cite it."""
    return f"{account.name} [{account.number}]"
