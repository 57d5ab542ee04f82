"""Pages to read without a network: one HTML file each, that opens from a disk and asks nobody for anything.

Templates escape whatever data they show; a content security policy in the page allows only its own style and script.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
