"""A push that outlives the killed bot: its action is neither lost nor made twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.real_git import RealGit, new_bare
from tests.store.acting import NOON, note, replica, report
from tracker.store.outcome import Recorded

PATIENCE = 10.0  # seconds

# The first push is held until there is a file `go`. Where there is a file `late`, the second one
# lets it through, and goes on once the branch has moved.
HOOK = """\
#!/bin/sh
read -r old new ref
if mkdir begun 2>/dev/null; then
    echo $PPID >number && mv number held
    for _ in $(seq 500); do [ -e go ] && exit 0; sleep 0.02; done
elif rm late 2>/dev/null; then
    touch go
    for _ in $(seq 500); do [ "$(git rev-parse main)" = "$old" ] || exit 0; sleep 0.02; done
else
    exit 0
fi
echo "Waited in vain." >&2
exit 1
"""
BOT = """
import sys
from pathlib import Path
from tests.store.acting import note, replica
replica(Path(sys.argv[1]), Path(sys.argv[2])).act("r-2", note("Kept."), "BUG-0001")
"""


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def has_ended(number: int) -> bool:
    """Whether a process is gone, or dead and not yet taken away by whoever adopted it."""
    try:
        os.kill(number, 0)
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return True
    return state == "Z"


def killed_in_its_push(folder: Path, shared: RealGit) -> int:
    """Kill a bot while the remote holds its push; return the process that will end the push."""
    held = shared.path / "held"
    command = [sys.executable, "-c", BOT, str(folder), str(shared.path)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2]) as bot:
        wait_until(held.exists)
        bot.send_signal(signal.SIGKILL)
    return int(held.read_text())


@pytest.mark.parametrize("orphan_wins", [True, False], ids=["the orphan wins", "the orphan loses"])
def test_an_orphaned_push_and_the_next_life_make_one_commit_together(
    tmp_path: Path, *, orphan_wins: bool
) -> None:
    shared, folder = new_bare(tmp_path / "shared.git"), tmp_path / "bot"
    before = replica(folder, shared.path)
    before.act("r-1", report())
    before.close()
    hook = shared.path / "hooks/pre-receive"
    hook.write_text(HOOK)
    hook.chmod(0o755)
    orphan = killed_in_its_push(folder, shared)
    if orphan_wins:
        (shared.path / "late").touch()
    assert not has_ended(orphan)

    opened = replica(folder, shared.path)
    later = replace(opened.path, now=lambda: NOON + timedelta(hours=1))  # its commit is another
    after = replace(opened, path=later)
    after.path.commit_pending()
    assert has_ended(orphan) or not orphan_wins
    (shared.path / "go").touch()
    wait_until(lambda: has_ended(orphan))

    told = after.path.outcome("r-2")
    assert isinstance(told, Recorded)
    assert told.commit == shared("rev-parse", "main")
    by_the_orphan = shared("log", "-1", "--format=%cI", "main") == "2025-01-02T12:01:00+00:00"
    assert by_the_orphan == orphan_wins
    assert after.act("r-2", note("Kept."), "BUG-0001") == told
    assert isinstance(after.act("r-3", note("Next."), "BUG-0001"), Recorded)
    requests = shared("log", "--format=%(trailers:key=Request,valueonly)", "main").split()
    assert requests == ["r-3", "r-2", "r-1"]
    assert shared("fsck", "--strict", "--no-dangling") == ""
    after.close()
