"""A workspace with the real bot in it, on a real tracker with a real shared repository."""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot.app import Bot, build_bot, web_client
from bot.serving import http
from demo.cast import SOCKET_APP, workspace
from demo.signed_person import SignedPerson
from demo.web_api import running_web_api
from demo.web_state import WebState
from tests.builders.life import BACKEND, SENIOR, SUPPORT, USUAL, answers
from tests.real_git import RealGit, new_bare
from tracker.assembly import Recorded, Request, RootMessage, Tracker, open_tracker
from tracker.operations.intake import Intake
from tracker.settings import read_settings
from tracker.store.secrets import SecretScanner
from tracker.workflow.verbs import VERBS

INCIDENTS = "#incidents"
BUG = "BUG-0001"
MORE: dict[str, dict[str, Any]] = {
    "triage": {"answers": answers("P2"), "category": "Other"},
    "publish": {"document": "release_notes"},
    "hotfix-declare": {"reason": "Nobody can redeem"},
    "hotfix-branch": {"branch": "hotfix/redeem"},
}
ACTORS = defaultdict(lambda: BACKEND, report=SUPPORT, approve=SENIOR)
LIFE = ("report", "triage", "assign", "identify", "submit-fix", "approve", "pass-tests")


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
        return SignedPerson(state=self.state, user_id=user_id, bot_url=self.bot_url, patience=60.0)

    def subjects(self) -> list[str]:
        """The subjects of all commits, oldest first."""
        return self.git("log", "--reverse", "--format=%s", "main").splitlines()

    def bring(self, *verbs: str) -> None:
        """Let a bug come so far by the command line's way, past Slack."""
        for verb in verbs:
            action = VERBS[verb].model_validate(USUAL.get(verb, MORE.get(verb, {})))
            request = Request(id=f"test-{verb}", bug=BUG, action=action, actor=ACTORS[verb])
            outcome = self.tracker.act(request)
            assert isinstance(outcome, Recorded), outcome
        self.bot.voice.announce.wake()
        self.root()

    def root(self) -> RootMessage:
        """The bug's one message, once the bot has noted it."""
        for _ in range(3000):
            if found := self.tracker.ledger.root_message(BUG):
                return found
            time.sleep(0.02)
        sentence = f"There is no message of {BUG}."
        raise TimeoutError(sentence)

    def calls(self, method: str) -> list[Mapping[str, Any]]:
        """What the bot asked of one method of Slack, so far."""
        with self.state.changing():
            return [call.arguments for call in self.state.calls if call.method == method]

    def report(self, title: str = "Redemption fails", **more: str) -> str:
        """Report a bug through the form and return its id, once it is said to be recorded."""
        support = self.person("support")
        support.slash_command(INCIDENTS, f"/bug {title}")
        answers = {"What is broken?": "Coupon redemption fails.", **more}
        assert support.submit(answers).closed
        told = support.await_message(INCIDENTS, f": Reported: {title}")
        return str(told["text"]).split(":")[0].split()[-1]


@contextmanager
def open_office(
    folder: Path,
    scanner: SecretScanner,
    *,
    git: RealGit | None = None,
    fetch_every: float = 60.0,
    database_url: str | None = None,
) -> Iterator[Office]:
    """The bot over signed HTTP, until the block ends; `scanner` is ready, which takes seconds."""
    git = git or new_bare(folder / "shared.git")
    with ExitStack() as stack:
        state = stack.enter_context(running_web_api(workspace()))
        serving = serving_bot(
            state,
            git,
            folder / "data",
            scanner,
            fetch_every=fetch_every,
            database_url=database_url,
        )
        bot, url = stack.enter_context(serving)
        yield Office(state=state, git=git, bot=bot, bot_url=url)


@contextmanager
def serving_bot(
    state: WebState,
    git: RealGit,
    data: Path,
    scanner: SecretScanner,
    *,
    fetch_every: float = 60.0,
    database_url: str | None = None,
) -> Iterator[tuple[Bot, str]]:
    """A bot and its address; two with the same `data` or database are replicas."""
    settings = read_settings(
        env_file=None, repository=str(git.path), data_dir=data, database_url=database_url
    )
    with ExitStack() as stack:
        opened = stack.enter_context(closing(open_tracker(settings)))
        tracker = replace(opened, intake=Intake(scanner=scanner))
        bot = build_bot(
            tracker,
            web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/"),
            signing_secret=SOCKET_APP.signing_secret,
            site_url="https://bugs.example.com/",
            fetch_every=fetch_every,
        )
        bot.start()
        stack.callback(bot.stop)
        yield bot, stack.enter_context(http(bot.app, "127.0.0.1", 0))
