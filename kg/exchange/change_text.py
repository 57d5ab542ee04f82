"""Changes in words, and as RDF: a patch that makes the new version of the old, or two named graphs."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from pyoxigraph import Quad

from kg.exchange.changes import KINDS, Change, Changes, Fact
from kg.rdf.namespaces import BASE, PREFIXES, TERM, WORD, epk, graph_iri, iri
from kg.rdf.write import sorted_nquads, trig

_TYPE = iri("rdf:type").value
#: What names a thing at a glance, by kind.
_HEAD = {
    "finding": tuple(epk(name).value for name in ("measured", "result", "ofGroup", "versus")),
    "statement": (_TYPE,),
    "term": (iri("skos:prefLabel").value,),
    "reference": (iri("dcterms:title").value,),
}


def words(changes: Changes) -> Iterator[str]:
    """One line for each thing, with a sign before it; below a changed one, what it said and what it says."""
    for change in changes.things:
        yield f"{change.sign} {change.kind} {change.name}{_head(change)}"
        if change.sign == "~":
            yield from _details(change)
    for name in changes.lost:
        yield f"! the finding id {name} is lost; ids are addresses, so keep it or say in the changelog where it went"


def counts(changes: Changes) -> str:
    """How many things of each kind were added, removed and changed."""
    told = [
        f"{kind}: " + ", ".join(f"{number} {verb}" for verb, number in found.items() if number)
        for kind in KINDS
        if any((found := _count(changes, kind)).values())
    ]
    return "; ".join(told) or "no difference"


def _count(changes: Changes, kind: str) -> dict[str, int]:
    signs = [change.sign for change in changes.things if change.kind == kind]
    return {verb: signs.count(sign) for sign, verb in (("+", "added"), ("-", "removed"), ("~", "changed"))}


def _head(change: Change) -> str:
    told: dict[str, list[str]] = {}
    for part, predicate, value in sorted(change.after or change.before):
        if not part:
            told.setdefault(predicate, []).append(_short(value, change).rpartition("/")[2])
    named = [", ".join(told[predicate]) for predicate in _HEAD.get(change.kind, ()) if predicate in told]
    return f": {' | '.join(named)}" if named else ""


def _details(change: Change) -> Iterator[str]:
    before = _by_property(change.before - change.after, change)
    after = _by_property(change.after - change.before, change)
    for part, predicate in sorted(before.keys() | after.keys()):
        old, new = (", ".join(side.get((part, predicate), ["not there"])) for side in (before, after))
        yield f"    {part + ' ' if part else ''}{_name(predicate)}: {old} -> {new}"


def _by_property(facts: Iterable[Fact], change: Change) -> Mapping[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for part, predicate, value in sorted(facts):
        found.setdefault((part, predicate), []).append(_short(value, change))
    return found


def _short(value: str, change: Change) -> str:
    """An address as short as it is clear beside the thing's own, a literal without its type."""
    if value.startswith('"'):
        return value.rpartition('"')[0][1:]
    own = f"{BASE}pack/" + "/".join(change.name.split(" ")[-1].split("/")[:3]) + "/"
    for prefix in (TERM, WORD, own, f"{BASE}pack/", *PREFIXES.values()):
        if value.startswith(prefix):
            return value.removeprefix(prefix)
    return value


def _name(predicate: str) -> str:
    """
    A property's name in words.

    >>> _name("https://w3id.org/exercise-pain-kg/ontology#readDepth")
    'read depth'
    """
    local = predicate.replace("#", "/").rpartition("/")[2]
    return "".join(f" {sign.lower()}" if sign.isupper() else sign for sign in local)


def patch(changes: Changes) -> bytes:
    """An RDF Patch (https://afs.github.io/rdf-delta/rdf-patch.html): D takes a quad away, A adds one."""
    lines = [
        f"{sign} ".encode() + line + b"\n"
        for sign, quads in (("D", changes.removed), ("A", changes.added))
        for line in sorted_nquads(quads).splitlines()
    ]
    return b"".join([b"TX .\n", *lines, b"TC .\n"])


def two_graphs(changes: Changes) -> bytes:
    """TriG with the removed triples in the graph `removed` and the new ones in the graph `added`."""
    return trig(
        Quad(quad.subject, quad.predicate, quad.object, graph_iri(name))
        for name, quads in (("removed", changes.removed), ("added", changes.added))
        for quad in quads
    )


#: The forms in which changes are printed as RDF.
AS_RDF: Mapping[str, Callable[[Changes], bytes]] = {"patch": patch, "trig": two_graphs}
