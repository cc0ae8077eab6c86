"""Makes the pages of many bugs, each once: what was made before from the same is not made again."""

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from generator.bug_builder import BugBuilder, Job, Setting
from generator.built import BugFacts, BuiltPages
from generator.file_stamp import files_in
from generator.page_cache import Kept, PageCache, facts_of
from generator.rare_collections import collect_rarely

Progress = Callable[[int, int], None]
"""Takes how many bugs are made, and how many there are to make."""

_BATCH: Final = 20
_WORTH_PROCESSES: Final = 150
"""Bugs to make from which starting other processes, about a second, is earned back."""
_SOURCES: Final = ("bot", "demo", "generator", "tracker")
_RENDERERS: Final = (
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "msgspec",
    "nh3",
    "pygments",
)


@dataclass(frozen=True, kw_only=True)
class MadeBugs:
    """The bugs of a site; pages are read when they are asked for."""

    facts: dict[str, BugFacts]
    """By the path of the record, in their order."""
    keys: dict[str, str]
    made: frozenset[str]
    """The paths of records whose pages had to be made; the others were kept."""
    cache: PageCache

    def version(self, path: str) -> str:
        """Differs when its pages do: they also depend on which other bugs there are."""
        return f"{self.keys[path]}{_digest(repr(self.facts[path].asked))}"

    def pages(self, path: str) -> BuiltPages:
        """What was made of a record."""
        return self.cache.pages(path)


def make_bugs(
    jobs: Sequence[Job], setting: Setting, cache: PageCache, progress: Progress
) -> MadeBugs:
    """Make what the cache does not have, and forget what is gone."""
    epoch = epoch_of(setting)
    keys = {job.file.path: _key(epoch, job) for job in jobs}
    kept = cache.facts()
    fresh = {
        path: facts
        for path, (key, facts) in kept.items()
        if keys.get(path) == key and _answers_stand(facts, setting)
    }
    missing = [job for job in jobs if job.file.path not in fresh]
    for number, bugs in enumerate(_made(missing, keys, setting), start=1):
        cache.keep(bugs)
        fresh |= {bug.path: facts_of(bug) for bug in bugs}
        progress(min(number * _BATCH, len(missing)), len(missing))
    cache.forget(set(kept) - set(keys))
    return MadeBugs(
        facts={path: fresh[path] for path in keys},
        keys=keys,
        made=frozenset(job.file.path for job in missing),
        cache=cache,
    )


def _answers_stand(facts: BugFacts, setting: Setting) -> bool:
    return all((bug_id in setting.known) == answer for bug_id, answer in facts.asked)


def _made(jobs: list[Job], keys: dict[str, str], setting: Setting) -> Iterator[list[Kept]]:
    batches = list(_batches((keys[job.file.path], job) for job in jobs))
    if len(jobs) < _WORTH_PROCESSES:
        builder = BugBuilder(setting)
        yield from (_kept(builder, batch) for batch in batches)
        return
    with ProcessPoolExecutor(
        max_workers=os.cpu_count() or 1,
        mp_context=get_context(_way_to_start()),
        initializer=_start,
        initargs=(setting,),
    ) as processes:
        yield from processes.map(_work, batches)


def _way_to_start() -> str:
    """A fork has all modules loaded, but other threads, as a preview runs, do not survive it."""
    alone = threading.active_count() == 1 and sys.platform == "linux"
    return "fork" if alone else "spawn"


def _batches(jobs: Iterable[tuple[str, Job]]) -> Iterator[list[tuple[str, Job]]]:
    left = iter(jobs)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _kept(builder: BugBuilder, batch: Iterable[tuple[str, Job]]) -> list[Kept]:
    """A file that was changed while the site is built is made again by the next build."""
    return [
        Kept.of(job.file.path, key if job.file.stands else "", builder.build(job))
        for key, job in batch
    ]


_builders: list[BugBuilder] = []
"""The one builder of a process that works for another."""


def _start(setting: Setting) -> None:
    collect_rarely()
    _builders.append(BugBuilder(setting))


def _work(batch: list[tuple[str, Job]]) -> list[Kept]:
    return _kept(_builders[0], batch)


def _key(epoch: bytes, job: Job) -> str:
    """All that a bug's pages are made from, in one short text."""
    file, change = job.file, job.file.change
    told = (
        *(file.path, file.blob, file.committed),
        change and (change.commit, change.at, change.modified),
        job.found,
        [(each.commit, each.old, each.new) for each in job.commits],  # a commit's id names the rest
        job.beside,
    )
    return blake2b(epoch + repr(told).encode(), digest_size=16).hexdigest()


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def epoch_of(setting: Setting) -> bytes:
    """What all pages are made with, in one short text."""
    digest = blake2b(code_version(), digest_size=16)
    digest.update(setting.policy.model_dump_json().encode())
    digest.update(
        repr((setting.addresses, setting.site, setting.commits_at, setting.audience)).encode()
    )
    return digest.digest()


@cache
def code_version() -> bytes:
    """The version of everything that makes pages: our own code as it is, libraries by number."""
    digest = blake2b(digest_size=16)
    root = Path(__file__).parents[1]
    for path in files_in(root / name for name in _SOURCES):
        if path.endswith((".py", ".j2")):
            digest.update(path.removeprefix(f"{root}{os.sep}").encode())
            digest.update(Path(path).read_bytes())
    for package in _RENDERERS:
        digest.update(f"{package} {version(package)}".encode())
    return digest.digest()
