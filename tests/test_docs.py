"""What the docs show is what the program does: commands are run, examples checked, keys and codes complete."""

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.evidence import Vocabulary, parse_document, read_study
from kg.evidence.schema import FILES, all_records, json_schema
from kg.store.cache import bundled_store
from kg.store.remember import RememberingStore

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


class Kept(RememberingStore):
    """The store that is asked, which is asked the same once; all else of it as it is."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.fixture(scope="module", autouse=True)
def opened_once() -> Iterator[None]:
    """The commands of all pages open the bundled graph, on the disk as ever, once."""
    kept = Kept(bundled_store())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.store.cache.bundled_store", lambda: kept)
        yield


def blocks(page: Path, kind: str) -> Iterator[str]:
    yield from re.findall(rf"^```{kind}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def shown() -> list[tuple[str, str, str]]:
    """(page, command, output) of every console example."""
    found = []
    for page in PAGES:
        for block in blocks(page, "console"):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                found.append((str(page.relative_to(ROOT)), command, output))
    return found


def offered() -> list[tuple[str, str]]:
    """(first page, command) of every kg command in a shell block that needs no file of the reader's."""
    found: dict[str, str] = {}
    for page in PAGES:
        for block in blocks(page, "sh"):
            for line in block.splitlines():
                command = line.partition("#")[0].strip()
                if command.startswith("kg ") and not re.search(r"\b(article\.txt|FILE|build)\b", command):
                    found.setdefault(command, str(page.relative_to(ROOT)))
    return [(page, command) for command, page in found.items()]


@pytest.mark.parametrize(("page", "command", "output"), shown())
def test_shown_output_is_what_is_printed(page: str, command: str, output: str) -> None:
    """
    Every console example prints, to the letter, what the page shows.
    """
    result = CliRunner().invoke(main, shlex.split(command)[1:], catch_exceptions=False)
    assert output == result.stdout


@pytest.mark.parametrize(("page", "command"), offered())
def test_offered_command_works(page: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Every command that a page offers ends well, wherever it is given; what it writes stays in a folder of its own.
    """
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(command)[1:], catch_exceptions=False)
    assert 0 == result.exit_code, result.stderr


def test_format_page_names_every_key() -> None:
    """
    Each key of each kind of file is explained in the page about the format.
    """
    text = (ROOT / "docs/reference/format.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```.*?^```$|`[^`\n]+`", text, re.MULTILINE | re.DOTALL))
    keys = {field.alias or name for record in all_records() for name, field in record.model_fields.items()}
    hidden = {"source"}  # written as `from`
    assert set() == {key for key in keys - hidden if not re.search(rf"(?<![\w-]){key}(?![\w-])", code)}


@pytest.mark.parametrize("example", list(blocks(ROOT / "docs/reference/format.md", "yaml study")))
def test_complete_examples_of_the_format_page_are_right(example: str, vocabulary: Vocabulary) -> None:
    """
    A study file shown whole passes the checker without a fault or warning.
    """
    document = parse_document(example.encode(), Path("format.md"))
    assert not isinstance(document, list), document
    written = read_study(document, vocabulary)
    assert not isinstance(written, list), written


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    """
    A relative link names a file that is there.
    """
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def headings(page: Path) -> set[str]:
    """The names by which a page's headings are linked to, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    found = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


def prose() -> list[tuple[Path, str]]:
    """Every page with its text, and the tutorial's."""
    tutorial = ROOT / "docs" / "tutorial.ipynb"
    cells = json.loads(tutorial.read_text(encoding="utf-8"))["cells"]
    told = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    return [*((page, page.read_text(encoding="utf-8")) for page in PAGES), (tutorial, "\n".join(told))]


@pytest.mark.parametrize(("page", "text"), [pytest.param(*one, id=str(one[0].relative_to(ROOT))) for one in prose()])
def test_links_to_headings_lead_to_one(page: Path, text: str) -> None:
    """
    A link with a heading's name leads to a heading of that name.
    """
    for target, heading in re.findall(r"\]\((?!https?:)([^)#\s]*\.md)?#([^)\s]+)\)", text):
        assert heading in headings(page.parent / target if target else page), (target, heading)


def test_every_error_code_has_a_section() -> None:
    """
    The page about errors has a section for each code in the program, and for no other.
    """
    text = (ROOT / "docs/reference/errors.md").read_text(encoding="utf-8")
    used = {
        code
        for path in (ROOT / "kg/evidence").glob("*.py")
        for code in re.findall(r'"(E\d{3})"', path.read_text(encoding="utf-8"))
    }
    assert used == set(re.findall(r"^## (E\d{3})", text, re.MULTILINE))


@pytest.mark.parametrize("kind", sorted(FILES))
def test_published_schema_is_the_one_of_the_records(kind: str) -> None:
    """
    The JSON Schemas in the docs are those that kg schema prints.
    """
    published = json.loads((ROOT / f"docs/reference/schema/{kind}.json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(json_schema(kind))) == published


@pytest.mark.parametrize(
    "block", [text for page in ("README.md", "docs/how-to/ask.md") for text in blocks(ROOT / page, "python")]
)
def test_python_of_the_pages_runs(block: str) -> None:
    """
    What a page shows in Python runs from top to bottom.
    """
    exec(compile(block, "a page", "exec"), {})  # noqa: S102 - our own page
