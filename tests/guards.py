"""What keeps the tests away from the real records, the network and this person's settings."""

import ipaddress
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pygit2
import pytest

REPOSITORY = Path(__file__).parents[1]
RECORDS = REPOSITORY / "bugs"
SECRET_RULES = REPOSITORY / ".cache" / "secret-rules"
"""Kept ready for every process of every test; each would compile them for seconds otherwise."""

_GIT_CONFIG = """\
[user]
\tname = Test Engineer
\temail = test@example.com
[init]
\tdefaultBranch = main
[commit]
\tgpgSign = false
[core]
\tfsync = none
[gc]
\tauto = 0
[maintenance]
\tauto = false
[receive]
\tautogc = false
"""
"""Without the housekeeping that git does after each command, in a process of its own."""
_FOREIGN_PREFIXES = ("BUGBOOK_", "GIT_", "SLACK_", "XDG_")
_WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PATH_EVENTS = {"os.mkdir": 1, "os.remove": 1, "os.rename": 2, "os.rmdir": 1, "os.truncate": 1}
_ADDRESS_EVENTS = {"socket.connect": 1, "socket.getaddrinfo": 0, "socket.sendto": 1}


@dataclass(kw_only=True)
class AuditGuard:
    """Judges what Python is about to do; Python cannot remove an audit hook, hence the switch."""

    protected: tuple[Path, ...]
    on: bool = field(default=True)

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        """Fail the test, through every `except Exception`, when the event is not allowed."""
        if not self.on:
            return
        if event in _ADDRESS_EVENTS:
            _refuse_other_hosts(args[_ADDRESS_EVENTS[event]])
        elif event == "open":
            path, mode, flags = args
            if _writes(mode, flags):
                self._refuse_protected(path)
        elif event in _PATH_EVENTS and not _is_seen_from_a_folder(event, args):
            for path in args[: _PATH_EVENTS[event]]:
                self._refuse_protected(path)

    def _refuse_protected(self, path: object) -> None:
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a file descriptor, whose opening was judged already
        target = Path(os.fsdecode(path)).absolute()
        if any(target.is_relative_to(folder) for folder in self.protected):
            pytest.fail(f"Tests never write the real records; this one touched {target}.")


def _is_seen_from_a_folder(event: str, args: tuple[object, ...]) -> bool:
    """Whether a name is seen from an open folder and not from here, as `shutil.rmtree` does."""
    return event in {"os.remove", "os.rmdir"} and args[1] != -1


@contextmanager
def audited(*protected: Path) -> Iterator[None]:
    """Refuse writes below the folders and every address but loopback while the block runs."""
    guard = AuditGuard(protected=protected)
    sys.addaudithook(guard)
    try:
        yield
    finally:
        guard.on = False


def set_home(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Make `home` the home folder for this process, its children and libgit2."""
    (home / ".gitconfig").write_text(_GIT_CONFIG, encoding="utf-8")
    monkeypatch.setenv("HOME", str(home))
    for level in (
        pygit2.enums.ConfigLevel.GLOBAL,
        pygit2.enums.ConfigLevel.XDG,
        pygit2.enums.ConfigLevel.SYSTEM,
    ):
        pygit2.settings.search_path[level] = str(home)


def foreign_variables(environment: Mapping[str, str]) -> list[str]:
    """Name the variables of the person at the keyboard that would change what a test sees."""
    return [
        name
        for name in environment
        if name.startswith(_FOREIGN_PREFIXES) or name.lower().endswith("_proxy")
    ]


def records_state() -> dict[str, tuple[int, int]]:
    """Size and time of change of every file among the real records, by path."""
    found = ((path, path.stat()) for path in sorted(RECORDS.rglob("*")))
    return {str(path): (status.st_size, status.st_mtime_ns) for path, status in found}


def tracked_files() -> list[Path]:
    """Every file of the repository that git knows."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True, text=True
    )
    return [REPOSITORY / name for name in listing.stdout.split("\0") if name]


def _writes(mode: object, flags: object) -> bool:
    if isinstance(mode, str):
        return not set(mode).isdisjoint("wax+")
    return isinstance(flags, int) and bool(flags & _WRITE_FLAGS)


def _refuse_other_hosts(address: object) -> None:
    host = address[0] if isinstance(address, tuple) else address
    if not _is_loopback(host):
        pytest.fail(f"Tests speak to this machine alone; this one asked for {host!r}.")


def _is_loopback(host: object) -> bool:
    name = os.fsdecode(host) if isinstance(host, str | bytes) else ""
    if name in {"", "localhost"} or name.startswith(("/", "\0")):  # the latter: local sockets
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
