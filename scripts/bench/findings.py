"""
Makes up findings with the skew of the bundled graph, for benchmarks: any number of them, the same for the same seed.

How many findings a study has, in which condition and species, what it measured with which result, and what its
contrasts isolate, are drawn from the papers' telling in the bundled graph at run time; nothing of it is written here. A
study keeps its condition and species, each finding is drawn by itself. What the rules need is there as if it had been
curated.

    .venv/bin/python scripts/bench/findings.py 100000 > findings.nq
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.rdf.namespaces import BASE, child, epk, graph_iri, iri, word
from kg.store import Node, Store, open_store

PREFIXES = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
PREFIX word: <https://w3id.org/exercise-pain-kg/word/>
"""
#: Each finding that isolates something: its study and subjects, what was measured and found, and what each side got.
DRAWN = f"""{PREFIXES}
SELECT DISTINCT ?finding ?study ?condition ?species ?measured ?result ?what ?kind ?bout ?beside ?beside_bout
WHERE {{
  ?finding epk:inStudy ?study ; epk:measured ?measured ; epk:result ?result ; epk:hasContrast ?contrast .
  ?study epk:telling word:paper-telling . ?contrast epk:isolates ?x ; epk:ofGroup ?group ; epk:versus ?versus .
  ?x a ?kind ; epk:what ?what . ?group epk:condition ?condition .
  FILTER(?kind != epk:Exposure)
  OPTIONAL {{ ?group epk:species ?species }} OPTIONAL {{ ?x epk:bout ?bout }}
  OPTIONAL {{
    ?versus epk:receives ?other . ?other a epk:Exercise ; epk:what ?beside
    OPTIONAL {{ ?other epk:bout ?beside_bout }} }}
}}
ORDER BY ?finding ?study ?what ?beside
"""
TYPE = iri("rdf:type")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One finding of the bundled graph, as far as it is drawn from."""

    measured: Node
    result: Node
    what: Node
    kind: Node
    bout: Node | None
    beside: Node | None
    beside_bout: Node | None


class Findings:
    """The findings of a store, to draw from."""

    def __init__(self, store: Store) -> None:
        self._all: list[Drawn] = []
        studies: dict[object, list[Drawn]] = {}
        self._subjects: list[tuple[Node, Node | None]] = []
        seen = set()
        for finding, study, condition, species, measured, result, *given in store.select(DRAWN).rows:
            if finding in seen or condition is None or measured is None or result is None:
                continue
            seen.add(finding)
            drawn = Drawn(measured, result, *given)  # type: ignore[arg-type]
            self._all.append(drawn)
            self._subjects.append((condition, species))
            studies.setdefault(study, []).append(drawn)
        self._sizes = [len(own) for own in studies.values()]

    def quads(self, count: int, seed: int = 0) -> Iterator[Quad]:
        """The quads of `count` made-up findings as curated, study by study."""
        drawing = random.Random(seed)  # noqa: S311 - a benchmark is no secret
        number = 0
        while count > 0:
            size = min(count, drawing.choice(self._sizes))
            study = NamedNode(f"{BASE}pack/made-up/paper/study-{seed}-{number}")
            yield from _study(study, drawing.choices(self._all, k=size), *drawing.choice(self._subjects))
            count, number = count - size, number + 1


def _study(study: NamedNode, drawn: list[Drawn], condition: Node, species: Node | None) -> Iterator[Quad]:
    graph = graph_iri("papers", "made-up")

    def say(subject: NamedNode, predicate: NamedNode, object: Node) -> Quad:
        return Quad(subject, predicate, object, graph)

    def group(*exposures: NamedNode) -> NamedNode:
        names = sorted(exposure.value.rpartition("/")[2] for exposure in exposures)
        node = child(study, "group", "-and-".join(names) or "rest")
        said.update(
            {say(node, TYPE, epk("Group")), say(node, epk("inStudy"), study), say(node, epk("condition"), condition)}
        )
        said.update(say(node, epk("receives"), exposure) for exposure in exposures)
        if species is not None:
            said.add(say(node, epk("species"), species))
        return node

    def exposure(kind: Node, what: Node, bout: Node | None = None) -> NamedNode:
        node = child(
            study, "exposure", "-".join(str(part.value).rpartition("/")[2] for part in (what, bout) if part is not None)
        )
        said.update({say(node, TYPE, kind), say(node, TYPE, epk("Exposure")), say(node, epk("what"), what)})  # type: ignore[arg-type]
        if bout is not None:
            said.add(say(node, epk("bout"), bout))
        return node

    said = {
        say(study, TYPE, epk("Study")),
        say(study, epk("telling"), word("paper-telling")),
        say(study, epk("readDepth"), word("abstract")),
        say(study, epk("publication"), child(study, "publication")),
    }
    for number, one in enumerate(drawn):
        isolated = exposure(one.kind, one.what, one.bout)
        beside = (exposure(epk("Exercise"), one.beside, one.beside_bout),) if one.beside is not None else ()
        more, less = group(isolated, *beside), group(*beside)
        finding, contrast = child(study, "finding", number), child(study, "finding", number, "contrast")
        said.update(
            {
                say(finding, TYPE, epk("Finding")), say(finding, epk("inStudy"), study),
                say(finding, epk("measured"), one.measured), say(finding, epk("result"), one.result),
                say(finding, epk("hasContrast"), contrast), say(contrast, TYPE, epk("Contrast")),
                say(contrast, epk("ofGroup"), more), say(contrast, epk("versus"), less),
            }
        )  # fmt: skip
    yield from sorted(said, key=str)


def main() -> None:
    """Writes made-up findings as N-Quads."""
    for quad in Findings(open_store()).quads(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 0):
        print(f"{quad} .")


if __name__ == "__main__":
    main()
