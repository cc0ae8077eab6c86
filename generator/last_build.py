"""What the last build was made from and what it left: a build with nothing to do ends at once.

Loading MkDocs and the models takes a second, and so does its own part of a build, even when all
stands. So this module loads neither, and asks only whether files are as they were: size, times and
number of each. What cannot be told so cheaply is not kept, and then the build takes its usual way.
"""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from stat import S_ISDIR
from typing import Final

from tracker.clock import now
from tracker.location import environment

CACHE: Final = ".cache/bugbook"
"""Beside mkdocs.yml; everything in it may be deleted at any time."""
_PROGRAM: Final = Path(__file__).parents[1]
_CODE: Final = ("bot", "demo", "generator", "tracker", "site/overrides", "site/docs/assets")
_GIT: Final = ("HEAD", "commondir", "config", "info/grafts", "packed-refs", "refs", "shallow")
_GIT_SETTINGS: Final = (".gitconfig", ".config/git/config")
_WORD: Final = re.compile(r"\w+")
_ALWAYS: Final = ("SOURCE_DATE_EPOCH", "TZ")


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A site that is as a build would make it now."""

    folder: Path
    pages: int

    @property
    def words(self) -> str:
        """What was made and what was not."""
        return build_words(self.pages, reused=self.pages)


def build_words(pages: int, *, reused: int) -> str:
    """What a build made, of so many pages."""
    return f"{pages - reused:,} pages built, {reused:,} reused"


@dataclass(kw_only=True)
class LastBuild:
    """The builds into one folder for one audience, as they were asked for."""

    configuration: Path
    kept_at: Path
    _ours: str
    _sources: tuple[Path, ...] = ()
    _before: str = ""

    @classmethod
    def asked(cls, configuration: Path, out: Path | None, audience: str | None) -> "LastBuild":
        """Look at the program and at mkdocs.yml, before they are read."""
        name = blake2b(repr((out and str(out), audience)).encode(), digest_size=8).hexdigest()
        kept_at = configuration.parent / CACHE / f"last-{name}.json"
        return cls(configuration=configuration, kept_at=kept_at, _ours=_ours(configuration))

    def standing(self) -> Standing | None:
        """The site, if nothing has changed since it was kept: neither what it is made from nor it.

        A file that lies in the folder of the site and is not of the site counts as a change.
        """
        try:
            kept = json.loads(self.kept_at.read_bytes())
            sources = [Path(path) for path in kept["sources"]]
            site = Path(kept["site"])
            stands = (
                kept["ours"] == self._ours
                and kept["before"] == _stamp(sources).text
                and kept["left"] == _stamp([site]).text
            )
            return Standing(folder=site, pages=int(kept["pages"])) if stands else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def begin(self, sources: Iterable[Path]) -> None:
        """Look at what a build is about to read; without this nothing is kept.

        A file that changed as lately as now may change again without another time on it. Now is
        what the file system says it is.
        """
        self.kept_at.parent.mkdir(parents=True, exist_ok=True)
        self.kept_at.write_bytes(b"")
        at = self.kept_at.stat().st_mtime_ns
        self._sources = tuple(sources)
        try:
            found = _stamp(self._sources)
        except OSError:
            return
        if found.newest < at:
            self._before = found.text

    def keep(self, site: Path, pages: int) -> None:
        """Keep what a build left, unless something changed while it ran."""
        try:
            left, before = _stamp([site]).text, _stamp(self._sources).text
            if (
                not self._before
                or before != self._before
                or _ours(self.configuration) != self._ours
            ):
                return
        except OSError:
            return
        kept = {
            "ours": self._ours,
            "sources": [str(path) for path in self._sources],
            "before": before,
            "site": str(site),
            "left": left,
            "pages": pages,
        }
        self.kept_at.parent.mkdir(parents=True, exist_ok=True)
        self.kept_at.write_text(json.dumps(kept), encoding="utf-8")


def git_files(root: Path) -> tuple[Path, ...]:
    """The files that tell which commits there are, of the repository that a folder is in.

    A folder without a repository may get one, so the places are told where it would be.
    """
    found: list[Path] = []
    for folder in (root, *root.parents):
        place = folder / ".git"
        found.append(place / "HEAD" if place.is_dir() else place)
        if place.exists():
            return (*found, *_told_in(place), *(Path.home() / name for name in _GIT_SETTINGS))
    return tuple(found)


def _told_in(place: Path) -> Iterator[Path]:
    """A work tree of its own has a file, which leads to its folder, and that to the common one."""
    folder = place
    if place.is_file():
        folder = place.parent / place.read_text("utf-8").removeprefix("gitdir:").strip()
    common = folder / "commondir"
    folders = {folder, folder / common.read_text("utf-8").strip() if common.is_file() else folder}
    for each in sorted(folders):
        yield from (each / name for name in _GIT)


@dataclass(frozen=True, kw_only=True)
class _Stamp:
    text: str
    newest: int
    """When the file that changed last did, in nanoseconds."""


def _stamp(paths: Iterable[Path]) -> _Stamp:
    """All files at or below some places, in one short text.

    Raises:
        OSError: a file cannot be looked at, or a folder is a link, which may lead in a circle.
    """
    digest, newest = blake2b(digest_size=16), 0
    for path in paths:
        for name, stat in _files(str(path)):
            told: tuple[int, ...] = ()
            if stat is not None:
                newest = max(newest, stat.st_mtime_ns, stat.st_ctime_ns)
                told = (stat.st_mode, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
            digest.update(repr((name, told)).encode(errors="surrogateescape"))
    return _Stamp(text=digest.hexdigest(), newest=newest)


def _files(path: str) -> Iterator[tuple[str, os.stat_result | None]]:
    try:
        stat = os.stat(path)  # noqa: PTH116 - ten times as many files as bugs are looked at
    except FileNotFoundError:
        yield path, None
        return
    if S_ISDIR(stat.st_mode):
        yield from _inside(path)
    else:
        yield path, stat


def _inside(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _inside(entry.path)
        elif entry.is_dir():
            raise NotADirectoryError(entry.path)
        else:
            yield entry.path, entry.stat()


def _ours(configuration: Path) -> str:
    """The program, the libraries, mkdocs.yml, what it may ask of the environment, and the day."""
    text = configuration.read_text(encoding="utf-8", errors="replace")
    names = sorted({*_WORD.findall(text), *_ALWAYS})
    told = (
        sys.version,
        *_libraries(),
        text,
        _stamp(_PROGRAM / name for name in _CODE).text,
        repr(sorted(environment(names).items())),
        now().date().isoformat(),
    )
    return blake2b(repr(told).encode(errors="surrogateescape"), digest_size=16).hexdigest()


def _libraries() -> Iterator[str]:
    """Each installed package with its version."""
    for folder in map(Path, sys.path):
        if folder.name in {"site-packages", "dist-packages"} and folder.is_dir():
            yield str(folder)
            yield from sorted(each.name for each in folder.glob("*-info"))
