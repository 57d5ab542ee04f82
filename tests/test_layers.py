"""The shape of the code: imports run one way, and no name of the domain stands in Python."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.evidence import Vocabulary
from kg.evidence.schema import all_records

KG = Path(__file__).resolve().parents[1] / "kg"
#: From what may import everything below it, down to what imports nothing of ours.
LAYERS = ("cli", "serve", "render", "exchange", "knowledge", "analysis", "query", "store", "rdf", "evidence")
#: Schemes of plain words; all others hold names of the domain.
PLAIN_SCHEMES = {"source-kind", "unit", "word"}
#: Keys of the file format, which may be terms too.
KEYS = {field.alias or name for record in all_records() for name, field in record.model_fields.items()}


def modules() -> list[Path]:
    return sorted(KG.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(KG)))
def test_imports_run_down_the_layers(path: Path) -> None:
    """
    A module imports from its own layer or from one below, never from above.
    """
    own = path.relative_to(KG).parts[0].removesuffix(".py")
    allowed = LAYERS[LAYERS.index(own) :] if own in LAYERS else LAYERS
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        if name.startswith("kg."):
            assert name.split(".")[1] in allowed, f"{own} imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(KG)))
def test_only_the_store_and_rdf_know_the_engine(path: Path) -> None:
    """
    The engine's store is used in one package; records know no RDF at all.
    """
    text = path.read_text(encoding="utf-8")
    layer = path.relative_to(KG).parts[0]
    if layer == "evidence":
        assert "pyoxigraph" not in text and "rdflib" not in text
    if layer != "store":
        assert "pyoxigraph import Store" not in text and "QuerySolutions" not in text


def strings(tree: ast.AST) -> Iterator[str]:
    """Every string constant of a module that is not a docstring."""
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(KG)))
def test_no_term_of_the_domain_stands_in_python(path: Path, vocabulary: Vocabulary) -> None:
    """
    No mechanism, condition, drug, species or other term is named by a string in the code.
    """
    names = {id for id, entry in vocabulary.terms.items() if entry.scheme not in PLAIN_SCHEMES}
    assert set() == set(strings(ast.parse(path.read_text(encoding="utf-8")))) & names - KEYS


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(KG)))
def test_no_study_or_reference_is_named_in_python(path: Path) -> None:
    """
    No reference number of the bundled pack is written into the code, help texts aside.
    """
    for text in strings(ast.parse(path.read_text(encoding="utf-8"))):
        assert not text.startswith("ref-") or text == "ref-", text
