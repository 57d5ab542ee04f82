from .sheet import Column as Column, Sheet as Sheet
from .sheets import read_sheet as read_sheet
from .write import ExportFault as ExportFault, sheet_bytes as sheet_bytes
