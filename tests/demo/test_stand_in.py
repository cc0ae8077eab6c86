"""The stand-in starts, says why when it does not, and is gone afterwards."""

import json
import socket
from pathlib import Path

import pytest

from demo.cast import SOCKET_APP, SlackApp, workspace
from demo.local_http import get
from demo.stand_in import (
    StandInFailedError,
    StandInMissingError,
    running_stand_in,
    stand_in_program,
)

ROOT = Path(__file__).parents[2]


def test_a_system_without_a_build_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StandInMissingError, match="not installed for Plan9 on vax") as missing:
        stand_in_program(tmp_path, system="Plan9", machine="vax")

    assert "in-process Web API" in str(missing.value)


@pytest.mark.parametrize(
    ("system", "machine", "folder"),
    [("Linux", "x86_64", "local-slack-linux-x64"), ("Darwin", "arm64", "local-slack-darwin-arm64")],
)
def test_the_program_of_the_system_is_found(
    tmp_path: Path, system: str, machine: str, folder: str
) -> None:
    program = tmp_path / "node_modules" / folder / "bin" / "local-slack"
    program.parent.mkdir(parents=True)
    program.touch()

    assert stand_in_program(tmp_path, system=system, machine=machine) == program


@pytest.fixture
def program() -> Path:
    try:
        return stand_in_program(ROOT)
    except StandInMissingError as missing:
        pytest.skip(str(missing))


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.mark.slow
def test_the_stand_in_answers_with_the_cast_and_is_gone_afterwards(
    program: Path, tmp_path: Path
) -> None:
    port = free_port()
    with running_stand_in(
        program=program, scratch=tmp_path, port=port, workspace=workspace()
    ) as base_url:
        state = get(f"{base_url}/_control/state").json()
        assert {user["id"] for user in state["users"]} >= {"U0SUPPORT", "U0BUGBOOK"}
        assert [channel["name"] for channel in state["channels"]] == [
            "incidents",
            "general",
            "releases",
        ]
        assert state["apps"] == [{"appId": "A0SOCKET", "botUserId": "U0BUGBOOK", "mode": "socket"}]

    with pytest.raises(OSError, match=r"refused"):
        get(f"{base_url}/_control/state")


@pytest.mark.slow
def test_a_port_in_use_is_an_error_with_what_the_stand_in_said(
    program: Path, tmp_path: Path
) -> None:
    with (
        socket.create_server(("", 0)) as taken,
        pytest.raises(StandInFailedError, match="did not start on port"),
        running_stand_in(
            program=program,
            scratch=tmp_path,
            port=taken.getsockname()[1],
            workspace=workspace(),
        ),
    ):
        pytest.fail("The stand-in took a port that is in use.")


@pytest.mark.slow
def test_an_app_over_http_is_told_its_address(program: Path, tmp_path: Path) -> None:
    url = "http://127.0.0.1:9/slack/events"
    over_http = SlackApp(app_id="A0HTTP", bot_user_id="U0HTTP", request_url=url)
    both = workspace(SOCKET_APP, over_http)
    with running_stand_in(program=program, scratch=tmp_path, port=free_port(), workspace=both):
        config = json.loads((tmp_path / "stand-in.json").read_text("utf-8"))

    assert [app.get("requestUrl") for app in config["apps"]] == [None, url]
