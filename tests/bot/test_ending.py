"""How a bot learns that it is asked to end."""

import subprocess
import sys

import pytest

from tests.guards import REPOSITORY

KILLED_BY_A_THREAD = """
import signal, sys, threading, time
from bot.ending import asked_to_end

def kill() -> None:
    time.sleep(0.2)
    signal.pthread_kill(threading.get_ident(), int(sys.argv[1]))

with asked_to_end() as wait:
    threading.Thread(target=kill).start()
    wait()
    print("asked to end")
"""


@pytest.mark.parametrize("number", [2, 15])
def test_a_signal_that_reaches_another_thread_is_noticed(number: int) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_BY_A_THREAD, str(number)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert ended.stdout == "asked to end\n"
