"""Gaps in words and as plain data: a sentence for each row, the record of it, and the flat table."""

from collections.abc import Iterator

from kg.analysis.gap_data import Behind, Count, Kind, word_of
from kg.analysis.gaps import GapCondition, GapRow, Gaps
from kg.query.answer import Term
from kg.query.question import ANY

COLUMNS = (
    "rank", "mechanism", "kind", "missing_rung", "leads_in", "examined", "bound", "detectors", "one_source", "score",
)  # fmt: skip
_EMPTY_P = "table too small"
_IN_PEOPLE = "not-examined-in-people"


def sentence(row: GapRow) -> str:
    """A gap as one would say it; the rank is left to the table."""
    if row.mechanism is None:
        return f"{_subject(row)}: {_of_class(row)}"
    lead = row.leads_in
    told = f"{row.mechanism}: {row.kind}"
    if row.missing_rung:
        told += f" ({_next_rung(row)})"
    return f"{told}; leads in {in_condition(lead)}" if lead else told


def _next_rung(row: GapRow) -> str:
    """The rung that is missing next, and that it is missing in people where the gap is of them."""
    of = " in people" if word_of(row.kind) == _IN_PEOPLE else ""
    return f"next rung{of}: {row.missing_rung}"


def in_condition(cell: GapCondition) -> str:
    """One class beneath a mechanism: how many looked, what the detectors say, what else is known."""
    fired = " + ".join(_detected(cell)) or "no detector"
    parts = [f"{cell.condition}: {counted(cell.count)}", fired]
    if cell.one_source:
        parts.append("one-source")
    parts += [str(kind) for kind in cell.kinds]
    if cell.looks:
        parts.append("read first: " + "; ".join(cell.looks))
    return ", ".join(dict.fromkeys(parts))


def counted(count: Count) -> str:
    """`0 of 4 studies (upper bound 53 %, 0 read in full)`, or what else the count says."""
    if not count.out_of:
        return "nothing measured" if not count.looked_at else "nothing measured that counts"
    from kg.analysis.bound import upper_bound

    bound = upper_bound(count.out_of) if count.empty else None
    most = f"upper bound {round(100 * bound)} %, " if bound is not None else ""
    looked = f", {count.looked_at} more looked" if count.looked_at else ""
    studies = "study" if count.out_of == 1 else "studies"
    return f"{count.examined} of {count.out_of} {studies}{looked} ({most}{count.read_in_full} read in full)"


def species_lines(cell: GapCondition) -> Iterator[str]:
    """One line a species group beneath a class."""
    for count in cell.species:
        rung = f"; next rung: {count.missing_rung}" if count.missing_rung and count.out_of else ""
        yield f"{count.species}: {counted(count)}{rung}"


def flat(row: GapRow) -> list[str]:
    """A row of the table, in the order of `COLUMNS`."""
    lead = row.leads_in
    if lead is None:
        about = row.of_class
        if row.mechanism is not None:
            return ["", str(row.mechanism), str(row.kind), str(row.missing_rung or ""), *[""] * 6]
        examined = "" if about is None or about.out_of is None else _reported(about)
        return ["", "", _kind_of(row), "", _subject(row), examined, "", "", "", ""]
    bound = "" if lead.bound is None else f"{lead.bound:.2f}"
    return [
        str(row.rank), str(row.mechanism), str(row.kind), str(row.missing_rung or ""), str(lead.condition),
        _examined(lead.count), bound, " + ".join(lead.detectors),
        "yes" if lead.one_source else "no", f"{lead.score:.3f}",
    ]  # fmt: skip


def _examined(count: Count) -> str:
    """`0 of 18`, or `0 of 6 (1 looked)`, or `nothing measured` where nobody could have."""
    looked = f" ({count.looked_at} looked)" if count.looked_at else ""
    return f"{count.examined} of {count.out_of}{looked}" if count.out_of else f"nothing measured{looked}"


def as_data(gaps: Gaps, behind: Behind) -> dict[str, object]:
    """All rows as JSON takes them, with what they rest on."""
    return {
        "score": {"name": gaps.score.name, "summary": gaps.score.summary, "weights": dict(gaps.score.weights)},
        "searched": gaps.searched,
        "rows": [_record(row, gaps.searched, behind) for row in gaps.rows],
    }


def _record(row: GapRow, searched: str, behind: Behind) -> dict[str, object]:
    lead, about = row.leads_in, row.of_class
    return {
        "rank": row.rank,
        "kind": word_of(row.kind),
        "mechanism": _named(row.mechanism),
        "missing_rung": str(row.missing_rung) if row.missing_rung else None,
        "also": [word_of(kind) for kind in row.also],
        "leads_in": _named(lead.condition) if lead else None,
        "conditions": [_cell(cell) for cell in row.conditions] or ([_class(row)] if about else []),
        "detectors": list(lead.detectors) if lead else [],
        "score": row.score,
        "parts": dict(lead.parts) if lead else None,
        "one_source": lead.one_source if lead else None,
        "why": sentence(row),
        "searched": searched,
        "read_depth": {"of": lead.count.out_of, "full_text": lead.count.read_in_full} if lead else _depth(row),
        "evidence": sorted({*_rests_on(row, behind)}),
    }


def _rests_on(row: GapRow, behind: Behind) -> Iterator[str]:
    """The evidence of a row: of the gap of its class; or of its detections, and its gaps in each class and in all."""
    if row.mechanism is None:
        about = row.of_class.condition if row.of_class else None
        yield from behind.get((None, about.iri if about else None), ())
        return
    for cell in row.conditions:
        yield from (iri for each in cell.detections for iri in each.rests_on)
        yield from behind.get((row.mechanism.iri, cell.condition.iri), ())
    yield from behind.get((row.mechanism.iri, None), ())


def _cell(cell: GapCondition) -> dict[str, object]:
    return {
        "condition": _named(cell.condition),
        "examined": cell.count.examined,
        "looked_at": list(cell.looks),
        "n": cell.count.out_of,
        "read_in_full": cell.count.read_in_full,
        "bound": cell.bound,
        "permutation_p": cell.chance if cell.chance is not None else (_EMPTY_P if cell.count.empty else None),
        "missing_rung": str(cell.count.missing_rung) if cell.count.missing_rung else None,
        "kinds": [word_of(kind) for kind in cell.kinds],
        "detectors": list(cell.detectors),
        "asked_of": [str(term) for each in cell.detections for term in each.asked_of],
        "inherited_from": [_wide(term) for each in cell.detections for term in each.inherited_from],
        "crosses": [str(term) for each in cell.detections for term in each.crosses],
        "one_source": cell.one_source,
        "score": cell.score,
        "parts": dict(cell.parts),
        "species": [
            {"species": _named(each.species), "examined": each.examined, "n": each.out_of,
             "read_in_full": each.read_in_full, "bound": _bound(each),
             "missing_rung": str(each.missing_rung) if each.missing_rung else None}
            for each in cell.species
        ],
        "cited_elsewhere": list(cell.cited_elsewhere),
    }  # fmt: skip


def _class(row: GapRow) -> dict[str, object]:
    about = row.of_class
    if about is None:
        return {}
    return {
        "condition": _named(about.condition), "n": about.out_of, "read_in_full": about.read_in_full,
        "outcome": _named(about.outcome),
        "reporting": about.reporting, "bound": None, "detectors": [],
    }  # fmt: skip


def _bound(count: Count) -> float | None:
    from kg.analysis.bound import upper_bound

    return upper_bound(count.out_of) if count.empty else None


def _depth(row: GapRow) -> dict[str, int | None] | None:
    return {"of": row.of_class.out_of, "full_text": row.of_class.read_in_full} if row.of_class else None


def _named(term: object) -> dict[str, str] | None:
    iri = getattr(term, "iri", None)
    return None if iri is None else {"iri": iri, "label": str(term)}


def _detected(cell: GapCondition) -> Iterator[str]:
    by = {word_of(each.detector): each for each in cell.detections}
    for name in cell.detectors:
        each = by[name]
        if each.inherited_from and not each.asked_of:
            named = [term for term in each.inherited_from if word_of(term) != ANY]
            yield f"{name} (inherited from {', '.join(map(_wide, named or each.inherited_from))})"
        elif each.crosses:
            yield f"{name} (crosses {', '.join(map(str, each.crosses))})"
        else:
            yield name


def _kind_of(row: GapRow) -> str:
    outcome = row.of_class.outcome if row.of_class else None
    return f"{row.kind} on {outcome}" if outcome else str(row.kind)


def _wide(term: Term) -> str:
    """From what a question is inherited."""
    return "a question that names no condition" if word_of(term) == ANY else str(term)


def _reported(about: Kind) -> str:
    told = f"{about.read_in_full} of {about.out_of} read in full"
    return told if about.reporting is None else f"{about.reporting} of {about.out_of} report"


def _subject(row: GapRow) -> str:
    return str(row.of_class.condition) if row.of_class and row.of_class.condition else "all classes"


def _of_class(row: GapRow) -> str:
    about = row.of_class
    told = str(row.kind)
    if about is not None and about.outcome:
        told += f" on {about.outcome}"
    if about is None or about.out_of is None:
        return told
    told += f" (of {about.out_of}, {about.read_in_full} read in full"
    return told + (f"; {about.reporting} report enough to say)" if about.reporting is not None else ")")
