"""The command `bugbook demo`."""

import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final

import click
from rich.console import Console

from demo.check import checked
from demo.child import Child
from demo.form import UnknownAnswerError
from demo.narrator import Narrator
from demo.participant import NotAcknowledgedError
from demo.player import Player
from demo.ports import free_port
from demo.repository import make_repository
from demo.stage import LISTENS, Place, Stage, open_stage, serving_site
from demo.stand_in import StandInFailedError
from demo.summary import show_addresses, show_results, speed
from tracker.model.trouble import TroubleError
from tracker.operations.scenario import Scenario, read_scenario

SCENARIO: Final = Path(__file__).with_name("scenarios") / "nfc-signature-mismatch.yaml"
PACE: Final = 3.0  # seconds a step that a person can follow
WATCHED_WINDOW: Final = timedelta(seconds=30)
HASTY_WINDOW: Final = timedelta(seconds=8)
LOOK_SECONDS: Final = 1.0  # between two looks at whether everything still runs
PRESSED_TIME: Final = "Hours pass in seconds here: times on the pages are those of this play."
NO_CHAT: Final = "none on this system"
TAIL: Final = "The bot's last words:"
_TOLD: Final = (TroubleError, NotAcknowledgedError, StandInFailedError, UnknownAnswerError)


@click.command()
@click.option("--once", is_flag=True, help="Play without pauses, check everything, and end.")
@click.option(
    "--keep",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to make the scratch repository; a fresh temporary folder when left out.",
)
@click.option("--no-chat", is_flag=True, help="Play over signed HTTP, without a chat window.")
@click.option("--chat-port", type=click.IntRange(1, 65535), help="Port of the chat; a free one.")
@click.option("--site-port", type=click.IntRange(1, 65535), help="Port of the site; a free one.")
@click.option(
    "--pace", type=click.FloatRange(min=0), default=PACE, show_default=True, help="Seconds a step."
)
def demo(
    *,
    once: bool,
    keep: Path | None,
    no_chat: bool,
    chat_port: int | None,
    site_port: int | None,
    pace: float,
) -> None:
    """Play an incident from report to post-mortem, in a chat and on a site of your own."""
    console = Console()
    folder = Path(tempfile.mkdtemp(prefix="bugbook-demo-"))
    window = HASTY_WINDOW if once else WATCHED_WINDOW
    port = site_port or free_port()
    scenario = read_scenario(SCENARIO.read_bytes(), str(SCENARIO))
    place = Place(
        folder=folder,
        repository=make_repository((keep or folder / "repository").resolve(), monitor_for=window),
        site_url=f"http://{LISTENS}:{port}/",
    )
    narrator = Narrator(console=console, pace=0 if once else pace)
    with kills_as_interrupts(), telling_why(folder), ExitStack() as stack:
        stage = stack.enter_context(open_stage(place, chat_port=chat_port, window=not no_chat))
        player = Player(stage=stage, narrator=narrator, monitor_for=window)
        if once:
            play_once(player, scenario, place)
            return
        play_watched(player, scenario, place, stack.enter_context(serving_site(place, port)))


def play_watched(player: Player, scenario: Scenario, place: Place, site: Child) -> None:
    """Play at a pace that can be followed, then leave everything running until Ctrl-C."""
    stage, narrator = player.stage, player.narrator
    show_addresses(narrator.console, _addresses(stage, place))
    if stage.notice:
        narrator.tell(stage.notice)
    narrator.tell("Watch until it is your turn: the chat has one window of forms for all people.")
    narrator.tell(PRESSED_TIME)
    player.play(scenario)
    show_addresses(narrator.console, _addresses(stage, place))
    narrator.tell("Everything keeps running: go on by hand. Ctrl-C ends it.")
    keep_running(stage.bot, site)
    narrator.tell(f"Ended. The repository stays at {place.repository}.")


def play_once(player: Player, scenario: Scenario, place: Place) -> None:
    """Play, build, check and sum up; raises TroubleError when anything is not as it should be."""
    console = player.narrator.console
    if player.stage.notice:
        player.narrator.tell(player.stage.notice)
    start = time.monotonic()
    player.narrator.tell(PRESSED_TIME)
    player.play(scenario)
    played = time.monotonic() - start
    made = checked(place.repository, scenario, player.bug)
    show_results(
        console,
        {
            "Played": f"{scenario.title}, in {played:.1f} s",
            "Commits": f"{made.commits}, one for each action, each by the person who acted",
            "Facts": f"all {made.facts} of the scenario are in the record of {player.bug}",
            "Refusals": f"{player.refusals}, while the monitoring window lasted",
            "Answers": speed(player.timings),
            "Pages": f"{made.pages}, built without a warning",
            "Repository": str(place.repository),
            "Site": str(made.site / "index.html"),
            "Chat": f"{player.stage.chat} (ended)" if player.stage.chat else NO_CHAT,
        },
    )


@contextmanager
def telling_why(folder: Path) -> Iterator[None]:
    """Turn what went wrong into one message with the end of the bot's log, and exit code 1."""
    try:
        yield
    except (*_TOLD, OSError) as error:
        log = folder / "bot.log"
        said = log.read_text("utf-8", errors="replace").splitlines() if log.is_file() else []
        tail = "\n".join(["", TAIL, *said[-20:]]) if said else ""
        message = f"{error}{tail}"
        raise click.ClickException(message) from error


def keep_running(*children: Child) -> None:
    """Return at Ctrl-C; raises ChildFailedError when one of them ends before."""
    try:
        while True:
            for child in children:
                child.check()
            time.sleep(LOOK_SECONDS)
    except KeyboardInterrupt:
        return


@contextmanager
def kills_as_interrupts() -> Iterator[None]:
    """Treat a polite kill and a closed terminal as Ctrl-C, so that every program is ended."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    kinds = (signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, interrupt) for number in kinds}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _addresses(stage: Stage, place: Place) -> dict[str, str]:
    return {
        "Chat": stage.chat or NO_CHAT,
        "Site": place.site_url,
        "Repository": str(place.repository),
    }
