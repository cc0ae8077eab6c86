"""Time builds of the knowledge base, and stock MkDocs and Hugo on the same words beside them."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.corpus import write_corpus
from benchmarks.process import CommandFailedError, Usage, run
from benchmarks.samples import Samples, Unit
from benchmarks.section import Section, Told
from benchmarks.site_peers import write_peers
from benchmarks.site_search import ask, questions, search_samples
from generator.last_build import CACHE
from generator.making import code_version
from generator.page_cache import PageCache

REPOSITORY: Final = Path(__file__).parents[1]
LARGE: Final = 10_000
_REPEATS: Final = 3
TOLD: Final = {"NO_MKDOCS_2_WARNING": "1"}
ABOUT: Final = """\
Whole processes. “Full”, once, has no cache and no site; “nothing changed” and “one record changed”,
three times each, build over it, the latter after a new title in a record. The peers, once each,
build the words of the same bugs' pages as Markdown, without cards, clocks, drawings, data files,
feeds and lists of all bugs: stock MkDocs with Material and its search, and Hugo with a theme of one
template and no search. Both build all pages whatever changed. The search is asked 20 questions in a
browser, from typing to the answer, the pause of 80 ms after the last letter included; bytes are as
sent, with gzip."""


@dataclass(frozen=True, kw_only=True)
class _Targets:
    """The most seconds and bytes, from the issue “Fast and safe at scale”."""

    full: float | None
    nothing: float | None
    one: float | None


@dataclass(frozen=True, kw_only=True)
class _Runs:
    """What the builds of one site took."""

    full: Usage
    nothing: list[Usage]
    one: list[Usage]


_TARGETS: Final = {
    1_000: _Targets(full=None, nothing=2, one=2),
    LARGE: _Targets(full=240, nothing=None, one=5),
}
_MEMORY: Final = 1e9


def clocked_site(count: int) -> Callable[[Path, Told], Section]:
    """The section for so many bugs."""

    def clocked(folder: Path, tell: Told) -> Section:
        project = _project(folder / "team", count)
        tell(f"Building the pages of {count:,} bugs.")
        full = _build(project)
        tell("Building again, with nothing changed and with one record changed.")
        nothing = [_build(project) for _ in range(_REPEATS)]
        one = [_rebuilt(project, count // 2 + number) for number in range(_REPEATS)]
        tell("Asking its search.")
        asked = ask(project / "site" / "public", questions(_titles(project)))
        peers, missing = _peers(folder, project, tell, with_stock=count < LARGE)
        return Section(
            title=f"Knowledge base of {count:,} bugs",
            about=ABOUT,
            samples=(
                *_own(count, project, _Runs(full=full, nothing=nothing, one=one), peers),
                *(search_samples(asked) if asked else ()),
                *peers.values(),
            ),
            missing=(*missing, *(() if asked else ("There is no Chromium to ask the search in.",))),
        )

    return clocked


def _own(count: int, project: Path, runs: _Runs, peers: dict[str, Samples]) -> tuple[Samples, ...]:
    targets = _TARGETS.get(count, _Targets(full=None, nothing=None, one=None))
    held = count == min(_TARGETS)
    seconds, size = Unit.SECONDS, Unit.MEGABYTES
    hugo, stock = peers.get("hugo"), peers.get("mkdocs")
    site, search = project / "site" / "public", project / "site" / "public" / "search"
    most = _MEMORY if count == LARGE else None
    memory = max(run.memory for run in (runs.full, *runs.nothing, *runs.one))
    twice = 0.5 if held and hugo else None
    thrice = 3 if held and stock else None
    took = [runs.full.seconds]
    return (
        Samples(
            name="Full, beside Hugo",
            values=took,
            unit=seconds,
            most=targets.full,
            peer=hugo,
            times_better=twice,
        ),
        Samples(
            name="Full, beside stock", values=took, unit=seconds, peer=stock, times_better=thrice
        ),
        Samples(
            name="Nothing changed",
            values=[run.seconds for run in runs.nothing],
            unit=seconds,
            most=targets.nothing,
        ),
        Samples(
            name="One record changed",
            values=[run.seconds for run in runs.one],
            unit=seconds,
            most=targets.one,
        ),
        Samples(name="Peak memory of a process", values=[memory], unit=size, most=most),
        Samples(name="Size of the site", values=[_size(site)], unit=size),
        Samples(name="Size of the search index", values=[_size(search)], unit=size),
    )


def _peers(
    folder: Path, project: Path, tell: Told, *, with_stock: bool
) -> tuple[dict[str, Samples], tuple[str, ...]]:
    mkdocs, hugo = folder / "mkdocs", folder / "hugo"
    with PageCache.open(project / CACHE / "pages-team.sqlite", code_version()) as cache:
        pages = write_peers(cache, mkdocs, hugo)
    found, missing = {}, []
    if shutil.which("hugo") is None:
        missing.append("Hugo is not installed.")
    else:
        tell(f"Building {pages:,} pages with Hugo.")
        used = run("hugo", "--quiet", folder=hugo)
        found["hugo"] = Samples(name="Peer: Hugo", values=[used.seconds], unit=Unit.SECONDS)
    if not with_stock:
        missing.append("Stock MkDocs takes many minutes for as many pages and is left out.")
        return found, tuple(missing)
    tell(f"Building {pages:,} pages with stock MkDocs.")
    try:
        used = run(
            sys.executable, "-m", "mkdocs", "build", "--quiet", folder=mkdocs, environment=TOLD
        )
    except CommandFailedError as error:
        return found, (*missing, f"Stock MkDocs: {error}")
    found["mkdocs"] = Samples(name="Peer: stock MkDocs", values=[used.seconds], unit=Unit.SECONDS)
    return found, tuple(missing)


def _project(root: Path, count: int) -> Path:
    root.mkdir(parents=True)
    write_corpus(root, count)
    (root / "mkdocs.yml").write_bytes((REPOSITORY / "mkdocs.yml").read_bytes())
    (root / ".gitignore").write_text("/.cache/\n/site/public/\n", encoding="utf-8")
    shutil.copytree(REPOSITORY / "site", root / "site", ignore=shutil.ignore_patterns("public"))
    for command in (("init", "--quiet"), ("add", "--all"), ("commit", "--quiet", "-m", "Begin")):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True)
    return root


def _build(project: Path) -> Usage:
    bugbook = str(Path(sys.executable).with_name("bugbook"))
    return run(bugbook, "site", "build", folder=project, environment=TOLD)


def _rebuilt(project: Path, changed: int) -> Usage:
    _retitle(project, changed)
    return _build(project)


def _retitle(project: Path, number: int) -> None:
    path = project / "bugs" / f"{number // 1000:03}" / f"BUG-{number:04}.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: Again ", 1), "utf-8")


def _titles(project: Path) -> list[str]:
    listed = json.loads((project / "site" / "public" / "api" / "bugs.json").read_bytes())
    return [bug["title"] for bug in listed["bugs"]]


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
