"""Where results differ: the conflicts that the rules found, with both sides and in what they differ.

The rules decide what a conflict is; this module reads them by named questions, and says over all of them which
settings go with the side taken: a lead, and no cause.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from kg.analysis.conflict import Claim, Comparable, Conflict, Lead, Report, Settings, Side, meet
from kg.analysis.settings import compare_sides, read_settings
from kg.query.answer import ask
from kg.query.question import bundled_question
from kg.store import Store

QUESTIONS = ("conflicts", "conflicts-of-statements")
#: The kinds, most opposed first: the words of `epk:ConflictKind`.
KINDS = (
    "opposite-direction",
    "change-against-none",
    "agrees-in-size",
    "statement-against-study",
    "statement-against-statement",
)
_BETWEEN_RESULTS = KINDS[:2]


def find_conflicts(
    store: Store,
    *,
    measured: str | None = None,
    condition: str | None = None,
    kind: str | None = None,
    everything: bool = False,
) -> tuple[Conflict, ...]:
    """
    The conflicts of a store, by kind and question; with `everything` also those that are set aside.

    `measured` names an outcome, marker, mechanism or domain and `condition` a condition, by id, label or synonym. A
    conflict on which only a part fits is returned whole.
    """
    named = (("of_measured", measured), ("in_condition", condition))
    given = {name: value for name, value in named if value is not None}
    found = [*_of_results(store, given), *_of_statements(store, given)]
    kept = (each for each in found if kind in (None, each.kind) and (everything or not each.set_aside))
    return tuple(sorted(kept, key=_order))


def _order(conflict: Conflict) -> tuple[object, ...]:
    place = KINDS.index(conflict.kind) if conflict.kind in KINDS else len(KINDS)
    aside = bool(conflict.set_aside)
    return aside, place, conflict.question.lower(), conflict.condition_class, conflict.way, conflict.iri


def _of_results(store: Store, given: dict[str, str]) -> list[Conflict]:
    rows = ask(store, bundled_question(QUESTIONS[0]), given)
    if not len(rows):
        return []
    settings = read_settings(store)
    return [_result_conflict(list(group), settings) for group in _by_conflict(rows)]


def _by_conflict(rows: Iterable[Any]) -> Iterable[Iterable[Any]]:
    ordered = sorted(rows, key=lambda row: str(row.conflict.iri))
    return (group for _, group in groupby(ordered, key=lambda row: str(row.conflict.iri)))


def _result_conflict(rows: Sequence[Any], settings: Mapping[str, Settings]) -> Conflict:
    sides = {
        side: Side(_reports([row for row in rows if row.side == side], settings)) for side in ("changed", "opposed")
    }
    differences = compare_sides(sides["changed"].reports, sides["opposed"].reports)
    return _conflict(rows[0], sides, str(rows[0].condition_class), str(rows[0].set_aside or ""), differences)


def _conflict(
    row: Any, sides: dict[str, Side], condition_class: str, set_aside: str, differences: tuple[Any, ...]
) -> Conflict:
    return Conflict(
        iri=row.conflict.iri,
        kind=_local(row.kind),
        question=str(row.question),
        condition_class=condition_class,
        way=str(row.way),
        set_aside=set_aside,
        changed=sides["changed"],
        opposed=sides["opposed"],
        differences=differences,
    )


def _local(term: Any) -> str:
    return str(term.iri).rpartition("/")[2]


def _reports(rows: Sequence[Any], settings: Mapping[str, Settings]) -> tuple[Report, ...]:
    ordered = sorted(rows, key=lambda row: (row.ref, row.finding.iri))
    return tuple(_report(list(group), settings) for _, group in groupby(ordered, key=lambda row: row.finding.iri))


def _report(rows: Sequence[Any], settings: Mapping[str, Settings]) -> Report:
    row = rows[0]
    return Report(
        finding=row.finding.iri,
        measured=str(row.measured),
        result=str(row.result),
        said=", ".join(sorted({str(each.said) for each in rows if each.said})),
        arms=tuple(sorted({str(each.arm) for each in rows})),
        single_arm=bool(row.single_arm),
        study=str(row.study),
        ref=int(row.ref),
        doi=str(row.doi or ""),
        laboratory=", ".join(sorted({str(each.laboratory) for each in rows if each.laboratory})),
        read=", ".join(sorted({str(each.read) for each in rows})),
        settings=settings.get(row.finding.iri, ()),
    )


def _of_statements(store: Store, given: dict[str, str]) -> list[Conflict]:
    found = []
    for group in _by_conflict(ask(store, bundled_question(QUESTIONS[1]), given)):
        rows = list(group)
        sides = {side: _claims([row for row in rows if row.side == side]) for side in ("changed", "opposed")}
        found.append(_conflict(rows[0], sides, "", "", ()))
    return found


def _claims(rows: Sequence[Any]) -> Side:
    claims = sorted({_claim(row) for row in rows if row.statement}, key=lambda claim: claim.statement)
    ordered = sorted((row for row in rows if row.finding), key=lambda row: row.finding.iri)
    return Side(tuple(_told(row) for row in ordered), tuple(claims))


def _claim(row: Any) -> Claim:
    names = ("statement", "says", "quantifier", "certainty", "limits", "cites", "section", "passage")
    return Claim(*(str(getattr(row, name) or "") for name in names))


def _told(row: Any) -> Report:
    return Report(
        finding=row.finding.iri,
        measured=str(row.measured),
        result=str(row.result),
        said="",
        arms=(),
        single_arm=False,
        study=str(row.study),
        ref=int(row.ref),
        doi=str(row.doi or ""),
        laboratory="",
        read=str(row.read),
    )


def find_leads(conflicts: Sequence[Conflict]) -> tuple[Lead, ...]:
    """Which settings go with the side taken, over all comparable ones of these conflicts between papers."""
    compared = [each for each in conflicts if each.kind in _BETWEEN_RESULTS and not each.set_aside]
    names = sorted({each.setting for conflict in compared for each in conflict.differences})
    return tuple(lead for name in names if (lead := _lead(compared, name)).pairs)


def _lead(conflicts: Sequence[Conflict], name: str) -> Lead:
    pairs = [_pairs(conflict, name) for conflict in conflicts]
    apart = sum(not meet(one, two) for each in pairs for one, two in each)
    return Lead(name, sum(map(bool, pairs)), sum(map(len, pairs)), apart, _values(conflicts, name))


def _pairs(conflict: Conflict, name: str) -> list[tuple[dict[Comparable, str], dict[Comparable, str]]]:
    """The values on both sides, for each two findings of different papers that state the setting."""
    both = ((one, two) for one in conflict.changed.reports for two in conflict.opposed.reports if one.ref != two.ref)
    stated = ((one.stated(name), two.stated(name)) for one, two in both)
    return [(one, two) for one, two in stated if one and two]


def _values(conflicts: Sequence[Conflict], name: str) -> tuple[tuple[str, int, int], ...]:
    """Each value with the papers that found the change and those that did not."""
    papers: dict[str, tuple[set[int], set[int]]] = {}
    for conflict in conflicts:
        if conflict.kind != "change-against-none":
            continue
        for place, side in enumerate((conflict.changed, conflict.opposed)):
            for report in side.reports:
                for value in report.stated(name).values():
                    papers.setdefault(value, (set(), set()))[place].add(report.ref)
    ranked = ((value, len(one), len(two)) for value, (one, two) in papers.items())
    return tuple(sorted(ranked, key=lambda row: (-row[1] - row[2], row[0])))
