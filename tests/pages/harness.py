"""Pages in a real browser, cut off from every host but their own, and what each must be: quiet, sound and accessible."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Route

#: Schemes that never leave the machine.
_INSIDE = {"file", "data", "blob", "about"}
_GRAVE = {"serious", "critical"}
_OUTLINE = """() => ({
    lang: document.documentElement.lang, titled: document.title.length > 5,
    mains: document.querySelectorAll("main").length, navigated: document.querySelector("nav[aria-label]") !== null,
    headings: document.querySelectorAll("h1").length,
    fits: document.documentElement.scrollWidth <= innerWidth,
})"""
_NAME = """const name = (one) => `${one.localName} ${one.getAttribute("href") ?? one.id} ${one.textContent.trim().slice(0, 40)}`;"""
_FOCUSABLE = f"""() => {{ {_NAME}
    const all = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    return [...document.querySelectorAll(all)].filter((one) => !one.disabled && one.checkVisibility()).map(name);
}}"""
_WATCH = f"""() => {{ {_NAME}
    window.reached = [];
    document.addEventListener("focusin", ({{ target }}) => {{
        const look = getComputedStyle(target);
        window.reached.push([name(target), look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2]);
    }});
}}"""


@dataclass
class Visit:
    """A page that is open, with what it said and asked for since."""

    page: Page
    origin: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def axe(self) -> list[str]:
        """What axe-core finds that is serious or worse, a line each."""
        options = {"preload": False, "resultTypes": ["violations"]}  # preloading would fetch our style
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{one['id']}: {node['html'][:200]}" for one in found if one["impact"] in _GRAVE for node in one["nodes"]
        ]

    def outline(self) -> dict[str, object]:
        """What every page must have: a language, a title, a main part with one heading of the first order, no scroll."""
        found: dict[str, object] = self.page.evaluate(_OUTLINE)
        return found

    def text(self) -> str:
        """What the main part says, with what is folded away."""
        return " ".join((self.page.locator("main").text_content() or "").split())

    def walk(self) -> tuple[list[str], list[str], list[str]]:
        """
        Presses Tab from the top of the page to its end.

        Returns what in the page can be focused, what was, and what of that did not show it; each in order.
        """
        self.page.evaluate(_WATCH)
        wanted: list[str] = self.page.evaluate(_FOCUSABLE)
        for _ in range(len(wanted) + 1):
            self.page.keyboard.press("Tab")
        reached: list[list[str]] = self.page.evaluate("() => window.reached")
        return wanted, [name for name, _ in reached], [name for name, shows in reached if not shows]

    def ready(self) -> "Visit":
        """Waits until the picture of an explorer was drawn."""
        drawn = "() => performance.getEntriesByName('drawn').length"
        for _ in range(600):
            if self.page.evaluate(drawn):
                return self
            self.page.wait_for_timeout(25)
        raise AssertionError(f"nothing was drawn; the page said {self.said}")


@contextmanager
def visiting(
    browser: Browser, address: str, *, scripts: bool = True, width: int = 1400, height: int = 1000, dark: bool = False
) -> Iterator[Visit]:
    """
    An address, open in a window of its own; when it closes, the page must have kept to itself.

    Every request to another origin than the page's own is refused before it leaves the browser, and is a fault, as is
    an error on the console, a script that fails and a dialogue.
    """
    scheme = "dark" if dark else "light"
    context = browser.new_context(
        java_script_enabled=scripts, viewport={"width": width, "height": height}, color_scheme=scheme, offline=False
    )
    page = context.new_page()
    visit = Visit(page, origin(address))

    def answer(route: Route) -> None:
        inside = urlsplit(route.request.url).scheme in _INSIDE or origin(route.request.url) == visit.origin
        if inside:
            route.continue_()
        else:
            visit.asked.append(route.request.url)
            route.abort()

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.said.append(message.text)

    context.route("**/*", answer)
    page.on("console", hear)
    page.on("pageerror", lambda error: visit.said.append(str(error)))
    page.on("dialog", lambda dialog: (visit.said.append(f"dialogue: {dialog.message}"), dialog.dismiss()))
    page.goto(address)
    yield visit
    context.close()
    assert [] == visit.asked, "the page asked another host"
    assert [] == visit.said


def origin(address: str) -> str:
    """What a page may ask: its scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def written(folder: Path, name: str, text: str) -> str:
    """The address of a page that is written into a folder."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file.as_uri()
