"""Reminders after the fix: watching, backport, post-mortem, action items."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from tracker.model.documents import ActionItem
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.clocks import shifted
from tracker.workflow.context import Context
from tracker.workflow.current_documents import current_postmortem
from tracker.workflow.history import production_deployment, verified_at
from tracker.workflow.hotfix_commands import hotfix_branch
from tracker.workflow.next_moves import next_moves
from tracker.workflow.reminder_thread import Moment, Thread, fixed, owners, turning

_MORNING: Final = time(9)
_TOLD: Final = 3  # of the things that are missing


def follow_ups(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """What is left to do once a fix is deployed."""
    yield from _watching(record, policy)
    yield from _backport(record, policy)
    yield from _postmortem(record, policy)


def _watching(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """The time of watching is over: verify, or roll back; or record first what verifying needs."""
    deployment = production_deployment(record)
    if record.status is not Status.DEPLOYED or deployment is None:
        return
    over = shifted(deployment.at, policy.rule(record.severity).monitor_for)
    context = Context(actor=record.reported.by, policy=policy, now=over, at=over)
    missing = next_moves(record, context)[0].unmet
    sentence = f"{deployment.version} was watched long enough: verify the fix, or roll it back."
    if missing:
        told = " ".join(reason.sentence for reason in missing[:_TOLD])
        more = f" And {len(missing) - _TOLD} more." if len(missing) > _TOLD else ""
        sentence = (
            f"The time to watch {deployment.version} is over, and the fix cannot be verified yet:"
            f" {told}{more}"
        )
    yield Thread(
        topic="monitoring",
        begin=(Moment(at=over, words=fixed(sentence)),),
        again_after=policy.reminders.again_after,
        verb=(missing[0].remedy if missing else None) or "verify",
        people=owners(record),
    )


def _backport(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """A hotfix that is not on main comes back with the next release."""
    hotfix, deployment = record.hotfix, production_deployment(record)
    if hotfix is None or hotfix.backport is not None or deployment is None:
        return
    branch = hotfix_branch(record) if hotfix.branch else "The hotfix"
    sentence = f"{branch} is not on main yet: the next release would bring the bug back."
    since = shifted(deployment.at, policy.reminders.again_after)
    yield Thread(
        topic="backport",
        begin=(Moment(at=since, words=fixed(sentence)),),
        again_after=policy.reminders.again_after,
        verb="hotfix-backport",
        people=owners(record),
    )


def _postmortem(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """Told a while before it is due, when it is due, and again."""
    within = policy.rule(record.severity).postmortem_within if record.severity else None
    verified = verified_at(record)
    if within is None or verified is None or current_postmortem(record):
        return
    due = shifted(verified, within)
    early = shifted(due, -min(policy.reminders.before_due, within))
    ahead = fixed(f"The post-mortem is due on {due:%Y-%m-%d}.")
    words = turning(due, ahead, f"The post-mortem is overdue since {due:%Y-%m-%d}.")
    yield Thread(
        topic="post-mortem",
        begin=(Moment(at=early, words=words), Moment(at=due, words=words)),
        again_after=policy.reminders.again_after,
        verb="postmortem",
        people=owners(record),
    )


def action_items(record: BugRecord, policy: Policy) -> Iterator[Thread]:
    """What was promised so that it does not happen again, before it is due and after."""
    for item in record.actions:
        if item.done_at is None and item.due is not None:
            yield Thread(
                topic="action",
                item=item.key,
                begin=_before_and_after(item, policy),
                again_after=policy.reminders.again_after,
                verb="action",
                people=(item.owner,) if item.owner else owners(record),
            )


def _before_and_after(item: ActionItem, policy: Policy) -> tuple[Moment, ...]:
    """In the morning of the team's day: before it is due, and on the day after."""
    zone = ZoneInfo(policy.quiet_hours.time_zone)
    if item.due is None:
        return ()
    due = datetime.combine(item.due, _MORNING, tzinfo=zone)
    over = datetime.combine(item.due + timedelta(days=1), _MORNING, tzinfo=zone)
    ahead = fixed(f"Due on {item.due}: {item.text}")
    words = turning(over, ahead, f"Overdue since {item.due}: {item.text}")
    return (
        Moment(at=due.astimezone(UTC) - policy.reminders.before_due, words=words),
        Moment(at=over.astimezone(UTC), words=words),
    )
