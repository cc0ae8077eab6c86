"""Begin a team's own repository."""

import sys
from contextlib import suppress
from pathlib import Path
from select import select

import click
from pydantic import TypeAdapter, ValidationError

from tracker.cli.session import WHO_ACTS, Session
from tracker.clock import now
from tracker.model.bug_id import IdStyle
from tracker.model.part import Line
from tracker.operations.init_repository import BRANCH, Begun, Wishes, init_repository

_LONGEST_NAME = 60
_QUESTIONS = {
    "name": "Name of the knowledge base",
    "prefix": "Prefix of bug numbers",
    "channel": "Slack channel for bugs",
}


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Ask nothing: take the default of what is not given.")
@click.option("--name", metavar="TEXT", help="The name of the knowledge base.")
@click.option("--prefix", metavar="LETTERS", help="What bug numbers begin with.")
@click.option("--channel", metavar="NAME", help="The Slack channel where bugs are told.")
@click.option(
    "--as",
    "named",
    metavar="PERSON",
    help=WHO_ACTS,
)
@click.pass_obj
def init(
    session: Session,
    folder: Path,
    *,
    yes: bool,
    name: str | None,
    prefix: str | None,
    channel: str | None,
    named: str | None,
) -> None:
    """Make DIR, the current folder when left out, a repository that a team can work in.

    DIR is empty, new, or a git repository. It gets a policy to adapt, the schemas for editors, a
    knowledge base that builds, a workflow and a hook that check records, and one commit. A file
    that is there already is never changed; it is named, so that you can merge it by hand.
    """
    author = session.actor(named)
    given = {"name": name, "prefix": prefix, "channel": channel}
    answers = _answers({key: said for key, said in given.items() if said is not None}, yes=yes)
    wishes = Wishes(
        name=_name(answers["name"]),
        prefix=_prefix(answers["prefix"]),
        channel=_line(answers["channel"]),
    )
    _tell(init_repository(folder, wishes, author, now()))


def _answers(given: dict[str, str], *, yes: bool) -> dict[str, str]:
    """What was given; the rest asked for, or its default where nothing is to be asked."""
    answers = dict(given)
    if not yes and len(given) < len(_QUESTIONS) and _nobody_types():
        raise click.UsageError(_unanswered(answers))
    for key, question in _QUESTIONS.items():
        usual = getattr(Wishes(), key)
        if key in answers:
            continue
        try:
            answers[key] = usual if yes else str(click.prompt(question, default=usual, err=True))
        except click.Abort as stopped:
            if sys.stdin.isatty():
                raise
            raise click.UsageError(_unanswered(answers)) from stopped
    return answers


def _nobody_types() -> bool:
    """Whether the input has ended before the first question; waits for nobody."""
    with suppress(OSError, ValueError):  # an input without a file, of which nothing is known
        if select([sys.stdin], [], [], 0)[0] and not sys.stdin.isatty():
            return not sys.stdin.buffer.peek(1)  # type: ignore[union-attr]
    return False


def _unanswered(answers: dict[str, str]) -> str:
    options = ", ".join(f"`--{key}`" for key in _QUESTIONS if key not in answers)
    return f"Nobody is there to answer: give {options}, or `--yes` to take what is usual."


def _name(text: str) -> str:
    line = _line(text)
    if len(line) > _LONGEST_NAME or not line.isprintable():
        message = f"The name is one line of at most {_LONGEST_NAME} characters; choose another."
        raise click.UsageError(message)
    return line


def _line(text: str) -> str:
    try:
        return TypeAdapter(Line).validate_python(text.strip())
    except ValidationError as error:
        message = f"{text!r} is not one line of text; give another."
        raise click.UsageError(message) from error


def _prefix(text: str) -> str:
    try:
        return IdStyle(prefix=text.strip().upper()).prefix
    except ValidationError as error:
        message = f"{text!r} is no prefix: write up to ten letters and digits, a letter first."
        raise click.UsageError(message) from error


def _tell(begun: Begun) -> None:
    for path in begun.written:
        click.echo(f"  written   {path}")
    for path in begun.left:
        click.echo(f"  left      {path}, which was there before")
    if begun.commit is None:
        click.echo(f"Everything is there already in {begun.folder}; nothing was changed.")
        return
    click.echo(f"{begun.folder} is ready on the branch {begun.branch} ({begun.commit[:10]}).")
    click.echo(_next_steps(begun))


def _sharing(begun: Begun) -> tuple[str, str]:
    if begun.remote is None:
        return "git remote add origin ADDRESS", f"then `git push -u origin {begun.branch}`"
    return f"git push -u {begun.remote} {begun.branch}", "share it with your team"


def _next_steps(begun: Begun) -> str:
    settings = ("cp .env.example .env", "fill in the Slack tokens, then `bugbook bot`")
    branch = (settings[0], f"tell Bugbook that records are on {begun.branch}; Slack tokens too")
    usual = begun.branch == BRANCH
    steps = (
        *(() if usual else (branch,)),
        ("bugbook doctor", "see whether everything is in place"),
        ("bugbook report", "report a first bug; `bugbook report --help` shows how"),
        ("bugbook site serve", "read it on the knowledge base"),
        *((settings,) if usual else ()),
        _sharing(begun),
    )
    width = max(len(command) for command, _ in steps)
    lines = [f"  {command.ljust(width)}  {meaning}" for command, meaning in steps]
    here = begun.folder == Path.cwd()
    return "\n".join(["Next:" if here else f"Next, in {begun.folder}:", *lines])
