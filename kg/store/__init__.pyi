from .build import (
    Graph as Graph,
    build_graph as build_graph,
    write_build as write_build,
)
from .limited import LimitedStore as LimitedStore
from .open import (
    Project as Project,
    bundled_packs as bundled_packs,
    open_store as open_store,
    pack_folder as pack_folder,
)
from .oxigraph import OxigraphStore as OxigraphStore
from .protocol import (
    Node as Node,
    QueryFault as QueryFault,
    QueryGivenUp as QueryGivenUp,
    Solutions as Solutions,
    Store as Store,
    StoreFault as StoreFault,
)
from .rdflib_store import RdflibStore as RdflibStore
from .remote import RemoteStore as RemoteStore
from .turn import BuildFault as BuildFault
