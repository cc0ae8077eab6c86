"""The command `bugbook`: turns trouble into sentences and exit codes."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from tracker.cli.catalogue import GROUPS
from tracker.cli.commands import EXIT_CODES, Commands
from tracker.cli.session import Session
from tracker.location import environment
from tracker.model.problem import ProblemsFound
from tracker.model.trouble import TroubleError

TROUBLE, UNEXPECTED, INTERRUPTED = 1, 3, 130
_FAULT = "This is a fault of Bugbook: please report it with the lines above."


def command_line() -> Commands:
    """Every command of the catalogue, each loaded when it is asked for."""

    @click.command(
        cls=Commands,
        groups=GROUPS,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=f"`bugbook COMMAND --help` tells more.\n\nExit codes: {EXIT_CODES}.",
    )
    @click.option("--repository", metavar="PATH", help="The repository that holds the records.")
    @click.version_option(package_name="bugbook", prog_name="bugbook")
    @click.pass_context
    def bugbook(context: click.Context, repository: str | None) -> None:
        """Keep incidents as code: each action is one commit that changes one record."""
        context.obj = Session(repository=repository)
        context.color = False if environment(["NO_COLOR"]) else None

    return bugbook


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command: exit 0 done, 1 refused or problems found, 2 usage, 3 unexpected."""
    if sys.stdin is None:  # closed by whoever started it: the same as nothing to read
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - until the end
    code = run(arguments)
    gc.freeze()  # else Python looks through all objects for garbage, thrice, before it ends
    sys.exit(code)


def run(arguments: Sequence[str] | None) -> int:
    """Run one command and return its exit code; expected trouble becomes its own sentence."""
    try:
        result = command_line().main(arguments, prog_name="bugbook", standalone_mode=False)
    except Exception as error:  # noqa: BLE001 - the one boundary of the command line
        return _told(error)
    return result if isinstance(result, int) else 0


def _told(error: Exception) -> int:
    """Say what stopped the command; return the exit code that belongs to it."""
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    code, sentence = TROUBLE, str(error)
    match error:
        case click.Abort():
            code, sentence = INTERRUPTED, "Stopped."
        case TroubleError() | ProblemsFound():
            pass
        case OSError() if error.filename:
            sentence = f"{error.filename}: {error.strerror}."
        case _:
            from traceback import print_exception

            print_exception(error)
            code, sentence = UNEXPECTED, _FAULT
    click.echo(sentence, err=True)
    return code
