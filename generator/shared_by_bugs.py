"""What the bugs of a site share: pages and files that tell of many of them, each made once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from itertools import chain, islice
from typing import Final

from generator.beside import beside
from generator.bug_builder import Setting
from generator.bug_pages import dossier
from generator.built import BuiltPages
from generator.column import ENTRY, LEARNED, MEASURABLE, NOTED, Column
from generator.making import MadeBugs, epoch_of
from generator.page_cache import PageCache
from generator.page_models.dossier import Dossier
from generator.page_shower import PageShower
from generator.rare_collections import no_collections
from generator.shelf import Shelf
from generator.site_pages import reference_pages
from generator.wide_parts import WideMade, WidePart, wide_parts
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import FileTree

_EXAMPLES: Final = 100
"""The newest bugs, in which explanations find their examples."""
_WORTH_A_PROCESS: Final = 300
"""Bugs from which on another process for some parts is earned back."""


@dataclass(frozen=True, kw_only=True)
class SharedByBugs:
    """All of it."""

    built: BuiltPages
    made: int
    """How many of the pages were not kept."""


def shared_by_bugs(
    tree: FileTree, setting: Setting, bugs: MadeBugs, problems: tuple[Problem, ...]
) -> SharedByBugs:
    """What was made from the same before is not made again."""
    cache, epoch = bugs.cache, epoch_of(setting)
    kept, made = cache.shared_keys(), dict[str, BuiltPages]()
    keys: dict[str, str] = {}

    def found(*parts: WidePart) -> list[BuiltPages]:
        keys.update((part.name, _digest(epoch, part.made_from)) for part in parts)
        missing = [part for part in parts if kept.get(part.name) != keys[part.name]]
        if missing:
            made.update(_made(missing, setting, cache, bugs=len(bugs.keys)))
        return [made.get(part.name) or cache.shared(part.name) for part in parts]

    (references,) = found(_reference_part(tree))
    coverage = _coverage_part(bugs, references)
    shelf = _shelf(tree, bugs, setting.known, problems)
    parts = (references, *found(coverage, *wide_parts(shelf, setting.site)))
    cache.keep_shared(
        {name: (keys[name], pages) for name, pages in made.items()}, kept.keys() - keys.keys()
    )
    return SharedByBugs(
        built=BuiltPages(
            pages=tuple(chain.from_iterable(each.pages for each in parts)),
            files=tuple(chain.from_iterable(each.files for each in parts)),
        ),
        made=sum(len(each.pages) for each in made.values()),
    )


def _shelf(
    tree: FileTree, bugs: MadeBugs, known: frozenset[str], problems: tuple[Problem, ...]
) -> Shelf:
    told = {path: columns for path, *columns in bugs.cache.columns()}
    files = {file.bug_id: file for file in tree.files if file.path in told}
    rows = [told[file.path] for file in tree.files if file.path in told]

    def opened(bug_id: str) -> Dossier:
        file = files[bug_id]
        record = bugs.cache.record(file.path)
        return dossier(record, file.change, policy=tree.policy, known=frozenset(), problems=())

    entries, measurables, learned, noted = (tuple(row[index] for row in rows) for index in range(4))
    return Shelf(
        policy=tree.policy,
        tip=tree.tip,
        problems=problems,
        entries=Column(entries, ENTRY),
        measurables=Column(measurables, MEASURABLE),
        learned=Column(learned, LEARNED),
        noted=Column(noted, NOTED),
        known=known,
        opened=opened,
        mark=_digest(b"", tuple(bugs.keys.items())),
    )


def _reference_part(tree: FileTree) -> WidePart:
    """The pages that no bug has a part in."""
    return WidePart(
        name="reference", made_from="", make=lambda: WideMade(pages=reference_pages(tree.policy))
    )


def _coverage_part(bugs: MadeBugs, references: BuiltPages) -> WidePart:
    """The page that explains by examples."""
    newest = list(islice(reversed(bugs.facts), _EXAMPLES))[::-1]
    return WidePart(
        name="coverage",
        made_from=repr([bugs.version(path) for path in newest]),
        make=partial(_coverage, bugs, newest, references),
    )


def _coverage(bugs: MadeBugs, newest: Iterable[str], references: BuiltPages) -> WideMade:
    from generator.page_models.coverage_page import coverage_page

    made = (*map(bugs.pages, newest), references)
    outlines = (page.outline for each in made for page in each.pages)
    return WideMade(pages=(coverage_page(outlines),))


def _made(
    parts: Iterable[WidePart], setting: Setting, cache: PageCache, *, bugs: int
) -> Iterator[tuple[str, BuiltPages]]:
    """The parts as HTML, some made in another process, which earns its start among many bugs."""
    here: list[WidePart] = []
    apart: list[WidePart] = []
    for part in parts:
        (apart if part.apart else here).append(part)
    shower = PageShower(setting, cache)
    many = bool(apart) and bugs >= _WORTH_A_PROCESS
    with no_collections(), beside(lambda: (part.make() for part in apart), worth_it=many) as theirs:
        yield from ((part.name, shower.shown(part.make())) for part in here)
        yield from ((part.name, shower.shown(next(theirs))) for part in apart)
    shower.keep()


def _digest(epoch: bytes, told: object) -> str:
    return blake2b(epoch + repr(told).encode(), digest_size=16).hexdigest()
