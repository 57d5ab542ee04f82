from .against import back_test_against as back_test_against
from .backtest import back_test as back_test
from .centrality import CentralityFault as CentralityFault, betweenness as betweenness, pagerank as pagerank
from .conclusions import (
    CellKey as CellKey,
    Conclusion as Conclusion,
    Hold as Hold,
    conclude as conclude,
    holds as holds,
)
from .conflict import Conflict as Conflict, Lead as Lead
from .conflicts import find_conflicts as find_conflicts, find_leads as find_leads
from .dose import DoseMap as DoseMap, DosePoint as DosePoint
from .event import ApartEvent as ApartEvent, Event as Event, RankedEvent as RankedEvent
from .foresight import (
    BacktestFault as BacktestFault,
    Foresight as Foresight,
    Order as Order,
    SetAside as SetAside,
)
from .gaps import GapCondition as GapCondition, GapRow as GapRow, Gaps as Gaps, find_gaps as find_gaps
from .groups import (
    Group as Group,
    Grouping as Grouping,
    GroupsFault as GroupsFault,
    Member as Member,
    Together as Together,
    group_network as group_network,
    groups as groups,
)
from .ladder import Ladder as Ladder, climb as climb
from .later import LaterFault as LaterFault, LaterStudy as LaterStudy, read_later as read_later
from .libraries import LibraryMissing as LibraryMissing
from .matrix import (
    Level as Level,
    Matrix as Matrix,
    Piece as Piece,
    read_matrix as read_matrix,
)
from .network import acyclic as acyclic, network as network
from .network_edges import NetworkFault as NetworkFault
from .network_file import (
    from_node_link as from_node_link,
    read_graphml as read_graphml,
    to_node_link as to_node_link,
    write_graphml as write_graphml,
)
from .path_counts import PathsNotCountable as PathsNotCountable, count_paths as count_paths
from .paths import Paths as Paths, find_paths as find_paths
from .permuted import Progress as Progress, TooFew as TooFew
from .plan import Plan as Plan, PlanFault as PlanFault, PlannedStudy as PlannedStudy, find_plan as find_plan
from .programme import Dose as Dose, Verdict as Verdict
from .rank import (
    Permuted as Permuted,
    Ranked as Ranked,
    RankFault as RankFault,
    Ranking as Ranking,
    rank as rank,
    rank_network as rank_network,
)
from .read_doses import doses as doses
from .review import ReviewedLadder as ReviewedLadder, compare_review as compare_review
from .rung import Cell as Cell, Evidence as Evidence, Observation as Observation, Rung as Rung, RungStudy as RungStudy
from .score import Score as Score, ScoreFault as ScoreFault, load_score as load_score
from .shared_neighbours import PairScores as PairScores, adamic_adar as adamic_adar
from .subset import (
    Account as Account,
    Curated as Curated,
    SubsetFault as SubsetFault,
    Without as Without,
    left_out as left_out,
    read_accounts as read_accounts,
)
from .what_if import (
    Aside as Aside,
    Change as Change,
    Each as Each,
    WhatIf as WhatIf,
    each_alone as each_alone,
    suppose as suppose,
)
