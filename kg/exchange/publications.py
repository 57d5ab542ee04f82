"""Numbers and DOIs of publications, by the ids that a pack gives them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.exchange.sheet import VALUES
from kg.query.records import references_of
from kg.store.protocol import Store

_KNOWN = """
PREFIX epk: <https://w3id.org/exercise-pain-kg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prism: <http://prismstandard.org/namespaces/basic/2.0/>
SELECT ?pack ?id ?number ?doi
WHERE {
  ?entry a epk:ReferenceEntry ; epk:inPack ?pack ; dcterms:identifier ?id ; epk:entryFor ?publication .
  OPTIONAL { ?entry epk:number ?number } OPTIONAL { ?publication prism:doi ?doi }
}
ORDER BY ?pack ?id ?number ?doi
"""


@dataclass(frozen=True, slots=True)
class Publications:
    """What a store says of the publications of its packs."""

    nodes: Mapping[NamedNode, Mapping[str, NamedNode]]
    numbers: Mapping[tuple[str, str], int]
    dois: Mapping[tuple[str, str], str]

    @classmethod
    def of(cls, store: Store) -> "Publications":
        """Reads them from a store."""
        numbers: dict[tuple[str, str], int] = {}
        dois: dict[tuple[str, str], str] = {}
        for pack, id, number, doi in store.select(_KNOWN).rows:
            if pack is not None and id is not None:
                if number is not None:
                    numbers[pack.value, id.value] = int(number.value)
                if doi is not None:
                    dois.setdefault((pack.value, id.value), doi.value)
        return cls(references_of(store), numbers, dois)

    def number(self, pack: NamedNode, id: str) -> int | None:
        """The number of a publication in its pack's list, if the list is numbered."""
        return self.numbers.get((pack.value, id))

    def doi(self, pack: NamedNode, id: str) -> str | None:
        """Its DOI, if it has one."""
        return self.dois.get((pack.value, id))

    def listed(self, pack: NamedNode, ids: Iterable[str]) -> str | None:
        """The numbers of several publications in order; the id stands for one without a number."""
        numbered = sorted((self.number(pack, id) or 0, id) for id in ids)
        return VALUES.join(str(number) if number else id for number, id in numbered) or None
