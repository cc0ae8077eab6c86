"""No word of the console ends a session: what reads answers as in Slack, what writes asks."""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

import click
import pytest

from bot.command_line import DOWN, LOOKS
from bot.console.desk import ConsoleDesk
from bot.console.own_terminal import ends_in_order
from bot.console.questions import Terminal
from bot.console.talk import talk
from tests.real_git import RealGit, new_bare
from tracker.assembly import Tracker, open_tracker
from tracker.model.person import Person
from tracker.settings import read_settings
from tracker.workflow.verbs import VERBS

ME = Person(name="Backend Engineer", email="backend@example.com")
REPORT = "report title='Redemption fails' what_is_broken='It fails.' environment.stage=production"
FAULT = "This is a fault of Bugbook"


Keys = Callable[[], None]


def CTRL_C() -> None:  # noqa: N802 - the name of a key
    raise KeyboardInterrupt


@dataclass
class Screen:
    """Everything that was shown, and the lines that are typed; then the input ends."""

    typed: list["str | Keys"] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def read(self, prompt: str) -> str:
        """The next line."""
        self.shown.append(prompt)
        if not self.typed:
            raise EOFError
        typed = self.typed.pop(0)
        if isinstance(typed, str):
            return typed
        typed()
        return ""


@pytest.fixture(scope="module")
def git(tmp_path_factory: pytest.TempPathFactory) -> RealGit:
    return new_bare(tmp_path_factory.mktemp("shared") / "shared.git")


@pytest.fixture(scope="module")
def tracker(git: RealGit, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tracker]:
    data = tmp_path_factory.mktemp("data")
    settings = read_settings(None, repository=str(git.path), data_dir=data)
    with closing(open_tracker(settings)) as opened:
        opened.refresh()
        assert "BUG-0002" in said(opened, REPORT, REPORT)
        yield opened


def said(tracker: Tracker, *lines: str | Keys) -> str:
    """What is shown in a session of these lines and keys."""
    screen = Screen(typed=list(lines))
    terminal = Terminal(say=screen.shown.append, read=screen.read)
    assert talk(ConsoleDesk(tracker=tracker, actor=ME, terminal=terminal))
    return "\n".join(screen.shown)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("history 1", "Backend Engineer: report: Redemption fails"),
        ("readiness 1", "Redemption fails"),
        ("similar 1", "Bugs like BUG-0001\n⚪ BUG-0002 Redemption fails"),
        ("prompt 1", "Say which prompt: "),
        ("prompt 1 root-cause", "Redemption fails"),
        ("metrics", "ALL BUGS"),
        ("show 1", "Redemption fails"),
        ("hotfix status 1", "BUG-0001"),
        ("list", "Redemption fails"),
        ("search redemption", "Redemption fails"),
        ("help history", "See who did what to a bug, and when."),
        ("hotfix", "/hotfix declare: "),
        ("hotfix help", "/hotfix declare: "),
        ("/hotfix", "/hotfix declare: "),
        ("/hotfix help", "/hotfix declare: "),
        ("/hotfix declar 1", "There is no command `hotfix declar`. Did you mean `hotfix declare`?"),
        ("hotfix declar 1", "There is no command `hotfix declar`. Did you mean `hotfix declare`?"),
        ("/bug hotfix declar 1", "There is no command `hotfix declar`."),
        ("/hotfix declare 1", "Not possible yet; nothing was changed:"),
        ("/bug note 2 Rolled back", "BUG-0002: Note: Rolled back."),
        ("/bug show 1", "Redemption fails"),
        ("/bug", "Report a bug"),
        ("@bugbook show 1", "Redemption fails"),
        ("@bugbook good morning", "There is no command `good`."),
        ("history 7", "There is no bug “BUG-0007”"),
    ],
)
def test_what_reads_answers_as_in_slack(tracker: Tracker, line: str, told: str) -> None:
    assert told in said(tracker, line).partition("bugbook> ")[2]


def test_evidence_is_shown_and_recorded(tracker: Tracker) -> None:
    told = said(tracker, "investigate 2", "history 2")

    assert "Evidence on BUG-0002\nSimilar past bugs\nBUG-0001" in told
    assert "Backend Engineer: plan: " in told.partition("History of BUG-0002")[2]


@pytest.mark.parametrize("rest", ["", " 1", " 999"])
def test_no_word_ends_a_session(tracker: Tracker, rest: str) -> None:
    words = (*LOOKS, "status", "hotfix status", "hotfix", "hotfix help")

    told = said(tracker, *(f"{word}{rest}" for word in words), "list")

    assert FAULT not in told, told
    assert "Redemption fails" in told.rpartition("bugbook> ")[0].rpartition("bugbook> ")[2]


def test_no_verb_ends_a_session(tracker: Tracker) -> None:
    for verb in (DOWN, *VERBS):  # each alone, since its form takes the lines that follow
        told = said(tracker, f"{verb} 1")

        assert FAULT not in told, told


def test_ctrl_c_at_the_prompt_tells_how_to_end_and_the_console_goes_on(tracker: Tracker) -> None:
    told = said(tracker, CTRL_C, "show 1", CTRL_C, "list")

    assert told.count("`quit` or Ctrl-D ends the console") == 2
    assert "Redemption fails" in told.rpartition("another Ctrl-C")[2]


def test_ctrl_c_twice_in_a_row_ends_the_console(tracker: Tracker) -> None:
    with pytest.raises(click.Abort):
        said(tracker, CTRL_C, CTRL_C)


def test_a_polite_kill_in_a_form_keeps_what_was_typed_and_a_second_one_is_not_heard(
    tracker: Tracker,
) -> None:
    def kill() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    with ends_in_order(), pytest.raises(SystemExit) as ended:
        said(tracker, "note 2", "Rolled back.", "All is well.", kill)

    assert ended.value.code == 128 + signal.SIGTERM
    assert "now: Rolled back.\nAll is well." in said(tracker, "note 2")


def test_what_is_typed_in_an_outage_wins_over_a_report_that_was_left(tracker: Tracker) -> None:
    said(tracker, "report", "Search is slow", "It takes a minute.", ".")
    left = said(tracker, "down Login")
    again = said(tracker, "down") + said(tracker, "down Login")
    recorded = said(tracker, "down Payments", "", "", "")

    assert "now: Login" in left
    assert "Search" not in left
    assert again.count("now: Login") == again.count("is filled in again") == 2
    assert "; `down` goes on with it." in again
    assert "What you entered at" in recorded
    assert "for another bug is kept: `down` alone goes on with it." in recorded
    assert "Report: Payments." in recorded
    assert "now: Login" in said(tracker, "down")
    assert "now: Search is slow" in said(tracker, "report")


def test_what_is_typed_wins_over_what_was_entered_before_and_the_rest_is_filled_in(
    tracker: Tracker,
) -> None:
    said(tracker, "link 2", "1", "https://shop.example/1", "3", "First", CTRL_C)

    told = said(tracker, "link 2 https://shop.example/2", "", "")

    assert "now: https://shop.example/2" in told
    assert "shop.example/1" not in told
    assert "First" in told


def test_an_entry_of_a_list_that_cannot_be_read_is_asked_again_at_once(tracker: Tracker) -> None:
    told = said(tracker, "impact 2", "9", "much", ".", "errors | 1 % | 9 %", ".", "")

    assert told.count("! Line 1: write it as ") == 1
    assert told.index("! Line 1: write it as ") < told.rindex("Your answers")
    assert "now: much" in told
    assert "BUG-0002: Impact: updated." in told


def test_a_bug_that_has_to_be_asked_for_is_named_where_it_is_asked(tracker: Tracker) -> None:
    told = said(tracker, "note All is well", "2", "show", "history 1", "show", "")

    assert "BUG-0002: Note: All is well." in told
    assert "History of BUG-0001" in told
    assert told.count("Its number, or Enter for none: ") == 3


def test_a_dot_behind_a_space_is_a_line_of_the_text(tracker: Tracker) -> None:
    said(tracker, "note 2", "One", " .", "Two", ".", "")

    assert tracker.load("BUG-0002").timeline[-1].text == "One\n .\nTwo"


def test_an_unexpected_error_is_told_and_the_next_command_goes_on(tracker: Tracker) -> None:
    screen = Screen(typed=["list", "show 1"])

    def say(text: str) -> None:
        if "Redemption fails" in text and screen.typed:
            message = "The screen is gone."
            raise RuntimeError(message)
        screen.shown.append(text)

    desk = ConsoleDesk(tracker=tracker, actor=ME, terminal=Terminal(say=say, read=screen.read))

    assert talk(desk)
    told = "\n".join(screen.shown)
    assert "RuntimeError: The screen is gone." in told
    assert "Redemption fails" in told.partition(FAULT)[2]
