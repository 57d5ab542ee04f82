"""The live server on loopback: a read-only SPARQL endpoint, the named questions, and the pages, over one graph.

Everything that is asked of the graph is asked in child processes that can be stopped (`pool`), so that no query holds
up another request. The libraries for HTTP are an extra, and only these modules load them.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
