"""Short answers to what a person did."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.blocks.elements import Block, code_blocks, context, ours, plain, section
from bot.blocks.message import Message, message
from bot.blocks.moves import Choices, choices, move_button, remedy_buttons
from bot.blocks.text import one_line, quoted
from bot.blocks.words import command, severity_mark, verb_words
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.changes import Change
from tracker.workflow.context import Context
from tracker.workflow.decision import DONE, Reason
from tracker.workflow.hotfix_commands import hotfix_commands
from tracker.workflow.hotfix_track import missing_tests
from tracker.workflow.next_moves import next_hotfix_step, next_on_track, still_in_review

_ROOM: Final = 11_000
_SENTENCE: Final = 600
_MOST: Final = 44
_CHOICES: Final = 20
_WAITS: Final = 3


def refusal(reasons: Sequence[Reason], bug_id: str, verb: str) -> Message:
    """Every unmet condition, with a button that opens the form which meets it; each button once."""
    told = _without_repeats(reasons)
    yet = "" if any(reason.gate in DONE for reason in told) else " yet"
    summary = f"{verb_words(verb)} is not possible{yet} for {bug_id}. Nothing was changed."
    limit = min(_SENTENCE, _ROOM // max(len(told), 1))
    blocks = [section(plain(f"✋ {summary}"))]
    for reason, remedy in zip(told[:_MOST], remedy_buttons(told[:_MOST], bug_id), strict=True):
        told_so = f"{reason.sentence} {reason.waiver or ''}".rstrip()
        blocks.append(section(ours(f"• {one_line(told_so, limit)}"), remedy))
    if len(told) > _MOST:
        blocks.append(context(plain(f"And {len(told) - _MOST} more: fix these first.")))
    sentences = " ".join(reason.sentence for reason in told)
    return message(quoted(f"{summary} {sentences}"), blocks)


def done(
    record: BugRecord, sentence: str, policy: Policy, now: datetime, *, may_move: bool = True
) -> Message:
    """What changed, what can be done next, and the commands of a hotfix step that waits.

    Somebody who may not change bugs is offered the note that they may add.
    """
    context_now = Context(actor=record.reported.by, policy=policy, now=now, at=now)
    told = f"{sentence} {quoted(still_in_review(record, context_now))}".rstrip()
    text = f"✅ {record.id}: {one_line(told, 1500)}"
    if not record.status.is_open:
        return message(text, [section(plain(text))])
    if not may_move:
        return message(text, [section(plain(text), move_button("note", record.id))])
    by = record.timeline[-1].by if record.timeline else None
    offered = choices(record, policy, now, by)
    head = section(plain(text), move_button(offered.first, record.id))
    waits = _waits_for(offered) or _missing_tests(record, context_now)
    return message(text, [head, *waits, *_commands(record, context_now)])


def with_remark(answer: Message, remark: str) -> Message:
    """An answer with a sentence that its reader must not miss; the same one for an empty remark."""
    if not remark:
        return answer
    told = section(ours(f"⚠️ {one_line(remark, 1500)}"))
    return message(f"{answer.text} {quoted(remark)}", [answer.blocks[0], told, *answer.blocks[1:]])


def recording(bug_id: str, verb: str) -> Message:
    """That the action is accepted and on its way into the repository."""
    about = f" for {bug_id}" if bug_id else ""
    text = f"⏳ Recording “{verb_words(verb)}”{about}…"
    return message(text, [context(plain(text))])


def choose_bug(records: Sequence[BugRecord], verb: str, lead: str = "") -> Message:
    """The bugs that may be meant, each with a button that goes on with it."""
    if not records:
        told = lead or "No open bug is yours."
        text = quoted(f"{told} Name one: {command(verb)} BUG-0042, or see /bug list.")
        return message(text, [section(plain(text))])
    ask = lead or "Which bug do you mean?"
    text = quoted(f"{ask} You can also type its number: {command(verb, records[0].id)}")
    blocks = [section(plain(text)), *(_choice(record, verb) for record in records[:_CHOICES])]
    if len(records) > _CHOICES:
        blocks.append(context(plain(f"And {len(records) - _CHOICES} more: see /bug list.")))
    return message(text, blocks)


def thread_note(change: Change) -> Message:
    """One change, for the bug's thread: what happened, who did it, when."""
    text = one_line(change.sentence, 2500)
    blocks = [section(plain(text))]
    if change.entry is not None:
        by, at = change.entry.by.name, change.entry.at
        blocks.append(context(plain(f"{one_line(by, 100)}, {at:%Y-%m-%d %H:%M %Z}")))
    return message(text, blocks)


def _waits_for(offered: Choices) -> list[Block]:
    """What the next move waits for, where nothing can be done about it now."""
    if offered.first in offered.ready:
        return []
    return [context(ours(one_line(each.sentence, _SENTENCE))) for each in offered.missing[:_WAITS]]


def _missing_tests(record: BugRecord, context_now: Context) -> list[Block]:
    """The kinds of tests that a hotfix still needs on its way."""
    told = missing_tests(record, context_now)
    return [context(plain(told))] if told else []


def _commands(record: BugRecord, context_now: Context) -> list[Block]:
    """The commands of the hotfix step that can be taken now, filled in and ready to copy."""
    step = next_hotfix_step(record)
    due = next_on_track(record, context_now)
    commands = hotfix_commands(record, step, context_now.policy) if step is not None else ()
    if step is None or due != f"hotfix-{step.value}" or not commands:
        return []
    title = f"For the step {step.value}, run this; then record it with {command(due, record.id)}."
    return [context(plain(title)), *code_blocks("\n".join(commands))]


def _choice(record: BugRecord, verb: str) -> Block:
    words = f"{severity_mark(record.severity)} {record.id} {record.title} · {record.status.words}"
    return section(plain(words), move_button(verb, record.id))


def _without_repeats(reasons: Sequence[Reason]) -> list[Reason]:
    return list({reason.sentence: reason for reason in reasons}.values())
