"""`bugbook bot` as a person starts it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from slack_bolt import App

from bot.app import web_client
from bot.command import bot
from bot.listeners import SlackRefusedError
from bot.socket_mode import socket_mode
from demo.cast import SOCKET_APP, workspace
from demo.signed_person import SignedPerson
from demo.web_api import running_web_api
from demo.web_state import WebState
from tests.guards import REPOSITORY
from tests.real_git import RealGit, new_bare
from tracker.cli.main import run

END_SECONDS = 120  # on a machine that has much else to do
Process = subprocess.Popen[str]


@pytest.fixture
def state() -> Iterator[WebState]:
    with running_web_api(workspace()) as state:
        yield state


@pytest.mark.parametrize(
    ("mode", "given", "missing"),
    [
        ("socket", {}, "SLACK_APP_TOKEN"),
        ("socket", {"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN"),
        ("http", {}, "SLACK_SIGNING_SECRET"),
        ("http", {"SLACK_SIGNING_SECRET": "key"}, "SLACK_BOT_TOKEN"),
    ],
)
def test_a_missing_token_is_one_sentence_at_the_start(
    mode: str,
    given: dict[str, str],
    missing: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)

    assert run(["bot", "--mode", mode]) == 1

    told = capsys.readouterr().err.strip().splitlines()
    assert len(told) == 1
    assert told[0].startswith(f"{missing} is not set: ")


def test_an_unknown_mode_is_a_usage_error() -> None:
    assert CliRunner().invoke(bot, ["--mode", "pigeon"]).exit_code == 2


def test_a_socket_that_slack_does_not_open_is_told_in_a_sentence(state: WebState) -> None:
    client = web_client("xapp-wrong", f"{state.base_url}/api/")
    app = App(client=web_client(SOCKET_APP.bot_token, f"{state.base_url}/api/"))
    refused = pytest.raises(SlackRefusedError, match="SLACK_APP_TOKEN")
    with refused, socket_mode(app, "xapp-wrong", client):
        pass


@contextmanager
def running_bot(state: WebState, git: RealGit, data: Path) -> Iterator[tuple[Process, str]]:
    """The command over HTTP in a process of its own, and its address."""
    environment = {
        **os.environ,
        "BUGBOOK_REPOSITORY": str(git.path),
        "BUGBOOK_DATA_DIR": str(data),
        "SLACK_BOT_TOKEN": SOCKET_APP.bot_token,
        "SLACK_SIGNING_SECRET": SOCKET_APP.signing_secret,
        "SLACK_API_URL": f"{state.base_url}/api/",
        "PYTHONPATH": str(REPOSITORY),
        "PYTHONUNBUFFERED": "1",
    }
    command = [sys.executable, "-c", "from tracker.cli.main import main; main()"]
    with subprocess.Popen(
        [*command, "bot", "--mode", "http", "--port", "0"],
        cwd=data.parent,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Bugbook takes Slack's requests at http://127.0.0.1:")
        try:
            yield process, said.split(" at ")[1].split(". ")[0].strip()
        finally:
            process.kill()


@pytest.mark.slow
def test_a_bot_that_is_asked_to_end_commits_and_answers_what_it_took(
    state: WebState, tmp_path: Path
) -> None:
    git = new_bare(tmp_path / "shared.git")
    with running_bot(state, git, tmp_path / "data") as (process, url):
        support = SignedPerson(state=state, user_id="U0SUPPORT", bot_url=url, patience=60.0)
        support.slash_command("#incidents", "/bug Redemption fails")
        assert support.submit({"What is broken?": "It fails."}).closed
        process.send_signal(signal.SIGTERM)
        assert process.wait(END_SECONDS) == 0

    assert git("log", "--format=%an %s", "main") == "Support Team BUG-0001 report: Redemption fails"
    told = [message["text"] for message in support.messages("#incidents")]
    assert sum(text.startswith("✅ BUG-0001: Reported") for text in told) == 1
