"""Curated files to checked records.

A curator writes YAML; this package reads it with places, types every scalar by its field, and reports every fault
of every file at once. Nothing here knows RDF: `kg.rdf` takes the records from here.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
