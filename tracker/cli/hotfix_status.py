"""Show the hotfix track of a bug: what is done, and what to run next."""

import json
from typing import Any

import click
from rich.markup import escape

from tracker.cli.outcome import spoken
from tracker.cli.session import Session, console, tell_read_place
from tracker.clock import now
from tracker.model.deployment import HotfixStep, StepTaken
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.hotfix_commands import hotfix_commands
from tracker.workflow.hotfix_progress import is_behind
from tracker.workflow.hotfix_track import is_complete, needed, steps_done
from tracker.workflow.incident_channel import hotfix_checks
from tracker.workflow.next_moves import leading_to, next_hotfix_step, next_on_track
from tracker.workflow.transitions import allowed


@click.command()
@click.argument("bug", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.pass_obj
def status(session: Session, bug: str, *, as_json: bool) -> None:
    """Show the track of a bug, what can be done next, and the exact commands for it."""
    tracker = session.tracker()
    try:
        tracker.refresh()
        tell_read_place(tracker)
        record, policy = tracker.load(bug), tracker.policy()
    finally:
        tracker.close()
    if as_json:
        click.echo(json.dumps(_values(record, policy), indent=2, ensure_ascii=False))
    elif record.hotfix is None:
        declare = f"bugbook hotfix declare {record.id}"
        click.echo(f"{record.id} has no hotfix track. Declare the incident to start one: {declare}")
    else:
        _print(record, policy, record.hotfix.incident)


def _print(record: BugRecord, policy: Policy, incident: str) -> None:
    out = console()
    out.print(f"[bold]{incident}[/bold]  {record.id} {escape(record.title)}")
    out.print(f"{record.severity or 'no severity yet'} · {record.status.words}\n")
    taken = steps_done(record)
    for number, step in enumerate(HotfixStep, start=1):
        out.print(f"{number} {_line(record, policy, step, taken.get(step))}".rstrip())
    due = _due(record, policy)
    if due is None:
        out.print(f"\n{_without_next(record, policy)}")
        return
    out.print(f"\nNext: bugbook {spoken(due)} {record.id}")
    for command in _commands(record, policy, due):
        out.print(f"  {escape(command)}", soft_wrap=True)
    if needs := _needed(record, policy, due):
        out.print("\nStill needed:")
        for sentence in needs:
            out.print(f"  {escape(sentence)}", soft_wrap=True)


def _without_next(record: BugRecord, policy: Policy) -> str:
    if not record.status.is_open:
        return f"{record.id} is closed, and its track with it."
    if next_hotfix_step(record) is not None:
        return "Nothing can be done on the track now: its next step has to wait."
    usual = allowed(record.status)[0]
    onward = leading_to(record, usual, _context(record, policy), whoever=True)
    told = f"go on with bugbook {onward} {record.id}" if onward else f"`{usual}` has to wait"
    unticked = sum(not item.done for item in hotfix_checks(record))
    boxes = "1 box" if unticked == 1 else f"{unticked} boxes"
    open_still = f" Of the hotfix checklist, {boxes} stay open: bugbook hotfix monitor {record.id}"
    return f"Every step of the track is taken: {told}.{open_still if unticked else ''}"


def _line(record: BugRecord, policy: Policy, step: HotfixStep, taken: StepTaken | None) -> str:
    if taken is None:
        mark, told = ("–", "not recorded") if is_behind(step, record.status) else ("○", "")
        return f"{mark} {step:<10} {told}"
    detail = f"  {escape(taken.detail)}" if taken.detail else ""
    mark = "✓" if is_complete(record, step, _context(record, policy)) else "…"
    return f"{mark} {step:<10} {taken.at:%Y-%m-%d %H:%M %Z}  {escape(taken.by.name)}{detail}"


def _due(record: BugRecord, policy: Policy) -> str | None:
    return next_on_track(record, _context(record, policy))


def _context(record: BugRecord, policy: Policy) -> Context:
    at = now()
    return Context(actor=record.reported.by, policy=policy, now=at, at=at)


def _commands(record: BugRecord, policy: Policy, due: str) -> tuple[str, ...]:
    """What to run for a step, before it is recorded; another command has nothing to run."""
    steps = [step for step in HotfixStep if due == f"hotfix-{step}"]
    return tuple(each for step in steps for each in hotfix_commands(record, step, policy))


def _needed(record: BugRecord, policy: Policy, due: str | None) -> tuple[str, ...]:
    """What the next step and the tests on its way still lack."""
    reasons = needed(record, due, _context(record, policy))
    return tuple(reason.sentence for reason in reasons)


def _values(record: BugRecord, policy: Policy) -> dict[str, Any]:
    taken, due = steps_done(record), _due(record, policy)
    return {
        "bug": record.id,
        "incident": record.hotfix.incident if record.hotfix else None,
        "status": record.status,
        "steps": [
            {
                "step": step,
                "at": taken[step].at.isoformat() if step in taken else None,
                "by": str(taken[step].by) if step in taken else None,
                "detail": taken[step].detail if step in taken else None,
            }
            for step in HotfixStep
        ],
        "next": f"bugbook {spoken(due)} {record.id}" if due else None,
        "commands": _commands(record, policy, due) if due else (),
        "needed": _needed(record, policy, due),
    }
