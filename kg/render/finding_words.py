"""Cells of the table of findings as a reader takes them in: amounts, doses and times in words instead of signs."""

import re

_SIGNS = ((r"\.\.", " to "), ("<=", "at most "), (">=", "at least "), ("<", "less than "), (">", "more than "))
_ONE = r"\b(?!1 )(\d[\d.]*) (minute|hour|day|week|month|year)\b"
_NO_CLOCK = "clock not stated "
_AT = re.compile(r"(after|before|of) ([a-z ]+?) ([^a-z].*)")


def spelled(text: str) -> str:
    """
    Amounts as people write them.

    >>> spelled("<=3 week, 30..60 minutes, 1 day")
    'at most 3 weeks, 30 to 60 minutes, 1 day'
    """
    for sign, words in _SIGNS:
        text = re.sub(sign + r"(?=\d)", words, text)
    return re.sub(_ONE, r"\1 \2s", text)


def one_of(text: str) -> str:
    """
    What differs between groups that stand together, each once; a group without it says nothing.

    >>> one_of("this | that"), one_of("this | "), one_of("5 day | 5 day")
    ('this or that', 'this', '5 days')
    """
    return " or ".join(dict.fromkeys(spelled(part.strip()) for part in text.split("|") if part.strip()))


def with_unit(text: str, unit: str) -> str:
    """
    An amount with its unit; a word, and what names its unit, stand as they are.

    >>> with_unit("3..5", "days a week"), with_unit("daily", "days a week"), with_unit("10 day", "weeks")
    ('3 to 5 days a week', 'daily', '10 days')
    """
    said = one_of(text)
    return f"{said} {unit}" if text and not re.search("[a-z]", text) else said


def begun(timing: str) -> str:
    """
    When exercise began, against the injury.

    >>> begun("after 5 day"), begun("before | after immediately")
    ('begun 5 days after the injury', 'begun before or immediately after the injury')
    """
    parts = []
    for part in dict.fromkeys(one.strip() for one in timing.split("|") if one.strip()):
        side, _, amount = part.partition(" ")
        parts.append(" ".join(filter(None, (spelled(amount), side.replace("-", " ")))))
    return f"begun {' or '.join(parts)} the injury" if parts else ""


def when(at: str) -> str:
    """
    When something was measured.

    >>> when("after_last_session 23 hour, of_programme <=3 week"), when("clock_not_stated 5 week")
    ('23 hours after last session, at most 3 weeks into the programme', '5 weeks, from when is not stated')
    """
    sides = (side.strip() for side in at.replace("_", " ").split("|"))
    told = (", ".join(map(_moment, side.split(", "))) for side in sides if side)
    return " or ".join(dict.fromkeys(told))


def _moment(text: str) -> str:
    found = _AT.fullmatch(text)
    if found is None:
        amount = text.removeprefix(_NO_CLOCK)
        return spelled(text) if amount == text else f"{spelled(amount)}, from when is not stated"
    side, thing, amount = found[1], found[2], spelled(found[3])
    return f"{amount} into the {thing}" if side == "of" else f"{amount} {side} {thing}"
