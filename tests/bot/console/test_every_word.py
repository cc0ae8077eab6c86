"""No word of the console ends a session: what reads answers as in Slack, what writes asks."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

import pytest

from bot.command_line import DOWN, LOOKS
from bot.console.desk import ConsoleDesk
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


@dataclass
class Screen:
    """Everything that was shown, and the lines that are typed; then the input ends."""

    typed: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def read(self, prompt: str) -> str:
        """The next line."""
        self.shown.append(prompt)
        if not self.typed:
            raise EOFError
        return self.typed.pop(0)


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


def said(tracker: Tracker, *lines: str) -> str:
    """What is shown in a session of these lines."""
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
