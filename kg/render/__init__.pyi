from .explorer import ExplorerUnavailable as ExplorerUnavailable, render_explorer as render_explorer
from .explorer_narrow import view_of as view_of
from .explorer_query import query_view as query_view
from .explorer_view import View as View, ViewFault as ViewFault
from .gap_map import (
    GapMapFault as GapMapFault,
    GapPage as GapPage,
    read_gap_page as read_gap_page,
    render_gap_map as render_gap_map,
)
from .page import PageFault as PageFault, check_page as check_page, write_page as write_page
from .terms import render_terms as render_terms
