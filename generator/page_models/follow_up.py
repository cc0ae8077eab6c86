"""What comes after: action items, prevention, related issues, who was told, who consented."""

from collections.abc import Container, Iterable

from generator.page_models.blocks import (
    Checklist,
    Table,
    Tick,
    facts,
    narrative,
    table,
)
from generator.page_models.dossier import Dossier
from generator.page_models.inline import (
    Cell,
    Inline,
    Value,
    bug_link,
    cell,
    joined,
    link_to,
    sentence_case,
)
from generator.page_models.page import Section, section
from tracker.model.documents import (
    ActionItem,
    Communication,
    DocumentKind,
    Horizon,
    Postmortem,
    Publication,
    Related,
)
from tracker.model.record import BugRecord


def action_items(record: BugRecord, heading: str = "Action Items") -> Section | None:
    """The items by horizon, each with its owner and its due date."""
    return section(
        heading,
        *(
            section(
                horizon.words, _items(item for item in record.actions if item.horizon is horizon)
            )
            for horizon in Horizon
        ),
    )


def prevention_measures(postmortem: Postmortem | None) -> Section | None:
    """Measures against a repeat, by where they take hold."""
    if postmortem is None:
        return None
    return section(
        "Prevention Measures",
        table(
            "Measures against a repeat, by where they take hold",
            ("Kind", "Measure"),
            (
                (sentence_case(measure.kind.value), measure.text)
                for measure in postmortem.prevention
            ),
        ),
    )


def related_issues(dossier: Dossier) -> Section | None:
    """Other bugs, tickets and changes."""
    return section(
        "Related Issues",
        table(
            "Bugs, tickets and changes that have to do with this bug",
            ("Relation", "Issue", "About"),
            (_related(item, dossier.known) for item in dossier.record.related),
        ),
    )


def communication(record: BugRecord) -> Section | None:
    """Who was told, and what was said when (release notes template)."""
    told = tuple(dict.fromkeys((message.whom, message.how) for message in record.communication))
    ticks = tuple(Tick(content=(f"{whom} ({how})",), done=True) for whom, how in told)
    return section(
        "Communication",
        section("Stakeholders Notified", Checklist(items=ticks) if ticks else None),
        section("Communication Timeline", _messages(record.communication)),
    )


def approved_by(dossier: Dossier, document: DocumentKind) -> Section | None:
    """Who consented to a document, in which role and when."""
    approvals = (item for item in dossier.record.approvals if item.document is document)
    return section(
        "Approved By",
        table(
            f"Approvals of the {document.words}",
            ("Role", "Name", "Time"),
            ((approval.role, approval.by, approval.at) for approval in approvals),
        ),
    )


def resolution(dossier: Dossier) -> Section | None:
    """How and why the bug was closed."""
    ended = dossier.record.resolution
    if ended is None:
        return None
    duplicate = ended.duplicate_of
    return section(
        "Resolution",
        facts(
            ("Result", sentence_case(ended.kind.value.replace("_", " "))),
            ("Closed at", ended.at),
            ("Closed by", ended.by),
            ("Duplicate of", reference(duplicate, dossier.known) if duplicate else None),
        ),
        narrative(ended.reason),
    )


def reference(ref: str, known: Container[str]) -> Inline:
    """A bug's number, as a link where the bug has a page."""
    return bug_link(ref) if ref in known else ref


def publications(published: tuple[Publication, ...]) -> Table | None:
    """The published revisions of a document."""
    return table(
        "Published revisions",
        ("Version", "Publication date", "Published by"),
        ((revision.version, revision.at, revision.by) for revision in published),
    )


def _items(items: Iterable[ActionItem]) -> Checklist | None:
    ticks = tuple(
        Tick(
            content=cell(item.text),
            done=item.done_at is not None,
            note=_item_note(item),
            anchor=f"action-{item.key}",
        )
        for item in items
    )
    return Checklist(items=ticks) if ticks else None


def _item_note(item: ActionItem) -> Cell:
    return joined(
        (
            item.owner or "no owner",
            joined(("due", item.due), " ") if item.due else "no due date",
            joined(("added", item.added_at), " ") if item.added_at else None,
            joined(("done", item.done_at), " ") if item.done_at else None,
            link_to("Ticket", item.link) if item.link else None,
        ),
        " · ",
    )


def _related(item: Related, known: Container[str]) -> tuple[Value, ...]:
    ref: Value = link_to(item.ref, item.link) if item.link else reference(item.ref, known)
    return (item.kind.words, ref, item.title)


def _messages(messages: tuple[Communication, ...]) -> Table | None:
    return table(
        "What was said, when and to whom",
        ("Time", "By", "To", "Through", "Message"),
        (
            (message.at, message.by, message.whom, message.how, message.message)
            for message in sorted(messages, key=lambda message: message.at)
        ),
    )
