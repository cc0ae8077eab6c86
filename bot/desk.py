"""What every conversation works with."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.asked import Asked
from bot.attaching import Attaching
from bot.blocks.findings import likeness_words
from bot.blocks.moves import move_button
from bot.blocks.words import verb_words
from bot.bug_people import remembered_ids
from bot.draft import Draft, draft_key
from bot.drafts import Drafts
from bot.events import Events
from bot.forms.catalogue import FORMS
from bot.forms.form import form_view, keys_of_people
from bot.forms.layout import notice_view
from bot.homes import HomePages
from bot.kept import Kept
from bot.people import People
from bot.recorder import NO_BUG, Recorder
from bot.sentence import sentence
from bot.slack_client import error_code, is_passing
from bot.slack_text import mentioned
from bot.user_groups import UserGroups
from tracker.assembly import Tracker
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError

_LATE: Final = frozenset({"expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"})
_CLOSED: Final = frozenset({"not_found", "hash_conflict"})
_LOADING: Final = "⏳ One moment: the form is on its way."
_NONE: Final[Mapping[str, str]] = {}
_WHOM: Final = frozenset({"assignee", "person"})
"""Who is asked for by words that follow the command alone, as in `/bug assign 42 @ana`."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The tracker, the people, and the way to record what they decide.

    `wake` calls the committer, which alone runs git; `retry` calls for failed side effects.
    """

    tracker: Tracker
    client: WebClient
    people: People
    user_groups: UserGroups
    recorder: Recorder
    wake: Callable[[], None]
    homes: HomePages
    retry: Callable[[], None]
    events: Events
    site_url: str = ""
    _likenesses: Kept[tuple[str, ...]] = field(default_factory=lambda: Kept(size=200))

    @property
    def drafts(self) -> Drafts:
        """What people typed and have not brought through."""
        return self.recorder.drafts

    @property
    def attaching(self) -> Attaching:
        """The way of files to a bug."""
        return self.recorder.attaching

    def load(self, bug: str | None) -> BugRecord | None:
        """Return a bug by what was typed; None for none. Raises UnknownBugError."""
        return None if bug is None else self.tracker.load(bug)

    def open_form(
        self,
        asked: Asked,
        verb: str,
        record: BugRecord | None,
        draft: Draft | None = None,
        *,
        part: str = "",
    ) -> None:
        """Show the form of a command, filled in with what is known or was typed.

        Slack lets a form be opened for three seconds only, so an empty one comes first.
        """
        if not asked.trigger_id:
            self.offer_form(asked, verb, record, draft)
            return
        loading = notice_view(verb_words(verb), _LOADING)
        try:
            opened = self.client.views_open(trigger_id=asked.trigger_id, view=loading)
            self.show(opened["view"]["id"], self._form_or_trouble(asked, verb, record, draft, part))
        except (SlackApiError, OSError) as error:
            if error_code(error) not in _LATE and not is_passing(error):
                raise
            self.offer_form(asked, verb, record, draft)

    def _form_or_trouble(
        self, asked: Asked, verb: str, record: BugRecord | None, draft: Draft | None, part: str
    ) -> dict[str, Any]:
        bug = record.id if record is not None else None
        metadata = asked.going_on_with(draft).origin(bug)
        try:
            return self.form(verb, record, draft, metadata=metadata, part=part)
        except (TroubleError, ProblemsFound) as trouble:
            return notice_view(verb_words(verb), str(trouble))

    def form(
        self,
        verb: str,
        record: BugRecord | None,
        draft: Draft | None,
        *,
        metadata: str,
        part: str = "",
    ) -> dict[str, Any]:
        """Return the form of a command as it is shown now."""
        typed = draft.values if draft else _NONE
        people = keys_of_people(verb)
        if people.isdisjoint(_WHOM):
            typed = {
                name: said if name in people else self._with_names(said)
                for name, said in typed.items()
            }
        return form_view(
            verb,
            record,
            self.tracker.policy(),
            {**self.drafts.reported(verb, record, typed), **typed},
            metadata=metadata,
            user_ids=remembered_ids(record, self.people) if record else _NONE,
            live=True,
            part=part or FORMS[verb].first_part,
            drafted=draft.at if draft and draft.entered else None,
            similar=self._open_bugs_like(record) if record and verb == "triage" else (),
            names=self.people.names,
        )

    def _with_names(self, text: str) -> str:
        """The text with people as others read them; whom Slack does not tell of stays as typed."""
        found = dict[str, str]()
        for user_id in mentioned(text):
            with suppress(TroubleError):
                found[f"<@{user_id}>"] = f"@{self.people.person(user_id).name}"
        for mention, name in found.items():
            text = text.replace(mention, name)
        return text

    def show(self, view_id: str, view: dict[str, Any], view_hash: str | None = None) -> None:
        """Put a view in the place of another one; somebody may have closed it meanwhile."""
        place = {"hash": view_hash} if view_hash else {}
        try:
            self.client.views_update(view_id=view_id, view=view, **place)
        except SlackApiError as error:
            if error.response.get("error") not in _CLOSED:
                raise

    def offer_form(
        self, asked: Asked, verb: str, record: BugRecord | None, draft: Draft | None
    ) -> None:
        """Give a button that opens the form, where Slack does not let it be opened now."""
        bug = record.id if record is not None else None
        if draft is not None and draft.says_something:
            about = asked.going_on_with(draft)
            kept = replace(draft, permalink=about.permalink, files=about.files)
            self.keep_draft(asked, verb, bug, kept)
        button = move_button(verb, bug or NO_BUG, primary=True)
        asked.reply(sentence("This needs a form: open it with the button.", [button]))

    def keep_draft(self, asked: Asked, verb: str, bug: str | None, draft: Draft) -> None:
        """Keep what a person typed for when they go on with it."""
        self.drafts.keep(draft_key(asked.user, verb, bug), draft)

    def draft(self, asked: Asked, verb: str, bug: str | None) -> Draft:
        """Return what a person typed not long ago and has not brought through, or nothing."""
        kept = self.drafts.get(draft_key(asked.user, verb, bug))
        return kept if kept is not None else Draft(at=self.tracker.now())

    def drop_draft(self, asked: Asked, verb: str, bug: str | None) -> None:
        """Forget what a person typed: it is brought through."""
        self.drafts.drop(draft_key(asked.user, verb, bug))

    def now(self) -> datetime:
        """Return the time of the tracker's clock."""
        return self.tracker.now()

    def _open_bugs_like(self, record: BugRecord) -> tuple[str, ...]:
        """Return a line for each open bug that may be the same; looked for once a commit."""
        key = f"{record.id} {self.tracker.tip()}"
        known = self._likenesses.get(key)
        if known is None:
            found = self.tracker.similar(record)
            known = tuple(likeness_words(each) for each in found if each.status.is_open)
            self._likenesses.keep(key, known)
        return known
