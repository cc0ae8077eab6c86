"""One bot among those that share a ledger or a data directory announces, and may write for all."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Final

from bot.loop import Loop
from tracker.assembly import Tracker

LOG: Final = logging.getLogger(__name__)

_CAMPAIGN_EVERY: Final = 2.0  # seconds; a lease ends after five times as long
_LOOK_EVERY: Final = 0.05  # seconds between two looks at what other replicas took in
_FOLLOW_EVERY: Final = 0.5  # seconds between two looks at what the leader wrote


def if_leading(tracker: Tracker, step: Callable[[], None]) -> None:
    """Do what one bot does for all of them."""
    if tracker.leadership.leads:
        step()


def leading_loops(tracker: Tracker, committing: Loop, announcing: Loop) -> tuple[Loop, ...]:
    """Keep or seek the lead; on a shared ledger, commit what the others take in, or follow."""
    campaign = partial(_campaign, tracker, (committing, announcing))
    campaigner = Loop(name="campaigner", step=campaign, interval=_CAMPAIGN_EVERY)
    if not tracker.ledger.shared:
        return (campaigner,)
    watch = partial(if_leading, tracker, partial(_watch, tracker, committing))
    follower = Loop(name="follower", step=partial(_follow, tracker), interval=_FOLLOW_EVERY)
    return (campaigner, Loop(name="watcher", step=watch, interval=_LOOK_EVERY), follower)


def _campaign(tracker: Tracker, work: tuple[Loop, ...]) -> None:
    tracker.leadership.show_life()
    led = tracker.leadership.leads
    leads = tracker.leadership.campaign()
    if leads and not led:
        LOG.info("This bot leads now: it announces, and on a shared ledger it writes for all.")
        for loop in work:
            loop.wake()
    elif led and not leads:
        LOG.warning("Another bot leads now; this one takes in and answers.")


def _watch(tracker: Tracker, committing: Loop) -> None:
    if tracker.ledger.outbox.has_new():
        committing.wake()


def _follow(tracker: Tracker) -> None:
    if not tracker.leadership.leads:
        tracker.catch_up()
