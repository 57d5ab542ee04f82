"""What an edge of the network says, in words that the glossary allows, and how each kind of thing is marked."""

#: What each sign says of what moved.
SIGNS = {
    "rises": "rises", "falls": "falls", "normalised": "becomes normal",
    "moved": "moves (its marker has no one direction)",
    "no-significant-change": "shows no significant change", "not-increased": "does not rise, as the source says",
    "not-decreased": "does not fall, as the source says", "mixed": "goes both ways",
    "unclear": "was measured, direction not told where we read",
}  # fmt: skip
_RELATIONS = {
    "moves": "With {source}, {target} {sign}",
    "changes-with-relief": "{source} {sign}, and {target} was relieved in the same comparison",
    "tracks": "{source} {sign} where exercise relieved {target}, and stayed where it did not",
    "moved-without-relief": "{source} {sign}, and {target} was not relieved",
    "needed": "With {source} blocked, the benefit of exercise on {target} was lost or reduced",
    "kept-when-blocked": "With {source} blocked, the benefit of exercise on {target} was kept",
    "relieves": "With {source}, {target} was relieved ({sign})",
    "no-relief": "With {source}, {target} was measured and not relieved ({sign})",
    "raises": "{source} raises the {target}",
    "lowers": "{source} lowers the {target}",
}
_MARKS = {
    "rises": "{source} speaks for {target}: both rise and fall together",
    "falls": "{source} speaks for {target}: one rises when the other falls",
    "moved": "{source} speaks for {target}, in no one direction",
}
#: Of an edge that a query of somebody's own yields.
_OTHER = "{source} — {relation} → {target}"


def edge_words(relation: str, sign: str) -> tuple[str, str, str]:
    """
    What edges of a relation and a sign say: before the source, between source and target, and after the target.

    >>> edge_words("moves", "rises")
    ('With ', ', ', ' rises')
    """
    pattern = _MARKS.get(sign) if relation == "marks" else _RELATIONS.get(relation)
    before, _, rest = (pattern or _OTHER).partition("{source}")
    between, _, after = rest.partition("{target}")
    said = {"sign": SIGNS.get(sign, sign), "relation": relation}
    return before.format(**said), between.format(**said), after.format(**said)
