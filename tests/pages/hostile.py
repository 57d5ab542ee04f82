"""A tiny pack in which every text is hostile."""

from pyoxigraph import Literal, Quad

from kg.evidence import load_pack
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore, build_graph
from tests.corpus import Corpus

HOSTILE = (
    "</script><script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "javascript:alert(3)",
    "'\"`<!--<svg onload=alert(4)>", "\u202eturned\u202c {{ 7*7 }}", "x" * 10_000,
)  # fmt: skip


def hostile_store(corpus: Corpus, ontology: Ontology) -> OxigraphStore:
    """The graph of a tiny pack in which every text is hostile."""
    graph = build_graph([load_pack(corpus.root, ontology.vocabulary).usable()], ontology)
    texts = (
        "label",
        "title",
        "prefLabel",
        "definition",
        "remark",
        "creator",
        "doi",
        "url",
        "path",
    )

    def bent(number: int, quad: Quad) -> Quad:
        plain = isinstance(quad.object, Literal) and quad.predicate.value.endswith(texts)
        text = f"{HOSTILE[number % len(HOSTILE)]} {number}"
        return Quad(quad.subject, quad.predicate, Literal(text), quad.graph_name) if plain else quad

    own = sorted(graph.quads, key=str)
    kept = [bent(n, quad) if "/pack/" in str(quad.subject) or n % 23 == 0 else quad for n, quad in enumerate(own)]
    return OxigraphStore.in_memory(kept)
