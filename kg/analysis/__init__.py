"""What follows from the graph as a whole: how each mechanism is known, where results differ, what nobody examined.

Rules derive what can be said of single findings, cells and pairs; this package counts, orders and explains it. It reads
a store through named questions only, so that an endpoint is analysed like the bundled evidence.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
