"""Put the bot together: Bolt, the conversations, and the threads that commit and announce."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import Final

from slack_bolt import App

from bot.attaching import Attaching
from bot.desk import Desk
from bot.drafts import Drafts
from bot.events import Events
from bot.health import Health
from bot.interrupted import adopt
from bot.jobs import Jobs
from bot.leading import leading_loops
from bot.listeners import build_app
from bot.loop import Loop
from bot.metrics import PENDING
from bot.people import People
from bot.receipts import Receipts
from bot.recorder import ADOPTED_AFTER, Recorder
from bot.slack_client import TIMEOUT, QueuedClient
from bot.user_groups import UserGroups
from bot.voice import Speaker, Voice, build_voice
from tracker.assembly import Tracker
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
FETCH_EVERY: Final = 30.0
"""Seconds between two looks at what others pushed."""

_REMEMBERED: Final = timedelta(days=90)  # events, drafts and settled actions; git keeps the rest
_LISTENERS: Final = 32  # Bolt's own 5 threads let the sixth command wait (measured)
_LOOK_AT_OUTCOMES: Final = 1.0
_RETRY_COMMITS: Final = 5.0  # seconds until what could not be shared is tried again
_RETRY_ANSWERS: Final = 5.0  # seconds until an answer that Slack did not take is tried again


@dataclass(frozen=True, kw_only=True)
class Bot:
    """The Bolt app and the threads beside it; the app answers only while they run."""

    app: App
    desk: Desk
    voice: Voice
    leading: tuple[Loop, ...]
    committing: Loop
    fetching: Loop
    telling: Loop
    answering: Loop
    jobs: Jobs
    listeners: ThreadPoolExecutor

    @property
    def loops(self) -> tuple[Loop, ...]:
        """The threads that step."""
        ours = (self.committing, self.fetching, self.telling, self.answering)
        return (*self.leading, *ours, *self.voice.loops)

    @cached_property
    def health(self) -> Health:
        """Whether all of this works."""
        return Health(loops=self.loops, checks=[self._ledger_problem])

    def start(self) -> None:
        """Take over what an earlier process left, then begin."""
        self.desk.tracker.warm_up()  # holds up every thread, so it comes before the first request
        self.desk.tracker.leadership.show_life()
        leads = self.desk.tracker.leadership.campaign()
        self.desk.tracker.ledger.forget(self.desk.tracker.now() - _REMEMBERED)
        self.voice.announcer.begin()
        self.jobs.start(self.desk.people.warm_up)
        is_alone = leads and not self.desk.tracker.ledger.shared
        if is_alone:
            self.desk.tracker.ledger.events.give_up_all()
        age = timedelta(0) if is_alone else ADOPTED_AFTER
        self.jobs.start(partial(adopt, self.desk, older_than=age))
        for loop in self.loops:
            loop.start()

    def stop(self) -> None:
        """End after the work in hand, with an answer to everybody who asked before.

        What cannot be committed or answered now is kept for the next process.
        """
        self.health.draining.set()
        self.listeners.shutdown(wait=True)
        self.fetching.stop()
        self.telling.stop()
        self.desk.recorder.answer_all()  # while the committer runs, on whom the answers wait
        self.jobs.stop()
        ending = (self.committing, *self.voice.loops, self.answering, *self.leading)
        for loop in ending:
            loop.stop()

    def _ledger_problem(self) -> str:
        try:
            waiting = self.desk.tracker.ledger.outbox.backlog()
        except TroubleError as error:
            return str(error)
        except Exception:
            LOG.exception("The ledger does not answer.")
            return "The ledger does not answer."
        PENDING.set(waiting.number)
        return ""


def web_client(token: str, base_url: str | None = None, *, timeout: int = TIMEOUT) -> QueuedClient:
    """A client of Slack's Web API, or of another one at `base_url`, that waits at rate limits."""
    place = f"{base_url.rstrip('/')}/" if base_url else QueuedClient.BASE_URL
    return QueuedClient(token, place, timeout=timeout)


def build_bot(
    tracker: Tracker,
    client: QueuedClient,
    *,
    signing_secret: str | None = None,
    site_url: str = "",
    fetch_every: float = FETCH_EVERY,
) -> Bot:
    """Build the bot on an open tracker; raises SlackRefusedError."""
    people, groups, jobs = People(client=client), UserGroups(client=client), Jobs()
    speaker = Speaker(tracker, client, people, groups, site_url)
    attaching = speaker.attaching(
        committed=lambda: committing.wake(),  # noqa: PLW0108 - made below, as the others are
        wake=lambda: voice.keep_files.wake(),  # noqa: PLW0108
    )
    voice = build_voice(speaker, attaching)
    recorder = _recorder(
        speaker,
        attaching,
        jobs,
        committed=voice.announce.wake,
        look=lambda: telling.wake(),  # noqa: PLW0108
    )
    telling = _ending_late("teller", recorder.answer, _LOOK_AT_OUTCOMES)
    committing = _ending_late("committer", recorder.commit, _RETRY_COMMITS)
    desk = _desk(speaker, recorder, voice, committing.wake)
    listeners = ThreadPoolExecutor(_LISTENERS, "listeners")
    return Bot(
        app=build_app(client, desk, listeners, signing_secret),
        desk=desk,
        voice=voice,
        leading=leading_loops(tracker, committing, voice.announce),
        committing=committing,
        fetching=_fetcher(desk, voice.announce, fetch_every),
        telling=telling,
        answering=_ending_late("answerer", client.unsent.send, _RETRY_ANSWERS),
        jobs=jobs,
        listeners=listeners,
    )


def _recorder(
    speaker: Speaker,
    attaching: Attaching,
    jobs: Jobs,
    *,
    committed: Callable[[], None],
    look: Callable[[], None],
) -> Recorder:
    tracker, client = speaker.tracker, speaker.client
    receipts = Receipts(
        ledger=tracker.ledger,
        clean=tracker.without_secrets,
        now=tracker.now,
        owner=tracker.leadership.owner,
    )
    client.unsent.receipts = receipts
    return Recorder(
        tracker=tracker,
        people=speaker.people,
        jobs=jobs,
        drafts=Drafts(ledger=tracker.ledger, now=tracker.now, clean=tracker.without_secrets),
        attaching=attaching,
        receipts=receipts,
        committed=committed,
        look=look,
    )


def _desk(speaker: Speaker, recorder: Recorder, voice: Voice, wake: Callable[[], None]) -> Desk:
    return Desk(
        tracker=speaker.tracker,
        client=speaker.client,
        people=speaker.people,
        user_groups=speaker.groups,
        recorder=recorder,
        wake=wake,
        homes=voice.homes,
        retry=voice.run_errands.wake,
        events=Events(tracker=speaker.tracker),
        site_url=speaker.site_url,
    )


def _ending_late(name: str, step: Callable[[], None], interval: float) -> Loop:
    """A thread that looks once more when it ends, so that nobody waits for the next process."""
    return Loop(name=name, step=step, interval=interval, last_step=True)


def _fetcher(desk: Desk, announcing: Loop, every: float) -> Loop:
    """Looks at what others pushed, and at who waits for an answer that another bot owed them."""

    def fetch() -> None:
        adopt(desk, older_than=ADOPTED_AFTER)
        if reason := desk.tracker.refresh():
            LOG.warning("What others pushed is not known: %s", reason)
        announcing.wake()

    return Loop(name="fetcher", step=fetch, interval=every)
