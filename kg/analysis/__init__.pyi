from .dose import DoseMap as DoseMap, DosePoint as DosePoint
from .ladder import Ladder as Ladder, climb as climb
from .later import LaterFault as LaterFault, LaterStudy as LaterStudy, read_later as read_later
from .programme import Dose as Dose, Verdict as Verdict
from .read_doses import doses as doses
from .review import ReviewedLadder as ReviewedLadder, compare_review as compare_review
from .rung import Cell as Cell, Evidence as Evidence, Observation as Observation, Rung as Rung, RungStudy as RungStudy
