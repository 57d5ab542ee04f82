from .addresses import thing_place as thing_place
from .engine import (
    Engine as Engine,
    EngineFault as EngineFault,
    bundled_engine as bundled_engine,
    read_engine as read_engine,
)
from .folder import SiteFault as SiteFault, Written as Written, check_folder as check_folder, write_site as write_site
from .make import make_site as make_site
