"""The findings behind a page, gathered under their papers for `pages/findings.html`, each with an anchor that stays."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count

from kg.evidence.problem import printable
from kg.rdf.namespaces import BASE
from kg.render.explorer_findings import FindingText, doi_address


class Numbers(dict[str, int]):
    """Texts by number, in the order given; a text has one number."""

    def __init__(self, texts: Iterable[str]) -> None:
        super().__init__(zip(dict.fromkeys(texts), count()))

    def of(self, texts: Iterable[str]) -> list[int]:
        """The numbers of the texts that have one."""
        return [self[text] for text in texts if text in self]


def papers_of(found: Iterable[FindingText]) -> dict[str, list[FindingText]]:
    """The findings by the study that tells them."""
    studies: dict[str, list[FindingText]] = {}
    for finding in found:
        studies.setdefault(finding.study, []).append(finding)
    return studies


def paper_section(
    found: Sequence[FindingText], keys: Mapping[str, str], numbers: Mapping[str, int]
) -> dict[str, object]:
    """A paper as one teller tells of it, with its findings."""
    one = found[0]
    return {
        "reference": one.reference, "file": one.file, "title": printable(one.title), "year": one.year, "told": one.told,
        "doi": doi_address(one.doi), "shown": one.doi,
        "findings": [(each, numbers[each.iri], keys[each.iri]) for each in found],
    }  # fmt: skip


def finding_path(key: str) -> str:
    """The last part of the address of a finding, from its short name."""
    study, _, word = key.rpartition("/")
    return f"{study}/finding/{word}"


def finding_keys(found: Sequence[FindingText]) -> dict[str, str]:
    """A short name for each finding, to be an anchor that stays: its address below the pack."""
    keys = {one.iri: one.iri.removeprefix(BASE + "pack/").replace("/finding/", "/") for one in found}
    short = {iri: key.partition("/")[2] for iri, key in keys.items()}
    return short if len(set(short.values())) == len(keys) else keys
