from .conflict import Conflict as Conflict, Lead as Lead
from .conflicts import find_conflicts as find_conflicts, find_leads as find_leads
from .dose import DoseMap as DoseMap, DosePoint as DosePoint
from .later import LaterFault as LaterFault, LaterStudy as LaterStudy, read_later as read_later
from .network import acyclic as acyclic, network as network
from .network_edges import NetworkFault as NetworkFault
from .network_file import (
    from_node_link as from_node_link,
    read_graphml as read_graphml,
    to_node_link as to_node_link,
    write_graphml as write_graphml,
)
from .paths import Paths as Paths, find_paths as find_paths
from .programme import Dose as Dose, Verdict as Verdict
from .read_doses import doses as doses
