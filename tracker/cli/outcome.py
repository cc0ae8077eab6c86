"""Say what became of an action, to a person or, as JSON, to a program."""

import json
from dataclasses import asdict
from typing import Any

import click
from rich.markup import escape

from tracker.assembly import Outcome, Recorded, Request, Tracker, Waiting
from tracker.cli.options import option_for
from tracker.cli.session import console
from tracker.clock import now
from tracker.model.status import Status
from tracker.workflow.context import Context
from tracker.workflow.decision import Accepted, Reason, Refused
from tracker.workflow.hotfix_track import missing_tests
from tracker.workflow.next_moves import still_in_review
from tracker.workflow.single_values import told_replaced
from tracker.workflow.verbs import VERBS

REFUSED = 1


def tell_outcome(
    tracker: Tracker,
    request: Request,
    outcome: Outcome | None,
    *,
    before: Status | None = None,
    as_json: bool = False,
) -> None:
    """Say what became of a request; a refusal ends the run with exit code 1.

    `before` is where the bug stood, so that an edit does not read like a move.
    """
    match outcome:
        case Recorded():
            _tell_recorded(tracker, request, outcome, before, as_json=as_json)
        case Refused():
            _refuse(outcome, request, as_json=as_json)
        case Waiting():
            _tell_waiting(outcome, as_json=as_json)
        case None:
            message = "The action was lost before it was kept: give it again."
            raise click.ClickException(message)


def tell_verdict(verdict: Accepted | Refused, request: Request, *, as_json: bool = False) -> None:
    """Say what would become of it; a refusal ends the run with exit code 1."""
    if isinstance(verdict, Refused):
        _refuse(verdict, request, as_json=as_json)
        return
    record, texts = verdict.record, [entry.text for entry in verdict.entries]
    if as_json:
        _print("accepted", bug=record.id, status=str(record.status), entries=texts)
        return
    for text in texts:
        console().print(escape(text))
    console().print(f"This would be accepted: {record.id} would be {record.status.words}.")


def _tell_recorded(
    tracker: Tracker, request: Request, outcome: Recorded, before: Status | None, *, as_json: bool
) -> None:
    record = tracker.load(outcome.bug)
    status = record.status
    others = told_replaced(tracker.replaced(outcome.bug, outcome.commit))
    if as_json:
        more = {"replaced": others} if others else {}
        _print("recorded", **asdict(outcome), status=str(status), **more)
        return
    console().print(
        f"[bold]{outcome.bug}[/bold] {escape(outcome.subject)}: "
        f"{'still' if status is before else 'now'} {status.words}"
        f" ({outcome.commit[:10]} on {escape(tracker.remote.spoken)})."
    )
    at = now()
    context = Context(actor=record.reported.by, policy=tracker.policy(), now=at, at=at)
    for told in (still_in_review(record, context), missing_tests(record, context)):
        if told:
            console().print(escape(told))
    if others:
        again = f"bugbook {spoken(request.action.verb)} {outcome.bug}"
        console().print(escape(f"{others} If that was not meant, `{again}` sets it back."))


def _tell_waiting(outcome: Waiting, *, as_json: bool) -> None:
    if as_json:
        _print("waiting", **asdict(outcome))
        return
    console().print(
        f"Saved, not yet shared. {escape(outcome.reason)} The next command that records something"
        " shares it, or the bot; `list` and `show` have it then. Do not give it a second time."
    )


def _refuse(refused: Refused, request: Request, *, as_json: bool) -> None:
    if as_json:
        _print("refused", **asdict(refused))
        raise click.exceptions.Exit(REFUSED)
    for reason in refused.reasons:
        hint = _hint(reason, request)
        click.echo(f"{reason.sentence}{hint and f'  ({hint})'}", err=True)
        if reason.waiver:
            click.echo(f"  {reason.waiver}  (bugbook waive --help)", err=True)
    raise click.exceptions.Exit(REFUSED)


def _print(outcome: str, **values: Any) -> None:  # noqa: ANN401 - whatever JSON holds
    click.echo(json.dumps({"outcome": outcome, **values}, indent=2, ensure_ascii=False))


def _hint(reason: Reason, request: Request) -> str:
    """What to type against a reason: an option of the same command, or another command."""
    verb = reason.remedy or request.action.verb
    option = option_for(VERBS[verb], reason.field) if reason.field else ""
    if verb == request.action.verb and option:
        return f"give `{option}`"
    if not reason.remedy:
        return ""
    return f"bugbook {spoken(verb)} {f'{request.bug} {option} …' if option else '--help'}"


def spoken(verb: str) -> str:
    """The verb as the command line writes it: `hotfix deploy`."""
    return verb.replace("hotfix-", "hotfix ", 1)
