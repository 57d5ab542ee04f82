"""The wheel, installed where no repository is around, answers from the graph that it carries."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import main
from kg.render.site.engine import BUNDLED

ROOT = Path(__file__).resolve().parents[1]
KG = [sys.executable, "-c", "from kg.cli import main; main(prog_name='kg')"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this source tree, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with what the wheel holds and nothing else of ours, and the environment to run it in."""
    folder = tmp_path_factory.mktemp("elsewhere")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(folder)]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    return folder, {**os.environ, "PYTHONPATH": str(folder), "KG_CACHE": str(folder / "nothing-is-kept")}


def run(place: tuple[Path, dict[str, str]], *command: str) -> str:
    folder, environment = place
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_installed_package_is_the_one_that_runs(elsewhere: tuple[Path, dict[str, str]]) -> None:
    """
    The code, the ontology and the graph all come from the wheel.
    """
    code = (
        "import kg; from kg.rdf.ontology import bundled_ontology; from kg.store.cache import SHIPPED;"
        "print(kg.__file__, bundled_ontology(), SHIPPED)"
    )
    places = run(elsewhere, sys.executable, "-c", code).split()
    assert all(place.startswith(str(elsewhere[0])) for place in places)


def test_wheel_answers_like_the_source_tree(elsewhere: tuple[Path, dict[str, str]]) -> None:
    """
    Named questions, SPARQL of one's own, and why; from the graph in the wheel, so nothing is built or kept.
    """
    for command in (
        ("query", "blockers-of-exercise", "--format", "csv"),
        ("query", "exercise-to-mechanisms", "-p", "in_condition=spinal cord injury", "--format", "json"),
        ("why", "exercise", "opioid-system"),
    ):
        here = CliRunner().invoke(main, list(command), catch_exceptions=False).stdout
        assert here == run(elsewhere, *KG, *command) != ""
    assert not (elsewhere[0] / "nothing-is-kept").exists()


def test_wheel_checks_and_builds(elsewhere: tuple[Path, dict[str, str]]) -> None:
    """
    The packs, rules and shapes are in the wheel too: an installed kg can check and build.
    """
    assert "" == run(elsewhere, *KG, "check")
    assert run(elsewhere, *KG, "build", "--out", str(elsewhere[0] / "out")).startswith("sha256 ")


def test_wheel_holds_no_source_text_and_no_clutter(wheel: Path) -> None:
    """
    Only the package, the ontology, the packs and the graph; no log of the engine, no test, no article.
    """
    names = zipfile.ZipFile(wheel).namelist()
    assert {"kg"} == {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert not [
        name for name in names if name.endswith(("/LOG", "/LOCK", ".pyc", ".txt")) and ".dist-info/" not in name
    ]
    assert "kg/graph/checksums.json" in names
    engine = {name for name in names if name.startswith("kg/engine/")}
    assert {f"kg/engine/{path.name}" for path in BUNDLED.glob("*")} == engine
