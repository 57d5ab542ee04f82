from .answer import Answer as Answer, ask as ask, construct as construct, label as label
from .catalogue import catalogue as catalogue
from .describe import describe_term as describe_term
from .question import (
    Question as Question,
    QuestionFault as QuestionFault,
    bundled_names as bundled_names,
    bundled_question as bundled_question,
    find_term as find_term,
    parse_question as parse_question,
    question_from_file as question_from_file,
)
from .read_terms import read_terms as read_terms
from .search import Hit as Hit, one_term as one_term, search_terms as search_terms
from .terms import Terms as Terms, scheme_named as scheme_named
