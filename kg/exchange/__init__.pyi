from .add_references import Added as Added, add_references as add_references
from .change_text import AS_RDF as AS_RDF, counts as counts, words as words
from .changes import Change as Change, Changes as Changes, compare as compare, quads_of as quads_of
from .sheet import Column as Column, Sheet as Sheet
from .sheets import read_sheet as read_sheet
from .write import ExportFault as ExportFault, sheet_bytes as sheet_bytes
