"""Oxigraph as a store: in memory, or a folder on disk opened read-only. Only this module knows its exceptions."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    Variable,
)

from kg.store.checksum import damaged_files, write_sums
from kg.store.protocol import Node, QueryFault, Solutions, StoreFault, too_many_rows

#: The formats of files by the ending of their name.
FORMATS = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}


class OxigraphStore:
    """
    A store over one Oxigraph database; queries see the union of its named graphs.

    `folder` is where it lies, if on the disk. An answer with more than `most_rows` is refused before it is whole.
    """

    def __init__(self, store: Store, folder: Path | None = None) -> None:
        self._store = store
        self.folder = folder
        self.most_rows: int | None = None

    @classmethod
    def in_memory(cls, quads: Iterable[Quad] = ()) -> "OxigraphStore":
        """A new store in memory that holds `quads`."""
        store = Store()
        store.bulk_extend(quads)
        return cls(store)

    @classmethod
    def from_file(cls, path: Path) -> "OxigraphStore":
        """A store in memory that holds a file of triples or quads; the ending of its name says which format it has."""
        format = FORMATS.get(path.suffix.lower())
        if format is None:
            raise StoreFault(f"{path}: is of no format that is known by its ending; use {', '.join(FORMATS)}")
        store = Store()
        try:
            store.bulk_load(path=str(path), format=format)
        except OSError as error:
            raise StoreFault(f"{path}: cannot be read: {error.strerror or error}") from error
        except SyntaxError as error:
            place = f"{path}:{error.lineno or 1}:{error.offset or 1}"
            raise StoreFault(f"{place}: is not {format.name}, or not whole: {error.msg}") from error
        except ValueError as error:
            raise StoreFault(f"{path}: is not {format.name}: {error}") from error
        return cls(store)

    @classmethod
    def on_disk(cls, path: Path) -> "OxigraphStore":
        """The store in the folder `path`, opened read-only."""
        if damaged := damaged_files(path):
            raise StoreFault(f"{path}: is damaged: {', '.join(damaged)}; remove it and make it again")
        try:
            return cls(Store.read_only(str(path)), path)
        except (OSError, RuntimeError) as error:
            raise StoreFault(f"{path}: is no store that can be read: {error}; kg build makes one") from error

    @staticmethod
    def write_folder(path: Path, quads: Iterable[Quad]) -> None:
        """Writes a new store folder that holds `quads`."""
        try:
            store = Store(str(path))
            store.bulk_extend(quads)
            store.optimize()
            store.flush()
            del store
            write_sums(path)
        except (OSError, RuntimeError) as error:
            raise StoreFault(f"{path}: the store cannot be written: {error}") from error

    def add(self, quads: Iterable[Quad]) -> None:
        """Adds quads."""
        self._store.extend(quads)

    def copied(self) -> "OxigraphStore":
        """A store in memory with the same quads."""
        store = Store()
        store.bulk_load(input=self.nquads(), format=RdfFormat.N_QUADS)
        return OxigraphStore(store)

    def nquads(self) -> bytes:
        """Every quad as N-Quads, a line each, in the order of the engine."""
        return self._store.dump(format=RdfFormat.N_QUADS) or b""

    def quads(self) -> Iterator[Quad]:
        """Every quad."""
        yield from self._store

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Solutions:
        """The rows of a SELECT query, with variables bound beforehand."""
        with self._faults():
            result = self._run(query, bindings)
            if not isinstance(result, QuerySolutions):
                raise QueryFault("is not a SELECT query")
            names = tuple(variable.value for variable in result.variables)
            some = result if self.most_rows is None else itertools.islice(result, self.most_rows + 1)
            rows = tuple(tuple(plain(solution[name]) for name in names) for solution in some)
        if self.most_rows is not None and len(rows) > self.most_rows:
            raise too_many_rows(self.most_rows)
        return Solutions(names, rows)

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        with self._faults():
            result = self._run(query, None)
            if not isinstance(result, QueryTriples):
                raise QueryFault("is not a CONSTRUCT query")
            yield from result

    def decide(self, query: str) -> bool:
        """The answer of an ASK query."""
        with self._faults():
            result = self._run(query, None)
            if not isinstance(result, QueryBoolean):
                raise QueryFault("is not an ASK query")
            return bool(result)

    def _run(self, query: str, bindings: Mapping[str, Node] | None) -> object:
        bound: dict[Variable, NamedNode | BlankNode | Literal | Triple] = {
            Variable(name): node for name, node in (bindings or {}).items()
        }
        return self._store.query(query, substitutions=bound or None, use_default_graph_as_union=True)

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Says in our words what the engine cannot do; it finds damage only when it comes upon it."""
        try:
            yield
        except SyntaxError as error:
            raise QueryFault(str(error)) from error
        except (OSError, RuntimeError, ValueError) as error:
            if self.folder is None:
                raise QueryFault(f"cannot be answered: {error}") from error
            raise StoreFault(f"{self.folder}: is damaged: {error}; remove it and make it again") from error


def plain(node: object) -> Node | None:
    """A cell of a row; unbound is None."""
    if node is None or isinstance(node, (NamedNode, Literal)):
        return node
    raise QueryFault("answers with a blank node or a triple; select terms")
