"""Look at an installation, part by part, and say what to do about each that does not work."""

import contextlib
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tracker.model.diagnosis import Diagnosis, Health, healthy, problem, warning
from tracker.model.problem import ProblemsFound
from tracker.model.trouble import TroubleError
from tracker.store import index_queries
from tracker.store.bug_store import BugStore
from tracker.store.clone import Clone, open_clone
from tracker.store.clone_lock import holding
from tracker.store.foundation import is_ignored
from tracker.store.git_errors import MissingGitError, RepositoryInUseError
from tracker.store.git_identity import configured_person
from tracker.store.git_repository import GitRepository
from tracker.store.index_file import IndexUnusableError
from tracker.store.leases import LEADER
from tracker.store.ledger import open_ledger, sqlite_url
from tracker.store.push_outcome import plain_line
from tracker.store.remote import Remote, resolve_remote, uncommitted_changes
from tracker.workflow.bug_filter import BugFilter

_PYTHON: Final = (3, 11)
_LOGIN: Final = re.compile(r"://[^/@\s]+@")
_GLANCE: Final = 0.1  # seconds for a lock that should be free
_SHOWN: Final = 3  # problems that are told with their place


@dataclass(frozen=True, kw_only=True)
class Installation:
    """What the settings name; `data_folder` tells where the data of a remote are."""

    repository: str
    branch: str
    data_folder: Callable[[Remote], Path]
    database_url: str | None


def examine(installation: Installation) -> Iterator[Diagnosis]:
    """Every part in turn; the parts behind one that does not work are left out."""
    here = Path.cwd()
    yield _python()
    git = _git(here)
    yield git
    if git.health is Health.PROBLEM:
        return
    yield _identity(here)
    yield from _secrets_file(here)
    try:
        remote = resolve_remote(installation.repository, installation.branch)
    except TroubleError as error:
        yield problem("Repository", _without_login(str(error)))
        return
    answer = GitRepository(path=here).remote_branches(remote.address)
    if answer.succeeded:
        yield from _remote(remote, answer.output)
        yield from _data(installation, remote)
    else:
        yield _unreachable(remote, answer.errors)
        folder = installation.data_folder(remote)
        if folder.exists():
            yield from _ledger(installation.database_url or sqlite_url(folder / "ledger.sqlite3"))


def _python() -> Diagnosis:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < _PYTHON:
        return problem("Python", f"This is Python {found}; install 3.11 or newer.")
    return healthy("Python", f"This is Python {found}.")


def _git(here: Path) -> Diagnosis:
    try:
        answer = GitRepository(path=here).version()
    except MissingGitError as error:
        return problem("Git", str(error))
    return healthy("Git", f"This is {plain_line(answer.output)}.")


def _identity(here: Path) -> Diagnosis:
    person = configured_person(here)
    if person is None:
        return warning(
            "Identity",
            "Git does not know who you are; set `user.name` and `user.email` with `git config`.",
        )
    return healthy("Identity", f"You act as {person}.")


def _secrets_file(here: Path) -> Iterator[Diagnosis]:
    """Tokens lie in `.env`, which must not end in a commit."""
    if (here / ".env").is_file() and not is_ignored(here, ".env"):
        yield problem("Settings", "Git does not ignore `.env`; add it to `.gitignore`.")


def _unreachable(remote: Remote, errors: str) -> Diagnosis:
    reason = _without_login(plain_line(errors)) or "no answer in time"
    address = _without_login(remote.address)
    sentence = f"{address} cannot be reached ({reason}); check the address and your access."
    return problem("Repository", sentence)


def _remote(remote: Remote, heads: str) -> Iterator[Diagnosis]:
    yield healthy("Repository", f"{_without_login(remote.address)} can be reached.")
    branches = {line.partition("\t")[2] for line in heads.splitlines()}
    if remote.branch_ref in branches:
        yield healthy("Branch", f"Records are on the branch {remote.branch}.")
    elif branches:
        sentence = f"There is no branch {remote.branch}; push one, or set BUGBOOK_BRANCH."
        yield problem("Branch", sentence)
    else:
        yield warning("Branch", "The repository is empty; `bugbook init` or a first bug fills it.")
    changed = uncommitted_changes(remote)
    if changed is not None:
        yield problem("Work tree", changed)
    elif remote.local:
        yield healthy("Work tree", "Nothing in it keeps actions from being pushed.")


def _without_login(text: str) -> str:
    """Addresses without the name and password that may stand in them."""
    return _LOGIN.sub("://", text)


def _data(installation: Installation, remote: Remote) -> Iterator[Diagnosis]:
    folder = installation.data_folder(remote)
    place = _data_folder(folder)
    yield place
    if place.health is not Health.OK:
        return
    yield from _ledger(installation.database_url or sqlite_url(folder / "ledger.sqlite3"))
    try:
        clone = open_clone(folder, remote)
        with clone.writing() as writer:
            writer.fetch()
    except TroubleError as error:
        yield problem("Clone", _without_login(str(error)))
        return
    yield from _records(clone)


def _data_folder(folder: Path) -> Diagnosis:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        with holding(folder / "clone.lock", patience=_GLANCE):
            pass
    except RepositoryInUseError:
        sentence = f"Another Bugbook process is at work in {folder}; ask again when it has ended."
        return warning("Data", sentence)
    except OSError as error:
        sentence = f"{folder} cannot be written to ({error.strerror}); set BUGBOOK_DATA_DIR."
        return problem("Data", sentence)
    return healthy("Data", f"{folder} can be written to, and nobody holds its lock.")


def _ledger(url: str) -> Iterator[Diagnosis]:
    try:
        with contextlib.closing(open_ledger(url)) as ledger:
            backlog, oldest = ledger.outbox.backlog(), ledger.outbox.pending(1)
            leader = ledger.leases.holder(LEADER) if ledger.shared else None
    except TroubleError as error:
        yield problem("Ledger", str(error))
        return
    if backlog.since is None:
        yield healthy("Ledger", "Nothing waits to be shared.")
    else:
        reason = oldest[0].result if oldest else ""
        sentence = (
            f"Actions that are saved and not yet shared: {backlog.number}, the oldest from"
            f" {backlog.since:%Y-%m-%d %H:%M} UTC. The next command that"
            f" records something shares them, or the bot. {reason}"
        )
        yield warning("Ledger", _without_login(sentence.strip()))
    if leader is not None:
        yield healthy("Leader", f"{leader} announces and commits for all who share the ledger.")


def _records(clone: Clone) -> Iterator[Diagnosis]:
    store, tip = BugStore(clone=clone), clone.tip()
    try:
        yield healthy("Policy", f"Version {store.policy(tip).version} is valid.")
    except ProblemsFound as error:
        yield problem("Policy", _told(error))
    try:
        number, broken = store.index.ask(
            lambda rows: (index_queries.count(rows, BugFilter()), index_queries.problems(rows))
        )
    except IndexUnusableError as error:
        yield problem("Records", str(error))
        return
    if broken:
        sentence = f"{_told(ProblemsFound(broken))} Correct them; `bugbook check` tells all."
        yield problem("Records", sentence)
    elif number:
        yield healthy("Records", f"All can be read; their number is {number}.")
    else:
        yield healthy("Records", "There are none yet; `bugbook report` makes the first.")


def _told(error: ProblemsFound) -> str:
    """The first problems, and how many more there are."""
    more = len(error.problems) - _SHOWN
    shown = " ".join(str(each) for each in error.problems[:_SHOWN])
    return f"{shown} And {more} more." if more > 0 else shown
