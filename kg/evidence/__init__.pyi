from .document import Document as Document, parse_document as parse_document, read_document as read_document
from .load import Loaded as Loaded, load_pack as load_pack, read_study as read_study
from .pack import Pack as Pack
from .problem import FaultsFound as FaultsFound, KgError as KgError, Problem as Problem
from .study import Finding as Finding, Group as Group, Study as Study
from .vocabulary import TermEntry as TermEntry, Vocabulary as Vocabulary
