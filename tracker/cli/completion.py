"""Print a shell's completion script."""

import click
from click.shell_completion import get_completion_class

_VARIABLE = "_BUGBOOK_COMPLETE"
"""The variable by which the script asks `bugbook` for completions; click derives it itself."""


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the script that completes commands, options, choices and ids in a SHELL."""
    maker = get_completion_class(shell)
    if maker is None:
        message = f"This version of click knows no completion for {shell}; install a newer one."
        raise click.ClickException(message)
    click.echo(maker(context.find_root().command, {}, "bugbook", _VARIABLE).source())
