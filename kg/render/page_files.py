"""A page as files of a site: the page, and in a folder of its name the style, the scripts and the facts beside them.

Alone, a page is one file that holds everything. In a site it is small, as the others are; its facts are loaded by a
script, which a page from a file may do as well as one from a server, and stand without scripts on other pages.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from kg.render.page import Inlined

if TYPE_CHECKING:
    from jinja2 import Environment

#: Puts the facts into the page. They are HTML that was escaped as it is on the page that stands alone.
_PUT_IN = """"use strict";
document.querySelector("main").append(...new DOMParser().parseFromString({}, "text/html").body.childNodes);
"""


@dataclass(frozen=True, slots=True)
class Site:
    """The site around a page: what leads to its main pages, to the page of a thing, and to that of a gap."""

    navigation: Sequence[tuple[str, str]]
    page_of: Callable[[str], str]
    gap_of: Callable[[str, str], str]


def page_files(
    environment: "Environment", name: str, site: Site, render: Callable[[], str], data: Mapping[str, object]
) -> dict[str, bytes]:
    """The files of the page `name`; `render` renders its template, `data` is what the template of its facts needs."""
    page = cast(Inlined, environment.globals["page"])
    *libraries, own = page.js
    scripts: dict[str, str] = {f"{name}/library-{number}.js": one for number, one in enumerate(libraries, 1)}
    scripts |= {f"{name}/facts.js": "", f"{name}/{name}.js": own}
    style = f"{name}/style.css"
    around = {"navigation": site.navigation, "style": style, "scripts": list(scripts)}
    environment.globals |= {"site": around, "page_of": site.page_of, "gap_of": site.gap_of}
    facts = environment.get_template(f"{name}-facts.html").render(**data)
    scripts[f"{name}/facts.js"] = _PUT_IN.format(json.dumps(facts, ensure_ascii=False))
    files = {f"{name}.html": render(), style: page.css, **scripts}
    return {path: str(text).encode() for path, text in files.items()}
