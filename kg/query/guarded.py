"""The child process for queries of strangers: as `kg.store.worker`, and a query that would leave the graph is refused.

The query is walked here and not in the process that asks, because a long one takes the parser long, and only a child
can be stopped.
"""

from kg.query.guard import refuse_leaving
from kg.store.worker import main

if __name__ == "__main__":
    main(lambda sparql: refuse_leaving("query", sparql))
