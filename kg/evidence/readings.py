"""Which files of a pack were read a second time, without sight of the first reading.

A file of its own, and no part of the graph: it says nothing of exercise or pain, only how the curation was done. The
second readings themselves are kept where the curators keep them.
"""

from kg.evidence.field import Flag, Record, Several, Word


class SecondReadings(Record):
    """`second-readings.yaml`: the studies, by teller, and whether the sentences of the document were read twice."""

    papers: Several[Word] = ()
    review: Several[Word] = ()
    sentences: Flag = False
