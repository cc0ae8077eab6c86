"""When the damage stopped, as far as the record tells: what ends calls and status updates."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from tracker.model.moment import in_utc
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.clocks import settled_at
from tracker.workflow.gates.closing import open_checks
from tracker.workflow.history import (
    first_since,
    is_of_running_fix,
    production_deployment,
    reopened_at,
)

_NONE_AT_ALL: Final = re.compile(r"\D{0,2}0+(?:[.,]0+)?\s*(?:%|percent)?", re.IGNORECASE)
"""`0 %`, `0.0%`, `~0`: the one figure that means the same for every product."""


def mitigated_at(record: BugRecord, policy: Policy) -> datetime | None:
    """When somebody first recorded a mitigation, when the fix was seen working, or it was settled.

    Since the reopening, where there was one. A fix is seen working where it is in production, was
    not rolled back, and its newest error rate is zero or all immediate checks are done. Any other
    figure may be good or bad, which the check of the error rate tells.
    """
    told = first_since(record, "mitigate", reopened_at(record))
    found = [at for at in (told, settled_at(record), *_seen_working(record, policy)) if at]
    return min(found, key=in_utc, default=None)


def _seen_working(record: BugRecord, policy: Policy) -> Iterator[datetime]:
    live, again = production_deployment(record), reopened_at(record)
    if live is None or (again is not None and live.at < again):
        return
    rates = [
        (sample.at, sample.after)
        for sample in record.monitoring.samples
        if sample.at
        and sample.metric.casefold() == "error rate"
        and is_of_running_fix(record, sample.at)
    ]
    if rates:
        at, rate = max(rates, key=lambda read: in_utc(read[0]))
        if _NONE_AT_ALL.fullmatch(rate.strip()):
            yield at
    done = [item.at for item in record.monitoring.immediate if item.at]
    if done and not open_checks(record, policy, "immediate"):
        yield max(done, key=in_utc)
