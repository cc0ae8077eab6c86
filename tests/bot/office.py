"""A workspace with the real bot in it, on a real tracker with a real shared repository."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.app import Bot, build_bot, web_client
from bot.serving import http
from demo.cast import SOCKET_APP, workspace
from demo.signed_person import SignedPerson
from demo.web_api import running_web_api
from demo.web_state import WebState
from tests.real_git import RealGit, new_bare
from tracker.assembly import Tracker, open_tracker
from tracker.settings import read_settings

INCIDENTS = "#incidents"


@dataclass(frozen=True, kw_only=True)
class Office:
    """Slack, the bot and the shared repository."""

    state: WebState
    git: RealGit
    bot: Bot
    bot_url: str

    @property
    def tracker(self) -> Tracker:
        return self.bot.desk.tracker

    def person(self, name: str) -> SignedPerson:
        user_id = self.state.directory[name]
        return SignedPerson(state=self.state, user_id=user_id, bot_url=self.bot_url, patience=8.0)

    def subjects(self) -> list[str]:
        """The subjects of all commits, oldest first."""
        return self.git("log", "--reverse", "--format=%s", "main").splitlines()

    def report(self, title: str = "Redemption fails", **more: str) -> str:
        """Report a bug through the form and return its id, once it is said to be recorded."""
        support = self.person("support")
        support.slash_command(INCIDENTS, f"/bug {title}")
        answers = {"What is broken?": "Coupon redemption fails.", **more}
        assert support.submit(answers).closed
        told = support.await_message(INCIDENTS, f"Reported: {title}")
        return str(told["text"]).split(":")[0].split()[-1]


@contextmanager
def open_office(
    folder: Path, *, git: RealGit | None = None, fetch_every: float = 60.0
) -> Iterator[Office]:
    """The bot over signed HTTP, until the block ends."""
    git = git or new_bare(folder / "shared.git")
    settings = read_settings(env_file=None, repository=str(git.path), data_dir=folder / "data")
    with ExitStack() as stack:
        state = stack.enter_context(running_web_api(workspace()))
        tracker = stack.enter_context(closing(open_tracker(settings)))
        bot = build_bot(
            tracker,
            web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/"),
            signing_secret=SOCKET_APP.signing_secret,
            site_url="https://bugs.example.com/",
            fetch_every=fetch_every,
        )
        bot.start()
        stack.callback(bot.stop)
        url = stack.enter_context(http(bot.app, "127.0.0.1", 0))
        yield Office(state=state, git=git, bot=bot, bot_url=url)
