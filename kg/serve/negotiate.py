"""Which of the forms on offer an asker wants most (RFC 9110, section 12.5.1)."""

from collections.abc import Iterator, Sequence


def best(accept: str | None, offers: Sequence[str]) -> str | None:
    """
    The media type of `offers` that `accept` weighs highest, the first of equals; None where it wants none of them.

    >>> best("text/csv;q=0.5, text/*", ["text/csv", "text/html"])
    'text/html'
    >>> best(None, ["text/csv", "text/html"]), best("image/png", ["text/csv"])
    ('text/csv', None)
    """
    if accept is None or not accept.strip():
        return offers[0]
    wanted = list(_ranges(accept))
    weights = [_weight(offer, wanted) for offer in offers]
    highest = max(weights, default=0.0)
    return offers[weights.index(highest)] if highest > 0 else None


def _weight(offer: str, wanted: Sequence[tuple[str, float]]) -> float:
    """The weight of the range that names an offer most closely."""
    for range in (offer, f"{offer.partition('/')[0]}/*", "*/*"):
        for name, weight in wanted:
            if name == range:
                return weight
    return 0.0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    """Each range with its weight; what is none is passed over."""
    for part in accept.lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip() == "q":
                weight = _number(value)
        if "/" in name:
            yield name, weight


def _number(text: str) -> float:
    """
    A weight; what is none counts as not wanted.

    >>> _number("0.8"), _number("nan"), _number("9"), _number("")
    (0.8, 0.0, 1.0, 0.0)
    """
    try:
        number = float(text)
    except ValueError:
        return 0.0
    return min(max(number, 0.0), 1.0) if number == number else 0.0  # noqa: PLR0124 - nan is not equal to itself
