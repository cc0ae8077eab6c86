"""What was saved at a terminal and could not be shared then, and what has become of it since."""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from tracker.operations.committing import Committer
from tracker.store.commit_path import CommitPath
from tracker.store.outbox import OutboxEntry
from tracker.store.outcome import Recorded, Waiting, outcome_of
from tracker.workflow.decision import Refused

_TERMINALS: Final = ("cli-", "console-")
"""How the requests of whoever is told here begin; in chat the bot owes its answers itself."""
_MOST: Final = 1000


def left_waiting(committer: Committer) -> tuple[OutboxEntry, ...]:
    """What waits, also what is no longer in a shared history that was rewritten."""
    committer.take_up_lost()
    waiting = committer.path.ledger.outbox.pending(_MOST)
    return tuple(entry for entry in waiting if entry.request.startswith(_TERMINALS))


def became_of(path: CommitPath, waited: Iterable[OutboxEntry]) -> Iterator[str]:
    """A sentence for each that is shared or refused now; what was typed comes with a refusal."""
    order = [each.request for each in waited]
    entries = path.ledger.outbox.entries(order)
    for entry in sorted(entries, key=lambda each: order.index(each.request)):
        outcome, asked = outcome_of(entry), json.loads(entry.action)
        about = f" of {asked['bug']}" if asked["bug"] else ""
        saved = f"`{asked['verb']}`{about}, saved at {entry.taken_in:%Y-%m-%d %H:%M} UTC,"
        match outcome:
            case Recorded():
                yield f"{saved} is shared now: {outcome.bug} {outcome.subject}."
            case Refused():
                told = " ".join(reason.sentence for reason in outcome.reasons)
                typed = json.dumps(asked["fields"], ensure_ascii=False)
                yield f"{saved} is refused now and changed nothing. {told} It said: {typed}"
            case Waiting():
                continue
