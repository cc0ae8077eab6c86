"""Attachments are plain files beside the record, and of a size that a repository can bear."""

from collections.abc import Iterator

from tracker.checks.subject import Subject
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.store.attachment_file import attachment_fault

RULE = "attachment"


def find(subject: Subject) -> Iterator[Problem]:
    """Attachments that are missing, too large, or no plain files; links lead elsewhere."""
    for index, attachment in enumerate(subject.record.report.attachments):
        sentence = None
        if not attachment.link:
            path = subject.document.path
            sentence = attachment_fault(subject.around.root, path, attachment.name)
        if sentence is not None:
            where = ("report", "attachments", index, "name")
            yield subject.problem(where, sentence, RULE)


def kept_beside(record: BugRecord) -> tuple[str, ...]:
    """The attachments that must lie in the record's folder."""
    return tuple(each.name for each in record.report.attachments if not each.link)
