"""The `kg` command. Each subcommand lives in its own module and is imported when it is run: `kg --help` stays quick.

Data goes to standard output, talk to standard error. Exit status: 0 done, 1 faults found, 2 wrong usage.
"""

import errno
import importlib
import os
import sys
from typing import Any

import click

#: Subcommand, the module that holds it, and the line that help shows for it.
COMMANDS = {
    "audit": ("audit", "Compare the review with its papers, and with itself."),
    "build": ("build", "Build the graph of one or more packs and write it to a folder."),
    "check": ("check", "Check curated files; report every fault with its place and cure."),
    "completion": ("completion", "Print the script that completes kg in your shell."),
    "conflicts": ("conflicts", "Show where results differ, and in what the two sides differ."),
    "diff": ("diff", "Say what changed between two builds, files of quads, or packs."),
    "dose": ("dose", "Show which doses of exercise were tried, and whether relief was found there."),
    "export": ("export", "Write all findings, statements or programmes as one flat table."),
    "groups": ("groups", "Group the mechanisms that papers measured together."),
    "gap-map": ("gap_map", "Write the map of gaps: what was examined where, as one page that opens offline."),
    "gaps": ("gaps", "Say what nobody has examined, ranked, with what would refute it."),
    "import": ("import", "Add references from BibTeX, RIS or CSL-JSON to a pack."),
    "ladder": ("ladder", "Say how each mechanism is known, and what the review says beside it."),
    "new": ("new", "Begin a new curated file."),
    "network": ("network", "Print the network of exercise, mechanisms and relief, or write it for other programs."),
    "passage": ("passage", "Find a passage in a text and print the digest a curator writes."),
    "paths": ("paths", "Show how one term leads to another, step by step, with the proof."),
    "query": ("query", "Answer a named question, or SPARQL from a file."),
    "questions": ("questions", "List the named questions."),
    "rank": ("rank", "Rank mechanisms between exercise and relief, beside how often each was studied."),
    "schema": ("schema", "Print the JSON Schema of a kind of file."),
    "serve": ("serve", "Serve the graph to browsers and programs of this machine."),
    "site": ("site", "Write linked pages of all that the graph holds, each with its data beside it."),
    "terms": ("terms", "Show the vocabulary as a tree, search it, or show one term whole."),
    "view": ("view", "Write the mechanism explorer: the network as one page that opens offline."),
    "what-if": ("what_if", "Say what would be concluded without some papers."),
    "why": ("why", "Say what connects two terms, with the evidence."),
}


#: Why a write to standard output may fail that is nobody's bug: the disk behind it is full, or too small, or broken.
_OUTPUT_FAULTS = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EIO})


class LazyGroup(click.Group):
    """A group that knows its subcommands' names and help without importing them."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Runs the command; output that cannot be written is one clear message and exit status 1."""
        try:
            return super().main(*args, **kwargs)
        except OSError as error:
            if error.filename is not None or error.errno not in _OUTPUT_FAULTS:
                raise
            _give_up_output()
            click.echo(f"kg: the output cannot be written: {error.strerror}", err=True)
            sys.exit(1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kg.cli.{COMMANDS[cmd_name][0]}_command")
        command = module.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{module.__name__}.command is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])


def _give_up_output() -> None:
    """Leads standard output nowhere, so that what is still buffered is not tried again when the process ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="exercise-pain-kg", prog_name="kg")
def main() -> None:
    """Ask how exercise relieves neuropathic pain, and how we know.

    Example: kg query blockers-of-exercise
    """


__all__ = ["main"]
