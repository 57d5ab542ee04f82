"""Any record as triples, and triples back as the record.

One table of fields serves both directions, so that a field that is written can always be read again. What a field
becomes follows from its type: a term becomes an IRI, a closed word an individual of the ontology, a record a node
below its parent. Nothing about studies is known here; `kg.rdf.dataset` says which records go where.
"""

import hashlib
import json
import types
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic.fields import FieldInfo
from pyoxigraph import Literal as RdfLiteral, NamedNode, Triple

from kg.evidence.exposure import KEYS, what
from kg.evidence.field import LocalId, Record, ReferenceId, TermIn
from kg.rdf.namespaces import TERM, WORD, child, epk, iri, term_iri, word

R = TypeVar("R", bound=Record)

TYPE = iri("rdf:type")
POSITION = epk("position")
KEY = epk("key")

#: Properties whose name is not the field's name in camel case; a class before the dot where fields of one name differ.
NAMES = {
    "AdverseEvent.said": "epk:wording",
    "BothCounts.group": "epk:nGroup",
    "BothCounts.versus": "epk:nVersus",
    "Context.dose": "epk:doseText",
    "Estimate.kind": "epk:estimateKind",
    "Finding.n": "epk:counts",
    "Group.age": "epk:ageText",
    "Measure.of": "epk:outOf",
    "NeededFrame.what": "epk:wanted",
    "NumberFrame.of": "epk:numberOf",
    "NumberFrame.value": "epk:quantity",
    "Passage.end": "epk:endsWith",
    "PaperSide.findings": "epk:findingName",
    "PaperSide.source": "epk:sourceName",
    "Passage.start": "epk:startsWith",
    "RecommendsFrame.what": "epk:wanted",
    "RecordedDiscrepancy.kind": "epk:discrepancyKind",
    "RecordedDiscrepancy.paper": "epk:paperSide",
    "RecordedDiscrepancy.ref": "epk:publication",
    "RecordedDiscrepancy.review": "epk:reviewSide",
    "Source.kind": "epk:sourceKind",
    "adverse_events": "epk:adverseEventReport",
    "b": "epk:otherSide",
    "a": "epk:oneSide",
    "cites": "cito:citesAsEvidence",
    "findings": "epk:hasFinding",
    "flow": "epk:hasFlow",
    "gets": "epk:receives",
    "group": "epk:ofGroup",
    "groups": "epk:hasGroup",
    "id": "dcterms:identifier",
    "kinds": "epk:eventKind",
    "of": "epk:ofEffect",
    "parts": "epk:hasPart",
    "passage": "epk:hasPassage",
    "phases": "epk:hasPhase",
    "population": "epk:hasPopulation",
    "read": "epk:readDepth",
    "ref": "epk:rowOf",
    "source": "epk:from",
    "sources": "epk:hasSource",
    "statements": "epk:statement",
    "study": "dcterms:identifier",
    "week": "epk:hasDay",
    **{key.replace("-", "_"): "epk:what" for key in KEYS if key != "chemogenetic"},
}
#: Classes above a record's own class.
ABOVE = {kind.__name__: "Exposure" for kind in KEYS.values()} | {"RecordedDiscrepancy": "Discrepancy"} | {
    f"{frame}Statement": "Statement"
    for frame in (
        "Effect", "Blocked", "Mediates", "Association", "Compare", "NotExamined", "Needed", "Recommends", "Number",
        "Describes",
    )
}  # fmt: skip


@dataclass(frozen=True)
class Scope:
    """How names inside a record become IRIs."""

    home: NamedNode
    references: Mapping[str, NamedNode] = field(default_factory=dict)

    def local(self, kind: str, name: str) -> NamedNode:
        """A part of the study (or pack) at home; a name that is no part is a fixed word."""
        return word(name) if name in ("itself-before", "not-stated") else child(self.home, kind, name)

    def local_name(self, node: NamedNode) -> str:
        """The name that `local` was given."""
        return node.value.rpartition("/")[2]

    def reference(self, id: str) -> NamedNode:
        """A publication by its id in the pack."""
        return self.references[id]

    def reference_id(self, node: NamedNode) -> str:
        """The id of a publication in the pack."""
        return next(id for id, known in self.references.items() if known == node)


@dataclass(frozen=True)
class Field:
    """How one field of a record is written."""

    name: str
    alias: str
    property: NamedNode
    kind: str  # term | word | local | reference | number | count | flag | text | record
    many: bool = False
    keyed: bool = False
    local_kind: str = ""
    records: tuple[type[Record], ...] = ()


@cache
def fields(record: type[Record]) -> tuple[Field, ...]:
    """How each field of a record class is written, constant fields left out."""
    return tuple(
        found for name, info in record.model_fields.items() if (found := _field(record, name, info)) is not None
    )


def _field(record: type[Record], name: str, info: FieldInfo) -> Field | None:
    if name == "frame":
        return None
    curie = NAMES.get(f"{record.__name__}.{name}") or NAMES.get(name) or "epk:" + _camel(name)
    kind, many, keyed, extra = _kind(info.annotation, tuple(info.metadata))
    local_kind = extra if isinstance(extra, str) else ""
    records = extra if isinstance(extra, tuple) else ()
    return Field(name, info.alias or name, iri(curie), kind, many, keyed, local_kind, records)


def _camel(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(part.title() for part in tail)


def _kind(annotation: Any, metadata: tuple[Any, ...]) -> tuple[str, bool, bool, str | tuple[type[Record], ...]]:
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kind(args[0], (*metadata, *args[1:]))
    if origin in (Union, types.UnionType):
        given = [arg for arg in args if arg is not type(None)]
        if len(given) == 1:
            return _kind(given[0], metadata)
        kinds = [_kind(arg, ()) for arg in given]
        records = tuple(record for kind in kinds for record in kind[3] if not isinstance(record, str))
        return ("record", any(kind[1] for kind in kinds), False, records)
    if origin is tuple:
        kind, _, _, extra = _kind(args[0], ())
        return (kind, True, False, extra)
    if origin is dict:
        kind, _, _, extra = _kind(args[1], ())
        return (kind, True, True, extra)
    if origin is Literal:
        return ("word", False, False, ())
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return ("record", False, False, (annotation,))
    for mark in metadata:
        if isinstance(mark, TermIn):
            return ("term", False, False, ())
        if isinstance(mark, LocalId):
            return ("local", False, False, mark.kind)
        if isinstance(mark, ReferenceId):
            return ("reference", False, False, ())
    return ({bool: "flag", int: "count", Decimal: "number", str: "text"}[annotation], False, False, ())


def number(value: Decimal) -> RdfLiteral:
    """A decimal number without an exponent or trailing zeros, which some engines drop and some keep."""
    text = format(value, "f")
    return RdfLiteral(text.rstrip("0").rstrip(".") if "." in text else text, datatype=iri("xsd:decimal"))


@cache
def class_of(record: type[Record]) -> NamedNode:
    """The class of a record's node."""
    return epk({"PackMeta": "Pack"}.get(record.__name__, record.__name__))


def exposure_node(scope: Scope, exposure: Record) -> NamedNode:
    """The node of an exposure: one per study for all groups whose exposure has the same keys."""
    content = json.dumps(exposure.model_dump(mode="json", exclude_none=True), sort_keys=True)
    return child(scope.home, "exposure", f"{what(exposure)}-{hashlib.sha256(content.encode()).hexdigest()[:8]}")


def triples(record: Record, node: NamedNode, scope: Scope) -> Iterator[Triple]:
    """Everything that a record says, as triples from `node` down."""
    yield Triple(node, TYPE, class_of(type(record)))
    if above := ABOVE.get(type(record).__name__):
        yield Triple(node, TYPE, epk(above))
    for spec in fields(type(record)):
        value = getattr(record, spec.name)
        if value is None:
            continue
        if isinstance(value, str) or not spec.many:
            yield from _value(spec, value, node, None, scope)
        elif spec.keyed:
            for key in sorted(value):
                yield from _value(spec, value[key], node, key, scope)
        else:
            for index, item in enumerate(value):
                yield from _value(spec, item, node, index, scope)


def _value(spec: Field, value: Any, node: NamedNode, step: str | int | None, scope: Scope) -> Iterator[Triple]:
    if not isinstance(value, Record):
        yield Triple(node, spec.property, _plain(spec, value, scope))
        return
    below = _node(spec, value, node, step, scope)
    yield Triple(node, spec.property, below)
    yield from triples(value, below, scope)
    if spec.keyed:
        yield Triple(below, KEY, RdfLiteral(str(step)))
    elif isinstance(step, int) and spec.name not in ("gets", "plus"):
        yield Triple(below, POSITION, RdfLiteral(step + 1))


def _node(spec: Field, value: Record, node: NamedNode, step: str | int | None, scope: Scope) -> NamedNode:
    if type(value) in KEYS.values():
        return exposure_node(scope, value)
    if spec.keyed:
        return scope.local(spec.name.rstrip("s"), str(step))
    name = spec.name.replace("_", "-")
    if step is None:
        return child(node, name)
    id = getattr(value, "id", None)
    return child(node, "finding" if name == "findings" else name, id if id is not None else int(step) + 1)


def _plain(spec: Field, value: Any, scope: Scope) -> NamedNode | RdfLiteral:
    if spec.kind in ("record", "word"):
        return word(value)
    return _WRITE[spec.kind](spec, value, scope)


_WRITE: dict[str, Callable[[Field, Any, Scope], NamedNode | RdfLiteral]] = {
    "term": lambda spec, value, scope: term_iri(value),
    "local": lambda spec, value, scope: scope.local(spec.local_kind, value),
    "reference": lambda spec, value, scope: scope.reference(value),
    "number": lambda spec, value, scope: number(value),
    "count": lambda spec, value, scope: RdfLiteral(value),
    "flag": lambda spec, value, scope: RdfLiteral(value),
    "text": lambda spec, value, scope: RdfLiteral(value),
}

Facts = Mapping[NamedNode, Mapping[NamedNode, list[NamedNode | RdfLiteral]]]


def read_record(record: type[R], node: NamedNode, facts: Facts, scope: Scope) -> R:
    """The record that `triples` wrote at `node`."""
    content: dict[str, Any] = _constants(record)
    for spec in fields(record):
        found = facts.get(node, {}).get(spec.property, [])
        if not found:
            continue
        values = [_read(spec, value, facts, scope) for value in _ordered(found, facts)]
        if spec.keyed:
            keys = [facts[value][KEY][0].value for value in _ordered(found, facts)]  # type: ignore[index]
            content[spec.alias] = dict(sorted(zip(keys, values, strict=True)))
        elif spec.many and not (len(values) == 1 and isinstance(values[0], str) and spec.kind == "record"):
            content[spec.alias] = values
        else:
            content[spec.alias] = values[0]
    return record.model_validate(content)


def _constants(record: type[Record]) -> dict[str, Any]:
    """The fields that a record's class fixes: the frame of a statement."""
    frame = record.model_fields.get("frame")
    return {"frame": get_args(frame.annotation)[0]} if frame else {}


def _ordered(found: list[NamedNode | RdfLiteral], facts: Facts) -> list[NamedNode | RdfLiteral]:
    def place(value: NamedNode | RdfLiteral) -> tuple[int, str]:
        own = facts.get(value, {}) if isinstance(value, NamedNode) else {}
        return (int(own[POSITION][0].value) if POSITION in own else 0, value.value)

    return sorted(found, key=place)


def _read(spec: Field, value: NamedNode | RdfLiteral, facts: Facts, scope: Scope) -> Any:
    if isinstance(value, RdfLiteral):
        if spec.kind == "flag":
            return value.value == "true"
        return {"number": Decimal, "count": int}.get(spec.kind, str)(value.value)
    if spec.kind == "term":
        return value.value.removeprefix(TERM)
    if spec.kind == "local":
        return scope.local_name(value)
    if spec.kind == "reference":
        return scope.reference_id(value)
    if spec.kind == "record" and value in facts:
        types_here = facts[value][TYPE]
        kind = next(kind for kind in spec.records if class_of(kind) in types_here)
        return read_record(kind, value, facts, scope)
    return value.value.removeprefix(WORD)
