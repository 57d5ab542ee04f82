"""Where in the files of the ontology a term begins, and which file holds a rule.

The graph has no digest of these files. A place counts only where the file says of the thing what the graph says too.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from kg.rdf.namespaces import PREFIXES, RULE, iri
from kg.rdf.ontology import Ontology
from kg.render.site.parts import Lines, SitePage, SourceLine, sections
from kg.store.derive import rule_name

#: A thing of ours where its description begins: a prefix and a name at the start of a line.
_BEGINS = re.compile(r"^(term|scheme|word):([\w-]+)\s")
_FOLDER = "ontology"


def ontology_places(triples: Mapping[str, Collection[Triple]], ontology: Ontology) -> Iterator[tuple[str, SourceLine]]:
    """Each term, scheme and rule of a graph that a file of the ontology tells alike, with its file and line."""
    for file in sorted((ontology.root / "terms").glob("*.ttl")):
        begun = _begun(file)
        for subject, told in _told(file).items():
            if subject in begun and told <= set(triples.get(subject, ())):
                yield subject, SourceLine(_address(ontology, file), _path(ontology, file), begun[subject])
    for file in ontology.rules:
        rule = RULE + rule_name(file)
        summary = file.read_text(encoding="utf-8").partition("\n")[0].partition(": ")[2]
        if Triple(NamedNode(rule), iri("rdfs:comment"), Literal(summary, language="en")) in triples.get(rule, ()):
            yield rule, SourceLine(_address(ontology, file), _path(ontology, file), 1, "Derived by the rule in")


def ontology_pages(places: Mapping[str, SourceLine], ontology: Ontology) -> Iterator[SitePage]:
    """A page for each file of the ontology in which something of the graph has its place."""
    rules = {place.path: thing for thing, place in places.items() if thing.startswith(RULE)}
    for path in sorted({place.path for place in places.values()}):
        file = ontology.root / Path(path).relative_to(_FOLDER)
        lines = file.read_text(encoding="utf-8").splitlines()
        yield SitePage(
            _address(ontology, file), "file", path, ("A file of the ontology.",),
            sections(("The file", [Lines(tuple((line or " ",) for line in lines), 1)])),
            (rules[path],) if path in rules else (),
            schema={"@type": "SoftwareSourceCode", "name": path},
        )  # fmt: skip


def _begun(file: Path) -> dict[str, int]:
    """The line on which each thing of a file begins."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    return {PREFIXES[one[1]] + one[2]: number for number, line in lines if (one := _BEGINS.match(line))}


def _told(file: Path) -> dict[str, set[Triple]]:
    """What a file says of each thing."""
    found: dict[str, set[Triple]] = defaultdict(set)
    for quad in parse(path=str(file), format=RdfFormat.TURTLE):
        if isinstance(quad.subject, NamedNode):
            found[quad.subject.value].add(quad.triple)
    return found


def _path(ontology: Ontology, file: Path) -> str:
    return f"{_FOLDER}/{file.relative_to(ontology.root).as_posix()}"


def _address(ontology: Ontology, file: Path) -> str:
    return _path(ontology, file) + ".html"
