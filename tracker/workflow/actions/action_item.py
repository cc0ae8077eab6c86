"""What is to be done later, with owner and due date."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Literal

from tracker.model.documents import ActionItem, Horizon
from tracker.model.part import Key, Line
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.context import Context
from tracker.workflow.decision import Reason
from tracker.workflow.revision import Revision
from tracker.workflow.telling import written_key


class EditActionItem(Revision):
    """Add an action item, or change the one with a key: owner, due date, done."""

    verb: ClassVar[str] = "action"
    example: ClassVar[str] = "text=Add compatibility tests horizon=immediate due=2026-12-01"
    closed_too: ClassVar[bool] = True

    key: Key | None = None
    """The item to change; a new one when left out."""
    text: Line | None = None
    """What is to be done."""
    horizon: Horizon | None = None
    """By when, roughly."""
    owner: Person | None = None
    """Who does it."""
    due: date | None = None
    """The due date."""
    done: bool = False
    """Whether it is done now."""
    link: Line | None = None
    """Its ticket."""
    clear: tuple[Literal["owner", "due", "link"], ...] = ()
    """Fields to empty; what is left out stays as it was."""

    def conditions(self, record: BugRecord, context: Context) -> Iterable[Reason]:
        """A new item needs a text and a horizon; a key has to exist."""
        del context
        if self.key is None:
            missing = [name for name in ("text", "horizon") if getattr(self, name) is None]
            for name in missing:
                yield Reason(
                    gate="action-item",
                    sentence=f"A new action item needs its {name}: give it.",
                    field=name,
                )
        elif self.key not in {item.key for item in record.actions}:
            keys = ", ".join(f"{item.key} ({item.text})" for item in record.actions)
            yield Reason(
                gate="action-item",
                sentence=(
                    f"{record.id} has no action item `{self.key}`: "
                    + (f"choose one of {keys}." if keys else "add one first.")
                ),
                field="key",
            )

    def apply(self, record: BugRecord, context: Context) -> BugRecord:
        """Add the item, or change the one with the key."""
        said: dict[str, Any] = self.revised(ActionItem, "text", "horizon", "owner", "due", "link")
        if self.done:
            said["done_at"] = context.at
        if self.key is not None:
            changed = tuple(
                item.model_copy(update=said) if item.key == self.key else item
                for item in record.actions
            )
            return record.model_copy(update={"actions": changed})
        if self.text is None or self.horizon is None:
            return record
        key = written_key(self.text, bug=record.id, at=context.at, length=len(record.timeline))
        item = ActionItem(key=key, added_at=context.at, **said)
        return record.model_copy(update={"actions": (*record.actions, item)})

    def subject(self, record: BugRecord) -> str:
        """What is to be done."""
        named = self.text or next(
            (item.text for item in record.actions if item.key == self.key), self.key or ""
        )
        return f"done: {named}" if self.done else named
