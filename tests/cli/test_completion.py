"""The tab key: what bash, zsh and fish are offered, in the words that click speaks with each of them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.query import bundled_names, bundled_question

CALL = [sys.executable, "-c", "from kg.cli import main; main(prog_name='kg')"]


def offered(line: str, shell: str = "bash") -> list[str]:
    """What a shell offers behind a line whose last word is not finished."""
    words = line.split(" ")
    environment = {**os.environ, "_KG_COMPLETE": f"{shell}_complete", "COMP_WORDS": line}
    environment["COMP_CWORD"] = words[-1] if shell == "fish" else str(len(words) - 1)
    done = subprocess.run(CALL, env=environment, capture_output=True, text=True, check=True)
    assert "" == done.stderr
    return [found for found in done.stdout.splitlines() if found]


def test_question_names_are_offered() -> None:
    """
    All that begin so, and no other.
    """
    expected = [f"plain,{name}" for name in bundled_names() if name.startswith("bl")]
    assert expected == offered("kg query bl") != []


def test_files_are_offered_where_no_question_begins_so() -> None:
    """
    kg query takes a file as well.
    """
    assert ["file,mine."] == offered("kg query mine.")


def test_parameters_of_the_question_on_the_line_are_offered() -> None:
    """
    The keys first, then the terms of the right scheme.
    """
    keys = {f"plain,{name}=" for name in bundled_question("blockers-of-exercise").header.params}
    assert keys == set(offered("kg query blockers-of-exercise -p "))
    assert ["plain,of_mechanism=opioid-system"] == offered("kg query blockers-of-exercise -p of_mechanism=opioid-s")
    assert [] == offered("kg query blockers-of-exercise -p of_mechanism=rat")
    assert [] == offered("kg query no-such-question -p ")


def test_terms_are_offered_for_both_ends_of_why() -> None:
    """
    Any scheme: an exercise, then a mechanism.
    """
    assert "plain,treadmill-running" in offered("kg why tread")
    assert "plain,opioid-system" in offered("kg why exercise opioid")


def test_commands_are_offered() -> None:
    """
    The lazy group completes its commands as any other group does.
    """
    assert {"plain,query", "plain,questions"} == set(offered("kg que"))


def test_zsh_and_fish_are_told_what_each_question_answers() -> None:
    """
    Both show a line of help beside the name.
    """
    summary = bundled_question("blockers-of-exercise").header.summary
    assert ["plain", "blockers-of-exercise", summary] == offered("kg query blockers-of-e", "zsh")
    (line,) = offered("kg query blockers-of-e", "fish")
    assert "blockers-of-exercise" in line and summary in line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_of_each_shell_is_printed(shell: str) -> None:
    """
    `kg completion` prints what click makes for the shell, ready to be read by it.
    """
    done = subprocess.run([*CALL, "completion", shell], capture_output=True, text=True, check=True)
    assert f"_KG_COMPLETE={shell}_complete" in done.stdout


def test_bash_itself_completes(tmp_path: Path) -> None:
    """
    A real bash reads the script, and its own completion machinery finds the question.
    """
    bash = shutil.which("bash")
    assert bash, "bash comes with every Debian"
    command = tmp_path / "kg"
    command.write_text(f"#!{sys.executable}\nfrom kg.cli import main\nmain(prog_name='kg')\n")
    command.chmod(0o755)
    script = """
eval "$(kg completion bash)"
COMP_WORDS=(kg query blockers-of-e); COMP_CWORD=2
_kg_completion kg
echo "${COMPREPLY[@]}"
"""
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run([bash, "-c", script], capture_output=True, text=True, env={**os.environ, "PATH": path})
    assert "blockers-of-exercise" == done.stdout.strip()
