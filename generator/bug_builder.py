"""One record's file in, all pages of the bug out: a function of its arguments alone."""

from collections.abc import Container
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from generator.bug_pages import Surroundings, bug_pages, dossier, stands_in_for
from generator.built import BugFacts, BuiltBug, BuiltFile, BuiltPages, built, kind_of
from generator.data_files import bug_files, built_file
from generator.page_models.attachments import AttachedFile
from generator.page_models.dossier import Dossier
from generator.page_models.page import Page
from generator.page_paths import attachment_file, record_source
from generator.page_urls import Addresses
from generator.render import Renderer
from generator.search_terms import bug_terms
from generator.site_address import SiteAddress
from tracker.model.audience import Audience
from tracker.model.bug_id import record_path
from tracker.model.policy import Policy
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.model.seen_record import seen_by
from tracker.operations.read_attachments import FileUse, read_attachments
from tracker.operations.read_revisions import FileCommit, Versions
from tracker.operations.read_work_tree import RecordFile, file_of, read_file


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What all bugs of a site are made with."""

    policy: Policy
    addresses: Addresses
    site: SiteAddress
    known: frozenset[str]
    """Bugs that have a page."""
    root: Path
    """Where the records are; no page depends on it."""
    commits_at: str = ""
    """What stands before a commit's id in its address on the web."""
    audience: Audience = Audience.TEAM
    """Who reads the site; the public does not get what the policy calls internal."""
    compiled: Path | None = None
    """Where compiled templates are kept; no page depends on it."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A bug to make, with what a check of all records says of its file."""

    file: RecordFile
    found: tuple[Problem, ...] = ()
    commits: tuple[FileCommit, ...] = ()
    """The commits of its file, the oldest first."""
    beside: tuple[tuple[str, int, int], ...] = ()
    """The files beside it: name, size, and time of change in nanoseconds."""


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
        self._renderer = Renderer(setting.compiled)
        self._versions = Versions(setting.root)

    def build(self, job: Job) -> BuiltBug:
        """The bug's pages; those of a record that cannot be read say why."""
        record, problems = self._read(job.file)
        asked = _Asked(known=self._setting.known)
        told = tuple(dict.fromkeys((*problems, *job.found)))
        files: tuple[BuiltFile, ...] = ()
        seen: Dossier | None = None
        if record is None:
            models = self._unreadable(job.file, told)
        else:
            change, policy = job.file.change, self._setting.policy
            near, kept = self._around(job, record)
            item = dossier(record, change, policy=policy, known=asked, problems=told, around=near)
            models, seen = bug_pages(item), item
            files = (*map(built_file, bug_files(item, self._setting.site)), *kept)
        pages = tuple(built(page, self._html(page)) for page in models)
        kinds = (kind_of(page, self._setting.addresses) for page in pages)
        badges = [badge.words for badge in models[0].badges] if record else ["", ""]
        facts = BugFacts(
            bug_id=job.file.bug_id,
            severity=badges[0],
            status=badges[1],
            components=record.environment.components if record else (),
            paths=tuple(page.path for page in pages),
            kinds=tuple(dict.fromkeys(kinds)),
            readable=record is not None,
            title=pages[0].title if pages else "",
            summary=pages[0].summary if pages else "",
            formerly=record.formerly if record else (),
            problems=problems,
            asked=tuple(sorted(asked.answers.items())),
        )
        return BuiltBug(
            facts=facts,
            made=BuiltPages(pages=pages, files=files),
            terms=bug_terms(record) if record else {},
            dossier=seen,
        )

    def _around(self, job: Job, record: BugRecord) -> tuple[Surroundings, tuple[BuiltFile, ...]]:
        """What lies around a record, and the files that the site hands out as they are."""
        root = self._setting.root
        attached = read_attachments(root, record)
        near = Surroundings(
            files=tuple(
                AttachedFile(name=file.name, use=file.use.value, size=file.size, fault=file.fault)
                for file in attached
            ),
            revisions=self._versions.compared(job.commits),
            commits_at=self._setting.commits_at,
        )
        source = BuiltFile(path=record_source(record.id), content=self._text(job.file, record))
        handed = (
            BuiltFile(
                path=attachment_file(record.id, file.name),
                source=file.source.relative_to(root).as_posix(),
            )
            for file in attached
            if file.use is not FileUse.NOTHING
        )
        return near, (source, *handed)

    def _read(self, file: RecordFile) -> tuple[BugRecord | None, tuple[Problem, ...]]:
        """The record as the reader may see it: everything below is made from this one alone."""
        record, problems = read_file(file)
        setting = self._setting
        if record is not None:
            record = seen_by(setting.audience, record, setting.policy.internal_fields)
        return record, problems

    def _text(self, file: RecordFile, record: BugRecord) -> str:
        """The record's file; for the public, written anew from what it may see."""
        if self._setting.audience is Audience.TEAM:
            return file.data.decode(errors="replace")
        return file_of(record)

    def _unreadable(self, file: RecordFile, told: tuple[Problem, ...]) -> tuple[Page, ...]:
        well_placed = file.path == record_path(file.bug_id)
        others = frozenset[str]() if well_placed else self._setting.known
        return stands_in_for(file.path, told, known=others)

    def _html(self, page: Page) -> str:
        return self._renderer.html(page, partial(self._setting.addresses.link, page.path))
