"""The edges of the network, gathered from the rows of one question: what supports each, from which papers, in whom.

Separate from the graph that holds them, because what an edge is (which findings are one edge, which way a mechanism
went when a marker moved, how strong an edge is) is decided here, and here only.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg.evidence.problem import KgError
from kg.query.answer import Answer, Term, ask
from kg.query.question import ANY, bundled_question
from kg.rdf.namespaces import WORD
from kg.store.protocol import Store

LEVELS = ("mechanism", "marker")
BOUTS = (ANY, "training", "acute", "not-stated")
TELLINGS = ("paper", "review")
NOT_STATED = "not-stated"
#: The bout of what is no exercise.
NO_BOUT = "none"
#: Read depths, the deepest first.
DEPTHS = ("full-text", "abstract", "text", "table", "title")
#: Signs with which something moved; the others say that it did not, or not which way.
MOVED = ("rises", "falls", "normalised", "moved")

_SIGNS = {"increase": "rises", "raised": "rises", "decrease": "falls", "lowered": "falls"}
_FLIPPED = {"rises": "falls", "falls": "rises", "not-increased": "not-decreased", "not-decreased": "not-increased"}
#: What a marker without one clear direction leaves to be said of its mechanism.
_UNSIGNED = {"rises": "moved", "falls": "moved", "not-increased": "unclear", "not-decreased": "unclear"}
_OF_MARKER = ("changes-with-relief", "tracks", "moved-without-relief")
_RUNGS = {
    "moves": "measured", "changes-with-relief": "changed-with-relief", "tracks": "tracks", "needed": "needed",
    "kept-when-blocked": "kept-when-blocked", "moved-without-relief": "moved-without-relief",
}  # fmt: skip
_BY_AGENT = {"relieves": "manipulation-relieves", "no-relief": "manipulation-fails"}


class NetworkFault(KgError):
    """A network that was asked for cannot be made."""


class Tie(NamedTuple):
    """What makes an edge one edge: its ends, what it says, and in whom."""

    source: str
    target: str
    relation: str
    sign: str
    condition_class: str
    species: str
    bout: str


class Node(NamedTuple):
    """An end of an edge."""

    iri: str
    label: str
    kind: str


class Gathered(NamedTuple):
    """Edges with what supports each, their ends, and the answer that they were gathered from."""

    edges: dict[Tie, dict[str, object]]
    nodes: dict[str, Node]
    answer: Answer


def gather_edges(store: Store, *, level: str, condition: str, species: str, bout: str, telling: str) -> Gathered:
    """The edges of one teller at a level, narrowed to a condition, species and bout; what has no bout stays."""
    for name, value, known in (("level", level, LEVELS), ("bout", bout, BOUTS), ("telling", telling, TELLINGS)):
        if value not in known:
            raise NetworkFault(f"{name} is {', '.join(known[:-1])} or {known[-1]}, not {value!r}")
    given = {"in_condition": condition, "in_species": species, "by_telling": telling}
    answer = ask(store, bundled_question("network-edges"), given)
    rows = [row for row in answer if bout == ANY or row.bout in (bout, NO_BOUT)]
    support: defaultdict[Tie, defaultdict[str, set[Any]]] = defaultdict(lambda: defaultdict(set))
    nodes: dict[str, Node] = {}
    for row in rows:
        for tie, ends in _ties(row, level):
            nodes |= {end.iri: end for end in ends}
            _add(support[tie], row)
    reached = _rungs_of_findings(rows)
    edges = {
        tie: bare_attributes(tie)
        if tie.relation == "marks"
        else _attributes(tie, support[tie], reached, by_agent=nodes[tie.source].kind == "agent")
        for tie in sorted(support)
    }
    return Gathered(edges, dict(sorted(nodes.items())), answer)


def _ties(row: Any, level: str) -> Iterator[tuple[Tie, tuple[Node, Node]]]:
    """The edges that a row supports at a level, each with its ends."""
    source, target = _ends(row)
    sign = _sign(row.moved)
    if row.mechanism is None or row.relation not in ("moves", *_OF_MARKER):
        if level == "marker" or "marker" not in (source.kind, target.kind):
            yield _tie(row, source, target, row.relation, sign)
        return
    mechanism = Node(row.mechanism.iri, str(row.mechanism), "mechanism")
    if level == "marker":
        yield _tie(row, source, target, row.relation, sign)
        marker = target if row.relation == "moves" else source
        mark = {"positive": "rises", "negative": "falls"}.get(row.mark, "moved")
        yield Tie(marker.iri, mechanism.iri, "marks", mark, ANY, ANY, NO_BOUT), (marker, mechanism)
    else:
        ends = (source, mechanism) if row.relation == "moves" else (mechanism, target)
        yield _tie(row, *ends, row.relation, sign_of_mechanism(sign, row.mark))


def sign_of_mechanism(sign: str, mark: str) -> str:
    """
    Which way a mechanism went when its marker went so, by the marker's sign.

    >>> sign_of_mechanism("falls", "negative"), sign_of_mechanism("falls", "unsigned")
    ('rises', 'moved')
    """
    return {"negative": _FLIPPED, "unsigned": _UNSIGNED}.get(mark, {}).get(sign, sign)


def _tie(row: Any, source: Node, target: Node, relation: str, sign: str) -> tuple[Tie, tuple[Node, Node]]:
    place = _stated(row.condition_class) if row.condition_class else _stated(row.model)
    return Tie(source.iri, target.iri, relation, sign, place, _stated(row.species), row.bout), (source, target)


def _ends(row: Any) -> tuple[Node, Node]:
    source, target = row[0], row.to  # `from` is no name in Python
    if row.relation in ("moves", *_OF_MARKER):
        kinds = ("exercise", "marker") if row.relation == "moves" else ("marker", "outcome")
    elif row.relation in ("raises", "lowers"):
        kinds = ("agent", "mechanism")
    elif row.relation in _BY_AGENT:
        kinds = ("agent" if row.agent else "exercise", "outcome")
    else:
        kinds = ("mechanism", "outcome")
    return Node(source.iri, str(source), kinds[0]), Node(target.iri, str(target), kinds[1])


def _sign(result: Term) -> str:
    word = result.iri.removeprefix(WORD)
    return _SIGNS.get(word, word)


def _stated(term: Term) -> str:
    return NOT_STATED if term.iri == WORD + NOT_STATED else term.iri


def _add(support: dict[str, set[Any]], row: Any) -> None:
    """Adds what one row supports an edge with."""
    support["findings"] |= {row.finding.iri, row.beside.iri}
    support["studies"].add(row.study.iri)
    support["references"].add((row.ref, f"{row.study} [{row.ref}]"))
    support["refs"].add(row.ref)
    support["laboratories" if row.laboratory else "unplaced"].add(row.laboratory or row.study.iri)
    support["read"] |= {depth.iri.removeprefix(WORD) for depth in (row.read, row.read_beside)}
    support["conditions"].add(_stated(row.model))
    support["groups"].add(row.species_group.iri if row.species_group else _stated(row.species))
    for name, cell in (("exercises", row.exercise), ("agents", row.agent), ("routes", row.route)):
        support[name] |= {cell.iri} if cell else set()
    support["years"] |= {int(row.year[:4])} if row.year else set()
    support["outcome_signs"] |= {_sign(row.outcome_result)} if row.outcome_result else set()
    if row.relation in ("moves", *_OF_MARKER):
        support["markers"].add(row.to.iri if row.relation == "moves" else row[0].iri)


def _rungs_of_findings(rows: Iterable[Any]) -> dict[str, str]:
    """How far each finding of exercise on a marker goes: it tracks relief, or it changed with relief."""
    reached: dict[str, str] = {}
    for row in rows:
        if row.relation == "tracks" or (row.relation == "changes-with-relief" and row.finding.iri not in reached):
            reached[row.finding.iri] = _RUNGS[row.relation]
    return reached


def _attributes(tie: Tie, support: dict[str, set[Any]], reached: dict[str, str], by_agent: bool) -> dict[str, object]:
    """The attributes of an edge, as the network has them."""
    conditions, groups = sorted(support.get("conditions", ())), sorted(support.get("groups", ()))
    rung = _RUNGS.get(tie.relation, "")
    if by_agent:
        rung = _BY_AGENT.get(tie.relation, "")
    if tie.relation == "moves" and tie.sign in MOVED:
        found = {reached[finding] for finding in support["findings"] if finding in reached}
        rung = next((higher for higher in ("tracks", "changed-with-relief") if higher in found), rung)
    many = ("findings", "studies", "refs", "read", "exercises", "agents", "routes", "years", "outcome_signs", "markers")
    return {
        "relation": tie.relation, "sign": tie.sign, "rung": rung,
        "condition": conditions[0] if len(conditions) == 1 else tie.condition_class,
        "condition_class": tie.condition_class, "conditions": tuple(conditions),
        "species": tie.species, "species_group": groups[0] if groups else tie.species,
        "bout": tie.bout, "references": tuple(text for _, text in sorted(support.get("references", ()))),
        "laboratories": len(support.get("laboratories", ())), "unplaced": len(support.get("unplaced", ())),
    } | {name: tuple(sorted(support.get(name, ()))) for name in many}  # fmt: skip


def bare_attributes(tie: Tie) -> dict[str, object]:
    """The attributes of an edge that no finding supports, but the vocabulary."""
    return _attributes(tie, {}, {}, by_agent=False)
