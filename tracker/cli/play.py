"""Play a scenario file."""

import hashlib
from pathlib import Path

import click

from tracker.assembly import Recorded, Request, Tracker
from tracker.cli.outcome import tell_outcome
from tracker.cli.session import Session, tell_unlike_work_tree
from tracker.operations.scenario import Step, read_scenario


@click.command()
@click.argument("scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def play(session: Session, scenario: Path) -> None:
    """Carry out the commands of a SCENARIO file in order, each at its own time.

    Records an incident afterwards, or tells one again: the file lists who did what and when.
    Playing the same file into the same repository a second time goes on where the first ended.
    """
    data = scenario.read_bytes()
    told = read_scenario(data, str(scenario))
    tracker = session.tracker()
    try:
        tracker.refresh()
        bug: str | None = None
        for number, step in enumerate(told.steps):
            bug = _carry_out(tracker, step, bug, _request_id(data, number))
        tell_unlike_work_tree(tracker)
    finally:
        tracker.close()


def _carry_out(tracker: Tracker, step: Step, bug: str | None, request_id: str) -> str | None:
    request = Request(id=request_id, bug=bug, action=step.action, actor=step.actor)
    before = tracker.load(bug).status if bug else None
    outcome = tracker.act(request)
    tell_outcome(tracker, request, outcome, before=before)
    return outcome.bug if isinstance(outcome, Recorded) else bug


def _request_id(data: bytes, number: int) -> str:
    return f"scenario-{hashlib.blake2s(data, digest_size=8).hexdigest()}-{number}"
