"""The pages of records as HTML, made without MkDocs around them."""

from datetime import UTC, datetime
from pathlib import Path

from generator.bug_pages import bug_pages
from generator.page_models.dossier import Dossier
from generator.page_models.page import AsOf, Page
from generator.render import Renderer
from generator.shelf import Shelf
from tracker.model.policy import Policy
from tracker.model.record import BugRecord

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
RENDERER = Renderer()
"""One for all tests: each compiles every template anew."""
AS_OF = AsOf(commit="0123456789abcdef0123456789abcdef01234567", at=NOW)


def shelf_of(*records: BugRecord, policy: Policy | None = None, now: datetime = NOW) -> Shelf:
    """What the pages about these bugs are made from."""
    rules = policy or Policy()
    dossiers = {item.id: Dossier(record=item, policy=rules, now=now) for item in records}
    return Shelf.of(dossiers, policy=rules)


def models_of(record: BugRecord, policy: Policy | None = None, now: datetime = NOW) -> list[Page]:
    """The page models of one record, in their order."""
    dossier = Dossier(
        record=record,
        policy=policy or Policy(),
        now=now,
        as_of=AS_OF,
        known=frozenset({record.id}),
    )
    return list(bug_pages(dossier))


def pages_of(
    record: BugRecord, policy: Policy | None = None, now: datetime = NOW
) -> dict[str, str]:
    """The HTML of each page of one record by the document's name: `index`, `root-cause`…"""
    return {
        Path(page.path).stem: RENDERER.html(page, lambda path: f"/{path}")
        for page in models_of(record, policy, now)
    }


def everything(record: BugRecord, policy: Policy | None = None) -> str:
    """All pages of one record in one text."""
    return "\n".join(pages_of(record, policy).values())
