from .answer import Answer as Answer, ask as ask, construct as construct, label as label
from .catalogue import catalogue as catalogue
from .question import (
    Question as Question,
    QuestionFault as QuestionFault,
    bundled_names as bundled_names,
    bundled_question as bundled_question,
    find_term as find_term,
    parse_question as parse_question,
    question_from_file as question_from_file,
)
