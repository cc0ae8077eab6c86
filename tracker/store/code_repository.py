"""Look into the code of a component: a repository on this machine that is only read."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tracker.store.git_errors import NotARepositoryError, RepositoryError
from tracker.store.git_repository import GitRepository, GitResult
from tracker.store.push_outcome import plain_line

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://|[^/:\s]+:", re.IGNORECASE)
_PATIENCE: Final = 20.0  # seconds for one look; nobody waits longer for evidence
_FIELDS: Final = 5


@dataclass(frozen=True, kw_only=True)
class CodeCommit:
    """A commit of the component's code; `tags` are the versions that were made of it."""

    id: str
    at: datetime
    author: str
    tags: tuple[str, ...]
    subject: str


@dataclass(frozen=True, kw_only=True)
class CodeLine:
    """A line of a file in the newest commit."""

    path: str
    number: int
    text: str


@dataclass(frozen=True, kw_only=True)
class CodeRepository:
    """The newest commit of a repository, whatever its work tree looks like."""

    git: GitRepository

    def commits(
        self,
        most: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        paths: tuple[str, ...] = (),
    ) -> tuple[CodeCommit, ...]:
        """Return the newest commits of a span, of all files or of these; raises RepositoryError."""
        answer = self.git.commits(most, since=since, until=until, paths=paths)
        return tuple(_commits(_output(answer, self.git.path)))

    def lines_with(self, phrases: tuple[str, ...]) -> tuple[CodeLine, ...]:
        """Return the lines that hold one of these texts; raises RepositoryError."""
        return self._found(phrases, ()) if phrases else ()

    def files_named(self, names: tuple[str, ...]) -> tuple[CodeLine, ...]:
        """Return all lines of the files with these names, in any folder; raises RepositoryError.

        Names hold letters, digits and `_ . + -` alone.
        """
        return self._found(("",), tuple(f":(top,glob)**/{name}" for name in names)) if names else ()

    def _found(self, phrases: tuple[str, ...], within: tuple[str, ...]) -> tuple[CodeLine, ...]:
        answer = self.git.search(phrases, within)
        if answer.code == 1:
            return ()
        return tuple(_lines(_output(answer, self.git.path)))


def is_address(repository: str) -> bool:
    """Whether it is an address that only the network leads to, and no folder."""
    return bool(_ADDRESS.match(repository))


def open_code(folder: Path) -> CodeRepository:
    """Return the repository in a folder; raises NotARepositoryError."""
    git = GitRepository(path=folder, timeout=_PATIENCE)
    answer = git.is_bare() if folder.is_dir() else None
    if answer is None or not answer.succeeded:
        said = f" ({plain_line(answer.errors)})" if answer else ""
        message = f"{folder} is no git repository{said}: correct `repository` in the policy."
        raise NotARepositoryError(message)
    return CodeRepository(git=git)


def _output(answer: GitResult, folder: Path) -> str:
    if answer.succeeded:
        return answer.output
    said = "it took too long" if answer.code is None else plain_line(answer.errors)
    message = f"{folder} could not be searched: {said}."
    raise RepositoryError(message)


def _commits(output: str) -> Iterator[CodeCommit]:
    fields = output.split("\0")
    for start in range(0, len(fields) - _FIELDS + 1, _FIELDS):
        number, at, author, names, subject = fields[start : start + _FIELDS]
        yield CodeCommit(
            id=number,
            at=datetime.fromisoformat(at),
            author=author,
            tags=tuple(
                name.removeprefix("tag: ") for name in names.split(", ") if name.startswith("tag: ")
            ),
            subject=subject,
        )


def _lines(output: str) -> Iterator[CodeLine]:
    """Read `HEAD:path NUL number NUL text`, a line each; a last line that was cut is left out."""
    for line in output.split("\n")[:-1]:
        place, _, rest = line.partition("\0")
        number, found, text = rest.partition("\0")
        if found and number.isdecimal():
            yield CodeLine(path=place.partition(":")[2], number=int(number), text=text)
