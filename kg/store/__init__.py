"""Where the graph is kept, behind one protocol; how it is built, opened and written."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
