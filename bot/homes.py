"""Publish home pages: when one is opened, and when something on it changes."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.home import MINE, Failure, Found, digest_of, home_view
from bot.failure_words import errand_words
from bot.home_facts import Burning, HomeFacts, burning, home_facts
from bot.people import People
from bot.slack_client import error_code
from tracker.assembly import Tracker
from tracker.model.policy import Policy
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError
from tracker.workflow.outline import Outline
from tracker.workflow.week import WEEK, Week, week

LOG: Final = logging.getLogger(__name__)
_LOOKING: Final = timedelta(days=3)  # after which a page is left until it is opened again
_MOST: Final = 300
_FOUND: Final = "found"
"""Stands for a page that shows what was found: it is left as it is until it is opened again."""


@dataclass(frozen=True, kw_only=True)
class _Board:
    """What all pages are made from at a moment."""

    bugs: Sequence[Outline]
    policy: Policy
    now: datetime
    burns: tuple[Burning, ...]
    week: Week
    failures: tuple[Failure, ...]


@dataclass(frozen=True, kw_only=True)
class HomePages:
    """The home pages of everybody who looks at theirs."""

    tracker: Tracker
    client: WebClient
    people: People
    site_url: str

    def opened(self, user: str) -> None:
        """Show a page to somebody who opens it."""
        self.tracker.ledger.homes.opened(user, self.tracker.now())
        self._publish(user, "", self._board())

    def search(self, user: str, words: str) -> None:
        """Show what a search of the page found."""
        board = self._board()
        hits = self.tracker.search(words).hits if words.strip() else ()
        found = Found(words=words, bugs=tuple((hit.bug, hit.title) for hit in hits))
        self._publish(user, "", board, found if words.strip() else None)

    def refresh(self) -> None:
        """Publish the pages that would show something else now."""
        looking = self.tracker.ledger.homes.since(self.tracker.now() - _LOOKING, _MOST)
        read = [(user, shown) for user, shown in looking if shown != _FOUND]
        if read:
            board = self._board()
            for user, shown in read:
                self._publish(user, shown, board)

    def _board(self) -> _Board:
        policy, now = self.tracker.policy(), self.tracker.now()
        bugs = self.tracker.outlines(now - WEEK)
        failures = tuple(
            Failure(bug=each.bug, text=f"Could not {errand_words(each.kind)}. {each.error}")
            for each in self.tracker.ledger.errands.failing()
        )
        return _Board(
            bugs=bugs,
            policy=policy,
            now=now,
            burns=burning(bugs, policy, now),
            week=week(bugs, policy, now.replace(minute=0, second=0, microsecond=0)),
            failures=failures,
        )

    def _publish(self, user: str, shown: str, board: _Board, found: Found | None = None) -> None:
        facts = home_facts(
            self.people.person(user), board.bugs, board.policy, board.burns, board.week
        )
        view = home_view(
            facts,
            board.policy,
            board.now,
            self.site_url,
            records=self._shown(facts),
            failures=board.failures,
            found=found,
        )
        digest = digest_of(view)
        if digest == shown:
            return
        try:
            self.client.views_publish(user_id=user, view=view)
        except SlackApiError as error:
            LOG.warning("A home page cannot be shown: %s.", error_code(error))
        else:
            self.tracker.ledger.homes.showed(user, digest if found is None else _FOUND)

    def _shown(self, facts: HomeFacts) -> dict[str, BugRecord]:
        """The records whose next moves the page shows; a broken one shows none."""
        found: dict[str, BugRecord] = {}
        for bug in facts.mine[:MINE]:
            with suppress(TroubleError, ProblemsFound):
                found[bug.id] = self.tracker.load(bug.id)
        return found
