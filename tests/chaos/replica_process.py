"""Replicas for the storm: they take actions over HTTP as the bot takes them from Slack.

An action is answered once it is in the outbox, and the threads of the real bot bring it from there
into the repository. This program has loaded everything and forks a replica for each line that it
reads (folder, remote and database, parted by tabs), so that a new life begins within milliseconds;
a replica says `<process id> <port>`, or why it cannot start in place of the port.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bot.loop import Loop
from tracker.model.person import Person
from tracker.model.trouble import TroubleError
from tracker.operations.committing import Committer
from tracker.operations.refresh import refresh
from tracker.store.bug_store import BugStore
from tracker.store.clone import open_clone
from tracker.store.commit_builder import CommitBuilder
from tracker.store.commit_path import CommitPath
from tracker.store.leadership import Leadership, process_name
from tracker.store.ledger import open_ledger, sqlite_url
from tracker.store.remote import resolve_remote
from tracker.store.request import Request
from tracker.store.request_index import RequestIndex
from tracker.workflow.verbs import VERBS

ACTOR = Person(name="Support Team", email="support@example.com")
GIT_SECONDS = 10.0


def now() -> datetime:
    return datetime.now(UTC)


def opened(folder: Path, remote: str, database: str) -> tuple[CommitPath, Leadership]:
    """The parts that the assembly would pick, without those that look for secrets."""
    clone = open_clone(folder, resolve_remote(remote, "main"), timeout=GIT_SECONDS)
    store = BugStore(clone=clone)
    builder = CommitBuilder(store=store, requests=RequestIndex(index=store.index))
    ledger = open_ledger(database or sqlite_url(folder / "ledger.sqlite3"))
    path = CommitPath(clone=clone, ledger=ledger, builder=builder, now=now)
    lock = folder / "leader.lock"
    return path, Leadership(ledger=ledger, lock=lock, owner=process_name())


def handler(path: CommitPath, committing: Loop) -> type[BaseHTTPRequestHandler]:
    """Take an action, keep it, answer, and only then let it be committed."""

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            action = VERBS[said["verb"]].model_validate(said["fields"])
            request = Request(id=said["id"], bug=said["bug"], action=action, actor=ACTOR)
            path.submit(request, now())
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()
            committing.wake()

        def do_GET(self) -> None:
            waiting = path.ledger.outbox.backlog().number
            body = str(waiting).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Door


def live(folder: Path, remote: str, database: str) -> None:
    """Be a replica until killed."""
    path, leadership = opened(folder, remote, database)
    committer = Committer(path=path, leadership=leadership)
    committing = Loop(name="committer", step=partial(_do, committer.round), interval=0.5)
    loops = [
        committing,
        Loop(name="campaigner", step=partial(_do, leadership.campaign), interval=1.0),
        Loop(name="orphan", step=partial(_end_with, os.getppid()), interval=1.0),
        Loop(name="fetcher", step=partial(_do, partial(refresh, path.clone)), interval=2.0),
    ]
    if path.ledger.shared:
        watch = partial(_watch, path, leadership, committing)
        loops.append(Loop(name="watcher", step=watch, interval=0.1))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(path, committing))
    for loop in loops:
        loop.start()
    _say(server.server_address[1])
    server.serve_forever()


def _do(work: Callable[[], object]) -> None:
    work()


def _end_with(nursery: int) -> None:
    """A storm that was killed itself leaves nobody behind."""
    if os.getppid() != nursery:
        os._exit(1)


def _watch(path: CommitPath, leadership: Leadership, committing: Loop) -> None:
    if leadership.leads and path.ledger.outbox.has_new():
        committing.wake()


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the killed
    for line in sys.stdin:
        folder, remote, database = line.rstrip("\n").split("\t")
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            try:
                live(Path(folder), remote, database)
            except TroubleError as trouble:
                _say(str(trouble))
            finally:
                os._exit(1)


def _say(what: object) -> None:
    os.write(1, f"{os.getpid()} {what}\n".encode())


if __name__ == "__main__":
    main()
