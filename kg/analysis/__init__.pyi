from .dose import Dose as Dose, DoseMap as DoseMap, DosePoint as DosePoint, Verdict as Verdict
from .read_doses import doses as doses
