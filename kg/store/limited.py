"""A store in a child process that is killed when a query takes too long: for queries that somebody else wrote.

An engine cannot be stopped in the middle of a query from inside its process. The child opens the same place and answers
line by line (`kg.store.worker`); the parent waits no longer than it said. The next query starts a new child.
"""

import contextlib
import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg.store.open import is_endpoint
from kg.store.protocol import Node, QueryFault, QueryGivenUp, Solutions, Store, StoreFault

#: Says how many bytes a child may use.
VARIABLE = "KG_QUERY_BYTES"


class LimitedStore:
    """
    The store at a location, with a deadline in seconds and a largest number of rows for every query.

    `worker` names the module of the child, `memory` how many bytes it may use; without, as `kg.store.worker` has it.
    """

    def __init__(
        self,
        location: str | None,
        *,
        seconds: float = 60.0,
        most_rows: int = 1_000_000,
        worker: str = "kg.store.worker",
        memory: int | None = None,
    ) -> None:
        self.location = location
        self.seconds = seconds
        self.most_rows = most_rows
        self.worker = worker
        self.memory = memory
        self._child: subprocess.Popen[str] | None = None
        self._stopped = False

    def select(self, query: str, bindings: Mapping[str, Node] | None = None) -> Solutions:
        """The rows of a SELECT query, with variables bound beforehand."""
        bound = {name: write_node(node) for name, node in (bindings or {}).items()}
        found = self._ask({"select": query, "bindings": bound})
        rows = tuple(tuple(None if cell is None else read_node(cell) for cell in row) for row in found["rows"])
        return Solutions(tuple(found["variables"]), rows)

    def construct(self, query: str) -> Iterator[Triple]:
        """The triples of a CONSTRUCT query."""
        for row in self._ask({"construct": query})["rows"]:
            subject, predicate, object = map(read_node, row)
            yield Triple(subject, predicate, object)  # type: ignore[arg-type]

    def decide(self, query: str) -> bool:
        """The answer of an ASK query."""
        return bool(self._ask({"decide": query})["answer"])

    def close(self) -> None:
        """Ends the child process; the next query starts another."""
        self._stopped = False
        self._drop()

    def stop(self) -> None:
        """Gives up what another thread asks just now; that thread meets the fault. Then the store is to be closed."""
        self._stopped = True
        if (child := self._child) is not None:
            child.kill()

    def _drop(self) -> None:
        """Ends the child process; a store that was stopped stays so."""
        if self._child is not None:
            _end(self._child)
            self._child = None

    def _ask(self, request: dict[str, Any]) -> dict[str, Any]:
        if self._child is not None and self._child.poll() is not None:
            self._drop()
        child = self._child or self._start()
        if self._stopped:
            raise _ended()
        answer = self._send(child, request | {"most_rows": self.most_rows, "seconds": self.seconds}, self.seconds)
        if answer is None:
            self._drop()
            raise QueryGivenUp(f"did not end within {self.seconds:g} seconds; narrow it, or give it more time")
        if "fault" in answer:
            raise StoreFault(answer["fault"]) if answer.get("store") else QueryFault(answer["fault"])
        return answer

    def _start(self) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", self.worker, *([self.location] if self.location else [])]
        limits = {} if self.memory is None else {VARIABLE: str(self.memory)}
        child = subprocess.Popen(  # noqa: S603 - our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True,
            env={**os.environ, **limits},
        )  # fmt: skip
        self._child = child
        weakref.finalize(self, _end, child)
        ready = self._send(child, None, None)
        if ready is None or "fault" in ready:
            self._drop()
            raise StoreFault(ready["fault"] if ready else f"{self.location}: cannot be opened")
        return child

    def _send(self, child: "subprocess.Popen[str]", request: object, seconds: float | None) -> dict[str, Any] | None:
        """What the child answers to a request; None if it does not answer in time."""
        lines: list[str] = []
        if request is not None:
            try:
                child.stdin.write(json.dumps(request) + "\n")  # type: ignore[union-attr]
                child.stdin.flush()  # type: ignore[union-attr]
            except BrokenPipeError as error:
                self._drop()
                raise _ended() from error
        reader = threading.Thread(target=lambda: lines.append(child.stdout.readline()), daemon=True)  # type: ignore[union-attr]
        reader.start()
        reader.join(seconds)
        if not lines:
            child.kill()
            reader.join()
            return None
        if not lines[0].endswith("\n"):
            self._drop()
            raise _ended()
        answer: dict[str, Any] = json.loads(lines[0])
        return answer


def limited_store(location: str | None, *, seconds: float) -> Store:
    """The store at a location for queries that somebody else wrote; an endpoint keeps the deadline itself."""
    if is_endpoint(location):
        from kg.store.remote import RemoteStore

        return RemoteStore(str(location), timeout=seconds)
    return LimitedStore(location, seconds=seconds)


def _ended() -> QueryGivenUp:
    return QueryGivenUp("ended the process that answered it; it may have needed too much memory: narrow it")


def _end(child: "subprocess.Popen[str]") -> None:
    child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(BrokenPipeError):  # what the child did not read any more
                stream.close()


def write_node(node: Node) -> list[str | None]:
    """A term as a list that JSON can hold."""
    return [node.value] if isinstance(node, NamedNode) else [node.value, node.datatype.value, node.language]


def read_node(parts: list[str | None]) -> Node:
    """The term that `write_node` wrote."""
    value, *kind = parts
    if not kind:
        return NamedNode(str(value))
    datatype, language = kind
    if language is not None:
        return Literal(str(value), language=language)
    return Literal(str(value), datatype=NamedNode(str(datatype)))
