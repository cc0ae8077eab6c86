import os
import sys
from pathlib import Path

import pytest

from demo.child import ChildFailedError, running_child


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_program_that_dies_early_is_told_with_its_words(tmp_path: Path) -> None:
    command = python("import sys; print('no key found'); sys.exit(7)")

    with (
        running_child("The bot", command, folder=tmp_path, log=tmp_path / "log") as child,
        pytest.raises(ChildFailedError, match=r"ended with exit code 7\. It said:\nno key found"),
    ):
        child.await_words("ready", seconds=30)


def test_a_program_that_never_gets_ready_is_given_up(tmp_path: Path) -> None:
    command = python("import time; print('thinking', flush=True); time.sleep(60)")

    with running_child("The site", command, folder=tmp_path, log=tmp_path / "log") as child:
        child.await_words("thinking", seconds=30)
        with pytest.raises(ChildFailedError, match=r"did not say 'ready' in 0\.2 s"):
            child.await_words("ready", seconds=0.2)


def test_a_program_ends_with_its_block(tmp_path: Path) -> None:
    command = python("import time; print('ready', flush=True); time.sleep(60)")

    with running_child("The bot", command, folder=tmp_path, log=tmp_path / "log") as child:
        child.await_words("ready", seconds=30)

    assert child.process.poll() is not None


def test_settings_of_the_person_at_the_keyboard_do_not_reach_a_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "SLACK_BOT_TOKEN", "real")
    names = "'SLACK_BOT_TOKEN', 'BUGBOOK_LOG'"
    command = python(f"import os; print([os.environ.get(name) for name in ({names})])")

    with running_child(
        "The bot",
        command,
        folder=tmp_path,
        log=tmp_path / "log",
        settings={"BUGBOOK_LOG": "debug"},
    ) as child:
        child.process.wait(30)

    assert child.tail() == "[None, 'debug']"
