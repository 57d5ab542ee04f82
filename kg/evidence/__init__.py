"""Curated files to checked records.

A curator writes YAML; this package reads it with places, types every scalar by its field, and reports every fault
of every file at once. Nothing here knows RDF: `kg.rdf` takes the records from here.
"""

from kg.evidence.document import Document, parse_document, read_document
from kg.evidence.load import Loaded, load_pack, read_study
from kg.evidence.pack import Pack
from kg.evidence.problem import FaultsFound, KgError, Problem
from kg.evidence.study import Finding, Group, Study
from kg.evidence.vocabulary import TermEntry, Vocabulary

__all__ = [
    "Document",
    "FaultsFound",
    "Finding",
    "Group",
    "KgError",
    "Loaded",
    "Pack",
    "Problem",
    "Study",
    "TermEntry",
    "Vocabulary",
    "load_pack",
    "parse_document",
    "read_document",
    "read_study",
]
