"""Give a bug another number."""

import click

from tracker.cli.bug_argument import known_ids
from tracker.cli.session import WHO_ACTS, Session, console
from tracker.clock import now
from tracker.operations.lost_numbers import renumber_lost
from tracker.operations.renumber import Renumbered
from tracker.operations.renumber import renumber as renumber_one


@click.command()
@click.argument("old", metavar="ID", required=False, shell_complete=known_ids)
@click.argument("new", metavar="NEW", required=False)
@click.option("--auto", is_flag=True, help="Renumber what lost its number in a merge, if anything.")
@click.option(
    "--as",
    "named",
    metavar="PERSON",
    help=WHO_ACTS,
)
@click.pass_obj
def renumber(
    session: Session, old: str | None, new: str | None, *, auto: bool, named: str | None
) -> None:
    """Give a bug the number NEW, or the next one that no branch uses.

    Its record and attachments move, other records that name it are rewritten, and the old number
    keeps leading to it, all in one commit on the branch that BUGBOOK_BRANCH names.

    With --auto, as a job on the main branch: when two branches took one number and the merge kept
    one of the bugs, the younger of the two comes back under the next number.
    """
    if auto == (old is not None):
        message = "Name the bug that gets another number, or give --auto alone."
        raise click.UsageError(message)
    tracker = session.tracker()
    try:
        actor = session.actor(named)
        if old is None:
            done = renumber_lost(tracker.store, actor, now())
        else:
            done = (renumber_one(tracker.store, old, new, actor, now()),)
    finally:
        tracker.close()
    for each in done:
        _tell(each)
    if not done:
        console().print("No bug lost its number.")


def _tell(done: Renumbered) -> None:
    console().print(f"[bold]{done.new}[/bold] was {done.old} until now ({done.commit[:10]}).")
    if done.references:
        console().print(f"References follow in {', '.join(done.references)}.")
