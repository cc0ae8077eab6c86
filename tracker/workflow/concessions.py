"""Conditions that do not hold for a bug: waived by a person, or relaxed by the policy."""

from collections.abc import Iterable
from dataclasses import replace

from tracker.model.record import BugRecord
from tracker.model.waiver import Waiver
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.history import reopened_at


def binding(reasons: Iterable[Reason], record: BugRecord, context: Context) -> tuple[Reason, ...]:
    """Those unmet conditions that hold; what may be waived says by whom."""
    waived = {waiver.gate for waiver in current_waivers(record)}
    free = waived | context.policy.relaxations.keys()
    return tuple(_waivable(reason, context) for reason in reasons if reason.gate not in free)


def relaxed(reasons: Iterable[Reason], record: BugRecord, context: Context) -> tuple[str, ...]:
    """The conditions that are unmet and do not hold only because the policy relaxes them."""
    waived = {waiver.gate for waiver in current_waivers(record)}
    named = dict.fromkeys(reason.gate for reason in reasons)
    return tuple(
        gate for gate in named if gate in context.policy.relaxations and gate not in waived
    )


def current_waivers(record: BugRecord) -> tuple[Waiver, ...]:
    """Waivers that still hold: those given since the bug was last reopened."""
    since = reopened_at(record)
    return tuple(waiver for waiver in record.waivers if since is None or waiver.at >= since)


def _waivable(reason: Reason, context: Context) -> Reason:
    role = context.policy.waivers.get(reason.gate)
    if role is None:
        return reason
    words = role.replace("_", " ")
    sentence = f"Somebody with the role `{words}` may waive `{reason.gate}` with a reason."
    return replace(reason, waiver=sentence)
