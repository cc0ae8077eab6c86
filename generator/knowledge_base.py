"""Everything that a site shows of a folder of records."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from pathlib import Path
from typing import Final

from generator.bug_builder import Job, Setting
from generator.bug_pages import dossier
from generator.built import BuiltFile, BuiltPage, BuiltPages, built
from generator.data_files import built_file
from generator.making import MadeBugs, Progress, epoch_of, make_bugs
from generator.page_cache import PageCache
from generator.page_models.dossier import Dossier
from generator.page_models.outline import Outline
from generator.page_models.page import Page
from generator.page_urls import Addresses
from generator.render import Renderer
from generator.row_data import long_tables, rows_json
from generator.search_files import Numbering, found_bugs, result_files, word_file
from generator.site_address import SiteAddress
from generator.site_pages import Shelf, reference_pages, shared_files, shared_pages
from generator.word_index import Found
from tracker.model.audience import Audience
from tracker.model.bug_id import BUG_ID, record_path
from tracker.model.problem import Problem
from tracker.operations.read_attachments import files_beside
from tracker.operations.read_revisions import FileHistories, list_revisions
from tracker.operations.read_work_tree import (
    FileTree,
    LastChange,
    RecordFile,
    list_work_tree,
)

_EXAMPLES: Final = 100
"""The newest bugs, in which explanations find their examples."""
LAST_COMMITS: Final = "last-commits.json"
HISTORIES: Final = "histories.json"


@dataclass(frozen=True, kw_only=True)
class KnowledgeBase:
    """The pages of all bugs, and the pages that they share."""

    tree: FileTree
    bugs: MadeBugs
    shared: BuiltPages
    search: tuple[BuiltFile, ...]
    """The files by which bugs are found."""
    shared_was_kept: bool
    """Whether none of them had to be made."""
    problems: tuple[Problem, ...]
    """What is wrong with the records."""

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
    key = _shared_key(setting, bugs, tree.tip, problems)
    references, _ = cache.shared(
        "reference", epoch_of(setting).hex(), lambda: _shown(reference_pages(tree.policy), setting)
    )
    wide, was_kept = cache.shared(
        "wide", key, lambda: _wide(tree, setting, bugs, problems, references)
    )
    return KnowledgeBase(
        tree=tree,
        bugs=bugs,
        shared=BuiltPages(pages=(*references.pages, *wide.pages), files=wide.files),
        search=_search(bugs, setting.addresses),
        shared_was_kept=was_kept,
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


def _shared_key(
    setting: Setting, bugs: MadeBugs, tip: LastChange | None, problems: tuple[Problem, ...]
) -> str:
    digest = blake2b(epoch_of(setting), digest_size=16)
    digest.update(repr((tuple(bugs.keys.items()), tip and tip.at, problems)).encode())
    return digest.hexdigest()


def _wide(
    tree: FileTree,
    setting: Setting,
    bugs: MadeBugs,
    problems: tuple[Problem, ...],
    references: BuiltPages,
) -> BuiltPages:
    shelf = Shelf(
        policy=tree.policy,
        tip=tree.tip,
        problems=problems,
        dossiers=tuple(_dossiers(tree, bugs, setting.known)),
        known=setting.known,
        examples=tuple(_examples(bugs)),
    )
    outlines = (page.outline for page in references.pages)
    shown = _shown(shared_pages(shelf, outlines), setting)
    made = map(built_file, shared_files(shelf, setting.site))
    return BuiltPages(pages=shown.pages, files=(*made, *shown.files))


def _shown(models: Iterable[Page], setting: Setting) -> BuiltPages:
    """Pages as HTML, with the files of their long tables."""
    renderer, addresses = Renderer(setting.compiled), setting.addresses
    pages: list[BuiltPage] = []
    files: list[BuiltFile] = []
    for page in models:
        link = partial(addresses.link, page.path)
        moved_to = link(page.moved_to) if page.moved_to else ""
        pages.append(built(page, renderer.html(page, link), moved_to))
        files.extend(
            BuiltFile(path=table.data, content=rows_json(table, link))
            for table in long_tables(page)
        )
    return BuiltPages(pages=tuple(pages), files=tuple(files))


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
    return list_work_tree(root, memory=cache / LAST_COMMITS)


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


def _dossiers(tree: FileTree, bugs: MadeBugs, known: frozenset[str]) -> Iterator[Dossier]:
    records = dict(bugs.cache.records())
    for file in tree.files:
        record = records.get(file.path)
        if record is not None:
            yield dossier(record, file.change, policy=tree.policy, known=known, problems=())


def _examples(bugs: MadeBugs) -> Iterator[Outline]:
    newest = list(islice(reversed(bugs.facts), _EXAMPLES))
    for path in reversed(newest):
        yield from (page.outline for page in bugs.pages(path).pages)
