"""A conflict and a lead in words: a paragraph for a reader, a flat row for a table."""

from collections.abc import Iterable
from itertools import groupby

from kg.analysis.conflict import Claim, Conflict, Difference, Lead, Report, Side, Stated

COLUMNS = (
    "kind", "question", "condition_class", "way", "set_aside", "changed_papers", "opposed_papers", "changed", "opposed",
    "differs", "overlaps", "not_stated", "conflict",
)  # fmt: skip
_SHOWN = 4
_VERDICTS = (("differs", "They differ in"), ("overlaps", "They overlap in"), ("not stated", "Not stated on one side"))


def paragraph(conflict: Conflict) -> str:
    """The conflict as a reader wants it: its question, both sides with their papers, and in what they differ."""
    lines = [_heading(conflict)]
    lines += [f"  {name}: {_side(side)}" for name, side in _named_sides(conflict)]
    for verdict, words in _VERDICTS:
        if told := [_difference(each) for each in conflict.with_verdict(verdict)]:
            lines.append(f"  {words}: {'; '.join(told)}.")
    if alike := [each.setting for each in conflict.with_verdict("alike")]:
        lines.append(f"  Alike where stated: {', '.join(alike)}.")
    return "\n".join(lines)


def _heading(conflict: Conflict) -> str:
    place = f" in {conflict.condition_class}" if conflict.condition_class else ""
    aside = f"; set aside: {conflict.set_aside}" if conflict.set_aside else ""
    return f"{conflict.question}{place}: {conflict.kind.replace('-', ' ')} ({conflict.way}){aside}"


def _named_sides(conflict: Conflict) -> tuple[tuple[str, Side], tuple[str, Side]]:
    return ("changed", conflict.changed), ("opposed", conflict.opposed)


def _side(side: Side) -> str:
    papers = groupby(side.reports, key=lambda report: (report.study, report.ref, report.read))
    told = [*map(_claim, side.claims), *(_paper(*paper, list(reports)) for paper, reports in papers)]
    return f"{_count(side)}{'; '.join(told)}."


def _count(side: Side) -> str:
    if not side.reports:
        return ""
    n = len(side.papers)
    known = len(side.laboratories)
    laboratories = f", {known} recorded {'laboratory' if known == 1 else 'laboratories'}" if known else ""
    return f"{n} paper{'' if n == 1 else 's'}{laboratories}: "


def _paper(study: str, ref: int, read: str, reports: list[Report]) -> str:
    return f"{study} [{ref}] ({read}): {', '.join(_unique(map(_report, reports)))}"


def _report(report: Report) -> str:
    arms = " and ".join(report.arms)
    told = "; ".join(filter(None, (arms, "single-arm" if report.single_arm else "")))
    return f"{report.measured} {report.result}{f' ({told})' if told else ''}"


def _claim(claim: Claim) -> str:
    limits = f" in {claim.limits}" if claim.limits else ""
    words = ", ".join(filter(None, (claim.quantifier, claim.certainty)))
    return f"“{claim.says}”{limits}, {words}, citing {claim.cites or 'nothing'} ({claim.section})"


def _difference(each: Difference) -> str:
    return f"{each.setting} ({_values(each.changed)} | {_values(each.opposed)})"


def _values(stated: Stated) -> str:
    shown = [f"{value} ×{n}" if n > 1 else value for value, n in stated.values[:_SHOWN]]
    more = len(stated.values) - _SHOWN
    shown += [f"{more} more"] if more > 0 else []
    shown += [f"not stated ×{stated.silent}" if stated.silent > 1 else "not stated"] if stated.silent else []
    return ", ".join(shown)


def lead_line(lead: Lead) -> str:
    """How a setting goes with the side taken: pairs first, then the papers on each side, value by value."""
    values = [f"{value}: {one} | {two}" for value, one, two in lead.values[:_SHOWN]]
    more = len(lead.values) - _SHOWN
    values += [f"{more} more values"] if more > 0 else []
    where = f"{lead.conflicts} conflict{'' if lead.conflicts == 1 else 's'}"
    pairs = f"{lead.differ} of the {lead.pairs} pairs of findings that both state it differ, in {where}"
    return f"{lead.setting}: {pairs}; papers on the changed | the opposed side: {', '.join(values)}"


def flat_row(conflict: Conflict) -> tuple[str, ...]:
    """The conflict as one row of texts, in the order of `COLUMNS`."""
    settings = (_settings(conflict, verdict) for verdict, _ in _VERDICTS)
    return (
        conflict.kind, conflict.question, conflict.condition_class, conflict.way, conflict.set_aside,
        *(str(len(side.papers)) for _, side in _named_sides(conflict)),
        *(_sources(side) for _, side in _named_sides(conflict)), *settings, conflict.iri,
    )  # fmt: skip


def _settings(conflict: Conflict, verdict: str) -> str:
    return ", ".join(each.setting for each in conflict.with_verdict(verdict))


def _sources(side: Side) -> str:
    return ", ".join(_unique([*(f"[{ref}]" for ref in side.papers), *(claim.statement for claim in side.claims)]))


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
