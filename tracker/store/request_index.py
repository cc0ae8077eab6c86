"""Which commit recorded which request: what makes an action that is delivered twice one commit."""

from dataclasses import dataclass

from tracker.store.bug_index import BugIndex
from tracker.store.index_log import commit_of_request


@dataclass(frozen=True, kw_only=True)
class RequestIndex:
    """Asks the index, which is brought up to the clone's newest commit first."""

    index: BugIndex

    def commit_of(self, request: str, tip: str | None) -> str | None:
        """Return the commit in the history of `tip`, the clone's newest, with this trailer."""
        if tip is None:
            return None
        return self.index.ask_history(lambda rows: commit_of_request(rows, request))
