"""What became of a request, for whoever waits for it."""

import json
from dataclasses import asdict, dataclass

from tracker.store.outbox import End, EntryState, OutboxEntry
from tracker.workflow.decision import Reason, Refused


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """The action is in the shared repository; `subject` is the commit's, after the bug's id."""

    bug: str
    commit: str
    subject: str


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """The action is saved and not yet shared; `reason` is a sentence, empty before the first try.

    It is tried again by itself, and must not be given a second time.
    """

    reason: str


Outcome = Recorded | Refused | Waiting


def end_of(request: str, outcome: Recorded | Refused) -> End:
    """Return what the outbox keeps of a final outcome."""
    state = EntryState.DONE if isinstance(outcome, Recorded) else EntryState.REFUSED
    return End(request=request, state=state, result=json.dumps(asdict(outcome)))


def outcome_of(entry: OutboxEntry) -> Outcome:
    """Read what became of an outbox entry."""
    match entry.state:
        case EntryState.PENDING:
            return Waiting(reason=entry.result)
        case EntryState.DONE:
            return Recorded(**json.loads(entry.result))
        case EntryState.REFUSED:
            reasons = json.loads(entry.result)["reasons"]
            return Refused(reasons=tuple(Reason(**reason) for reason in reasons))


def refused(gate: str, *sentences: str) -> Refused:
    """Refuse for reasons that are not rules of the workflow."""
    return Refused(reasons=tuple(Reason(gate=gate, sentence=sentence) for sentence in sentences))
