"""Whatever a record may say comes back from RDF as it was, whether or not anybody has curated it yet."""

from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.evidence.discrepancy import RecordedDiscrepancy
from kg.evidence.field import Record
from kg.evidence.pack import Laboratory, PackMeta
from kg.evidence.statement import OpenQuestion, Statement
from kg.evidence.study import Study
from kg.rdf.codec import Scope, read_record, triples
from kg.rdf.dataset import facts_of
from kg.rdf.write import digest, sorted_nquads, trig
from tests.rdf.records import REFERENCES, content
from tests.rdf.test_codec import below

HOME = NamedNode("https://example.org/home")
SCOPE = Scope(HOME, {id: NamedNode(f"https://doi.org/10.1000/{id}") for id in REFERENCES})
FRAMES: tuple[type[Record], ...] = get_args(get_args(Statement)[0])
ROOTS = (Study, PackMeta, Laboratory, OpenQuestion, RecordedDiscrepancy, *FRAMES)
RECORDS = sorted({record for root in ROOTS for record in below(root)}, key=lambda record: record.__name__)
QUICK = settings(
    max_examples=12, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)  # fmt: skip

IRIS = st.from_regex(r"https://[a-z]{1,5}\.org/[a-z0-9/~-]{0,9}(#[a-z]{0,3})?", fullmatch=True).map(NamedNode)
LITERALS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=12).map(Literal),
    st.builds(Literal, st.text(st.characters(codec="utf-8"), max_size=6), language=st.sampled_from(("en", "de-at"))),
    st.builds(Literal, st.text("0123456789.-", max_size=6), datatype=IRIS),
)
QUADS = st.sets(st.builds(Quad, IRIS, IRIS, IRIS | LITERALS, IRIS), max_size=12)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_any_record_comes_back_from_its_triples(record: type[Record]) -> None:
    """
    Generated from its type, with keys given and left out, each record is read back equal.
    """

    @given(content(record))
    @QUICK
    def comes_back(written: dict[str, Any]) -> None:
        said = record.model_validate(written)
        assert said == read_record(record, HOME, facts_of(triples(said, HOME, SCOPE)), SCOPE)

    comes_back()


@given(QUADS)
@settings(max_examples=150, deadline=None, derandomize=True, database=None)
def test_any_quads_come_back_from_both_files(quads: set[Quad]) -> None:
    """
    N-Quads and TriG hold every quad and no other, whatever signs stand in it, and depend on no order.
    """
    nquads, turtle = sorted_nquads(quads), trig(quads)

    assert quads == set(parse(nquads, format=RdfFormat.N_QUADS)) == set(parse(turtle, format=RdfFormat.TRIG))
    backwards = sorted(quads, key=str, reverse=True)
    assert (nquads, turtle) == (sorted_nquads(backwards), trig(backwards))
    assert digest(nquads) == digest(sorted_nquads(parse(turtle, format=RdfFormat.TRIG)))
