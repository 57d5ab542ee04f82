"""RIS to CSL-JSON: one tag a line, from TY to ER.

Read here and not by a library: the format is small, and those that read it pass over what they do not know and keep no
line numbers.
"""

import re
from collections.abc import Mapping
from typing import Any

from kg.evidence.problem import quoted
from kg.exchange.incoming import Gathering, Incoming, Read, doi_of, issued_of, one_line

TYPES = {
    "JOUR": "article-journal", "JFULL": "article-journal", "EJOUR": "article-journal", "ABST": "article-journal",
    "BOOK": "book", "EBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter", "CONF": "paper-conference",
    "CPAPER": "paper-conference", "DATA": "dataset", "ELEC": "webpage", "GEN": "document", "MGZN": "article-magazine",
    "NEWS": "article-newspaper", "RPRT": "report", "THES": "thesis", "UNPB": "manuscript", "WEB": "webpage",
}  # fmt: skip
#: The CSL variable of each tag; the first tag that an entry has wins.
VARIABLES = {
    "title": ("TI", "T1", "CT"),
    "container-title": ("T2", "JF", "JO", "JA", "J2"),
    "volume": ("VL",),
    "issue": ("IS",),
    "DOI": ("DO",),
    "URL": ("UR",),
    "ISSN": ("SN",),
    "publisher": ("PB",),
    "abstract": ("AB", "N2"),
    "language": ("LA",),
    "note": ("N1",),
}
_TAG = re.compile(r"^([A-Z][A-Z0-9])\s{1,2}-(?:\s(.*))?$")
_BREAK = re.compile(r"\r\n|\r|\n")
_PMCID = re.compile(r"PMC\d+")


def read_ris(text: str) -> Read:
    """The entries of a file, and what is wrong with it, each with its line."""
    gathering = Gathering()
    begun, tags = 0, dict[str, list[str]]()
    last = ""
    for line, content in enumerate(_BREAK.split(text), 1):
        match = _TAG.match(content.strip("\ufeff").rstrip())
        tag, value = (match[1], (match[2] or "").strip()) if match else ("", content.strip())
        if tag == "TY":
            if begun:
                gathering.trouble(begun, f"the entry that begins here has no ER before the next one in line {line}")
            begun, tags = line, {"TY": [value]}
        elif not begun:
            if content.strip():
                gathering.trouble(
                    line, f"{quoted(content.strip())} stands before any entry; an entry begins with TY  - "
                )
        elif tag == "ER":
            _entry(tags, begun, gathering)
            begun, tags = 0, {}
        elif tag:
            tags.setdefault(tag, []).append(value)
        elif value and last:
            tags[last][-1] += f" {value}"  # a value that goes on in the next line
        last = tag if begun and tag else last if begun else ""
    if begun:
        gathering.trouble(begun, "the entry that begins here has no ER; is the file cut off?")
    return gathering.done()


def _entry(tags: Mapping[str, list[str]], line: int, gathering: Gathering) -> None:
    kind = tags["TY"][0]
    item: dict[str, Any] = {"type": TYPES.get(kind, "document")}
    used = {"TY"} if kind in TYPES else set()
    for variable, names in VARIABLES.items():
        name = next((name for name in names if name in tags), None)
        if name is not None:
            used.add(name)
            item[variable] = one_line("; ".join(filter(None, tags[name])))
    if "DOI" in item:
        item["DOI"] = doi_of(item["DOI"])
    for variable, names in (("author", ("AU", "A1")), ("editor", ("ED", "A2"))):
        if people := [name for tag in names for name in tags.get(tag, ()) if name]:
            used |= set(names)
            item[variable] = [_name(name) for name in people]
    used |= _pages(item, tags) | _issue(item, tags) | _numbers(item, tags)
    if "KW" in tags:
        used.add("KW")
        item["keyword"] = ", ".join(tags["KW"])
    key = tags.get("ID", [""])[0]
    if key:
        used.add("ID")
        item["citation-key"] = key
    if rest := {tag: values for tag, values in tags.items() if tag not in used}:
        item["custom"] = {"imported": rest}
    gathering.found.append(Incoming(line, key or item.get("title", ""), item))


def _name(text: str) -> dict[str, str]:
    """
    An author, as RIS has it: family name, given names, suffix.

    >>> _name("Smith, John, Jr"), _name("World Health Organization")
    ({'family': 'Smith', 'given': 'John', 'suffix': 'Jr'}, {'literal': 'World Health Organization'})
    """
    parts = [part.strip() for part in text.split(",", 2)]
    if len(parts) == 1:
        return {"literal": parts[0]}
    return {key: part for key, part in zip(("family", "given", "suffix"), parts, strict=False) if part}


def _pages(item: dict[str, Any], tags: Mapping[str, list[str]]) -> set[str]:
    if pages := [tags[tag][0] for tag in ("SP", "EP") if tags.get(tag, [""])[0]]:
        item["page"] = "–".join(pages)
    return {"SP", "EP"}


def _issue(item: dict[str, Any], tags: Mapping[str, list[str]]) -> set[str]:
    for tag in ("PY", "Y1", "DA"):
        if issued := issued_of(tags.get(tag, [""])[0]):
            item["issued"] = issued
            return {tag}
    return set()


def _numbers(item: dict[str, Any], tags: Mapping[str, list[str]]) -> set[str]:
    """PubMed's own export keeps its numbers in AN and C2."""
    used = set()
    if found := _PMCID.fullmatch(tags.get("C2", [""])[0]):
        item["PMCID"] = found[0]
        used.add("C2")
    number = tags.get("AN", [""])[0]
    if number.isdigit() and any("pubmed" in name.lower() or "medline" in name.lower() for name in tags.get("DB", ())):
        item["PMID"] = number
        used.add("AN")
    return used
