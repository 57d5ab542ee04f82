"""One paper in several packs is one publication: told by DOI, or by a PubMed number where a pack has no DOI for it.

A publication is described once. The packs' lists may spell its title or its authors differently; the words of one of
them hold for all, so that nothing is counted or printed twice. What a list says is wrong with its own entry stays.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
    Every publication, those with a DOI first, then those that their pack has a study of, then by pack and id.

    The order in which packs are named decides nothing.
    """
    studied = {
        pack.id: {study.publication for study in (*pack.papers.values(), *pack.review.values())} for pack in packs
    }
    found = [(pack, publication) for pack in packs for publication in pack.references.values()]
    yield from sorted(
        found, key=lambda pair: (pair[1].doi is None, pair[1].id not in studied[pair[0].id], pair[0].id, pair[1].id)
    )


class _Works:
    """Publications by each of their numbers."""

    def __init__(self) -> None:
        self._by_number: dict[tuple[str, str], list[tuple[Pack, Publication]]] = {}

    def add(self, pack: Pack, publication: Publication) -> None:
        """Files a publication under its numbers, its own and those of the same work."""
        same = self._same(publication)
        for earlier, other in same:
            if publication.doi and other.doi and publication.doi.lower() != other.doi.lower():
                raise SamePaperFault(
                    f"{earlier.root / 'references.json'} and {pack.root / 'references.json'} disagree: {other.id} and "
                    f"{publication.id} have one PubMed number, but the DOIs {other.doi} and {publication.doi}; mend one"
                )
        family = [*same, (pack, publication)]
        for _, member in family:
            for number in _numbers(member):
                self._by_number[number] = family

    def _same(self, publication: Publication) -> list[tuple[Pack, Publication]]:
        found: list[tuple[Pack, Publication]] = []
        for number in _numbers(publication):
            found += [pair for pair in self._by_number.get(number, ()) if all(pair[1] is not x for _, x in found)]
        return found

    def described(self, publication: Publication) -> Publication:
        """A publication as the first list that has it describes it, with every number that is known of it."""
        family = [member for _, member in self._same(publication)] or [publication]
        described = {name: getattr(family[0], name) for name in Publication.model_fields if name not in _OWN}
        for number in _NUMBERS:
            described[number] = next((value for one in family if (value := getattr(one, number))), None)
        return publication.model_copy(update=described)


def _numbers(publication: Publication) -> Iterator[tuple[str, str]]:
    for name in _NUMBERS:
        if value := getattr(publication, name):
            yield name, value.lower()
