"""A small vocabulary of its own in a store, for tests of trees, search and pages; invented, and hostile in places."""

from pyoxigraph import Quad, RdfFormat, parse

from kg.rdf.namespaces import PREFIXES
from kg.store.oxigraph import OxigraphStore

HOSTILE = '<script>alert("x")</script> & \u202ereversed\u202c'
TEXT = (
    "".join(f"@prefix {name}: <{place}> .\n" for name, place in PREFIXES.items())
    + """
scheme:mechanism a skos:ConceptScheme ; skos:prefLabel "Mechanisms"@en ; skos:definition "What moves pain."@en .
scheme:marker a skos:ConceptScheme ; skos:prefLabel "Markers"@en ; skos:definition "What is measured."@en .
term:signalling skos:inScheme scheme:mechanism ; skos:prefLabel "Signalling"@en ; skos:definition "Of any kind."@en .
term:calm skos:inScheme scheme:mechanism ; skos:broader term:signalling ; skos:prefLabel "calm signalling"@en ;
    skos:definition "Signalling that restrains."@en .
term:loud skos:inScheme scheme:mechanism ; skos:broader term:signalling ; skos:prefLabel "loud signalling"@en ;
    skos:definition "Signalling by TNF-alpha."@en .
term:deep skos:inScheme scheme:mechanism ; skos:broader term:calm ; skos:prefLabel "deep calm"@en ;
    skos:definition "Beneath calm."@en .
term:round skos:inScheme scheme:mechanism ; skos:broader term:deep , term:round ; skos:prefLabel "round"@en ;
    skos:definition "Beneath itself, which must not be."@en .
term:tnf skos:inScheme scheme:marker ; skos:prefLabel "tumour necrosis factor"@en ; skos:altLabel "TNF-α"@en ;
    skos:definition "A cytokine."@en ; epk:markerOf term:loud ; epk:positiveMarkerOf term:loud .
term:bdnf skos:inScheme scheme:marker ; skos:prefLabel "BDNF"@en ; skos:definition "A growth factor."@en ;
    skos:altLabel "brain-derived neurotrophic factor"@en , "Müller's factor"@en .
term:twin skos:inScheme scheme:marker ; skos:prefLabel "Round"@en ; skos:definition "Bears the name of another."@en .
epk:markerOf rdfs:label "marker of"@en .
epk:positiveMarkerOf rdfs:label "positive marker of"@en ; rdfs:subPropertyOf epk:markerOf .
<https://w3id.org/exercise-pain-kg/pack/p/paper/one/finding/a> epk:measured term:tnf .
<https://w3id.org/exercise-pain-kg/pack/p/review/one/finding/a> epk:measured term:tnf .
<https://w3id.org/exercise-pain-kg/pack/p/paper/two/finding/a> epk:measured term:bdnf .
<https://w3id.org/exercise-pain-kg/pack/p/paper/three/finding/a/tracks> epk:mechanism term:calm ; epk:rule rule:tracks .
<https://w3id.org/exercise-pain-kg/pack/p/statement/said/slots> epk:mechanism term:deep .
"""
)


def small_store(label: str = "hostile") -> OxigraphStore:
    """The vocabulary, with one more marker under a label of the test's."""
    told = label.replace("\\", "\\\\").replace('"', '\\"')
    extra = f'term:named skos:inScheme scheme:marker ; skos:prefLabel "{told}"@en ; skos:definition "{told}"@en .\n'
    found = parse(input=TEXT + extra, format=RdfFormat.TURTLE)
    return OxigraphStore.in_memory(Quad(quad.subject, quad.predicate, quad.object) for quad in found)
