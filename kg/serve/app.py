"""The application: every address, and what answers there."""

from collections.abc import Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from kg.evidence.problem import KgError
from kg.serve.endpoint import sparql
from kg.serve.fault import tell
from kg.serve.guarded_app import GuardedApp
from kg.serve.live import Live
from kg.serve.live_site import FolderSite, LiveSite
from kg.serve.page_routes import home, rendered, style
from kg.serve.query_route import query
from kg.serve.question_routes import question, questions
from kg.serve.rendered import PAGES
from kg.serve.thing_route import thing


def build_app(live: Live, knows: Callable[[str], bool], site: FolderSite | LiveSite) -> ASGIApp:
    """The application over a graph, which answers to the names that it `knows`."""
    routes: list[BaseRoute] = [
        Route("/", home),
        Route("/live.css", style),
        Route("/sparql", sparql, methods=["GET", "POST"]),
        Route("/query", query),
        Route("/questions", questions),
        Route("/questions.{form}", questions),
        Route("/questions/{name}", question),
        *(Route(page.path, rendered(page)) for page in PAGES),
        Route("/thing/{local:path}", thing),
        Mount("/site", site),
    ]
    app = Starlette(
        routes=routes,
        exception_handlers={HTTPException: tell, KgError: tell},
    )
    app.state.live, app.state.site = live, site
    return GuardedApp(app, knows)  # around everything, also around the answer to a fault of ours
