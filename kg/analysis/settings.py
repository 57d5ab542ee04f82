"""How findings were come by, and in what two sides of a conflict differ.

What is not stated on one side is said to be so and is no difference. Quantities are compared by their bounds in one
unit, never by their words, and a term with one that is wider is no difference either: who says less says nothing else.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from kg.analysis.conflict import Comparable, Difference, Report, Settings, Stated, meet
from kg.query.answer import Term, ask
from kg.query.question import bundled_question
from kg.store import Store

QUESTION = "result-settings"
WIDER = "wider-settings"


def read_settings(store: Store) -> dict[str, Settings]:
    """The settings of every result on a side of a conflict, by the finding."""
    answer, wider = ask(store, bundled_question(QUESTION)), _wider(store)
    found: dict[str, dict[str, dict[Comparable, str]]] = {}
    for row in answer:
        key = _comparable(row, wider)
        found.setdefault(row.finding.iri, {}).setdefault(row.setting, {})[key] = str(row.value)
    return {finding: _frozen(settings) for finding, settings in found.items()}


def _wider(store: Store) -> dict[str, tuple[str, ...]]:
    """The terms within which each term lies."""
    found: dict[str, list[str]] = {}
    for row in ask(store, bundled_question(WIDER)):
        found.setdefault(row.term.iri, []).append(row.wider.iri)
    return {term: tuple(sorted(above)) for term, above in found.items()}


def _frozen(settings: Mapping[str, Mapping[Comparable, str]]) -> Settings:
    return tuple((name, tuple(sorted(values.items()))) for name, values in sorted(settings.items()))


def _comparable(row: Any, wider: Mapping[str, tuple[str, ...]]) -> Comparable:
    if isinstance(row.value, Term):
        return Comparable(row.value.iri, wider.get(row.value.iri, ()))
    if row.low is None and row.high is None:
        return Comparable(str(row.value))
    factor = Decimal(str(row.seconds)) if row.seconds is not None else Decimal(1)
    low, high = ("" if each is None else _plain(Decimal(str(each)) * factor) for each in (row.low, row.high))
    without = "" if row.without is None else row.without.iri.rpartition("/")[2]
    return Comparable("second" if row.seconds is not None else str(row.unit or ""), (), low, high, without)


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def compare_sides(changed: Iterable[Report], opposed: Iterable[Report]) -> tuple[Difference, ...]:
    """Every setting that a side states, with the verdict on the two, in order of the settings' names."""
    one, two = ([_of(report) for report in side] for side in (changed, opposed))
    names = sorted({name for finding in (*one, *two) for name in finding})
    return tuple(_difference(name, one, two) for name in names)


def _of(report: Report) -> Mapping[str, Mapping[Comparable, str]]:
    design = "single-arm" if report.single_arm else "controlled"
    return {name: dict(values) for name, values in report.settings} | {"design": {Comparable(design): design}}


def _difference(
    name: str, one: list[Mapping[str, Mapping[Comparable, str]]], two: list[Mapping[str, Mapping[Comparable, str]]]
) -> Difference:
    keys, others = ({key for finding in side for key in finding.get(name, ())} for side in (one, two))
    if not keys or not others:
        verdict = "not stated"
    elif keys == others:
        verdict = "alike"
    else:
        verdict = "overlaps" if meet(keys, others) else "differs"
    return Difference(name, verdict, _stated(name, one), _stated(name, two))


def _stated(name: str, side: list[Mapping[str, Mapping[Comparable, str]]]) -> Stated:
    counts: Counter[Comparable] = Counter()
    words: dict[Comparable, str] = {}
    for finding in side:
        for key, value in finding.get(name, {}).items():
            counts[key] += 1
            words[key] = min(value, words.get(key, value))
    ranked = sorted(((words[key], n) for key, n in counts.items()), key=lambda pair: (-pair[1], pair[0]))
    return Stated(tuple(ranked), sum(name not in finding for finding in side))
