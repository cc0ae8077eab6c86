"""What every conversation works with."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.asked import Asked
from bot.blocks.moves import move_button
from bot.bug_people import remembered_ids
from bot.draft import LIFETIME, Draft, draft_key
from bot.forms.form import form_view
from bot.kept import Kept
from bot.people import People
from bot.recorder import NO_BUG, Recorder
from bot.sentence import sentence
from tracker.assembly import Tracker
from tracker.model.record import BugRecord


@dataclass(frozen=True, kw_only=True)
class Desk:
    """The tracker, the people, and the way to record what they decide.

    `wake` calls the committer, which alone runs git.
    """

    tracker: Tracker
    client: WebClient
    people: People
    recorder: Recorder
    drafts: Kept[Draft]
    wake: Callable[[], None]
    site_url: str = ""

    def load(self, bug: str | None) -> BugRecord | None:
        """Return a bug by what was typed; None for none. Raises UnknownBugError."""
        return None if bug is None else self.tracker.load(bug)

    def open_form(
        self, asked: Asked, verb: str, record: BugRecord | None, draft: Draft | None = None
    ) -> None:
        """Show the form of a command, filled in with what is known or was typed."""
        bug = record.id if record is not None else None
        if not asked.trigger_id:
            self.offer_form(asked, verb, record, draft)
            return
        view = form_view(
            verb,
            record,
            self.tracker.policy(),
            draft.values if draft else {},
            metadata=asked.origin(bug),
            user_ids=remembered_ids(record, self.people) if record else {},
            live=True,
        )
        try:
            self.client.views_open(trigger_id=asked.trigger_id, view=view)
        except SlackApiError as error:
            if error.response.get("error") not in {"expired_trigger_id", "exchanged_trigger_id"}:
                raise
            self.offer_form(asked, verb, record, draft)

    def offer_form(
        self, asked: Asked, verb: str, record: BugRecord | None, draft: Draft | None
    ) -> None:
        """Give a button that opens the form, where Slack does not let it be opened now."""
        bug = record.id if record is not None else None
        if draft is not None:
            self.keep_draft(asked, verb, bug, draft)
        button = move_button(verb, bug or NO_BUG, primary=True)
        asked.reply(sentence("This needs a form: open it with the button.", [button]))

    def keep_draft(self, asked: Asked, verb: str, bug: str | None, draft: Draft) -> None:
        """Keep what a person typed for when they go on with it."""
        self.drafts.keep(draft_key(asked.user, verb, bug), draft)

    def take_draft(self, asked: Asked, verb: str, bug: str | None) -> Draft:
        """Return what a person typed not long ago; an empty draft otherwise."""
        now = self.tracker.now()
        kept = self.drafts.take(draft_key(asked.user, verb, bug))
        return kept if kept is not None and now - kept.at < LIFETIME else Draft(at=now)
