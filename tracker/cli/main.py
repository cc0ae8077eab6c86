"""The command `bugbook`: groups its commands, and turns trouble into sentences and exit codes."""

import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points, version

import click

from tracker.cli.action_command import action_command
from tracker.cli.diagram import diagram
from tracker.cli.history import history
from tracker.cli.list import list_bugs
from tracker.cli.play import play
from tracker.cli.schema import schema
from tracker.cli.session import Session
from tracker.cli.show import show
from tracker.model.problem import ProblemsFound
from tracker.model.trouble import TroubleError
from tracker.workflow.verbs import VERBS, nearest

_HOTFIX = "hotfix-"
TROUBLE, UNEXPECTED, INTERRUPTED = 1, 3, 130
_FAULT = "This is a fault of Bugbook: please report it with the lines above."


class Commands(click.Group):
    """A group that suggests what a mistyped command probably meant."""

    above: tuple[EntryPoint, ...] = ()
    """Commands of packages above the tracker, loaded only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of a bug's life."""
        del ctx
        return [*self.commands, *(entry.name for entry in self.above)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by its name."""
        for entry in self.above:
            if entry.name == cmd_name:
                command: click.Command = entry.load()
                return command
        return super().get_command(ctx, cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command; an unknown one is a usage error with the nearest name."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = nearest(args[0], tuple(self.list_commands(ctx)))
            hint = f"did you mean `{near}`?" if near else f"see `{ctx.command_path} --help`."
            message = f"There is no command `{args[0]}`: {hint}"
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)


def command_line() -> Commands:
    """Every command; those above the tracker come from the entry points `bugbook.commands`."""

    @click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
    @click.option("--repository", metavar="PATH", help="The repository that holds the records.")
    @click.version_option(version("bugbook"), prog_name="bugbook")
    @click.pass_context
    def bugbook(context: click.Context, repository: str | None) -> None:
        """Keep incidents as code: each command is one commit that changes one record."""
        context.obj = Session(repository=repository)

    hotfix = Commands("hotfix", help="Take a step of the hotfix track.")
    bugbook.add_command(hotfix)
    for verb, kind in VERBS.items():
        group = hotfix if verb.startswith(_HOTFIX) else bugbook
        group.add_command(action_command(verb.removeprefix(_HOTFIX), kind))
    for command in (show, list_bugs, history, play, schema, diagram):
        bugbook.add_command(command)
    bugbook.above = tuple(entry_points(group="bugbook.commands"))
    return bugbook


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command: exit 0 done, 1 refused or problems found, 2 usage, 3 unexpected."""
    sys.exit(run(arguments))


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
            traceback.print_exception(error)
            code, sentence = UNEXPECTED, _FAULT
    click.echo(sentence, err=True)
    return code
