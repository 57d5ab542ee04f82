"""Evidence in the forms of others: flat tables out, reference lists in, and what changed between two versions.

Tables are read from a store, so an endpoint is exported like the bundled evidence. What a table cannot hold is said in
docs/reference/export.md, not dropped in silence.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
