"""The real bot on the real stand-in: in Socket Mode, and over signed HTTP."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from bot.app import build_bot, web_client
from bot.serving import http
from bot.socket_mode import socket_mode
from demo.cast import SOCKET_APP, SlackApp, workspace
from demo.person import Person
from demo.stand_in import StandInMissingError, running_stand_in, stand_in_program
from tests.block_kit.log import problems_in_log
from tests.bot import slack_life
from tests.real_git import RealGit, new_bare
from tracker.assembly import open_tracker
from tracker.settings import read_settings

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture
def program() -> Path:
    try:
        return stand_in_program(ROOT)
    except StandInMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def git(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "shared.git")


@pytest.fixture(params=["socket", "http"])
def base_url(
    request: pytest.FixtureRequest, program: Path, git: RealGit, tmp_path: Path
) -> Iterator[str]:
    port = free_port()
    over_http = SlackApp(
        app_id=SOCKET_APP.app_id,
        bot_user_id=SOCKET_APP.bot_user_id,
        request_url=f"http://127.0.0.1:{port}/slack/events",
    )
    app = over_http if request.param == "http" else SOCKET_APP
    settings = read_settings(env_file=None, repository=str(git.path), data_dir=tmp_path / "data")
    (tmp_path / "stand-in").mkdir()
    with ExitStack() as stack:
        slack = stack.enter_context(
            running_stand_in(
                program=program,
                scratch=tmp_path / "stand-in",
                port=free_port(),
                workspace=workspace(app),
            )
        )
        api = f"{slack}/api/"
        tracker = stack.enter_context(closing(open_tracker(settings)))
        client = web_client(app.bot_token, api)
        bot = build_bot(tracker, client, signing_secret=app.signing_secret)
        bot.start()
        stack.callback(bot.stop)
        if request.param == "http":
            stack.enter_context(http(bot.app, "127.0.0.1", port))
        else:
            stack.enter_context(socket_mode(bot.app, app.app_token, web_client(app.app_token, api)))
        yield slack


@pytest.fixture
def people(base_url: str) -> Callable[[str], Person]:
    ids = {member.name: member.user_id for member in workspace().members}
    return lambda name: Person(base_url=base_url, user_id=ids[name], patience=60.0)


def test_a_bug_lives_from_its_report_to_its_end_in_slack(
    people: Callable[[str], Person], git: RealGit, base_url: str
) -> None:
    slack_life.play_life(people)

    authors = git("log", "--reverse", "--format=%an: %s", "main").splitlines()
    assert authors == [
        "Support Team: BUG-0001 report: Redemption fails",
        "On-call Engineer: BUG-0001 triage: P2",
        "On-call Engineer: BUG-0001 assign: Backend Engineer",
        "Backend Engineer: BUG-0001 identify: Signatures do not match",
        "Backend Engineer: BUG-0001 submit-fix: fix/both-signatures",
        "Senior Engineer: BUG-0001 approve: by Senior Engineer",
        "Backend Engineer: BUG-0001 pass-tests: test_old_app, all",
        "Backend Engineer: BUG-0001 evidence: 1,000 a second",
        "Backend Engineer: BUG-0001 release-notes: drafted",
        "Backend Engineer: BUG-0001 publish: release notes",
        "Backend Engineer: BUG-0001 deploy: v2.0.2",
        "Backend Engineer: BUG-0001 monitor: checks",
        "Backend Engineer: BUG-0001 verify",
        "Backend Engineer: BUG-0001 close",
    ]
    people("support").await_message("#releases", "Deployed v2.0.2.")
    assert problems_in_log(base_url) == []
