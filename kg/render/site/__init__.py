"""The site: linked pages of all that a graph holds, each with its machine-readable twins, made from one reading."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
