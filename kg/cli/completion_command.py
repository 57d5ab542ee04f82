"""`kg completion`: what a shell reads to complete kg's commands, questions, parameters and terms."""

import click
from click.shell_completion import get_completion_class

from kg.cli.output import reports_faults


@click.command()
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
@click.pass_context
@reports_faults
def command(context: click.Context, shell: str) -> None:
    """Print the script that completes kg in SHELL; put it where your shell reads it.

    Example: kg completion bash >> ~/.bash_completion
    """
    made = get_completion_class(shell)
    if made is None:
        raise click.UsageError(f"{shell} is not known here.")
    click.echo(made(context.find_root().command, {}, "kg", "_KG_COMPLETE").source())
