"""One record's file in, all pages of the bug out: a function of its arguments alone."""

from collections.abc import Container
from dataclasses import dataclass, field
from functools import partial

from generator.bug_pages import bug_pages, dossier, stands_in_for
from generator.built import BugFacts, BuiltBug, BuiltFile, BuiltPages, built, kind_of
from generator.data_files import bug_files, built_file
from generator.page_models.page import Page
from generator.page_urls import Addresses
from generator.render import Renderer
from generator.site_address import SiteAddress
from tracker.model.bug_id import record_path
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.operations.read_work_tree import RecordFile, read_file


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all bugs of a site are made with."""

    policy: Policy
    addresses: Addresses
    site: SiteAddress
    known: frozenset[str]
    """Bugs that have a page."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A bug to make, with what a check of all records says of its file."""

    file: RecordFile
    found: tuple[Problem, ...] = ()


@dataclass(kw_only=True)
class _Asked(Container[str]):
    """The bugs that have a page; remembers which were asked for."""

    known: frozenset[str]
    answers: dict[str, bool] = field(default_factory=dict)

    def __contains__(self, bug_id: object) -> bool:
        return self.answers.setdefault(str(bug_id), bug_id in self.known)


class BugBuilder:
    """Makes the pages of one bug after the other."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._renderer = Renderer()

    def build(self, job: Job) -> BuiltBug:
        """The bug's pages; those of a record that cannot be read say why."""
        record, problems = read_file(job.file)
        asked = _Asked(known=self._setting.known)
        told = tuple(dict.fromkeys((*problems, *job.found)))
        files: tuple[BuiltFile, ...] = ()
        if record is None:
            models = self._unreadable(job.file, told)
        else:
            change, policy = job.file.change, self._setting.policy
            item = dossier(record, change, policy=policy, known=asked, problems=told)
            models = bug_pages(item)
            files = tuple(map(built_file, bug_files(item, self._setting.site)))
        pages = tuple(built(page, self._html(page)) for page in models)
        kinds = (kind_of(page, self._setting.addresses) for page in pages)
        facts = BugFacts(
            paths=tuple(page.path for page in pages),
            kinds=tuple(dict.fromkeys(kinds)),
            readable=record is not None,
            title=pages[0].title if pages else "",
            summary=pages[0].summary if pages else "",
            formerly=record.formerly if record else (),
            problems=problems,
            asked=tuple(sorted(asked.answers.items())),
        )
        return BuiltBug(facts=facts, made=BuiltPages(pages=pages, files=files))

    def _unreadable(self, file: RecordFile, told: tuple[Problem, ...]) -> tuple[Page, ...]:
        well_placed = file.path == record_path(file.bug_id)
        others = frozenset[str]() if well_placed else self._setting.known
        return stands_in_for(file.path, told, known=others)

    def _html(self, page: Page) -> str:
        return self._renderer.html(page, partial(self._setting.addresses.link, page.path))
