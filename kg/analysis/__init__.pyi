from .dose import Dose as Dose, DoseMap as DoseMap, DosePoint as DosePoint, Verdict as Verdict
from .later import LaterFault as LaterFault, LaterStudy as LaterStudy, read_later as read_later
from .read_doses import doses as doses
