"""The page about errors: each example, put into the files that the page shows, gives the line that the page shows."""

import re
from pathlib import Path

import pytest

from kg.evidence import Vocabulary, load_pack
from kg.evidence.coverage import check_source
from tests.corpus import Corpus

PAGE = (Path(__file__).parents[1] / "docs/reference/errors.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(
    r"(?:^In (?:`(?P<file>[^`]+)`)?(?:, in )?(?P<long>the long article)?:\n\n)?^```yaml wrong\n(?P<change>.*?)^```\n\n```text\n(?P<told>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
EXAMPLES = [
    (
        match["file"] or ("review/statements.yaml" if match["long"] else "studies/example-2020.yaml"),
        "long article" if match["long"] else "article",
        match["change"],
        match["told"],
    )
    for match in EXAMPLE.finditer(PAGE)
]
HEAD = re.compile(r" *(?:- \{id:|(?:- )?[\w-]+:)")


def shown(kind: str) -> str:
    """The block of the page that shows a whole file."""
    (block,) = re.findall(rf"^```{kind}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(block)


def bent(text: str, change: str) -> str:
    """
    The file with each line of the change in place of the one that begins alike.

    A line that begins like none stands behind the first lines of its depth; the groups are replaced whole where the
    change begins with their key alone.
    """
    if change.startswith("groups:\n"):
        return text[: text.index("groups:\n")] + change + text[text.index("findings:\n") :]
    lines, used = text.splitlines(), set[int]()
    for new in change.splitlines():
        head = HEAD.match(new)
        assert head, new
        same = [at for at, line in enumerate(lines) if line.startswith(head[0]) and at not in used]
        depth = len(new) - len(new.lstrip(" -"))
        if same:
            lines[same[0]] = new
        else:
            level = [len(line) - len(line.lstrip(" -")) == depth for line in lines]
            same = [level.index(False, level.index(True)) if depth else len(lines)]
            lines.insert(same[0], new)
        used.add(same[0])
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("file", "article", "change", "told"), EXAMPLES, ids=[told.split(":")[3][:6].strip() for *_, told in EXAMPLES]
)
def test_example_of_an_error_gives_the_line_that_is_shown(
    tmp_path: Path, vocabulary: Vocabulary, file: str, article: str, change: str, told: str
) -> None:
    """
    The page never shows a message that the program does not print.
    """
    files = {
        "studies/example-2020.yaml": shown("yaml study"),
        "review/statements.yaml": shown("yaml statements"),
        "laboratories.yaml": "",
        "review/questions.yaml": "",
        "review/uncarried.yaml": shown("yaml uncarried"),
        "review/discrepancies.yaml": "",
        "review/studies/example-2020.yaml": shown("yaml study").replace("told_by: ref-1", "told_by: review"),
    }
    corpus = Corpus(tmp_path)
    corpus.study.unlink()
    text = change if not files[file] or change.startswith("- id") else bent(files[file], change)
    corpus.write(file, files[file] + text if change.startswith("- id: running") else text)
    if file == "review/questions.yaml" or article == "long article":
        for beside in {"review/statements.yaml", "review/uncarried.yaml"} - {file}:
            corpus.write(beside, files[beside])
    loaded = load_pack(corpus.root, vocabulary)
    problems = list(loaded.problems)
    if loaded.pack and not loaded.faults:
        problems += check_source(loaded.pack, shown(f"text {article}")).problems
    printed = [str(problem).replace(str(corpus.root), "my-pack") for problem in problems]

    assert told.strip() in printed, printed
