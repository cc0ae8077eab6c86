"""When the outbox is brought into the repository, and by whom.

On a ledger of its own, each process commits what waits there. On one that several replicas share,
the leader alone does, for all of them, so that they never race each other for the branch. After a
failure the pauses grow, so a remote that is away or refuses is not hammered.
"""

import contextlib
import logging
import random
import time
from dataclasses import dataclass
from typing import Final

from tracker.store.commit_path import CommitPath, Settled
from tracker.store.git_errors import RepositoryError
from tracker.store.leadership import Leadership
from tracker.store.outbox import LostLeaseError
from tracker.store.outcome import Outcome, Waiting

LOG: Final = logging.getLogger(__name__)
_FIRST_PAUSE: Final = 2.0  # seconds
_LONGEST_PAUSE: Final = 60.0
_GLANCE: Final = 0.1  # seconds between two looks at a shared outbox
_MUTE_LEADER: Final = 30.0  # seconds that one command waits for the leader's work


@dataclass(kw_only=True)
class Committer:
    """Brings the outbox into the repository for as long as a process runs."""

    path: CommitPath
    leadership: Leadership
    _pause: float = 0.0
    _resume: float = 0.0
    _reason: str = ""

    def round(self) -> tuple[Settled, ...]:
        """Commit what waits, unless another process does or a pause after a failure is not over."""
        outbox = self.path.ledger.outbox
        if self.path.ledger.shared and not self.leadership.leads:
            return ()
        if time.monotonic() < self._resume:
            outbox.explain(self._reason)
            return ()
        try:
            self.take_up_lost()
            settled = self.path.commit_pending(self.leadership.lease)
        except LostLeaseError as error:
            LOG.warning("%s What was being committed is left to it.", error)
            return ()
        self._note_failure()
        return settled

    def at_once(self, request: str) -> Outcome:
        """Commit now, as the command line does; wait for the leader where there is one."""
        if not self.path.ledger.shared:
            self.path.commit_pending()
            return self._outcome(request)
        end = time.monotonic() + _MUTE_LEADER
        while time.monotonic() < end and not _settled(self._outcome(request)):
            if self.leadership.campaign():
                try:
                    self.path.commit_pending(self.leadership.lease)
                finally:
                    self.leadership.resign()
                break
            time.sleep(_GLANCE)
        return self._outcome(request)

    def take_up_lost(self) -> None:
        """Let actions wait again that a rewritten history lost; the leader does, of several."""
        if self.path.ledger.shared and not self.leadership.leads:
            return
        with contextlib.suppress(RepositoryError):  # which the commit tells, and mends if it can
            if lost := self.path.take_up_lost():
                LOG.warning(
                    "The shared history was rewritten. Actions that are no longer in it and are"
                    " recorded again: %d. Use `git revert` to undo an action for good.",
                    lost,
                )

    def _outcome(self, request: str) -> Outcome:
        return self.path.outcome(request) or Waiting(reason="")

    def _note_failure(self) -> None:
        """Pause, and longer each time, while the oldest action waits for a reason."""
        oldest = self.path.ledger.outbox.pending(1)
        reason = oldest[0].result if oldest else ""
        if not reason:
            if self._reason:
                LOG.info("The repository takes actions again; nothing was lost.")
            self._pause, self._resume, self._reason = 0.0, 0.0, ""
            return
        if reason != self._reason:
            LOG.warning("Accepted actions wait to be shared: %s", reason)
        self._reason = reason
        self._pause = min(_LONGEST_PAUSE, self._pause * 2 or _FIRST_PAUSE)
        self._resume = time.monotonic() + self._pause * random.uniform(0.8, 1.2)  # noqa: S311


def _settled(outcome: Outcome) -> bool:
    return not isinstance(outcome, Waiting)
