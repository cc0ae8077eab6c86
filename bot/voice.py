"""What the bot says and does by itself: announcements, incident rooms, reminders, home pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Final

from bot.announcements import Announcer
from bot.attaching import FILE, Attaching
from bot.blocks.room_card import failed_errand
from bot.channels import Channels
from bot.delivery import Courier
from bot.errand_loop import ErrandLoop
from bot.failure_words import why
from bot.homes import HomePages
from bot.incident_rooms import IncidentRooms
from bot.leading import if_leading
from bot.loop import Loop
from bot.people import People
from bot.reminding import Reminding
from bot.room_guests import RoomGuests
from bot.room_plan import RoomErrand, room_errands
from bot.slack_client import QueuedClient
from bot.user_groups import UserGroups
from bot.wider_news import WiderNews
from tracker.assembly import BugChange, Errand, Tracker
from tracker.model.policy import Policy

_RETRY_NEWS: Final = 5.0  # seconds until what could not be announced is tried again
_LOOK_AT_ERRANDS: Final = 5.0
_LOOK_AT_CLOCKS: Final = 30.0
_LOOK_AT_HOMES: Final = 60.0


@dataclass(frozen=True, kw_only=True)
class Voice:
    """The threads that speak when nobody asks."""

    announcer: Announcer
    homes: HomePages
    reminding: Reminding
    errands: ErrandLoop
    announce: Loop
    run_errands: Loop
    keep_files: Loop
    remind: Loop
    show_homes: Loop

    @property
    def loops(self) -> tuple[Loop, ...]:
        """The threads, in the order in which they are ended."""
        return (self.remind, self.show_homes, self.announce, self.run_errands, self.keep_files)


@dataclass(frozen=True)
class Speaker:
    """What everything that speaks by itself is made of."""

    tracker: Tracker
    client: QueuedClient
    people: People
    groups: UserGroups
    site_url: str

    @cached_property
    def channels(self) -> Channels:
        """Channels by their names."""
        return Channels(client=self.client)

    @cached_property
    def hurried(self) -> QueuedClient:
        """The way to Slack of a thread that speaks of many bugs, and so waits for no channel."""
        return self.client.hurried()

    def courier(self, client: QueuedClient) -> Courier:
        """Who says each message once."""
        deliveries = self.tracker.ledger.deliveries
        return Courier(client=client, deliveries=deliveries, now=self.tracker.now)

    @cached_property
    def guests(self) -> RoomGuests:
        """Who belongs into a room, and is called by a reminder."""
        return RoomGuests(client=self.client, people=self.people, members=self.groups.members)

    def attaching(self, *, committed: Callable[[], None], wake: Callable[[], None]) -> Attaching:
        """What keeps files beside bugs."""
        return Attaching(
            tracker=self.tracker,
            client=self.client,
            people=self.people,
            committed=committed,
            wake=wake,
        )

    def errands(self, wake_committer: Callable[[], None]) -> ErrandLoop:
        """What is done in incident rooms."""
        courier = self.courier(self.client)
        rooms = IncidentRooms(
            tracker=self.tracker,
            client=self.client,
            courier=courier,
            guests=self.guests,
            site_url=self.site_url,
            committed=wake_committer,
        )
        return ErrandLoop(
            errands=self.tracker.ledger.errands,
            kinds=frozenset(RoomErrand),
            do=rooms.do,
            tell=partial(_tell_failure, self.tracker, courier),
            why=why,
            now=self.tracker.now,
        )

    def announcer(self, changed: Callable[[str, BugChange, Policy], None]) -> Announcer:
        """What tells the channels of commits."""
        courier = self.courier(self.hurried)
        wider = WiderNews(
            courier=courier,
            channels=self.channels,
            ledger=self.tracker.ledger,
            site_url=self.site_url,
        )
        return Announcer(
            tracker=self.tracker,
            client=self.hurried,
            people=self.people,
            channels=self.channels,
            courier=courier,
            wider=wider,
            site_url=self.site_url,
            changed=changed,
        )

    def reminding(self) -> Reminding:
        """What tells people of what is due."""
        return Reminding(
            tracker=self.tracker,
            courier=self.courier(self.hurried),
            people=self.people,
            guests=self.guests,
            channels=self.channels,
            site_url=self.site_url,
        )

    def homes(self) -> HomePages:
        """Everybody's home page."""
        return HomePages(
            tracker=self.tracker, client=self.client, people=self.people, site_url=self.site_url
        )


def build_voice(speaker: Speaker, attaching: Attaching) -> Voice:
    """Build what speaks by itself, in one bot of all that share a ledger, and keeps files."""
    tracker = speaker.tracker
    homes, reminding = speaker.homes(), speaker.reminding()
    errands = speaker.errands(attaching.committed)
    show_homes = _led(tracker, "homes", homes.refresh, _LOOK_AT_HOMES)
    run_errands = Loop(name="errands", step=errands.step, interval=_LOOK_AT_ERRANDS)
    files = _file_errands(speaker, attaching)
    announcer = speaker.announcer(partial(_keep_errands, tracker, run_errands, show_homes))
    return Voice(
        announcer=announcer,
        homes=homes,
        reminding=reminding,
        errands=errands,
        announce=_led(tracker, "announcer", announcer.follow, _RETRY_NEWS),
        run_errands=run_errands,
        keep_files=Loop(name="files", step=files.step, interval=_LOOK_AT_ERRANDS),
        remind=_led(tracker, "reminders", reminding.step, _LOOK_AT_CLOCKS),
        show_homes=show_homes,
    )


def _file_errands(speaker: Speaker, attaching: Attaching) -> ErrandLoop:
    """Files of messages, beside the rooms, which must not wait for a slow one."""
    return ErrandLoop(
        errands=speaker.tracker.ledger.errands,
        kinds=frozenset({FILE}),
        do=attaching.do,
        tell=attaching.tell,
        why=why,
        now=speaker.tracker.now,
    )


def _led(tracker: Tracker, name: str, step: Callable[[], None], interval: float) -> Loop:
    return Loop(name=name, step=partial(if_leading, tracker, step), interval=interval)


def _keep_errands(  # noqa: PLR0917 - what is kept where, then what changed
    tracker: Tracker, run: Loop, show: Loop, commit: str, bug: BugChange, policy: Policy
) -> None:
    """Keep durably what a change calls for, before the announcer moves on."""
    if bug.new is not None:
        for errand in room_errands(commit, bug.old, bug.new, policy):
            tracker.ledger.errands.put(errand, tracker.now())
    run.wake()
    show.wake()


def _tell_failure(tracker: Tracker, courier: Courier, errand: Errand, error: Exception) -> None:
    """In the thread of the bug, once for each errand."""
    root = tracker.ledger.root_message(errand.bug)
    if root is not None:
        told = failed_errand(errand.bug, RoomErrand(errand.kind).words, why(error))
        courier.post(f"failed:{errand.key}", root.channel, told, thread_ts=root.ts)
