"""A note in a bug's thread, with the people who have to hear of it.

An edited message tells nobody, so whoever has the bug now is mentioned, and whoever had set what is
replaced, or was it.
"""

from collections.abc import Sequence

from bot.blocks.answers import thread_note
from bot.blocks.elements import context, mrkdwn, plain
from bot.blocks.message import Message
from bot.blocks.text import mention, one_line
from bot.people import People
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.changes import Change, ChangeKind
from tracker.workflow.single_values import Replaced, told_replaced


def note_to_people(
    change: Change, record: BugRecord, replaced: Sequence[Replaced], people: People
) -> Message:
    """One change of a record, with what of others it replaced."""
    note = thread_note(change)
    blocks = [*note.blocks]
    if named := _assigned(change, record):
        blocks.append(context(mrkdwn(_mentions(named, people))))
    if replaced:
        told = one_line(told_replaced(replaced), 1500)
        blocks.append(context(plain(told), mrkdwn(_mentions(_concerned(change, replaced), people))))
    return Message(text=note.text, blocks=blocks)


def _assigned(change: Change, record: BugRecord) -> list[Person]:
    assignment = record.assignment
    if change.kind is not ChangeKind.ASSIGNMENT or assignment is None:
        return []
    return [person for person in (assignment.assignee, assignment.backup) if person]


def _concerned(change: Change, replaced: Sequence[Replaced]) -> list[Person]:
    """Whoever set a value, and whoever was that value, but not whoever replaced it."""
    found: dict[Person, None] = {}
    for each in replaced:
        found |= {each.by: None} | ({each.value: None} if isinstance(each.value, Person) else {})
    if change.entry is not None:
        found.pop(change.entry.by, None)
    return list(found)


def _mentions(named: Sequence[Person], people: People) -> str:
    return " ".join(mention(people.slack_id(person), person.name) for person in named)
