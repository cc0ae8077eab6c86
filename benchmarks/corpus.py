"""Make a team's repository with many bugs: `python -m benchmarks.corpus FOLDER COUNT`.

The same bytes each time, on any machine. The bugs are of every severity, in every state, reported
over two years; most are closed. Each life is made by the commands that people give, under the
policy of this repository, and told anew for each bug that shares it.
"""

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import chain, islice
from pathlib import Path
from random import Random
from typing import Final

from benchmarks import vocabulary
from tests.builders.life import BACKEND, ONCALL, TO_STATUS, USUAL, Life, answers
from tracker.model.bug_id import IdStyle, record_path
from tracker.model.policy import Policy
from tracker.store.record_file import new_text, read_policy
from tracker.store.record_paths import POLICY_PATH

_POLICY: Final = Path(__file__).parents[1] / POLICY_PATH
_FIRST_DAY: Final = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
_MONTHS: Final = 24
_SEVERITIES: Final = ("P2", "P3", "P1", "P2", "P3", "P0", "P2", "P3", "P1", "P2", "P3", "P2", "P3")
_OPEN: Final = tuple(status for status in TO_STATUS if status != "closed")
_OPEN_SHARE: Final = 5  # one bug of so many is open
_ID: Final = "BUG-0001"
_TOLD: Final = {
    "title": "PLACEHOLDER TITLE",
    "error": "PLACEHOLDER ERROR",
    "broken": "PLACEHOLDER BROKEN",
    "note": "PLACEHOLDER NOTE",
    "cause": "PLACEHOLDER CAUSE",
    "lesson": "PLACEHOLDER LESSON",
}


@dataclass(frozen=True, kw_only=True)
class MadeRecord:
    """One record's file; `path` is relative to the repository."""

    path: str
    text: str


def corpus(count: int) -> Iterator[MadeRecord]:
    """Yield so many records, BUG-0001 first."""
    for number in range(1, count + 1):
        random = Random(number)  # noqa: S311
        own = IdStyle().of(number)
        text = _life(*_kind(number)).replace(_ID, own)
        for placeholder, told in zip(_TOLD.values(), _story(random), strict=True):
            text = text.replace(placeholder, told)
        yield MadeRecord(path=record_path(own), text=text)


def write_corpus(root: Path, count: int) -> int:
    """Write policy and records below a folder; the bytes of all records."""
    policy = root / POLICY_PATH
    policy.parent.mkdir(parents=True, exist_ok=True)
    policy.write_bytes(_POLICY.read_bytes())
    size = 0
    for record in corpus(count):
        path = root / record.path
        path.parent.mkdir(exist_ok=True)
        size += path.write_bytes(record.text.encode())
    return size


def make_corpus_repository(folder: Path, count: int, *, together: int = 1) -> None:
    """Make a bare repository whose branch `main` has one commit for so many records together."""
    _git("init", "--quiet", "--bare", "--initial-branch=main", str(folder))
    begin = ("Begin", {POLICY_PATH: _POLICY.read_text("utf-8")})
    records = corpus(count)
    batches = iter(lambda: tuple(islice(records, together)), ())
    fast_import(folder, chain((begin,), map(_report_commit, batches)))


def fast_import(repository: Path, commits: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """Give the branch `main` commits, each of a message and the texts of files by their paths."""
    command = ["git", "-C", str(repository), "fast-import", "--quiet", "--force"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        if process.stdin is None:
            raise AssertionError
        for number, (message, files) in enumerate(commits):
            at = _FIRST_DAY + timedelta(minutes=number)
            process.stdin.write(_commit(message, files, at))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def _report_commit(records: tuple[MadeRecord, ...]) -> tuple[str, Mapping[str, str]]:
    name = Path(records[0].path).stem
    message = f"{name} report: made for a benchmark\n\nAction: report\nRequest: {name}\n"
    return message, {record.path: record.text for record in records}


def _commit(message: str, files: Mapping[str, str], at: datetime) -> bytes:
    who = f"{BACKEND.name} <{BACKEND.email}> {at.timestamp():.0f} +0000"
    told = message.encode()
    head = f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(told)}\n".encode()
    changed = (_file(path, text.encode()) for path, text in files.items())
    return head + told + b"".join(changed) + b"\n"


def _file(path: str, data: bytes) -> bytes:
    return f"\nM 100644 inline {path}\ndata {len(data)}\n".encode() + data


def _kind(number: int) -> tuple[int, str, str]:
    """The month, state and severity of a bug: all combinations come up, the rare ones rarely."""
    is_open = number % _OPEN_SHARE == 0
    status = _OPEN[number // _OPEN_SHARE % len(_OPEN)] if is_open else "closed"
    return number % _MONTHS, status, _SEVERITIES[number % len(_SEVERITIES)]


@cache
def _life(month: int, status: str, severity: str) -> str:
    """A record's file with placeholders in its texts."""
    life = Life(
        policy=_policy(),
        severity=severity,
        now=_FIRST_DAY + timedelta(days=30 * month, hours=month),
    )
    life.act("report", **{**USUAL["report"], **_report(month)})
    for reached, steps in TO_STATUS.items():
        for step in steps:
            if step != "report":
                _step(life, step, month)
        if reached == status:
            break
    return new_text(life.bug)


def _step(life: Life, step: str, month: int) -> None:
    if step == "triage":
        category = _policy().categories[month % len(_policy().categories)].name
        pattern = _policy().patterns[month % len(_policy().patterns)]
        asked = answers(life.severity)
        life.act(step, ONCALL, category=category, pattern=pattern, answers=asked)
    elif step == "identify":
        cause = {"what": _TOLD["cause"], "summary": _TOLD["error"]}
        life.act("note", text=_TOLD["note"])
        life.act(step, **{**USUAL[step], **cause})
    elif step == "postmortem":
        life.act(step, **{**USUAL[step], "lessons": [_TOLD["lesson"]]})
    else:
        life.usual(step)


def _report(month: int) -> dict[str, object]:
    return {
        "title": _TOLD["title"],
        "what_is_broken": f"{_TOLD['broken']}\n\nIt began without a warning.",
        "expected": "The request is answered within a second.",
        "actual": f"The request fails with {_TOLD['error']}.",
        "steps": ["Open the page", "Send the form", "Look at the answer"],
        "logs": f"level=info msg=started\nlevel=error msg={_TOLD['error']}\nlevel=info msg=stopped",
        "environment": {
            "stage": "production",
            "components": [vocabulary.COMPONENTS[month % len(vocabulary.COMPONENTS)]],
            "app_version": f"4.{month}.0",
        },
    }


def _story(random: Random) -> tuple[str, ...]:
    """The texts of one bug, in the order of the placeholders."""
    return (
        vocabulary.title(random),
        vocabulary.error(random),
        vocabulary.sentence(random, 40),
        vocabulary.sentence(random),
        vocabulary.sentence(random, 30),
        vocabulary.sentence(random),
    )


@cache
def _policy() -> Policy:
    return read_policy(_POLICY.read_bytes())


def _git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True)


if __name__ == "__main__":
    make_corpus_repository(Path(sys.argv[1]), int(sys.argv[2]))
