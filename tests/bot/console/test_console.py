"""`bugbook console` as a person uses it: in a real terminal, over a pipe, and stopped midway."""

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.guards import REPOSITORY
from tests.real_git import RealGit, new_bare

PROGRAM = [sys.executable, "-c", "from tracker.cli.main import main; main()", "console"]
IN_A_TERMINAL = (  # which Ctrl-C needs
    "import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    " signal.signal(signal.SIGINT, signal.default_int_handler);"  # ignored below a job of a shell
    " from tracker.cli.main import main; main()"
)
ME = "Backend Engineer <backend@example.com>"
SECONDS = 90


@pytest.fixture
def git(tmp_path: Path) -> RealGit:
    return new_bare(tmp_path / "shared.git")


def environment(git: RealGit, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "BUGBOOK_REPOSITORY": str(git.path),
        "BUGBOOK_DATA_DIR": str(tmp_path / "data"),
        "PYTHONPATH": str(REPOSITORY),
        "TERM": "dumb",
    }


def piped(git: RealGit, tmp_path: Path, *line: str, typed: str = "") -> tuple[int, str]:
    """Run one line with everything typed in advance."""
    done = subprocess.run(
        [*PROGRAM, "--as", ME, *line],
        cwd=tmp_path,
        env=environment(git, tmp_path),
        input=typed,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )
    return done.returncode, done.stdout + done.stderr


REPORT = "Redemption fails\nThe portal refuses it.\n.\n\n"


def test_a_report_by_questions_is_one_commit_and_no_colours_go_into_a_pipe(
    git: RealGit, tmp_path: Path
) -> None:
    code, said = piped(git, tmp_path, "report", typed=f"\n{REPORT}")

    assert code == 0, said
    assert said.count("This is needed; Ctrl-C leaves the form") == 1
    assert "✅ BUG-0001: Report: Redemption fails." in said
    assert "That is enough" not in said
    assert "\x1b[" not in said
    subject = git("log", "--format=%an: %s", "main").strip()
    assert subject == "Backend Engineer: BUG-0001 report: Redemption fails"


def test_typed_shortcuts_lists_refusals_and_mistakes_are_as_in_slack(
    git: RealGit, tmp_path: Path
) -> None:
    piped(git, tmp_path, "report", typed=REPORT)
    reading = "show 1\nlist\nsearch refuses\nsearch\n"
    lines = f"1 note Rolled back\nclose 1 Done\n{reading}traige 1\nnote 7 Gone\nquit\n"

    code, said = piped(git, tmp_path, typed=lines)

    assert code == 0, said
    assert "Rolled back" in said
    assert "`close` is not possible" in said
    assert said.count("Redemption fails") >= 3
    assert "The portal refuses it." in said
    assert "Say what to look for" in said
    assert "Did you mean `triage`?" in said
    assert "BUG-0007" in said
    assert git("log", "-1", "--format=%s", "main").strip() == "BUG-0001 note: Rolled back"


def test_a_slip_is_changed_before_anything_is_recorded(git: RealGit, tmp_path: Path) -> None:
    back_to_the_title = "Redemptoin fails\n<\nRedemption fails\n"
    then_the_text_from_the_list = "It works.\n.\n2\nThe portal refuses it.\n.\n\n"

    code, said = piped(
        git, tmp_path, "report", typed=back_to_the_title + then_the_text_from_the_list
    )

    assert code == 0, said
    assert "now: Redemptoin fails" in said
    assert " 2  What is broken?: It works." in said
    record = git("show", "main:bugs/000/BUG-0001.yaml")
    assert "title: Redemption fails" in record
    assert "The portal refuses it." in record
    assert git("rev-list", "--count", "main") == "1"


def test_after_an_outage_what_follows_is_suggested_and_me_is_whoever_types(
    git: RealGit, tmp_path: Path
) -> None:
    report, triage = "down\n\n.\n\n", "triage 1\n\n2\n\n\n\n\n4\n\n"
    assign = (
        "assign 1\nme\nBo <bo@example.com>\n\nassign 1 Bo Ek <bo@example.com> backup me\nquit\n"
    )

    code, said = piped(git, tmp_path, typed=report + triage + assign)

    assert code == 0, said
    assert said.count("now: Yes") == 4
    subjects = git("log", "--format=%s", "main").splitlines()
    assert subjects[:4] == [
        "BUG-0001 assign: Bo",
        "BUG-0001 assign: Backend Engineer",
        "BUG-0001 triage: P0",
        "BUG-0001 report: Production is down",
    ]
    assert f"backup: {ME}" in git("show", "main:bugs/000/BUG-0001.yaml")


def test_an_unknown_answer_is_asked_again_and_people_are_found_by_their_names(
    git: RealGit, tmp_path: Path
) -> None:
    other = "28\nnobody here\nBo <bo@example.com>\n10\nsome\n1\n\n"

    code, said = piped(git, tmp_path, "report", typed=REPORT.removesuffix("\n") + other)

    assert code == 0, said
    assert "write a person as `Name <name@example.com>`" in said
    assert "“some” is none of these" in said
    record = git("show", "main:bugs/000/BUG-0001.yaml")
    assert "by: Bo <bo@example.com>" in record


def test_an_input_that_ends_midway_keeps_what_was_entered_for_the_next_time(
    git: RealGit, tmp_path: Path
) -> None:
    code, said = piped(git, tmp_path, "report", typed="Redemption fails\n")
    assert code == 1
    assert "kept for a week" in said

    code, said = piped(git, tmp_path, "report", typed="\nIt is refused.\n.\n\n")

    assert code == 0, said
    assert "is filled in again" in said
    assert "now: Redemption fails" in said
    assert "report: Redemption fails" in git("log", "-1", "--format=%s", "main")


def test_a_closed_input_is_one_that_has_ended(git: RealGit, tmp_path: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *PROGRAM, "--as", ME],
        cwd=tmp_path,
        env=environment(git, tmp_path),
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("bugbook> ")


@dataclass
class Typist:
    """A person at a real terminal."""

    master: int
    process: "subprocess.Popen[bytes]"
    shown: str = field(default="")

    def sees(self, text: str, seconds: float = SECONDS) -> None:
        """Read on until a text is on the screen, and forget what came before it."""
        end = time.monotonic() + seconds
        while text not in self.shown:
            assert time.monotonic() < end, f"{text!r} was not shown: {self.shown}"
            if select.select([self.master], [], [], 0.2)[0]:
                with suppress(OSError):
                    self.shown += os.read(self.master, 65536).decode(errors="replace")
        self.shown = self.shown.partition(text)[2]

    def leaves_a_form(self, farewell: str) -> None:
        """Press Ctrl-C, and again after a while: one before the program reads is not heard.

        What it asks is on the screen a moment before it reads, hence the pause of a person.
        """
        for _ in range(9):
            time.sleep(0.2)
            self.types("\x03")
            with suppress(AssertionError):
                return self.sees(farewell, SECONDS / 9)
        message = f"It did not leave the form: {self.shown}"
        raise TimeoutError(message)

    def ends_it(self) -> int:
        """Press Ctrl-C until the program ends, since one before it reads again is not heard."""
        for _ in range(SECONDS):
            self.types("\x03")
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(1)
        message = f"It did not end: {self.shown}"
        raise TimeoutError(message)

    def types(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def closes_the_terminal(self) -> int:
        """As a dropped line does; the code with which the program ends."""
        os.close(self.master)
        return self.process.wait(SECONDS)


@contextmanager
def terminal(git: RealGit, tmp_path: Path) -> Iterator[Typist]:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_TERMINAL, "console", "--as", ME],
        cwd=tmp_path,
        env=environment(git, tmp_path),
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Typist(master, process)
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):
            os.close(master)


def test_in_a_terminal_ctrl_c_leaves_a_form_with_its_draft_and_two_in_a_row_end_the_console(
    git: RealGit, tmp_path: Path
) -> None:
    with terminal(git, tmp_path) as person:
        person.sees("bugbook> ")
        person.types("report\n")
        person.sees("Title (needed)")
        person.types("Redemption fails\n")
        person.sees("What is broken?")
        person.sees("| ")
        person.leaves_a_form("kept for a week")
        person.sees("Left; nothing was changed.")
        person.sees("bugbook> ")
        person.types("report\n")
        person.sees("now: Redemption fails")
        person.types("\n")
        person.sees("several lines")
        person.types("It is refused.\n.\n")
        person.sees("Enter to record: ")
        person.types("\n")
        person.sees("BUG-0001")
        person.sees("bugbook> ")
        time.sleep(0.2)
        person.types("\x03")
        person.sees("and so does another Ctrl-C")
        assert person.ends_it() in {130, -2}  # or the second one met it on its way out

    assert git("log", "--format=%s", "main").strip() == "BUG-0001 report: Redemption fails"


def test_a_terminal_that_is_closed_keeps_all_that_was_typed(git: RealGit, tmp_path: Path) -> None:
    with terminal(git, tmp_path) as person:
        person.sees("bugbook> ")
        person.types("report\n")
        person.sees("Title (needed)")
        person.types("Redemption fails\n")
        person.sees("several lines")
        person.types("It is refused.\n.\n")
        person.sees("Enter to record: ")
        person.types("2\n")
        person.sees("several lines")
        person.sees("| ")
        person.types("Since noon.\n")
        person.sees("Since noon.")
        person.sees("| ")
        assert person.closes_the_terminal() == 128 + signal.SIGHUP

    code, said = piped(git, tmp_path, "report", typed="\n\n\n")

    assert code == 0, said
    assert "now: Redemption fails" in said
    assert "now: Since noon.\nIt is refused." in said
    assert git("log", "--format=%s", "main").strip() == "BUG-0001 report: Redemption fails"
