"""What the console does with a line: read bugs, or judge and record an action, as the bot does."""

from dataclasses import dataclass, replace
from pathlib import Path

from bot.blocks.bug_list import MOST_LISTED, bug_list
from bot.blocks.card import bug_details
from bot.blocks.findings import evidence_result, search_result
from bot.blocks.help_page import help_message
from bot.blocks.hotfix_sheet import hotfix_status
from bot.blocks.message import Message
from bot.blocks.numbers import numbers
from bot.bug_filter import read_filter, refuse_mistyped
from bot.bug_finding import Found, find
from bot.command_line import DOWN, LOOKS, CommandLine, Misread
from bot.console.entering import Entering
from bot.console.named_people import named_people, with_mentions
from bot.console.plain import plain_message
from bot.console.questions import Terminal
from bot.console.recording import Recording
from bot.console.typed_line import read_line
from bot.forms.form import (
    quick_action,
)
from bot.forms.layout import SHORT
from bot.outage_words import tells_of_outage
from bot.studies import prompt_kind, study, which_prompt
from bot.typed_draft import typed_draft
from bot.typed_id import typed_id
from tracker.assembly import BugFilter, Inquiry, Tracker, Wish
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.prompt import prompt

READS = frozenset({*LOOKS, "status"})
_NEW = frozenset({DOWN, "report"})
_MOST_HITS = 16  # one more than are shown


class Instead(Exception):  # noqa: N818 - nothing is wrong; a person has changed their mind
    """Somebody answers the question for a bug with another command."""

    def __init__(self, typed: str) -> None:
        super().__init__(typed)
        self.typed = typed


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
        try:
            return self._do(text)
        except Instead as other:
            return self.do(other.typed)

    def _do(self, text: str) -> bool:
        line = read_line(text, self.tracker.policy().ids)
        if isinstance(line, Misread):
            meant = f" Did you mean `{line.nearest}`?" if line.nearest else ""
            self._say(f"There is no command `{line.typed[:60]}`.{meant} `help` lists them all.")
            return False
        if line.word in READS:
            return self._read(line)
        line, people = with_mentions(line)
        record = self._bug(line)
        if record is None and line.word not in _NEW:
            return False
        return self._act(line, record, people)

    def _read(self, line: CommandLine) -> bool:
        policy, now = self.tracker.policy(), self.tracker.now()
        match line.word:
            case "help":
                self._tell(help_message(line.typed.strip() or None))
            case "list":
                people = {each.email: each for each in self._people(None).values()}
                wanted = read_filter(line.text, line.pairs, me=self.actor, people=people)
                found = self.tracker.listing(wanted, most=MOST_LISTED)
                if not found.total:
                    refuse_mistyped(wanted.text, unlikely_too=True)
                shown = tuple(self.tracker.records_of(found.bugs))
                self._tell(bug_list(shown, policy, now, total=found.total))
            case "search" if not line.typed:
                self._say("Say what to look for: search signature.")
                return False
            case "search":
                hits = self.tracker.search(line.typed, most=_MOST_HITS).hits
                self._tell(search_result(hits, _MOST_HITS))
            case "status" if line.bug is None and not self._has_hotfix():
                self._tell(help_message("hotfix"))
            case "metrics":
                self._tell(numbers(self.tracker.metrics(now, sources=False).slices, self.site_url))
            case _:
                record = self._bug(line)
                return record is not None and self._look(line, record)
        return True

    def _has_hotfix(self) -> bool:
        on_track = BugFilter(is_open=True, on_hotfix_track=True)
        return bool(self.tracker.listing(on_track, most=1).bugs)

    def _look(self, line: CommandLine, record: BugRecord) -> bool:
        """Tell what a word asks about one bug."""
        policy, now = self.tracker.policy(), self.tracker.now()
        match line.word:
            case "show":
                self._tell(bug_details(record, policy, now, self.site_url, {}))
            case "status":
                self._tell(hotfix_status(record, policy, now))
            case "investigate":
                return self._investigate(record)
            case "prompt" if kind := prompt_kind(line.text):
                self._say(prompt(record, kind, policy, self.tracker.without_secrets))
            case "prompt":
                self._tell(which_prompt(record.id))
                return False
            case _:
                self._tell(study(self.tracker, line.word, record))
        return True

    def _investigate(self, record: BugRecord) -> bool:
        """Gather evidence, show it, and record it in one commit."""
        gathered = self.tracker.investigate(Inquiry(record=record, folder=Path.cwd()))
        steps = gathered.plan.steps if gathered.plan else ()
        self._tell(evidence_result(record, steps, gathered.remarks))
        if gathered.plan is None:
            return True
        recording = Recording(
            tracker=self.tracker, actor=self.actor, terminal=self.terminal, bug=record
        )
        return recording.record(gathered.plan) is not None

    def _bug(self, line: CommandLine) -> BugRecord | None:
        """The bug that was named or can only be meant."""
        if line.word in _NEW:
            return None
        found = find(self.tracker, self.actor, line)
        return found.record or self._ask(found)

    def _ask(self, found: Found) -> BugRecord | None:
        """Let a person choose; what is no number is the command that they type instead."""
        if not found.candidates:
            self._say(found.lead or "No open bug is yours: type the number of one.")
            return None
        self._say(found.lead or "Which bug do you mean?")
        for bug in found.candidates:
            self._say(f"  {bug.id}  {bug.title}  ({bug.status.words})")
        typed = self.terminal.read("Its number, or Enter for none: ").strip()
        if typed and typed_id(typed, self.tracker.policy().ids) is None:
            raise Instead(typed)
        return self.tracker.load(typed) if typed else None

    def _act(
        self, line: CommandLine, record: BugRecord | None, written: tuple[Person, ...]
    ) -> bool:
        is_outage = line.word in _NEW and (line.word == DOWN or tells_of_outage(line.text))
        verb = "report" if line.word == DOWN else line.word
        draft = typed_draft(replace(line, word=verb), self.actor.email, self.tracker.now())
        policy = self.tracker.policy()
        people = {**{each.email: each for each in written}, **self._people(record)}
        entering = Entering(
            tracker=self.tracker,
            actor=self.actor,
            terminal=self.terminal,
            verb=verb,
            bug=record,
            people=people,
            part=SHORT if is_outage else "",
        )
        action = quick_action(verb, draft.text, draft.pairs, record, policy, people)
        if action is not None:
            return entering.record(action) is not None
        wish = Wish(verb=verb, bug=record.id if record else None, actor=self.actor)
        if reasons := self.tracker.obstacles(wish):
            entering.refuse(reasons)
            return False
        return entering.enter(draft)

    def _people(self, record: BugRecord | None) -> dict[str, Person]:
        named = (self.actor, *named_people(self.tracker.policy(), record))
        return {person.email: person for person in named}

    def _tell(self, message: Message) -> None:
        self._say(plain_message(message))

    def _say(self, text: str) -> None:
        self.terminal.say(text)
