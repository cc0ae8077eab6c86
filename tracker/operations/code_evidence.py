"""Look for a bug's traces in the code of its components."""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final

from tracker.model.investigation import InvestigationStep
from tracker.model.policy import Component
from tracker.operations.findings import evidence
from tracker.store.code_repository import (
    CodeCommit,
    CodeLine,
    CodeRepository,
    is_address,
    open_code,
)
from tracker.workflow.error_text import Frame

_SINCE: Final = 30
_BEFORE: Final = 5  # what was there when it began is as likely the cause
_PLACES: Final = 25
_HISTORY: Final = 5


@dataclass(frozen=True, kw_only=True)
class Traces:
    """What is looked for: commits around a time, texts, places that a stack trace names."""

    start: datetime
    phrases: tuple[str, ...]
    frames: tuple[Frame, ...]


def code_evidence(
    component: Component, traces: Traces, folder: Path
) -> Iterator[InvestigationStep | str]:
    """Yield what was found, and a sentence for what could not be looked for.

    A relative path of the policy is meant from `folder`. Raises RepositoryError.
    """
    if component.repository is None:
        yield f"The policy names no repository for {component.name}: its code was not searched."
    elif is_address(component.repository):
        yield (
            f"The repository of {component.name} is an address, and was not searched: "
            "give the policy a folder to search it."
        )
    else:
        code = open_code(folder / Path(component.repository).expanduser())
        yield from _commits(component.name, code, traces)
        yield from _error_text(component.name, code, traces)
        yield from _stack_trace(component.name, code, traces)


def _commits(name: str, code: CodeRepository, traces: Traces) -> Iterator[InvestigationStep]:
    moment = traces.start.isoformat()
    yield from evidence(
        f"Commits to {name} since the start",
        f"git log --since={moment} HEAD",
        _told(code.commits(_SINCE, since=traces.start)),
    )
    yield from evidence(
        f"Last commits to {name} before the start",
        f"git log --max-count={_BEFORE} --until={moment} HEAD",
        _told(code.commits(_BEFORE, until=traces.start)),
    )


def _error_text(
    name: str, code: CodeRepository, traces: Traces
) -> Iterator[InvestigationStep | str]:
    if not traces.phrases:
        return
    wanted = " ".join(f"-e {shlex.quote(phrase)}" for phrase in traces.phrases)
    found = code.lines_with(traces.phrases)
    if not found:
        yield f"No line in {name} holds the error text."
    yield from evidence(
        f"Places in {name} that hold the error text",
        f"git grep -n -F {wanted} HEAD",
        (_place(line) for line in found[:_PLACES]),
        analysis=_left_out(len(found)),
    )


def _left_out(found: int) -> str | None:
    if found <= _PLACES:
        return None
    return f"{found - _PLACES} more lines hold it; the command shows all."


def _stack_trace(
    name: str, code: CodeRepository, traces: Traces
) -> Iterator[InvestigationStep | str]:
    if not traces.frames:
        return
    names = tuple(dict.fromkeys(frame.file_name for frame in traces.frames))
    places = tuple(_places(traces.frames, code.files_named(names)))
    if not places:
        yield f"No file in {name} has a name that the stack trace gives."
        return
    yield from evidence(
        f"Places in {name} that the stack trace names",
        None,
        (_place(place) for place in places),
        analysis="Lines are those of the newest commit; what runs may be older.",
    )
    paths = tuple(dict.fromkeys(place.path for place in places))
    yield from evidence(
        f"Commits to the files of {name} that the stack trace names",
        f"git log --max-count={_HISTORY} HEAD -- {shlex.join(paths)}",
        _told(code.commits(_HISTORY, paths=paths)),
    )


def _places(frames: Iterable[Frame], lines: tuple[CodeLine, ...]) -> Iterator[CodeLine]:
    files: dict[str, dict[int, str]] = {}
    for line in lines:
        files.setdefault(line.path, {})[line.number] = line.text
    for frame in frames:
        same_name = [path for path in files if PurePosixPath(path).name == frame.file_name]
        if same_name:
            path = max(same_name, key=lambda path: (_common_end(path, frame.path), path))
            text = files[path].get(frame.line, "(the file has fewer lines now)")
            yield CodeLine(path=path, number=frame.line, text=text)


def _common_end(path: str, other: str) -> int:
    """How many folders two paths share, counted from the file up."""
    pairs = zip(
        reversed(path.split("/")), reversed(other.replace("\\", "/").split("/")), strict=False
    )
    count = 0
    for mine, theirs in pairs:
        if mine != theirs:
            break
        count += 1
    return count


def _place(line: CodeLine) -> tuple[str, str]:
    return f"{line.path}:{line.number}", line.text.strip() or "(an empty line)"


def _told(commits: tuple[CodeCommit, ...]) -> Iterator[tuple[str, str]]:
    for commit in commits:
        versions = f" [{', '.join(commit.tags)}]" if commit.tags else ""
        when = f"{commit.at:%Y-%m-%d %H:%M %z}"
        yield commit.id[:10], f"{when}, {commit.author}{versions}: {commit.subject}"
