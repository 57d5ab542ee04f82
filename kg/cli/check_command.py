"""`kg check`: are the curated files right?"""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.output import reports_faults

if TYPE_CHECKING:
    from kg.evidence.coverage import Coverage
    from kg.evidence.pack import Pack
    from kg.store import Project


@click.command()
@click.argument("pack", required=False, type=click.Path(path_type=Path))
@click.option("--source", type=click.Path(path_type=Path), help="The document's text, to look every passage up in.")
@click.option("--shapes", is_flag=True, help="Fail if the graph cannot be held against the SHACL shapes.")
@click.option("--report", is_flag=True, help="Say how complete each pack is, and what each paper says of guidelines.")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@reports_faults
def command(pack: Path | None, source: Path | None, shapes: bool, report: bool, form: str) -> None:
    """Check the files of PACK (a folder; the bundled packs without one) and report every fault at once.

    Example: kg check --source article.txt
    """
    from kg.evidence import Problem, load_pack
    from kg.evidence.coverage import check_source, read_source
    from kg.evidence.problem import printable
    from kg.query.report import PackReport, as_data, report_pack, report_terms
    from kg.render.report import report_lines
    from kg.store import Project

    project = Project.bundled()
    problems: list[Problem] = []
    notes: list[str] = []
    reports: list[PackReport] = []
    text = read_source(source) if source else None
    packs: list[Pack] = []
    for root in (pack,) if pack else project.packs:
        loaded = load_pack(root, project.ontology.vocabulary)
        problems += loaded.problems
        if loaded.pack is None:
            continue
        packs.append(loaded.pack)
        coverage = check_source(loaded.pack, text) if text is not None else None
        if report:
            reports.append(report_pack(loaded.pack, project.ontology, coverage))
        problems += coverage.problems if coverage else ()
        notes += [f"{loaded.pack.id}: {note}" for note in _looked_up(coverage)]
    faults = [problem for problem in problems if not problem.warning]
    graph_lines = _graph_lines(packs, project, notes, insist=shapes) if not faults and pack is None else []
    told = report_terms(project.ontology) if report else None
    if form == "json":
        listed = [{"file": printable(str(p.file)), "line": p.line, "column": p.column, "code": p.code, "where": p.where,
                   "message": p.message, "warning": p.warning} for p in problems]  # fmt: skip
        more = {"report": as_data(reports, told)} if told else {}
        click.echo(json.dumps({"problems": listed, "graph": graph_lines, **more}, indent=1, ensure_ascii=False))
    else:
        for line in (*map(str, problems), *graph_lines, *(map(printable, report_lines(reports, told)) if told else ())):
            click.echo(line)
    count = len(faults) + len(graph_lines)
    warned = len(problems) - len(faults)
    notes.append(f"{count or 'no'} fault{'' if count == 1 else 's'}, {warned} warning{'' if warned == 1 else 's'}")
    click.echo("\n".join(notes), err=True)
    sys.exit(1 if count else 0)


def _looked_up(coverage: "Coverage | None") -> tuple[str, ...]:
    """What the comparison with the document's text found, a line each."""
    if coverage is None:
        return ("source not given, passages not looked up",)
    same = "the text that was curated" if coverage.same_text else "another rendering of the document"
    found = f"{coverage.found} of {coverage.passages} passages found in {same}"
    carried = coverage.carried
    if carried is None:
        return found, "no review/uncarried.yaml, so not proved that every sentence is carried"
    reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(carried.reasons.items()))
    proved = f"{carried.citations_carried} of {carried.citations} citations carried"
    return found, f"{proved}; {carried.sentences} sentences, left out: {reasons or 'none'}"


def _graph_lines(packs: "list[Pack]", project: "Project", notes: list[str], *, insist: bool) -> list[str]:
    """What the graph of the bundled packs breaks; nothing where this very graph was found without fault before."""
    from kg.query.audit import graph_faults, shape_faults
    from kg.query.shapes import ShapesUnavailable
    from kg.store import build_graph
    from kg.store.cache import checked, keep, mark_checked

    if checked():
        return []
    graph = build_graph(packs, project.ontology)
    lines = graph_faults(graph.store(), project.ontology)
    try:
        lines += shape_faults(graph, project.ontology)
    except ShapesUnavailable as missing:
        if insist:
            raise
        notes.append(str(missing))
        return lines
    if not lines:
        keep(graph.store())
        mark_checked()
    return lines
