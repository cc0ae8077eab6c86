"""Opens what a site shows of a folder of records, by what its settings say of it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from generator.commit_links import commit_links
from generator.knowledge_base import KnowledgeBase, knowledge_base, read_past, read_tree, setting_of
from generator.making import Progress, code_version
from generator.page_cache import PageCache
from generator.site_address import SiteAddress
from tracker.model.audience import Audience
from tracker.model.problem import Problem
from tracker.operations.read_revisions import FileHistories
from tracker.operations.read_work_tree import is_committed

TEMPLATES: Final = "templates"
"""In the cache: compiled templates."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The settings of a site that its pages of records depend on."""

    root: Path
    """The folder that holds the records' folder."""
    cache: Path
    site: SiteAddress
    repo_url: str
    audience: Audience


def cache_fault(cache: Path) -> str:
    """Say why a cache is not believed; empty for one that only builds have written.

    Templates that a branch brings along would be run, and its pages published as they are.
    """
    if not is_committed(cache):
        return ""
    return (
        f"{cache} is in git, but what a build keeps there is believed without another look."
        " Remove it from the repository (`git rm -r`), commit that, and build again."
    )


@contextmanager
def open_base(
    origin: Origin, name: str, *, found: Iterable[Problem] = (), progress: Progress
) -> Iterator[KnowledgeBase]:
    """Everything that the records ask for, to be read until the block ends.

    `name` is that of the cache, `found` is what a check says beyond what cannot be read.
    """
    root, cache, audience = origin.root, origin.cache, origin.audience
    with PageCache.open(cache / f"{name}-{audience}.sqlite", code_version()) as pages:
        tree, past = read_tree(root, cache), _past(root, cache, audience)
        setting = setting_of(
            tree,
            origin.site,
            audience=audience,
            commits_at=commit_links(origin.repo_url or past.remote),
            compiled=cache / TEMPLATES,
        )
        yield knowledge_base(tree, pages, setting, found=found, progress=progress, past=past)


def _past(root: Path, cache: Path, audience: Audience) -> FileHistories:
    """The commits of the records; their subjects and changes are not for the public."""
    return read_past(root, cache) if audience is Audience.TEAM else FileHistories()
