"""Make the text of an action safe to keep: plain characters, no secrets (design §4, step 2)."""

from collections.abc import Collection
from dataclasses import dataclass

from pydantic import ValidationError

from tracker.model.explanation import explain
from tracker.model.problem import ProblemsFound
from tracker.model.text import TextTooLong, normalise_value
from tracker.store.bug_store import BugStore
from tracker.store.secrets import SecretScanner
from tracker.workflow.action import Action
from tracker.workflow.decision import Reason, Refused


@dataclass(frozen=True, kw_only=True)
class SafeAction:
    """An action that may be kept, and the kinds of secrets that were taken out of its texts."""

    action: Action
    secrets: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Intake:
    """What every text goes through before it is judged or kept."""

    scanner: SecretScanner

    def take(self, action: Action, allowed: Collection[str]) -> SafeAction:
        """Return the same action with safe text; `allowed` are texts that are no secrets.

        Raises TextTooLong, or ValidationError where a text no longer fits its field.
        """
        fields = action.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        redacted = self.scanner.redact(normalise_value(fields), allowed)
        kinds = tuple(dict.fromkeys(finding.kind for finding in redacted.findings))
        if redacted.value == fields:
            return SafeAction(action=action, secrets=kinds)
        return SafeAction(action=type(action).model_validate(redacted.value), secrets=kinds)


def allowed_texts(store: BugStore, revision: str | None) -> tuple[str, ...]:
    """Return what the policy of a commit calls no secrets; nothing where it cannot be read."""
    try:
        return store.policy(revision).secrets.allowed
    except ProblemsFound:
        return ()


def refused_text(action: Action, error: TextTooLong | ValidationError) -> Refused:
    """Refuse text that cannot be kept, by the names of its fields."""
    if isinstance(error, TextTooLong):
        return Refused(reasons=(Reason(gate="text", sentence=str(error), field=error.field),))
    return Refused(
        reasons=tuple(
            Reason(
                gate="text",
                sentence=found.sentence,
                field=".".join(str(step) for step in found.location),
            )
            for found in explain(type(action), error)
        )
    )
