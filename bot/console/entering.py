"""Enter a command's form by questions until it is recorded, and keep what was not."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass

from bot.command_line import DOWN
from bot.console.filling import Filling, Values
from bot.console.recording import Recording
from bot.draft import ANYBODY, OF_OUTAGE, Draft, draft_key
from bot.drafts import Drafts
from bot.forms.catalogue import FORMS
from bot.forms.form import FieldErrors, field_errors, form_view, read_form, typed_values
from bot.forms.layout import SHORT
from bot.forms.prefill import by_input, typed_over
from tracker.model.person import Person
from tracker.model.trouble import TroubleError
from tracker.workflow.action import Action
from tracker.workflow.decision import Accepted


@dataclass(frozen=True, kw_only=True)
class Entering(Recording):
    """One command with whom one may name, and the part of its form that is shown."""

    verb: str
    people: dict[str, Person]
    part: str = ""

    def enter(self, typed: Draft) -> bool:
        """Ask, judge, and ask anew what was refused, until it is recorded.

        Every answer is kept as soon as it is given, so that it outlives a terminal that is closed
        and a process that is killed.
        """
        before = self._drafts.get(self._key)
        of_another = before is not None and self._is_of_another(typed, before)
        prefill = self._prefill(typed, None if of_another else before)
        if before is not None:
            self._tell_kept(before, of_another=of_another)
        self._keep(prefill, {})
        filling = self._filling(prefill)
        try:
            values = filling.fill()
            while errors := self._submit(values, filling.began):
                values = filling.mend(errors)
        except (EOFError, KeyboardInterrupt):
            self._say_kept(prefill, filling.values)
            raise
        recorded = errors is None
        if not recorded:
            self._keep(prefill, values)
            self._say_kept(prefill, values)
        elif before is not None and of_another:
            self._drafts.keep(self._key, before)
        else:
            self._drafts.drop(self._key)
        return recorded

    def _submit(self, values: Values, began: Collection[str]) -> Mapping[str, str] | None:
        """None when it is recorded; errors by input otherwise, none of them when none can help."""
        action = self._read(values, began)
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

    def _read(self, values: Values, began: Collection[str]) -> Action | FieldErrors:
        policy = self.tracker.policy()
        return read_form(self.verb, values, self.bug, policy, self.people, began=began)

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

        def check(values: Values) -> Mapping[str, str]:
            action = self._read(values, ())
            return action.errors if isinstance(action, FieldErrors) else {}

        def keep(values: Values) -> None:
            with suppress(TroubleError):  # the next answer keeps this one as well
                self._keep(prefill, values)

        return Filling(
            terminal=self.terminal,
            show=show,
            check=check,
            keep=keep,
            people=self.people,
            me=self.actor,
        )

    def _prefill(self, typed: Draft, before: Draft | None) -> dict[str, str]:
        """What was typed after the command, over what was entered before and not recorded."""
        shown = typed.of_outage() if self.part == SHORT else typed.to_show()
        values = dict(shown.values)
        if before is not None:
            values = typed_over(self.verb, before.values, typed.to_show().values)
        return {**self._drafts.reported(self.verb, self.bug, values), **values}

    def _is_of_another(self, typed: Draft, before: Draft) -> bool:
        """Whether a report is typed with another title than the one that was left."""
        if self.bug is not None or not typed.says_something:
            return False
        form = FORMS[self.verb]
        said = by_input(form, typed.to_show().values).get(form.main)
        return said != by_input(form, before.values).get(form.main)

    def _tell_kept(self, before: Draft, *, of_another: bool) -> None:
        entered = f"What you entered at {before.at:%Y-%m-%d %H:%M} UTC"
        told = f"for another bug is kept: `{self._word}` alone goes on with it."
        self.terminal.say(f"{entered} {told if of_another else 'is filled in again.'}")

    def _keep(self, prefill: Mapping[str, str], values: Values) -> None:
        if entered := self._entered(prefill, values):
            draft = Draft(at=self.tracker.now(), values=entered, entered=True)
            self._drafts.keep(self._key, draft)

    def _say_kept(self, prefill: Mapping[str, str], values: Values) -> None:
        if self._entered(prefill, values):
            word = self._word.replace("hotfix-", "hotfix ", 1)
            again = f"{word} {self.bug.id}" if self.bug else word
            told = f"What you entered is kept for a week; `{again}` goes on with it."
            self.terminal.say(f"\n{told}")

    def _entered(self, prefill: Mapping[str, str], values: Values) -> dict[str, str]:
        unanswered = {name: entry for name, entry in prefill.items() if name not in values}
        return {**unanswered, **typed_values(values)}

    @property
    def _word(self) -> str:
        """The command that opens this form; the short report of an outage has its own draft."""
        return DOWN if self.part == SHORT else self.verb

    @property
    def _key(self) -> str:
        bug = self.bug.id if self.bug else None
        return draft_key(f"console-{self.actor.email}", self._word, bug)

    @property
    def _drafts(self) -> Drafts:
        tracker = self.tracker
        return Drafts(ledger=tracker.ledger, now=tracker.now, clean=tracker.without_secrets)
