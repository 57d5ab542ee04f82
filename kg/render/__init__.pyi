from .page import PageFault as PageFault, write_page as write_page
from .terms import render_terms as render_terms
