"""Everything that a site shows of a folder of records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

from generator.bug_builder import Job, Setting
from generator.built import BuiltFile, BuiltPages
from generator.making import MadeBugs, Progress, code_version, make_bugs
from generator.page_cache import PageCache
from generator.page_urls import Addresses
from generator.search_files import Numbering, found_bugs, result_files, word_file
from generator.shared_by_bugs import shared_by_bugs
from generator.site_address import SiteAddress
from generator.word_index import Found
from tracker.model.audience import Audience
from tracker.model.bug_id import BUG_ID, record_path
from tracker.model.problem import Problem
from tracker.operations.read_attachments import files_beside
from tracker.operations.read_revisions import FileHistories, list_revisions
from tracker.operations.read_work_tree import (
    FileTree,
    RecordFile,
    list_work_tree,
)

HISTORIES: Final = "histories.json"


@dataclass(frozen=True, kw_only=True)
class KnowledgeBase:
    """The pages of all bugs, and the pages that they share."""

    tree: FileTree
    bugs: MadeBugs
    shared: BuiltPages
    search: tuple[BuiltFile, ...]
    """The files by which bugs are found."""
    shared_made: int
    """How many of these pages had to be made."""
    problems: tuple[Problem, ...]
    """What is wrong with the records."""

    @property
    def paths(self) -> frozenset[str]:
        """The pages that there are."""
        of_bugs = (path for facts in self.bugs.facts.values() for path in facts.paths)
        return frozenset(chain(of_bugs, (made.path for made in self.shared.pages)))

    @property
    def root(self) -> Path:
        """The folder that holds the records' folder."""
        return self.tree.folder.parent


def knowledge_base(
    tree: FileTree,
    cache: PageCache,
    setting: Setting,
    *,
    found: Iterable[Problem],
    progress: Progress,
    past: FileHistories,
) -> KnowledgeBase:
    """Make what was not made before; `found` is what a check says beyond what cannot be read.

    Without a past no bug has a history page.
    """
    by_path = _by_path(found)
    bugs = make_bugs(list(_jobs(tree, by_path, past)), setting, cache, progress)
    unread = (problem for facts in bugs.facts.values() for problem in facts.problems)
    problems = tuple(dict.fromkeys(chain(tree.problems, unread, *by_path.values())))
    shared = shared_by_bugs(tree, setting, bugs, problems)
    return KnowledgeBase(
        tree=tree,
        bugs=bugs,
        shared=shared.built,
        search=_search(bugs, setting.addresses),
        shared_made=shared.made,
        problems=problems,
    )


def setting_of(
    tree: FileTree,
    site: SiteAddress,
    *,
    audience: Audience = Audience.TEAM,
    commits_at: str,
    compiled: Path | None = None,
) -> Setting:
    """What the bugs of a folder are made with; `compiled` is where templates are kept compiled."""
    return Setting(
        policy=tree.policy,
        addresses=Addresses(directories=site.directories),
        site=site,
        known=frozenset(_known(tree.files)),
        root=tree.folder.parent,
        audience=audience,
        commits_at=commits_at,
        compiled=compiled,
    )


def _jobs(
    tree: FileTree, found: Mapping[str, tuple[Problem, ...]], past: FileHistories
) -> Iterator[Job]:
    beside = files_beside(tree.folder)
    for file in tree.files:
        yield Job(
            file=file,
            found=found.get(file.path, ()),
            commits=past.by_path.get(file.path, ()),
            beside=beside.get(file.path, ()),
        )


def _search(bugs: MadeBugs, addresses: Addresses) -> tuple[BuiltFile, ...]:
    found = found_bugs(bugs.facts)
    numbering = Numbering.of(found)
    paths = {  # of several files of one bug, the last is shown
        numbering.number(facts.bug_id): path
        for path, facts in bugs.facts.items()
        if facts.readable and facts.bug_id in found
    }
    indexed = {path: Found(bugs.keys[path], number) for number, path in paths.items()}
    by_shard = bugs.cache.words(indexed)
    results = result_files(found, numbering, addresses, tuple(by_shard))
    return (*results, *(word_file(name, content) for name, content in by_shard.items()))


def read_tree(root: Path, cache: Path) -> FileTree:
    """The files of a folder; what git says of them is kept beside the other caches."""
    return list_work_tree(root, memory=cache, program=code_version().hex())


def read_past(root: Path, cache: Path) -> FileHistories:
    """The commits of the records; what git says of them is kept beside the other caches."""
    return list_revisions(root, cache / HISTORIES)


def _known(files: Iterable[RecordFile]) -> Iterator[str]:
    for file in files:
        if BUG_ID.match(file.bug_id) and file.path == record_path(file.bug_id):
            yield file.bug_id


def _by_path(problems: Iterable[Problem]) -> defaultdict[str, tuple[Problem, ...]]:
    by_path: defaultdict[str, tuple[Problem, ...]] = defaultdict(tuple)
    for problem in problems:
        by_path[problem.place.path] += (problem,)
    return by_path
