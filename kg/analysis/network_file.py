"""The network as a file that other programs read, and back, without loss: GraphML, and the node-link form of JSON.

GraphML has no lists, and XML neither an empty text nor every character. So what GraphML cannot hold stands as JSON
text: a tuple, an empty text, a text with characters that XML forbids, and a text that would look like JSON itself.
"""

import io
import json
import math
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from kg.analysis.network_edges import NetworkFault

if TYPE_CHECKING:
    import networkx as nx

#: Texts that stand in GraphML as they are: no character that XML 1.0 (section 2.2) forbids or a parser changes.
_PLAIN = re.compile(r"(?![\[\"])[\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]+")
_ENDS = ("id", "source", "target", "key")


def write_graphml(graph: "nx.MultiDiGraph[str]") -> bytes:
    """The network as GraphML; nodes are numbered, and their address and each edge's key are attributes."""
    import networkx as nx

    carrier: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_written(graph.graph))
    number = {iri: f"n{at}" for at, iri in enumerate(graph)}
    for iri, held in graph.nodes(data=True):
        carrier.add_node(number[iri], **_written({"iri": iri, **_free(held)}))
    for at, (source, target, key, held) in enumerate(graph.edges(keys=True, data=True)):
        carrier.add_edge(number[source], number[target], key=f"e{at}", **_written({"edge_key": key, **_free(held)}))
    out = io.BytesIO()
    nx.write_graphml_xml(carrier, out)
    return out.getvalue()


def read_graphml(data: bytes) -> "nx.MultiDiGraph[str]":
    """The network in GraphML that `write_graphml` wrote."""
    import networkx as nx

    try:
        carrier = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_read(_without_defaults(carrier.graph)))
        held = {number: _read(carrier.nodes[number]) for number in carrier}
        for attributes in held.values():
            graph.add_node(attributes["iri"], **{name: value for name, value in attributes.items() if name != "iri"})
        for source, target, data_ in carrier.edges(data=True):
            attributes = _read(data_)
            key = attributes.pop("edge_key")
            graph.add_edge(held[source]["iri"], held[target]["iri"], key=key, **attributes)
    except (ET.ParseError, nx.NetworkXException, ValueError, TypeError) as error:
        raise NetworkFault(f"this is no GraphML of a network: {error}") from error
    except KeyError as error:
        raise NetworkFault(f"this is no GraphML of a network that kg wrote: {error} is missing") from error
    return graph


def to_node_link(graph: "nx.MultiDiGraph[str]") -> dict[str, Any]:
    """The network in node-link form, as JSON libraries take it; tuples become arrays."""
    nodes = [{"id": iri, **_free(held)} for iri, held in graph.nodes(data=True)]
    edges = [
        {"source": source, "target": target, "key": key, **_free(held)}
        for source, target, key, held in graph.edges(keys=True, data=True)
    ]
    for held in (graph.graph, *nodes, *edges):
        for name, value in held.items():
            _checked(name, value)
    return {"directed": True, "multigraph": True, "graph": dict(graph.graph), "nodes": nodes, "edges": edges}


def from_node_link(data: object) -> "nx.MultiDiGraph[str]":
    """The network in node-link form that `to_node_link` made; arrays become tuples."""
    import networkx as nx

    if not isinstance(data, dict):
        raise NetworkFault("this is no node-link form of a network: an object was expected")
    try:
        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_tuples(data["graph"]))
        graph.add_nodes_from((node["id"], _tuples(node)) for node in data["nodes"])
        edges = [(edge["source"], edge["target"], edge["key"], _tuples(edge)) for edge in data["edges"]]
        loose = sorted({str(end) for edge in edges for end in edge[:2] if end not in graph})
        for source, target, key, held in edges:
            graph.add_edge(source, target, key=key, **held)
    except KeyError as error:
        raise NetworkFault(f"this is no node-link form of a network: {error} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise NetworkFault(f"this is no node-link form of a network: {error}") from error
    if loose:
        raise NetworkFault(f"this is no node-link form of a network: an edge ends at {loose[0]!r}, which is no node")
    return graph


def _free(held: dict[str, Any]) -> dict[str, Any]:
    """The attributes of a node or edge, none with a name that the form needs itself."""
    for name in (*_ENDS, "iri", "edge_key"):
        if name in held:
            raise NetworkFault(f"an attribute named {name!r} cannot be written: the form uses that name")
    return held


def _checked(name: str, value: object) -> object:
    """The value, if both forms can hold it: text, whole or finite number, truth value, or a tuple of such."""
    if isinstance(value, tuple):
        for part in value:
            _checked(name, part)
    elif not isinstance(value, (str, int, float)) or (isinstance(value, float) and not math.isfinite(value)):
        raise NetworkFault(f"the attribute {name!r} holds {value!r}, which cannot be written")
    return value


def _written(held: dict[str, Any]) -> dict[str, Any]:
    return {name: _encoded(_checked(name, value)) for name, value in held.items()}


def _encoded(value: object) -> object:
    plain = not isinstance(value, (tuple, str)) or (isinstance(value, str) and _PLAIN.fullmatch(value))
    return value if plain else json.dumps(value)


def _read(held: dict[str, Any]) -> dict[str, Any]:
    return {name: _decoded(value) for name, value in held.items()}


def _decoded(value: Any) -> Any:
    return _tupled(json.loads(value)) if isinstance(value, str) and value[:1] in ("[", '"') else value


def _tuples(held: dict[str, Any]) -> dict[str, Any]:
    return {name: _tupled(value) for name, value in held.items() if name not in _ENDS}


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value


def _without_defaults(held: dict[str, Any]) -> dict[str, Any]:
    """The attributes of the graph itself, without what the reader adds."""
    return {name: value for name, value in held.items() if name not in ("node_default", "edge_default")}
