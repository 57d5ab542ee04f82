"""Runs the rules: each CONSTRUCT file adds its triples, in its own named graph, before the next one runs.

The graph of a rule carries the rule's name, so that every derived triple names what made it and all of them can
be dropped and made again.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.rdf.namespaces import RULE, epk, graph_iri, iri
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import QueryFault, StoreFault

_SUMMARY = re.compile(r"^#\+ summary:\s*(.+)$", re.MULTILINE)
_NUMBER = re.compile(r"^\d+-")


def rule_name(file: Path) -> str:
    """
    The name of a rule: its file's name without the number that orders it.

    >>> rule_name(Path("09-isolates.rq"))
    'isolates'
    """
    return _NUMBER.sub("", file.stem)


def derive(
    curated: Iterable[Quad], rules: Sequence[Path], tell: Callable[[int, int], None] | None = None
) -> Iterator[Quad]:
    """Every quad that the rules add to the curated ones, and what each rule is; `tell` hears how many have run."""
    store = OxigraphStore.in_memory(curated)
    for done, file in enumerate(rules, 1):
        name = rule_name(file)
        graph = graph_iri(f"derived/{name}")
        try:
            query = file.read_text(encoding="utf-8")
        except OSError as error:
            raise StoreFault(f"{file}: cannot be read: {error.strerror}") from error
        try:
            found = [
                Quad(t.subject, t.predicate, t.object, graph) for t in sorted(set(store.construct(query)), key=str)
            ]
        except QueryFault as error:
            raise QueryFault(f"{file}: {error}") from error
        store.add(found)
        yield from found
        yield from _about(name, query, graph)
        if tell is not None:
            tell(done, len(rules))


def _about(name: str, query: str, graph: NamedNode) -> Iterator[Quad]:
    rule = NamedNode(RULE + name)
    summary = _SUMMARY.search(query)
    facts = [
        Triple(rule, iri("rdf:type"), epk("Rule")),
        Triple(rule, iri("rdfs:label"), Literal(name.replace("-", " "), language="en")),
        Triple(graph, epk("madeBy"), rule),
    ]
    if summary:
        facts.append(Triple(rule, iri("rdfs:comment"), Literal(summary[1], language="en")))
    for fact in facts:
        yield Quad(fact.subject, fact.predicate, fact.object, graph_iri("provenance"))
