"""CSL-JSON, which a pack's reference list is made of: every key is kept, only the id is given anew."""

import json
from pathlib import Path
from typing import Any

from kg.evidence.document import Document, parse_document
from kg.exchange.incoming import Gathering, Incoming, Read, Trouble, doi_of, issued_of


def read_csl(text: str) -> Read:
    """The items of a file, and what is wrong with it, each with its line."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        message = f"is not JSON here: {error.msg.lower()}; a comma, a quotation mark or a bracket may be missing"
        return Read((), (Trouble(error.lineno, message),))
    except RecursionError:
        return Read((), (Trouble(1, "is nested too deep"),))
    places = parse_document(text.encode(), Path("references.json"))
    if not isinstance(places, Document):
        return Read((), tuple(Trouble(problem.line, problem.message) for problem in places))
    gathering = Gathering()
    for index, item in enumerate(content if isinstance(content, list) else [content]):
        line = places.place((index,) if isinstance(content, list) else ())[0]
        if isinstance(item, dict):
            gathering.found.append(_incoming(item, line))
        else:
            gathering.trouble(line, "an item must be an object with type, title, author and issued")
    return gathering.done()


def _incoming(item: dict[str, Any], line: int) -> Incoming:
    key = str(item.get("id", item.get("title", "")))
    kept = {name: value for name, value in item.items() if name != "id"}
    if "id" in item:
        kept.setdefault("citation-key", key)
    if isinstance(kept.get("DOI"), str):
        kept["DOI"] = doi_of(kept["DOI"])
    issued = kept.get("issued")
    if isinstance(issued, dict) and "date-parts" not in issued:
        for name in ("raw", "literal"):
            kept["issued"] = {**issued, **(issued_of(str(issued.get(name, ""))) or {})}
            if "date-parts" in kept["issued"]:
                break
    return Incoming(line, key, kept)
