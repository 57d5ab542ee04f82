"""Units as people write them, `mg/kg` or `% VO2peak`, and the term that each may stand for.

Separate from the quantities because nothing is ever converted or accepted here: a unit is only proposed.
"""

import re

from kg.evidence.vocabulary import Vocabulary

_QUANTITY = re.compile(r"\s*(?P<numbers>[+-]?\d+(?:\.\d+)?(?:\.\.[+-]?\d+(?:\.\d+)?)?)\s*(?P<unit>[^\d\s.].{0,60})")
_SPELLED = (("/", " per "), ("µ", "u"), ("μ", "u"), ("%", " percent "), (" of ", " "))
BARE_PERCENT = ("percent", "%", "per-cent")


def proposed(text: str, vocabulary: Vocabulary | None) -> str:
    """What a text that is no quantity may have been meant as, as the end of a message; nothing if none is near."""
    match = _QUANTITY.fullmatch(text)
    if not match or vocabulary is None:
        return ""
    spelled = match["unit"].lower()
    for sign, words in _SPELLED:
        spelled = spelled.replace(sign, words)
    written = "-".join(spelled.split())
    if written in BARE_PERCENT:
        return f"; {of_what(vocabulary)}"
    near = (written,) if vocabulary.has(written, ("unit",)) else vocabulary.nearest(written, ("unit",))
    meant = [f"{match['numbers']} {unit}" for unit in near]
    return f"; did you mean {' or '.join(meant)}?" if meant else ""


def of_what(vocabulary: Vocabulary) -> str:
    """What is said of a percentage that does not name its reference."""
    references = [id for id, entry in vocabulary.terms.items() if entry.scheme == "unit" and id.startswith("percent-")]
    return f"a percentage says of what: {', '.join(sorted(references))}"
