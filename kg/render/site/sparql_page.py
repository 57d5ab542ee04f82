"""The page that answers SPARQL in the browser: the named questions, an editor, and an engine loaded when asked for.

The page works where pages may load files, which is from a server and not from a file; it says so itself. All that its
scripts need stands in files beside it: nothing of the engine and nothing of the graph is in the page.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping

from kg.query.catalogue import catalogue
from kg.query.question import ANY, Question
from kg.query.vocabulary import TERMS
from kg.rdf.namespaces import BASE, SCHEME, TERM, WORD, word
from kg.render.page import page_asset
from kg.render.site.addresses import Addresses, relative
from kg.render.site.engine import Engine, engine_lock
from kg.render.site.model import SiteModel
from kg.render.site.parts import Link, Row, Section, SitePage, Table, cell
from kg.render.site.question_pages import question_path

PATH = "sparql.html"
GRAPH = "downloads/graph.nq.gz"
_PLACES = "sparql-places.json.gz"
_PARTS = ("query", "sums", "terms", "rows", "draw", "engine")
_SCRIPTS = (*(f"sparql-{part}.js" for part in _PARTS), "sparql.js")
#: After how many seconds a query is given up, and how many rows and edges are shown.
_SECONDS, _ROWS, _EDGES = 60, 1000, 300
_LEAD = (
    "Every named question, or a query of your own, answered in your browser from the published graph. "
    "Nothing you ask leaves your machine."
)
_LABELS = """
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?node (MIN(?text) AS ?label) WHERE { ?node rdfs:label|skos:prefLabel ?text } GROUP BY ?node
"""


def sparql_page(engine: Engine | None, downloads: Mapping[str, bytes]) -> SitePage:
    """The page with the list of questions; without an engine it says how to get one."""
    title = "Ask in SPARQL"
    return SitePage(
        PATH,
        "overview",
        title,
        (_LEAD,),
        tuple(_group(name, questions) for name, questions in catalogue().items()),
        schema={"@type": "WebPage", "name": title},
        template=PATH,
        data=_data(engine, downloads) if engine else {"package": engine_lock().package},
    )


def sparql_files(engine: Engine | None, model: SiteModel, addresses: Addresses) -> dict[str, bytes]:
    """The style and the scripts of the page, the questions that it offers, and where things have their pages."""
    style = {"sparql.css": page_asset("sparql.css")}
    if engine is None:
        return style
    questions = {one.name: _question(one) for group in catalogue().values() for one in group}
    offered = f"window.kgQuestions = {_json(questions)};\n"
    places = {
        "nodes": {iri: relative(path, PATH) for iri in sorted(model.triples) if (path := addresses.path(iri))},
        "references": {
            number: relative(path, PATH) for number, iri in model.by_number.items() if (path := addresses.path(iri))
        },
    }
    return style | {
        "sparql.js": page_asset(*_SCRIPTS),
        "sparql-worker.js": page_asset("sparql-worker.js"),
        "sparql-questions.js": offered.encode(),
        _PLACES: gzip.compress(_json(places).encode(), compresslevel=6, mtime=0),
    }


def _group(title: str, questions: Iterable[Question]) -> Section:
    rows = (
        Row((cell(Link(one.header.summary, question_path(one.name))), (", ".join(one.header.params),)), one.name)
        for one in questions
    )
    return Section(title, (Table(title, ("question", "can be narrowed by"), tuple(rows)),))


def _question(question: Question) -> dict[str, object]:
    """What the page knows of a question: its text without the header, which the page shows in fields."""
    lines = [line for line in question.sparql.splitlines() if not line.startswith("#+")]
    header = question.header
    return {
        "summary": header.summary,
        "about": header.about,
        "page": question_path(question.name),
        "params": dict(header.params),
        "example": dict(header.example),
        "columns": list(header.columns),
        "empty": header.empty,
        "sparql": "\n".join(lines).strip() + "\n",
    }


def _data(engine: Engine, downloads: Mapping[str, bytes]) -> dict[str, object]:
    def file(path: str, data: bytes) -> dict[str, object]:
        return {"path": path, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}

    return {
        "engine": [file(f"engine/{name}", data) for name, data in engine.files.items()],
        "graph": file(GRAPH, downloads[GRAPH]),
        "places": _PLACES,
        "package": engine.lock.package,
        "queries": {"labels": _LABELS, "terms": TERMS},
        "names": {"base": BASE, "term": TERM, "scheme": SCHEME, "word": WORD, "any": word(ANY).value, "anyWord": ANY},
        "most": {"seconds": _SECONDS, "rows": _ROWS, "edges": _EDGES},
    }


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))
