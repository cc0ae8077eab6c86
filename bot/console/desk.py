"""What the console does with a line: read bugs, or judge and record an action, as the bot does."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.blocks.answers import done
from bot.blocks.bug_list import bug_list, the_worst
from bot.blocks.card import bug_details
from bot.blocks.findings import search_result
from bot.blocks.help_page import help_message
from bot.blocks.hotfix_sheet import hotfix_status
from bot.blocks.message import Message
from bot.bug_choice import meant_bug
from bot.bug_filter import read_filter
from bot.command_line import DOWN, CommandLine, Misread, parse_bug
from bot.console.filling import Filling, Values
from bot.console.plain import plain_message
from bot.console.questions import Terminal
from bot.draft import Draft, draft_key
from bot.drafts import Drafts
from bot.forms.form import (
    FieldErrors,
    field_errors,
    form_view,
    quick_action,
    read_form,
    typed_values,
)
from bot.recorder import in_words
from bot.snoozing import with_end
from tracker.assembly import BugFilter, Recorded, Request, Tracker, Wish
from tracker.model.person import Person
from tracker.model.private_text import taken_out
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decision import Accepted, Reason, Refused

READS = frozenset({"help", "list", "search", "show", "status"})
_MOST_HITS = 16  # one more than are shown


@dataclass(frozen=True, kw_only=True)
class ConsoleDesk:
    """One person at a terminal, on an open tracker."""

    tracker: Tracker
    actor: Person
    terminal: Terminal
    site_url: str = ""

    def do(self, text: str) -> bool:
        """Carry out a line as it is typed after `/bug`; whether something was done or shown.

        Raises a TroubleError, and EOFError when the input ends within a form.
        """
        line = parse_bug(text, self.tracker.policy().ids)
        if isinstance(line, Misread):
            meant = f" Did you mean `{line.nearest}`?" if line.nearest else ""
            self._say(f"There is no command `{line.typed[:60]}`.{meant} `help` lists them all.")
            return False
        if line.word in READS:
            return self._read(line)
        verb = "report" if line.word == DOWN else line.word
        record = self._bug(line)
        if record is None and verb != "report":
            return False
        return self._act(replace(line, word=verb), record)

    def _read(self, line: CommandLine) -> bool:
        policy, now = self.tracker.policy(), self.tracker.now()
        match line.word:
            case "help":
                self._tell(help_message(line.typed.strip() or None))
            case "list":
                people = {each.email: each for each in self._people(None).values()}
                wanted = read_filter(line.text, line.pairs, me=self.actor, people=people)
                found = self.tracker.listing(wanted)
                shown = tuple(self.tracker.records_of(the_worst(found.bugs)))
                self._tell(bug_list(shown, policy, now, total=found.total))
            case "search" if not line.typed:
                self._say("Say what to look for: search signature.")
                return False
            case "search":
                hits = self.tracker.search(line.typed, most=_MOST_HITS).hits
                self._tell(search_result(hits, _MOST_HITS))
            case _:
                record = self._bug(line)
                if record is None:
                    return False
                details = bug_details(record, policy, now, self.site_url, {})
                is_show = line.word == "show"
                self._tell(details if is_show else hotfix_status(record, policy, now))
        return True

    def _bug(self, line: CommandLine) -> BugRecord | None:
        """The bug that was named or can only be meant."""
        if line.bug is not None:
            return self.tracker.load(line.bug)
        if line.word in {DOWN, "report"}:
            return None
        standing = self.tracker.listing(BugFilter(is_open=True)).bugs
        hotfix = line.word == "status" or line.word.startswith("hotfix-")
        choice = meant_bug(standing, self.actor, hotfix=hotfix, text=line.text)
        if choice.bug is None:
            self._say(f"{choice.lead or 'Which bug?'} Type its number after `{line.word}`:")
            for bug in choice.candidates:
                self._say(f"  {bug.id}  {bug.title}  ({bug.status.words})")
            return None
        return self.tracker.load(choice.bug.id)

    def _act(self, line: CommandLine, record: BugRecord | None) -> bool:
        line = with_end(line, self.tracker.now())
        action = self._typed(line, record)
        if action is not None:
            return self._record(record, action)
        wish = Wish(verb=line.word, bug=record.id if record else None, actor=self.actor)
        if reasons := self.tracker.obstacles(wish):
            return self._refuse(reasons)
        return self._by_form(line, record)

    def _typed(self, line: CommandLine, record: BugRecord | None) -> Action | None:
        policy = self.tracker.policy()
        return quick_action(line.word, line.text, line.pairs, record, policy, {})

    def _by_form(self, line: CommandLine, record: BugRecord | None) -> bool:
        """Ask, judge, and ask anew what was refused, until it is recorded; a draft survives."""
        bug = record.id if record else None
        key = draft_key(f"console-{self.actor.email}", line.word, bug)
        prefill = self._prefill(line, key)
        people = self._people(record)
        filling = self._filling(line.word, record, prefill, people)
        try:
            values = filling.fill()
            while (errors := self._submit(line.word, record, values, people)) is not None:
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

    def _submit(
        self, verb: str, record: BugRecord | None, values: Values, people: Mapping[str, Person]
    ) -> Mapping[str, str] | None:
        """None when it is recorded; errors by input otherwise, none of them when none can help."""
        action = read_form(verb, values, record, self.tracker.policy(), people)
        if isinstance(action, FieldErrors):
            return action.errors
        verdict = self.tracker.judge(self._request(record, action))
        if isinstance(verdict, Accepted):
            return None if self._record(record, action) else {}
        self._refuse(verdict.reasons)
        found = field_errors(verdict.reasons, verb)
        mendable = any(reason.field for reason in verdict.reasons)
        return {name: told for name, told in found.items() if name in values} if mendable else {}

    def _record(self, record: BugRecord | None, action: Action) -> bool:
        request = self._request(record, action)
        outcome = self.tracker.act(request)
        match outcome:
            case Recorded():
                found = self.tracker.load(outcome.bug)
                policy, now = self.tracker.policy(), self.tracker.now()
                self._tell(done(found, in_words(outcome), policy, now))
            case Refused():
                return self._refuse(outcome.reasons)
            case _:
                reason = outcome.reason if outcome else ""
                self._say(
                    f"Saved, not yet shared. {reason} It is tried again by itself; you need not"
                    " type it again."
                )
        if secrets := self.tracker.secrets_in(request):
            self._say(taken_out(secrets))
        return True

    def _request(self, record: BugRecord | None, action: Action) -> Request:
        return Request(
            id=f"console-{uuid.uuid4().hex}",
            bug=record.id if record else None,
            action=action,
            actor=self.actor,
        )

    def _refuse(self, reasons: tuple[Reason, ...]) -> bool:
        self._say("Not possible yet; nothing was changed:")
        for reason in reasons:
            remedy = f"  (type `{reason.remedy}`)" if reason.remedy else ""
            self._say(f"- {reason.sentence}{remedy}")
        return False

    def _filling(
        self,
        verb: str,
        record: BugRecord | None,
        prefill: Mapping[str, str],
        people: dict[str, Person],
    ) -> Filling:
        def show(values: Values) -> Mapping[str, object]:
            typed = {**prefill, **typed_values(values)}
            ids = {email: email for email in people}
            return form_view(verb, record, self.tracker.policy(), typed, user_ids=ids)

        return Filling(terminal=self.terminal, show=show, people=people)

    def _prefill(self, line: CommandLine, key: str) -> dict[str, str]:
        """What was typed after the command, over what was entered before and not recorded."""
        kept = self._drafts.get(key)
        if kept is not None:
            self._say(f"What you entered at {kept.at:%Y-%m-%d %H:%M} UTC is filled in again.")
        text = {"text": line.text} if line.text else {}
        return {**(kept.values if kept else {}), **text, **line.pairs}

    def _keep(self, key: str, values: Mapping[str, str]) -> None:
        if values:
            self._drafts.keep(key, Draft(at=self.tracker.now(), values=values, entered=True))
            self._say("\nWhat you entered is kept for a week; the same command goes on with it.")

    def _people(self, record: BugRecord | None) -> dict[str, Person]:
        """Everybody whom the policy or the record names, and whoever types."""
        policy = self.tracker.policy()
        assignment = record.assignment if record else None
        named = (
            self.actor,
            *(each for members in policy.roles.values() for each in members),
            *(part.owner for part in policy.components),
            record.reported.by if record else None,
            assignment.assignee if assignment else None,
            assignment.backup if assignment else None,
        )
        return {person.email: person for person in named if person is not None}

    @property
    def _drafts(self) -> Drafts:
        tracker = self.tracker
        return Drafts(ledger=tracker.ledger, now=tracker.now, clean=tracker.without_secrets)

    def _tell(self, message: Message) -> None:
        self._say(plain_message(message))

    def _say(self, text: str) -> None:
        self.terminal.say(text)
