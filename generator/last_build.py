"""What the last build was made from and what it left: a build with nothing to do ends at once.

Loading MkDocs and the models takes a second, and so does its own part of a build, even when all
stands. So this module loads neither, and asks only whether files are as they were: size, times and
number of each. What cannot be told so cheaply is not kept, and then the build takes its usual way.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final

from generator.file_stamp import Stamp, stamp
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
_PLACES: Final = ("frame", "records", "commits_of")


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


@dataclass(frozen=True, kw_only=True)
class Sources:
    """The places that a build reads."""

    frame: tuple[Path, ...]
    """Guides and themes: what MkDocs alone can show."""
    records: tuple[Path, ...]
    commits_of: tuple[Path, ...]
    """Folders whose commits matter."""

    @property
    def changing(self) -> tuple[Path, ...]:
        """Records, and the files that tell which commits there are."""
        found = (path for folder in self.commits_of for path in git_files(folder))
        return (*self.records, *dict.fromkeys(found))


@dataclass(kw_only=True)
class LastBuild:
    """The builds into one folder for one audience, as they were asked for."""

    configuration: Path
    kept_at: Path
    folder: Path | None = None
    """The site of the last build, if it stands."""
    sources: Sources | None = None
    """What the last build read, if it is known."""
    _ours: str
    _site: Path | None = None
    _site_was: str = ""
    _before: tuple[str, str] | None = None
    _left: Stamp | None = None

    @classmethod
    def asked(cls, configuration: Path, out: Path | None, audience: str | None) -> "LastBuild":
        """Look at the program and at mkdocs.yml, before they are read."""
        name = blake2b(repr((out and str(out), audience)).encode(), digest_size=8).hexdigest()
        kept_at = configuration.parent / CACHE / f"last-{name}.json"
        return cls(configuration=configuration, kept_at=kept_at, _ours=_ours(configuration))

    @property
    def theme_at(self) -> Path:
        """Where MkDocs' part in the site is kept."""
        return self.kept_at.with_name(self.kept_at.name.replace("last-", "theme-"))

    def standing(self) -> Standing | None:
        """The site, if nothing has changed since it was kept: neither what it is made from nor it.

        A file that lies in the folder of the site and is not of the site counts as a change.
        """
        try:
            kept = json.loads(self.kept_at.read_bytes())
            sources = Sources(**{name: _paths(kept["sources"][name]) for name in _PLACES})
            if (kept["ours"], kept["frame"]) != (self._ours, stamp(sources.frame).text):
                return None
            self.sources, self._site, self._site_was = sources, Path(kept["site"]), kept["left"]
            if kept["changing"] != stamp(sources.changing).text or not self.stands(self.look()):
                return None
            return Standing(folder=self._site, pages=int(kept["pages"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    @property
    def is_framed(self) -> bool:
        """Whether all but records, commits and the site itself is known to be as it was."""
        return self._site is not None and self.theme_at.exists()

    def look(self) -> Stamp:
        """The site of the last build as it is; this takes as long as loading what builds one."""
        try:
            return stamp([self._site] if self._site else [])
        except OSError:
            return Stamp(files={}, total=0)

    def stands(self, site: Stamp) -> bool:
        """Whether the site is as it was left; `folder` is then where it is."""
        if site.text != self._site_was:
            return False
        self.folder, self._left = self._site, site
        return True

    def begin(self, sources: Sources) -> None:
        """Look at what a build is about to read; without this nothing is kept.

        A file that changed as lately as now may change again without another time on it. Now is
        what the file system says it is.
        """
        self.kept_at.parent.mkdir(parents=True, exist_ok=True)
        self.kept_at.write_bytes(b"")
        at = self.kept_at.stat().st_mtime_ns
        self.sources = sources
        try:
            frame, changing = stamp(sources.frame), stamp(sources.changing)
        except OSError:
            return
        if max(frame.newest, changing.newest) < at:
            self._before = frame.text, changing.text

    def keep(self, site: Path, pages: int, *, touched: Iterable[str] | None = None) -> bool:
        """Keep what a build left, unless something changed while it ran; whether it is kept.

        `touched` are the files that were written or removed since the site stood, where it did.
        """
        sources = self.sources
        if sources is None or self._before is None:
            return False
        try:
            if touched is None or self._left is None:
                left = stamp([site])
            else:
                left = self._left.but_for(site / address for address in touched)
            frame, changing = stamp(sources.frame).text, stamp(sources.changing).text
            if (frame, changing) != self._before or _ours(self.configuration) != self._ours:
                return False
        except OSError:
            return False
        kept = {
            "ours": self._ours,
            "sources": {name: list(map(str, getattr(sources, name))) for name in _PLACES},
            "frame": frame,
            "changing": changing,
            "site": str(site),
            "left": left.text,
            "pages": pages,
        }
        self.kept_at.write_text(json.dumps(kept), encoding="utf-8")
        return True


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


def program() -> str:
    """The code that builds a site as it lies on the disk now, in one short text."""
    return stamp(_PROGRAM / name for name in _CODE).text


def _paths(told: Iterable[str]) -> tuple[Path, ...]:
    return tuple(map(Path, told))


def _ours(configuration: Path) -> str:
    """The program, the libraries, mkdocs.yml, what it may ask of the environment, and the day."""
    text = configuration.read_text(encoding="utf-8", errors="replace")
    names = sorted({*_WORD.findall(text), *_ALWAYS})
    told = (
        sys.version,
        *_libraries(),
        text,
        program(),
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
