"""Slack, the bot and the people: everything that a scenario needs, started and ended in order."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from demo.cast import CHANNELS, MEMBERS, SOCKET_APP, SlackApp, workspace
from demo.child import Child, bugbook, running_child
from demo.local_http import post
from demo.message import is_private
from demo.participant import Participant
from demo.person import Person
from demo.ports import free_port
from demo.repository import BRANCH, PROJECT
from demo.signed_person import SignedPerson
from demo.stand_in import StandInMissingError, running_stand_in, stand_in_program
from demo.turn import CHANNEL
from demo.web_api import running_web_api
from demo.window import chat_window
from tracker.library import secret_rules_folder
from tracker.model.trouble import TroubleError

BOT_SECONDS = 400.0  # it reads the rules for secrets first, on whatever machine
SITE_SECONDS = 240.0  # it builds every page first
PATIENCE = 60.0  # of people, on whatever machine
LISTENS = "127.0.0.1"
EVENTS_PATH = "/slack/events"


class UnknownPersonError(TroubleError):
    """A scenario names somebody who is not in the workspace."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where things are: the repository, the data and logs, and the address of the site."""

    folder: Path
    repository: Path
    site_url: str


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A running bot and the people who can talk to it.

    `chat` is None, and `notice` says why, where there is no chat window to look at.
    """

    chat: str | None
    notice: str
    bot: Child
    as_user: Callable[[str], Participant]
    """The person with a Slack id."""
    take_away: Callable[[str], None]
    """Takes away a private answer by its time stamp."""

    def dismiss(self, person: Participant, before: frozenset[str]) -> None:
        """Take away what was said to a person in private and read, but for messages `before`."""
        for message in person.messages(CHANNEL):
            if is_private(message) and message["ts"] not in before:
                self.take_away(message["ts"])

    def person(self, email: str) -> Participant:
        """The person with an e-mail address; raises UnknownPersonError."""
        for member in MEMBERS:
            if member.email == email:
                return self.as_user(member.user_id)
        message = f"Nobody in the workspace has the address {email}; see `demo/cast.py`."
        raise UnknownPersonError(message)


@contextmanager
def open_stage(
    place: Place, *, chat_port: int | None = None, window: bool = True
) -> Iterator[Stage]:
    """A bot on the stand-in; without a window or a build, on signed HTTP and our own Web API."""
    with ExitStack() as stack:
        try:
            program = stand_in_program(PROJECT) if window else None
        except StandInMissingError as missing:
            yield _over_http(stack, place, f"{missing} The latter is done now.")
        else:
            if program is None:
                yield _over_http(stack, place, "Played over signed HTTP, without a chat window.")
            else:
                yield _over_stand_in(stack, place, program, chat_port or 0)


@contextmanager
def serving_site(place: Place, port: int) -> Iterator[Child]:
    """The site of the repository with live rebuild, once it answers."""
    command = bugbook("site", "serve", "--port", str(port))
    log = place.folder / "site.log"
    with running_child("The site", command, folder=place.repository, log=log) as site:
        site.await_answer(f"http://{LISTENS}:{port}/", SITE_SECONDS)
        yield site


def _over_stand_in(stack: ExitStack, place: Place, program: Path, port: int) -> Stage:
    scratch = place.folder / "slack"
    scratch.mkdir(exist_ok=True)
    base_url = stack.enter_context(
        running_stand_in(program=program, scratch=scratch, port=free_port(), workspace=workspace())
    )
    settings = {"SLACK_APP_TOKEN": SOCKET_APP.app_token}
    bot = stack.enter_context(_bot(place, base_url, settings, "--mode", "socket"))
    bot.await_words("Bugbook is running", BOT_SECONDS)
    return Stage(
        chat=stack.enter_context(chat_window(base_url, port=port)),
        notice="",
        bot=bot,
        as_user=lambda user_id: Person(base_url=base_url, user_id=user_id, patience=PATIENCE),
        take_away=partial(_take_away, base_url),
    )


def _take_away(base_url: str, ts: str) -> None:
    """The stand-in shows private answers to everybody, with no way to dismiss them."""
    headers = {
        "Authorization": f"Bearer {SOCKET_APP.bot_token}",
        "Content-Type": "application/json",
    }
    body = json.dumps({"channel": CHANNELS[0].channel_id, "ts": ts})
    post(f"{base_url}/api/chat.delete", body, headers)


def _over_http(stack: ExitStack, place: Place, notice: str) -> Stage:
    bot_port = free_port()
    bot_url = f"http://{LISTENS}:{bot_port}{EVENTS_PATH}"
    app = SlackApp(
        app_id=SOCKET_APP.app_id, bot_user_id=SOCKET_APP.bot_user_id, request_url=bot_url
    )
    state = stack.enter_context(running_web_api(workspace(app)))
    settings = {"SLACK_SIGNING_SECRET": app.signing_secret}
    bot = stack.enter_context(
        _bot(place, state.base_url, settings, "--mode", "http", "--port", str(bot_port))
    )
    bot.await_words("Bugbook takes", BOT_SECONDS)
    return Stage(
        chat=None,
        notice=notice,
        bot=bot,
        as_user=lambda user_id: SignedPerson(
            state=state, user_id=user_id, bot_url=bot_url, patience=PATIENCE
        ),
        take_away=lambda _: None,
    )


@contextmanager
def _bot(place: Place, slack: str, settings: dict[str, str], *options: str) -> Iterator[Child]:
    """The real bot, told by its environment alone where everything is."""
    everywhere = {
        "BUGBOOK_REPOSITORY": str(place.repository),
        "BUGBOOK_BRANCH": BRANCH,
        "BUGBOOK_DATA_DIR": str(place.folder / "data"),
        "BUGBOOK_SECRET_RULES_DIR": str(secret_rules_folder()),
        "BUGBOOK_SITE_URL": place.site_url,
        "SLACK_API_URL": f"{slack}/api/",
        "SLACK_BOT_TOKEN": SOCKET_APP.bot_token,
    }
    with running_child(
        "The bot",
        bugbook("bot", *options),
        folder=place.folder,
        log=place.folder / "bot.log",
        settings={**everywhere, **settings},
    ) as bot:
        yield bot
