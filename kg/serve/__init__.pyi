from .live import Limits as Limits
from .run import Address as Address, ServeFault as ServeFault, serve as serve
