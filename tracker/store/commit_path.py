"""From an accepted action to a commit in the shared repository (design §4, steps 4 to 7).

An action is first kept in the outbox. One committer at a time takes what waits there, judges it
again on the newest commit, commits and pushes. The push is taken only where the branch still is
at the commit that was judged on, so a lone writer need not fetch first. When it is lost, all starts
over on the new tip: actions are replayed, and text is never merged. A row is settled only after the
push, and a request that history already has is not committed again, so a kill at any moment loses
and doubles nothing.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from sqlalchemy import Executable

from tracker.store.clone import Clone
from tracker.store.clone_writer import CloneWriter
from tracker.store.commit_builder import Chain, CommitBuilder
from tracker.store.git_errors import DamagedCloneError, RepositoryError
from tracker.store.leases import Lease
from tracker.store.ledger import Ledger
from tracker.store.ledger_answers import OwedAnswer
from tracker.store.news import News
from tracker.store.outbox import OutboxEntry
from tracker.store.outcome import Outcome, Recorded, end_of, outcome_of, refused
from tracker.store.push_outcome import PushOutcome, PushResult
from tracker.store.refusals import Refusals
from tracker.store.request import Request, to_entry
from tracker.store.rivals import Rivals
from tracker.workflow.decision import Refused

SHARED: Final = "shared"
"""The ledger's cursor on the newest commit under which the outbox is settled."""

_BATCH: Final = 40  # commits in one push; more gain little
_CONTENDED: Final = 10  # after a lost push; more would lose the race for the branch too often
_PATIENCE: Final = 25  # lost pushes in a row before what waits is left for the next run
_COSTS: Final = MappingProxyType({
    PushResult.MOVED: 1,
    PushResult.UNKNOWN: 9,  # it may have taken a minute to say nothing
    PushResult.DIRTY: _PATIENCE,
    PushResult.UNREACHABLE: _PATIENCE,
})  # fmt: skip
_REFUSALS: Final = 3  # different actions refused in a row: it is not the actions


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
    rivals: Rivals = field(default_factory=Rivals)
    settled: News = field(default_factory=News)
    """Told when this process has settled something."""

    def submit(
        self,
        request: Request,
        taken_in: datetime,
        owed: OwedAnswer | None = None,
        instead_of: str = "",
    ) -> bool:
        """Keep an action durably; False when its request is known, and nothing changes then.

        With it, note who waits for the answer, and for another one no more, for good.
        """
        answers = self.ledger.answers
        more: list[Executable] = [] if owed is None else [answers.owing(owed)]
        if instead_of:
            more += answers.settling(instead_of, taken_in)
        return self.ledger.outbox.put(to_entry(request, taken_in), *more)

    def outcome(self, request: str) -> Outcome | None:
        """Tell what became of a request; None when it was never submitted here."""
        entry = self.ledger.outbox.entry(request)
        return None if entry is None else outcome_of(entry)

    def outcomes(self, requests: Collection[str]) -> dict[str, Outcome]:
        """Tell of many requests what became of each that was submitted here."""
        return {each.request: outcome_of(each) for each in self.ledger.outbox.entries(requests)}

    def commit_pending(self, lease: Lease | None = None) -> tuple[Settled, ...]:
        """Bring what waits in the outbox into the shared repository; return what was settled.

        What cannot be shared now stays pending with the reason, as `outcome` tells it. With a
        lease, nothing is settled once somebody else has taken it over (LostLeaseError).
        """
        if not self.ledger.outbox.pending(1):
            return ()
        try:
            return self._with_a_sound_clone(lease)
        except RepositoryError as error:
            self.ledger.outbox.explain(str(error))
            return ()

    def take_up_lost(self) -> int:
        """Look whether the shared history was rewritten; commit again what is no longer in it.

        Returns how many settled actions wait again. One that history has under another commit, as
        after a rewrite that keeps messages, is left alone.
        """
        known, tip = self.ledger.cursor(SHARED), self.clone.tip()
        if known is None or tip is None or known == tip or self.clone.descends(tip, known):
            return 0
        lost = [
            request
            for request in self.ledger.outbox.recorded()
            if self.builder.requests.commit_of(request, tip) is None
        ]
        self.ledger.outbox.reopen(lost, "It was no longer in the shared history.")
        self.ledger.move_cursor(SHARED, tip)
        return len(lost)

    def _with_a_sound_clone(self, lease: Lease | None) -> tuple[Settled, ...]:
        try:
            with self.clone.writing() as writer:
                return self._drain(writer, lease)
        except DamagedCloneError:
            with self.clone.writing() as writer:  # which makes it anew
                return self._drain(writer, lease)

    def _drain(self, writer: CloneWriter, lease: Lease | None) -> tuple[Settled, ...]:
        """Commit batch after batch until the outbox is empty or the remote will not have it."""
        settled: list[Settled] = []
        refusals = Refusals()
        lost, size, reason = 0, _BATCH, ""
        while lost < _PATIENCE and (
            entries := self.ledger.outbox.pending(size, without=refusals.aside)
        ):
            chain = self._chain(writer, entries, known=lost == 0 and not self.rivals.near)
            pushed = _push(writer, chain)
            reason = pushed.reason
            if pushed.result is PushResult.PUSHED:
                settled.extend(self._settle(chain, lease))
                lost, size = 0, 1 if refusals.clear() else _BATCH
                self._let_others_pass()
            elif pushed.result is not PushResult.REFUSED:
                lost += _COSTS[pushed.result]
                size = min(size, _CONTENDED)
            elif len(entries) > 1:
                size = 1  # to find the one that the remote will not take
            elif refusals.is_to_blame(entries[0].request):
                settled.append(self._give_up(entries[0].request, reason, lease))
            elif len(refusals.aside) >= _REFUSALS:
                break
        if reason:
            self.ledger.outbox.explain(reason)
        return tuple(settled)

    def _chain(self, writer: CloneWriter, entries: Sequence[OutboxEntry], *, known: bool) -> Chain:
        """Judge on the commit that is known; where that would only refuse, on the newest one."""
        seen = self.clone.tip()
        if known and (chain := self.builder.build(writer, entries, seen, self.now())).commits:
            return chain
        tip = writer.fetch()
        if tip != seen:
            self.rivals.seen()
        return self.builder.build(writer, entries, tip, self.now())

    def _let_others_pass(self) -> None:
        if self.rivals.near and self.ledger.outbox.pending(1):
            self.rivals.let_pass()

    def _settle(self, chain: Chain, lease: Lease | None) -> list[Settled]:
        """Note what the pushed chain did; raise what a rule raised once all is noted."""
        ends = [end_of(step.request, step.outcome) for step in chain.steps]
        self.ledger.outbox.settle(ends, lease)
        self.settled.tell()
        self._follow(chain.head)
        errors = [step.error for step in chain.steps if step.error is not None]
        if errors:
            message = "A rule failed on an action, which was put aside."
            raise ExceptionGroup(message, errors)
        return [Settled(request=step.request, outcome=step.outcome) for step in chain.steps]

    def _follow(self, head: str | None) -> None:
        """Move the cursor along; over a rewritten history only `take_up_lost` moves it."""
        known = self.ledger.cursor(SHARED)
        if head is not None and (known is None or self.clone.descends(head, known)):
            self.ledger.move_cursor(SHARED, head)

    def _give_up(self, request: str, reason: str, lease: Lease | None) -> Settled:
        outcome = refused("remote", reason)
        self.ledger.outbox.settle([end_of(request, outcome)], lease)
        self.settled.tell()
        return Settled(request=request, outcome=outcome)


def _push(writer: CloneWriter, chain: Chain) -> PushOutcome:
    """Push the chain; one without a commit, all refused or known already, is there by itself."""
    if chain.head is None or not chain.commits:
        return PushOutcome(result=PushResult.PUSHED)
    return writer.push(chain.head)
