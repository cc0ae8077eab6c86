"""Start and stop local-slack, the stand-in that an unmodified bot runs against."""

import json
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from demo.cast import SlackApp, Workspace

START_SECONDS = 20.0
STOP_SECONDS = 5.0
RUNNING = "local-slack is running"
GLANCE_SECONDS = 0.05  # between two looks at a starting stand-in
SYSTEMS = {"Linux": "linux", "Darwin": "darwin", "Windows": "windows"}
MACHINES = {"x86_64": "x64", "AMD64": "x64", "arm64": "arm64", "aarch64": "arm64"}


class StandInMissingError(Exception):
    """No build of local-slack is installed for this system."""


class StandInFailedError(Exception):
    """The stand-in ended, or did not answer, while it was being started."""


def stand_in_program(root: Path, system: str = "", machine: str = "") -> Path:
    """The program under `node_modules` of the project's root.

    Raises:
        StandInMissingError: there is none for this system.
    """
    system, machine = system or platform.system(), machine or platform.machine()
    package = f"local-slack-{SYSTEMS.get(system, system)}-{MACHINES.get(machine, machine)}"
    program = root / "node_modules" / package / "bin" / "local-slack"
    if not program.is_file():
        sentence = (
            f"The Slack stand-in is not installed for {system} on {machine}. "
            "Run `make setup` where npm is available, or play over the in-process Web API."
        )
        raise StandInMissingError(sentence)
    return program


@contextmanager
def running_stand_in(
    *, program: Path, scratch: Path, port: int, workspace: Workspace
) -> Iterator[str]:
    """The base URL of a stand-in that answers, until the block ends.

    The program has no option for the address it listens on and takes all interfaces; the URLs that
    it hands out are loopback ones. What it wrote is in `stand-in.log` in the scratch folder.

    Raises:
        StandInFailedError: it ended or did not answer in time, for example on a port in use.
    """
    config = scratch / "stand-in.json"
    config.write_text(json.dumps(_config(workspace)), "utf-8")
    command = [str(program), "--config", str(config), "--port", str(port)]
    command += ["--base-host", "127.0.0.1", "--files-dir", str(scratch / "files")]
    log = scratch / "stand-in.log"
    with (
        log.open("w", encoding="utf-8") as output,
        # Its own folder, since the program reads a .env from where it is started.
        subprocess.Popen(command, cwd=scratch, stdout=output, stderr=output) as process,
    ):
        try:
            _await_answer(process, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            _end(process)


def _await_answer(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = monotonic() + START_SECONDS
    while process.poll() is None and monotonic() < end:
        # Its own word, since an answer on the port could come from another program there.
        if RUNNING in log.read_text("utf-8", errors="replace"):
            return
        _glance(process)
    said = log.read_text("utf-8", errors="replace").strip()
    sentence = f"The Slack stand-in did not start on port {port}. It said: {said or 'nothing'}."
    raise StandInFailedError(sentence)


def _glance(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(GLANCE_SECONDS)
    except subprocess.TimeoutExpired:
        return


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()


def _config(workspace: Workspace) -> dict[str, Any]:
    everybody = [member.user_id for member in workspace.members]
    everybody += [app.bot_user_id for app in workspace.apps]
    return {
        "workspace": {
            "name": workspace.name,
            "domain": workspace.domain,
            "teamId": workspace.team_id,
        },
        "apps": [_app(app) for app in workspace.apps],
        "users": [
            {
                "id": member.user_id,
                "name": member.name,
                "real_name": member.real_name,
                "email": member.email,
                "tz": "Etc/UTC",
            }
            for member in workspace.members
        ],
        "channels": [
            {"id": channel.channel_id, "name": channel.name, "members": everybody}
            for channel in workspace.channels
        ],
    }


def _app(app: SlackApp) -> dict[str, str]:
    reached = {"mode": "socket"}
    if app.request_url is not None:
        reached = {"mode": "events", "requestUrl": app.request_url}
    return reached | {
        "appId": app.app_id,
        "botUserId": app.bot_user_id,
        "botName": app.name,
        "botToken": app.bot_token,
        "appToken": app.app_token,
        "signingSecret": app.signing_secret,
    }
