"""A form as Slack sends it back, and what is kept of it until it is submitted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from slack_bolt import Args

from bot.asked import Asked, Origin, by_form, by_interaction
from bot.desk import Desk
from bot.draft import Draft
from bot.form_errors import tell_in_form
from bot.forms.catalogue import FORMS
from bot.forms.form import (
    changed_values,
    initial_entries,
    shown_names,
    typed_values,
    unknown_entries,
)
from bot.forms.layout import FORM
from bot.forms.sentences import MISSING
from bot.sentence import sentence

_OLD: Final = (
    "This form is of another version of Bugbook and cannot be submitted. Copy what you typed, close"
    " the form, and open it again from the bug’s message or with the command."
)


@dataclass(frozen=True, kw_only=True)
class FilledForm:
    """The view, where it was opened, its command and the part that it shows."""

    view: Mapping[str, Any]
    origin: Origin
    verb: str
    part: str

    @property
    def asked(self) -> Asked:
        """Who fills it in, and how they are answered."""
        return self.origin.asked

    @property
    def values(self) -> Mapping[str, Any]:
        """Slack's `view.state.values`."""
        found: Mapping[str, Any] = (self.view.get("state") or {}).get("values") or {}
        return found

    def draft(self, values: Mapping[str, str], at: datetime, *, entered: bool = False) -> Draft:
        """Return these entries with the message that the form is about."""
        about = self.asked
        return Draft(
            values=values, at=at, entered=entered, permalink=about.permalink, files=about.files
        )

    @property
    def is_known(self) -> bool:
        """Whether this version of the bot has such a form."""
        return self.verb in FORMS

    def is_outdated_by(self, errors: Mapping[str, str]) -> bool:
        """Whether nobody can meet these errors, because their inputs have other names here."""
        if not unknown_entries(self.verb, self.values):
            return False
        known = {field.name for field in FORMS[self.verb].all_inputs}
        filled = typed_values(self.values)
        return any(
            name not in known
            or name not in self.values
            or (MISSING in told and bool(filled.get(name)))
            for name, told in errors.items()
        )


def filled_form(args: Args) -> FilledForm:
    """Read a form of ours that was submitted, closed, or pressed in."""
    view = args.body["view"]
    verb, _, part = view.get("callback_id", "").removeprefix(FORM).partition(":")
    return FilledForm(view=view, origin=by_form(args.body, args.client), verb=verb, part=part)


def refuse_old(args: Args) -> None:
    """Leave a form of another version open, with all that is typed, and say how to go on."""
    blocks = args.body["view"].get("blocks") or ()
    boxes = [block["block_id"] for block in blocks if block.get("type") == "input"]
    if boxes:
        tell_in_form(args, {boxes[0]: _OLD})
        return
    args.ack()
    by_interaction(args.body, args.client, "old-form").reply(sentence(_OLD))


def keep_entries(desk: Desk, form: FilledForm, *, always: bool = False) -> Draft:
    """Keep what is entered in this form and not recorded, once a person has changed anything."""
    if not always and not changed_values(form.view):
        return desk.draft(form.asked, form.verb, form.origin.bug)
    values = {**other_values(desk, form), **_unrecorded(desk, form)}
    draft = form.draft(values, desk.now(), entered=True)
    desk.keep_draft(form.asked, form.verb, form.origin.bug, draft)
    return draft


def _unrecorded(desk: Desk, form: FilledForm) -> dict[str, str]:
    """What differs from the form as the record alone fills it in.

    A form may begin with the words of a command or of a message, which nobody enters again.
    """
    bug = desk.load(form.origin.bug)
    recorded = initial_entries(desk.form(form.verb, bug, None, metadata="", part=form.part))
    entered = typed_values(form.values)
    return {name: entry for name, entry in entered.items() if recorded.get(name) != entry}


def other_values(desk: Desk, form: FilledForm) -> dict[str, str]:
    """What was entered in the other steps of a form that has steps."""
    if not FORMS[form.verb].steps:
        return {}
    kept = desk.draft(form.asked, form.verb, form.origin.bug)
    shown = shown_names(form.view)
    return {name: text for name, text in kept.values.items() if name not in shown}


def all_values(desk: Desk, form: FilledForm) -> dict[str, str]:
    """All that is entered in a form so far, in every step."""
    return {**other_values(desk, form), **typed_values(form.values)}


def show_again(
    desk: Desk, form: FilledForm, part: str, draft: Draft, view_hash: str | None = ""
) -> None:
    """Show a part of the form in its place, with these entries."""
    bug = desk.load(form.origin.bug)
    view = desk.form(
        form.verb, bug, draft, metadata=form.view.get("private_metadata", ""), part=part
    )
    desk.show(form.view["id"], view, form.view.get("hash") if view_hash == "" else view_hash)
