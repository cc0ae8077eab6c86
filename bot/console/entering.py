"""Enter a command's form by questions until it is recorded, and keep what was not."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.console.filling import Filling, Values
from bot.console.recording import Recording
from bot.draft import ANYBODY, OF_OUTAGE, Draft, draft_key
from bot.drafts import Drafts
from bot.forms.form import FieldErrors, field_errors, form_view, read_form, typed_values
from bot.forms.layout import SHORT
from tracker.model.person import Person
from tracker.workflow.decision import Accepted


@dataclass(frozen=True, kw_only=True)
class Entering(Recording):
    """One command with whom one may name, and the part of its form that is shown."""

    verb: str
    people: dict[str, Person]
    part: str = ""

    def enter(self, draft: Draft) -> bool:
        """Ask, judge, and ask anew what was refused, until it is recorded; a draft survives."""
        bug = self.bug.id if self.bug else None
        key = draft_key(f"console-{self.actor.email}", self.verb, bug)
        prefill = self._prefill(draft, key)
        filling = self._filling(prefill)
        try:
            values = filling.fill()
            while (errors := self._submit(values, filling.began)) is not None:
                if not errors:
                    break
                values = filling.mend(errors)
        except (EOFError, KeyboardInterrupt):
            self._keep(key, {**prefill, **typed_values(filling.values)})
            raise
        recorded = errors is None
        if recorded:
            self._drafts.drop(key)
        else:
            self._keep(key, {**prefill, **typed_values(values)})
        return recorded

    def _submit(self, values: Values, began: Collection[str]) -> Mapping[str, str] | None:
        """None when it is recorded; errors by input otherwise, none of them when none can help."""
        policy = self.tracker.policy()
        action = read_form(self.verb, values, self.bug, policy, self.people, began=began)
        if isinstance(action, FieldErrors):
            return action.errors
        verdict = self.tracker.judge(self.request(action))
        if isinstance(verdict, Accepted):
            bug = self.record(action)
            if bug is not None and self.part == SHORT:
                onward = Draft(values=OF_OUTAGE, at=self.tracker.now(), entered=True)
                self._drafts.keep(draft_key(ANYBODY, "triage", bug), onward)
            return {} if bug is None else None
        self.refuse(verdict.reasons)
        found = field_errors(verdict.reasons, self.verb)
        mendable = any(reason.field for reason in verdict.reasons)
        return {name: told for name, told in found.items() if name in values} if mendable else {}

    def _filling(self, prefill: Mapping[str, str]) -> Filling:
        def show(values: Values) -> Mapping[str, object]:
            return form_view(
                self.verb,
                self.bug,
                self.tracker.policy(),
                {**prefill, **typed_values(values)},
                user_ids={email: email for email in self.people},
                part=self.part,
            )

        return Filling(terminal=self.terminal, show=show, people=self.people, me=self.actor)

    def _prefill(self, draft: Draft, key: str) -> dict[str, str]:
        """What was typed after the command, over what was entered before and not recorded."""
        kept = self._drafts.get(key)
        if kept is not None:
            self.terminal.say(
                f"What you entered at {kept.at:%Y-%m-%d %H:%M} UTC is filled in again."
            )
        typed = {**(kept.values if kept else {}), **draft.values}
        return {**self._drafts.reported(self.verb, self.bug, typed), **typed}

    def _keep(self, key: str, values: Mapping[str, str]) -> None:
        if values:
            self._drafts.keep(key, Draft(at=self.tracker.now(), values=values, entered=True))
            self.terminal.say(
                "\nWhat you entered is kept for a week; the same command goes on with it."
            )

    @property
    def _drafts(self) -> Drafts:
        tracker = self.tracker
        return Drafts(ledger=tracker.ledger, now=tracker.now, clean=tracker.without_secrets)
