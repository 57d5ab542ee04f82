"""The child process of `kg.store.limited`: opens one store and answers queries, a line of JSON each, until its end.

Whatever it is asked, it may use only so much memory; and it may be killed at any moment, for it writes nothing.
"""

import itertools
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pyoxigraph import BlankNode

from kg.evidence.problem import KgError
from kg.store.limited import VARIABLE, read_node, write_node
from kg.store.open import open_store
from kg.store.oxigraph import OxigraphStore
from kg.store.protocol import QueryFault, Store, StoreFault, too_many_rows

#: The most memory that a query may use, in bytes; the variable names another number.
_MOST_BYTES = 8 * 2**30
#: The longest line that is sent back, as many signs as the answer of an endpoint may have bytes.
_LONGEST = 200_000_000


def main(allow: Callable[[str], None] | None = None) -> None:
    """Answers until standard input ends; `allow` raises a fault for a query that is not to be asked."""
    limit_memory()
    try:
        store = open_store(sys.argv[1] if sys.argv[1:] else None)
    except KgError as fault:
        _say({"fault": str(fault)})
        return
    _say({})
    for line in sys.stdin:
        request = json.loads(line)
        with _ending_after(request["seconds"]):
            try:
                _say(_answer(store, request, allow))
            except KgError as fault:
                _say({"fault": str(fault), "store": isinstance(fault, StoreFault)})


def _answer(store: Store, request: dict[str, Any], allow: Callable[[str], None] | None) -> dict[str, Any]:
    if allow is not None:
        allow(next(request[kind] for kind in ("decide", "construct", "select") if kind in request))
    if "decide" in request:
        return {"answer": store.decide(request["decide"])}
    most = request["most_rows"]
    rows: list[list[list[str | None] | None]]
    if "construct" in request:
        triples = list(itertools.islice(store.construct(request["construct"]), most + 1))
        rows = [[write_node(_term(part)) for part in (t.subject, t.predicate, t.object)] for t in triples]
        variables: tuple[str, ...] = ()
    else:
        if isinstance(store, OxigraphStore):
            store.most_rows = most
        bindings = {name: read_node(parts) for name, parts in request["bindings"].items()}
        found = store.select(request["select"], bindings)
        variables = found.variables
        rows = [[None if node is None else write_node(node) for node in row] for row in found.rows[: most + 1]]
    if len(rows) > most:
        raise too_many_rows(most)
    return {"variables": variables, "rows": rows}


def _term(part: Any) -> Any:
    if isinstance(part, BlankNode):
        raise QueryFault("answers with a blank node; construct triples of named things")
    return part


@contextmanager
def _ending_after(seconds: float) -> Iterator[None]:
    """Ends this process if its parent, which should have, is gone itself."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds + 1)
    yield
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, 0)


def limit_memory() -> None:
    """From now on this process may use only so much memory."""
    if sys.platform != "win32":
        import resource

        most = int(os.environ.get(VARIABLE, _MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def _say(answer: dict[str, Any]) -> None:
    line = json.dumps(answer)
    if len(line) > _LONGEST:
        line = json.dumps({"fault": f"answers with more than {_LONGEST:,} bytes; narrow it, or add LIMIT"})
    print(line, flush=True)  # noqa: T201 - the line is the answer


if __name__ == "__main__":
    main()
