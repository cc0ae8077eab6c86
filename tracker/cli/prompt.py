"""Print a bug's facts as a prompt."""

import click

from tracker.cli.session import Session, tell_read_place
from tracker.workflow.prompt import TASKS
from tracker.workflow.prompt import prompt as write


@click.command()
@click.argument("bug", metavar="ID")
@click.argument("kind", type=click.Choice(list(TASKS)))
@click.pass_obj
def prompt(session: Session, bug: str, kind: str) -> None:
    """Print the facts of a bug as a prompt for the language model that your team uses.

    Nothing is sent anywhere. Secrets and e-mail addresses are left out, and the record's texts are
    fenced in as data. The answer is asked for in the fields of the command that records it.
    """
    tracker = session.tracker()
    try:
        tracker.refresh()
        tell_read_place(tracker)
        if problems := tracker.policy_problems():
            for each in problems:
                click.echo(str(each), err=True)
            click.echo("The prompt is written with the last valid policy.", err=True)
        clean = tracker.without_secrets
        click.echo(write(tracker.load(bug), kind, tracker.policy(), clean), nl=False)
    finally:
        tracker.close()
