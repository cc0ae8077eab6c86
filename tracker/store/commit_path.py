"""From an accepted action to a commit in the shared repository (design §4, steps 4 to 7).

An action is first kept in the outbox. One committer at a time takes what waits there, judges it
again on the newest commit, commits and pushes without force. When the push is lost it starts over
on the new tip: it replays actions and never merges text. A row is settled only after the push, and
a request that history already has is not committed again, so a kill at any moment loses and
doubles nothing.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from tracker.store.clone import Clone
from tracker.store.clone_writer import CloneWriter
from tracker.store.commit_builder import Chain, CommitBuilder
from tracker.store.git_errors import DamagedCloneError, RepositoryError
from tracker.store.ledger import Ledger
from tracker.store.outcome import Outcome, Recorded, end_of, outcome_of, refused
from tracker.store.push_outcome import PushOutcome, PushResult
from tracker.store.request import Request, to_entry
from tracker.workflow.decision import Refused

_BATCH: Final = 10  # commits in one push; more would lose the race for the branch too often
_PATIENCE: Final = 25  # lost pushes in a row before what waits is left for the next run
_COSTS: Final = MappingProxyType({
    PushResult.MOVED: 1,
    PushResult.UNKNOWN: 9,  # it may have taken a minute to say nothing
    PushResult.DIRTY: _PATIENCE,
    PushResult.UNREACHABLE: _PATIENCE,
})  # fmt: skip
_SHORTEST_PAUSE: Final = 0.05  # seconds after a won push while others push as well
_LONGEST_PAUSE: Final = 0.25


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A request that came to its end in this run."""

    request: str
    outcome: Recorded | Refused


@dataclass(frozen=True, kw_only=True)
class CommitPath:
    """The way into the shared repository; `now` tells the time for the committer's signature."""

    clone: Clone
    ledger: Ledger
    builder: CommitBuilder
    now: Callable[[], datetime]

    def submit(self, request: Request, taken_in: datetime) -> None:
        """Keep an action durably; the same request again changes nothing."""
        self.ledger.outbox.put(to_entry(request, taken_in))

    def outcome(self, request: str) -> Outcome | None:
        """Tell what became of a request; None when it was never submitted here."""
        entry = self.ledger.outbox.entry(request)
        return None if entry is None else outcome_of(entry)

    def commit_pending(self) -> tuple[Settled, ...]:
        """Bring what waits in the outbox into the shared repository; return what was settled.

        What cannot be shared now stays pending with the reason, as `outcome` tells it.
        """
        if not self.ledger.outbox.pending(1):
            return ()
        try:
            return self._with_a_sound_clone()
        except RepositoryError as error:
            self.ledger.outbox.explain(str(error))
            return ()

    def _with_a_sound_clone(self) -> tuple[Settled, ...]:
        try:
            with self.clone.writing() as writer:
                return self._drain(writer)
        except DamagedCloneError:
            with self.clone.writing() as writer:  # which makes it anew
                return self._drain(writer)

    def _drain(self, writer: CloneWriter) -> tuple[Settled, ...]:
        """Commit batch after batch until the outbox is empty or the remote will not have it."""
        settled: list[Settled] = []
        lost, size, reason = 0, _BATCH, ""
        while lost < _PATIENCE and (entries := self.ledger.outbox.pending(size)):
            known = self.clone.tip()
            chain = self.builder.build(writer, entries, writer.fetch(), self.now())
            pushed = _push(writer, chain)
            reason = pushed.reason
            if pushed.result is PushResult.PUSHED:
                settled.extend(self._settle(chain))
                _linger(others_write=chain.tip != known)
                lost, size = 0, _BATCH
            elif pushed.result is not PushResult.REFUSED:
                lost += _COSTS[pushed.result]
            elif size > 1:
                size = 1  # to find the one that the remote will not take
            else:
                settled.append(self._give_up(entries[0].request, reason))
        if lost >= _PATIENCE:
            self.ledger.outbox.explain(reason)
        return tuple(settled)

    def _settle(self, chain: Chain) -> list[Settled]:
        """Note what the pushed chain did; raise what a rule raised once all is noted."""
        self.ledger.outbox.settle(end_of(step.request, step.outcome) for step in chain.steps)
        settled = [Settled(request=step.request, outcome=step.outcome) for step in chain.steps]
        errors = [step.error for step in chain.steps if step.error is not None]
        if errors:
            message = "A rule failed on an action, which was put aside."
            raise ExceptionGroup(message, errors)
        return settled

    def _give_up(self, request: str, reason: str) -> Settled:
        outcome = refused("remote", reason)
        self.ledger.outbox.settle([end_of(request, outcome)])
        return Settled(request=request, outcome=outcome)


def _push(writer: CloneWriter, chain: Chain) -> PushOutcome:
    """Push the chain; one without a commit, all refused or known already, is there by itself."""
    if chain.head is None or chain.head == chain.tip:
        return PushOutcome(result=PushResult.PUSHED)
    return writer.push(chain.head)


def _linger(*, others_write: bool) -> None:
    """Let the loser of a race go first now; without it one of two busy writers starves."""
    if others_write:
        time.sleep(random.uniform(_SHORTEST_PAUSE, _LONGEST_PAUSE))  # noqa: S311 - jitter
