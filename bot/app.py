"""Put the bot together: Bolt, the conversations, and the threads that commit and announce."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from slack_bolt import App
from slack_bolt.error import BoltError
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from bot import catch_all, commands
from bot.announcements import Announcer
from bot.channels import Channels
from bot.conversations import act_on_bug, follow_hotfix, look_at_bugs, report_bug
from bot.desk import Desk
from bot.draft import Draft
from bot.jobs import Jobs
from bot.kept import Kept
from bot.loop import Loop
from bot.people import People
from bot.recorder import Recorder
from tracker.assembly import Tracker
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
FETCH_EVERY: Final = 30.0
"""Seconds between two looks at what others pushed."""

_LISTENERS: Final = 32  # Bolt's own 5 threads let the sixth command wait (measured)
_RETRY_COMMITS: Final = 5.0  # seconds until what could not be shared is tried again
_RETRY_NEWS: Final = 15.0  # seconds until what could not be announced is tried again
_RATE_LIMIT_RETRIES: Final = 3


class SlackRefusedError(TroubleError):
    """Slack does not accept the bot, or cannot be reached."""


@dataclass(frozen=True, kw_only=True)
class Bot:
    """The Bolt app and the threads beside it; the app answers only while they run."""

    app: App
    desk: Desk
    announcer: Announcer
    committing: Loop
    announcing: Loop
    fetching: Loop
    jobs: Jobs
    listeners: ThreadPoolExecutor

    def start(self) -> None:
        """Take over what an earlier process left, then begin."""
        self.desk.tracker.warm_up()  # holds up every thread, so it comes before the first request
        self.announcer.begin()
        self.jobs.start(self.desk.people.warm_up)
        self.jobs.start(self.desk.recorder.adopt)
        for loop in (self.committing, self.announcing, self.fetching):
            loop.start()

    def stop(self) -> None:
        """End after the work in hand; what waits in the outbox is committed by the next process."""
        self.listeners.shutdown(wait=True)
        for loop in (self.fetching, self.committing, self.announcing):
            loop.stop()
        self.jobs.stop()


def web_client(token: str, base_url: str | None = None) -> WebClient:
    """A client of Slack's Web API, or of another one at `base_url`, that waits at rate limits."""
    place = {"base_url": f"{base_url.rstrip('/')}/"} if base_url else {}
    client = WebClient(token, **place)  # type: ignore[arg-type]
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=_RATE_LIMIT_RETRIES))
    return client


def build_bot(
    tracker: Tracker,
    client: WebClient,
    *,
    signing_secret: str | None = None,
    site_url: str = "",
    fetch_every: float = FETCH_EVERY,
) -> Bot:
    """Build the bot on an open tracker; raises SlackRefusedError."""
    people, channels = People(client=client), Channels(client=client)
    jobs, drafts = Jobs(), Kept[Draft]()
    announcer = Announcer(
        tracker=tracker, client=client, people=people, channels=channels, site_url=site_url
    )
    announcing = Loop(name="announcer", step=announcer.follow, interval=_RETRY_NEWS)
    recorder = Recorder(
        tracker=tracker, people=people, jobs=jobs, drafts=drafts, committed=announcing.wake
    )
    committing = Loop(name="committer", step=recorder.commit, interval=_RETRY_COMMITS)
    desk = Desk(
        tracker=tracker,
        client=client,
        people=people,
        recorder=recorder,
        drafts=drafts,
        wake=committing.wake,
        site_url=site_url,
    )
    fetch = partial(_fetch, tracker, announcing)
    listeners = ThreadPoolExecutor(max_workers=_LISTENERS, thread_name_prefix="listeners")
    return Bot(
        app=build_app(client, desk, listeners, signing_secret),
        desk=desk,
        announcer=announcer,
        committing=committing,
        announcing=announcing,
        fetching=Loop(name="fetcher", step=fetch, interval=fetch_every),
        jobs=jobs,
        listeners=listeners,
    )


def _fetch(tracker: Tracker, announcing: Loop) -> None:
    """Look at what others pushed."""
    if reason := tracker.refresh():
        LOG.warning("What others pushed is not known: %s", reason)
    announcing.wake()


def build_app(
    client: WebClient, desk: Desk, listeners: ThreadPoolExecutor, signing_secret: str | None
) -> App:
    """Build the Bolt app with every listener; raises SlackRefusedError."""
    try:
        app = App(client=client, signing_secret=signing_secret, listener_executor=listeners)
    except (BoltError, SlackClientError, OSError) as error:
        message = (
            f"Slack does not accept the bot ({error}); check SLACK_BOT_TOKEN and the connection."
        )
        raise SlackRefusedError(message) from error
    commands.register(app, desk)
    for conversation in (look_at_bugs, follow_hotfix, report_bug, act_on_bug):
        conversation.register(app, desk)
    catch_all.register(app)
    return app
