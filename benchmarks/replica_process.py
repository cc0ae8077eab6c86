"""One replica of a bot for `benchmarks.replicas`: `… REPOSITORY FOLDER [DATABASE]`.

Says `ready`; then takes a line `<request> <bug>` for each action, keeps it, and says
`<request> <seconds>` once it is on the remote. The threads are those of the bot.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

from benchmarks.actions import note
from bot.leading import leading_loops
from bot.loop import Loop
from tracker.assembly import Recorded, Request, Tracker, open_tracker
from tracker.settings import read_settings

PATIENCE = 60.0
_AT_ONCE = 64


def main() -> None:
    """Run until the input ends."""
    repository, folder, *database = sys.argv[1:]
    data = Path(folder)
    data.mkdir()
    settings = read_settings(
        env_file=None,
        repository=repository,
        data_dir=data,
        database_url=database[0] if database else None,
    )
    with ExitStack() as stack:
        tracker = stack.enter_context(closing(open_tracker(settings)))
        tracker.warm_up()

        def commit() -> None:
            tracker.commit_pending()

        committing = Loop(name="committer", step=commit, interval=5.0)
        for loop in (committing, *leading_loops(tracker, committing, committing)):
            loop.start()
            stack.callback(loop.stop)
        pool = stack.enter_context(ThreadPoolExecutor(_AT_ONCE))
        _say("ready")
        for line in sys.stdin:
            name, bug = line.split()
            pool.submit(_act, tracker, committing, note(name, bug))


def _act(tracker: Tracker, committing: Loop, request: Request) -> None:
    tracker.submit(request)
    start = time.monotonic()
    committing.wake()
    outcome = tracker.settled_among([request.id], patience=PATIENCE).get(request.id)
    seconds = time.monotonic() - start
    _say(f"{request.id} {seconds if isinstance(outcome, Recorded) else outcome!r}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
