"""One paper in several packs is one publication: told by DOI, or by a PubMed number where a pack has no DOI for it.

A publication is described once. The packs' lists may spell its title or its authors differently; the words of one of
them hold for all, so that nothing is counted or printed twice. What a list says is wrong with its own entry stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from kg.evidence.pack import Pack
from kg.evidence.problem import KgError
from kg.evidence.reference import Publication

_OWN = frozenset({"id", "custom"})
_NUMBERS = ("doi", "pmid", "pmcid")


class SamePaperFault(KgError):
    """Two lists disagree about which paper a number belongs to."""


def joined(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """The packs, each publication with the same description and the same numbers in all of them."""
    works = _Works()
    for pack, publication in _in_order(packs):
        works.add(pack, publication)
    return tuple(
        replace(pack, references={id: works.described(item) for id, item in pack.references.items()}) for pack in packs
    )


def _in_order(packs: Sequence[Pack]) -> Iterator[tuple[Pack, Publication]]:
    """
    Every publication, those first that their pack has a study of, then by pack and id.

    The order in which packs are named decides nothing.
    """
    studied = {
        pack.id: {study.publication for study in (*pack.papers.values(), *pack.review.values())} for pack in packs
    }
    found = [(pack, publication) for pack in packs for publication in pack.references.values()]
    yield from sorted(found, key=lambda pair: (pair[1].id not in studied[pair[0].id], pair[0].id, pair[1].id))


class _Member(NamedTuple):
    """An entry of a list, and when it was added: the first of a work describes it."""

    rank: int
    pack: Pack
    publication: Publication


class _Works:
    """Publications by each of their numbers."""

    def __init__(self) -> None:
        self._by_number: dict[tuple[str, str], list[_Member]] = {}
        self._count = 0

    def add(self, pack: Pack, publication: Publication) -> None:
        """Files an entry under its numbers and those of the same work."""
        self._count += 1
        family = [*self._family(publication), _Member(self._count, pack, publication)]
        self._refuse_two_dois(family)
        for member in family:
            for number in _numbers(member.publication):
                self._by_number[number] = family

    def _family(self, publication: Publication) -> list[_Member]:
        """Every entry of the same work, those added first in front."""
        found = {m.rank: m for number in _numbers(publication) for m in self._by_number.get(number, ())}
        return [found[rank] for rank in sorted(found)]

    def _refuse_two_dois(self, family: Sequence[_Member]) -> None:
        by_doi = {member.publication.doi.lower(): member for member in family if member.publication.doi}
        for one, other in pairwise(by_doi.values()):
            files = " and ".join(str(member.pack.root / "references.json") for member in (one, other))
            raise SamePaperFault(
                f"{files} disagree: {one.publication.id} and {other.publication.id} have one PubMed number, but the "
                f"DOIs {one.publication.doi} and {other.publication.doi}; mend one"
            )

    def described(self, publication: Publication) -> Publication:
        """A publication in the words of the first entry of its work, with every number that is known of it."""
        family = [member.publication for member in self._family(publication)] or [publication]
        described = {name: getattr(family[0], name) for name in Publication.model_fields if name not in _OWN}
        for number in _NUMBERS:
            described[number] = next((value for one in family if (value := getattr(one, number))), None)
        return publication.model_copy(update=described)


def _numbers(publication: Publication) -> Iterator[tuple[str, str]]:
    for name in _NUMBERS:
        if value := getattr(publication, name):
            yield name, value.lower()
