"""BibTeX and BibLaTeX to CSL-JSON.

The file is split by bibtexparser, which goes on after a broken entry and knows its line. LaTeX is decoded by
pylatexenc, guarded so that it swallows nothing: `%`, `&` and commands that it does not know stay.
"""

import logging
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.evidence.problem import KgError, quoted
from kg.exchange.incoming import Gathering, Incoming, Read, doi_of, issued_of, one_line

if TYPE_CHECKING:
    from bibtexparser.model import Entry, Field, ParsingFailedBlock
    from pylatexenc.latex2text import LatexNodes2Text

TYPES = {
    "article": "article-journal", "book": "book", "booklet": "book", "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset", "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference",
    "manual": "report", "mastersthesis": "thesis", "online": "webpage", "phdthesis": "thesis", "proceedings": "book",
    "report": "report", "techreport": "report", "thesis": "thesis", "unpublished": "manuscript", "www": "webpage",
}  # fmt: skip
#: The CSL variable of each field; the first field that an entry has wins.
VARIABLES = {
    "title": ("title",),
    "container-title": ("journaltitle", "journal", "booktitle"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
    "PMID": ("pmid",),
    "PMCID": ("pmcid", "pmc"),
    "DOI": ("doi",),
    "URL": ("url",),
    "ISSN": ("issn",),
    "ISBN": ("isbn",),
    "publisher": ("publisher", "institution", "school"),
    "abstract": ("abstract",),
    "keyword": ("keywords",),
    "language": ("language", "langid"),
    "note": ("note",),
}
_AS_IS = {"doi", "url", "pmid", "pmcid", "pmc", "issn", "isbn"}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BARE = re.compile(r"(?<!\\)([%&#])")
_ENTRY = re.compile(r"^\s*@\s*\w+", re.MULTILINE)


def read_bibtex(text: str) -> Read:
    """The entries of a file, and what is wrong with it, each with its line."""
    try:
        from bibtexparser.entrypoint import parse_string
        from bibtexparser.model import Entry, ImplicitComment, ParsingFailedBlock
    except ImportError as error:
        message = "bibtex needs bibtexparser, which is not installed; pip install 'exercise-pain-kg[exchange]'"
        raise KgError(message) from error
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it logs is told below, with the right line
    gathering = Gathering()
    for block in parse_string(text).blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, ParsingFailedBlock):
            gathering.trouble(line, _failure(block))
        elif isinstance(block, ImplicitComment) and (entry := _ENTRY.search(block.comment)):
            at = line + block.comment[: entry.start()].count("\n")
            gathering.trouble(
                at, f"{quoted(entry[0].strip())} begins no entry: a brace must follow, as in @article{{key,"
            )
        elif isinstance(block, Entry):
            _entry(block, line, gathering)
    return gathering.done()


def _failure(block: "ParsingFailedBlock") -> str:
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

    if isinstance(block, DuplicateFieldKeyBlock):
        return f"the entry has {', '.join(sorted(block.duplicate_keys))} twice; keep one"
    if isinstance(block, DuplicateBlockKeyBlock):
        first = (block.previous_block.start_line or 0) + 1
        return f"the key {quoted(block.key)} stands in line {first} already; rename one of the two, or remove it"
    reason = str(getattr(block.error, "abort_reason", block.error)).split(". ")[0].rstrip(".")
    return f"the entry that begins here cannot be read: {reason.lower()}; count its braces and quotation marks"


def _entry(entry: "Entry", line: int, gathering: Gathering) -> None:
    fields = {field.key.lower(): field for field in entry.fields}
    if len(fields) != len(entry.fields):
        gathering.trouble(line, "the entry has a field twice, in small letters and in capitals; keep one")
    for field in filter(_is_unknown_string, fields.values()):
        message = f"{field.key} is {quoted(field.value)}, which is no @string of this file; put it in braces"
        gathering.trouble(field.start_line + 1, message)
    item: dict[str, Any] = {"type": TYPES.get(entry.entry_type.lower(), "document")}
    used = set()
    for variable, names in VARIABLES.items():
        name = next((name for name in names if name in fields), None)
        if name is not None:
            used.add(name)
            item[variable] = one_line(str(fields[name].value) if name in _AS_IS else decoded(str(fields[name].value)))
    if "DOI" in item:
        item["DOI"] = doi_of(item["DOI"].replace("\\", ""))
    if "page" in item:
        item["page"] = item["page"].replace("--", "–")
    for name in ("author", "editor"):
        if name in fields:
            used.add(name)
            item[name] = _names(str(fields[name].value), line, gathering)
    used |= _issue(item, {name: str(field.value) for name, field in fields.items()})
    rest = {name: one_line(str(field.value)) for name, field in fields.items() if name not in used}
    if entry.entry_type.lower() not in TYPES:
        rest["entry type"] = entry.entry_type
    item["citation-key"] = entry.key
    if rest:
        item["custom"] = {"imported": rest}
    gathering.found.append(Incoming(line, entry.key, item))


def _is_unknown_string(field: "Field") -> bool:
    """Whether a value without braces is a name that the file does not define; the months are defined by BibTeX."""
    value = str(field.value).strip()
    return field.enclosing == "no-enclosing" and not value.isdigit() and value.lower()[:3] not in _MONTHS


def _issue(item: dict[str, Any], values: dict[str, str]) -> set[str]:
    """Puts the date into an item; returns the fields that it was read from."""
    if "date" in values and (issued := issued_of(values["date"])):
        item["issued"] = issued
        return {"date"}
    if "year" in values and (issued := issued_of(values["year"])):
        item["issued"] = issued
        month = values.get("month", "").strip().lower()
        number = int(month) if month.isdigit() else _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else 0
        if 0 < number <= 12 and len(issued["date-parts"][0]) == 1:
            issued["date-parts"][0].append(number)
            return {"year", "month"}
        return {"year"}
    return set()


def _names(text: str, line: int, gathering: Gathering) -> list[dict[str, str]]:
    from bibtexparser.middlewares.names import (
        InvalidNameError,
        parse_single_name_into_parts,
        split_multiple_persons_names,
    )

    names: list[dict[str, str]] = []
    for name in split_multiple_persons_names(text):
        if name.lower() == "others":
            names.append({"literal": "et al."})
        elif name.startswith("{") and name.endswith("}"):
            names.append({"literal": one_line(decoded(name))})
        else:
            try:
                parts = parse_single_name_into_parts(name)
            except InvalidNameError as error:
                gathering.trouble(line, f"the name {quoted(name)} cannot be read: {error.reason.lower()}")
                continue
            told = {"family": [*parts.von, *parts.last], "given": parts.first, "suffix": parts.jr}
            names.append({key: one_line(decoded(" ".join(words))) for key, words in told.items() if words})
    return names


def decoded(text: str) -> str:
    r"""
    LaTeX as plain text; what is no LaTeX stays.

    >>> print(decoded(r"na{\"\i}ve {DNA}, 50% less in {\textit{vivo}} \unknown{x}"))
    naïve DNA, 50% less in vivo \unknown x
    """
    return str(_decoder().latex_to_text(_BARE.sub(r"\\\1", text)))


@cache
def _decoder() -> "LatexNodes2Text":
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    known.set_unknown_macro_spec(MacroTextSpec("", simplify_repl=lambda node: f"\\{node.macroname} "))
    return LatexNodes2Text(latex_context=known)
