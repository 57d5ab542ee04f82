"""The engine of the SPARQL page as files: locked, held to its digests, and a page that says so where there is none."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.render.site import EngineFault, read_engine
from kg.render.site.addresses import Addresses
from kg.render.site.engine import BUNDLED, engine_lock
from kg.render.site.shown import Shower, in_parts
from kg.render.site.sparql_page import sparql_page

ROOT = Path(__file__).resolve().parents[2]
fetched = pytest.mark.skipif(not BUNDLED.is_dir(), reason="scripts/engine has not fetched the engine")


def test_the_lock_of_npm_names_the_engine_of_ours_and_no_host() -> None:
    """
    One package, of the version whose digests are known, with a SHA-512 and no address of a registry.
    """
    text = (ROOT / "scripts" / "npm" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    lock = engine_lock()
    assert [f"node_modules/{lock.name}"] == list(packages)
    (package,) = packages.values()
    assert (lock.version, lock.licence) == (package["version"], package["license"])
    assert package["integrity"].startswith("sha512-")
    assert "resolved" not in package and "://" not in text
    wanted = json.loads((ROOT / "scripts" / "npm" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {lock.name: lock.version} == wanted
    assert lock.package in (ROOT / "docs" / "how-to" / "site.md").read_text(encoding="utf-8")


@fetched
def test_a_changed_or_missing_file_of_the_engine_is_refused(tmp_path: Path) -> None:
    """
    One byte is enough; the message names the file and the cure, and kg site ends before it makes a page.
    """
    assert {"web.js", "web_bg.wasm"} == read_engine(BUNDLED).files.keys()
    folder = tmp_path / "engine"
    shutil.copytree(BUNDLED, folder)
    data = bytearray((folder / "web.js").read_bytes())
    data[100] ^= 1
    (folder / "web.js").write_bytes(data)
    with pytest.raises(EngineFault, match=r"web\.js: is damaged, or is not oxigraph@.*scripts/engine"):
        read_engine(folder)
    result = CliRunner().invoke(main, ["site", "--engine", str(folder), "--out", str(tmp_path / "site")])
    assert 1 == result.exit_code and "web.js: is damaged" in result.stderr
    assert not (tmp_path / "site").exists()
    (folder / "web.js").unlink()
    with pytest.raises(EngineFault, match=r"web\.js: cannot be read.*npm install oxigraph@"):
        read_engine(folder)


def test_without_an_engine_the_page_says_how_to_get_it() -> None:
    """
    The commands stand there, every question leads to its page, and no script of the page is asked for.
    """
    (shown,) = in_parts(sparql_page(None, {}))
    places = {row.cells[0][0].to for part in shown.sections for row in part.blocks[0].rows}  # type: ignore[union-attr]
    page = Shower(Addresses({place: place for place in places})).html(shown).decode()
    assert "made without the engine" in page and "scripts/engine" in page and "npm install oxigraph@" in page
    assert all(f'href="{place}"' in page for place in places) and len(places) > 70
    assert "sparql.js" not in page and "sparql-form" not in page


@fetched
def test_the_policy_of_the_page_allows_only_its_own_files(site_files: dict[str, bytes]) -> None:
    """
    WebAssembly may be compiled and a worker started; nothing inline runs, no text is run, nobody else is asked.
    """
    page = site_files["sparql.html"].decode()
    policy = page.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    parts = dict(one.strip().partition(" ")[::2] for one in policy.split(";"))
    assert "'none'" == parts["default-src"] and "'self' 'wasm-unsafe-eval'" == parts["script-src"]
    assert {"'self'"} == {parts[name] for name in ("worker-src", "connect-src", "style-src")}
    assert "unsafe" not in policy.replace("'wasm-unsafe-eval'", "")
    assert [] == [path for path, data in site_files.items() if path != "sparql.html" and b"wasm-unsafe-eval" in data]


@fetched
def test_the_licence_stands_beside_the_engine_and_on_the_page_about_the_site(site_files: dict[str, bytes]) -> None:
    """
    With the digest of each file; the graph is there with the names of its graphs.
    """
    about = site_files["about.html"].decode()
    assert "Oxigraph developers" in about and "Oxigraph developers" in site_files["engine/licence.txt"].decode()
    assert all(digest in about for digest in engine_lock().sha256.values())
    assert "downloads/graph.nq.gz" in site_files
