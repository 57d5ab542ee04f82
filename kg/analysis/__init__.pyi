from .dose import DoseMap as DoseMap, DosePoint as DosePoint
from .gaps import GapCondition as GapCondition, GapRow as GapRow, Gaps as Gaps, find_gaps as find_gaps
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
from .score import Score as Score, ScoreFault as ScoreFault, load_score as load_score

__all__ = [
    "Dose",
    "DoseMap",
    "DosePoint",
    "GapCondition",
    "GapRow",
    "Gaps",
    "LaterFault",
    "LaterStudy",
    "NetworkFault",
    "Paths",
    "Score",
    "ScoreFault",
    "Verdict",
    "acyclic",
    "doses",
    "find_gaps",
    "find_paths",
    "from_node_link",
    "load_score",
    "network",
    "read_graphml",
    "read_later",
    "to_node_link",
    "write_graphml",
]
