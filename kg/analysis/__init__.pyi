from .dose import DoseMap as DoseMap, DosePoint as DosePoint
from .later import LaterFault as LaterFault, LaterStudy as LaterStudy, read_later as read_later
from .programme import Dose as Dose, Verdict as Verdict
from .read_doses import doses as doses
