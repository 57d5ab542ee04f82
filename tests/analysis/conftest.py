"""The small graph that the tests of the network share."""

import pytest

from kg.evidence import Vocabulary
from kg.rdf.ontology import Ontology
from kg.store import OxigraphStore
from tests.analysis.small_pack import small_store


@pytest.fixture(scope="session")
def network_store(
    tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary, ontology: Ontology
) -> OxigraphStore:
    """The graph of the made-up pack for the network."""
    return small_store(tmp_path_factory.mktemp("network"), vocabulary, ontology)
