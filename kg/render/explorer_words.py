"""What an edge of the network says, in words that the glossary allows, and how each kind of thing is marked."""

from collections.abc import Mapping

from kg.render.explorer_view import ShownEdge

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


def edge_words(edge: ShownEdge, labels: Mapping[str, str]) -> str:
    """What an edge says, as a sentence without its end."""
    pattern = _MARKS.get(edge.sign) if edge.relation == "marks" else _RELATIONS.get(edge.relation)
    if pattern is None:
        pattern = "{source} — {relation} → {target}"
    ends = {"source": labels[edge.source], "target": labels[edge.target]}
    return pattern.format(**ends, sign=SIGNS.get(edge.sign, edge.sign), relation=edge.relation)
