"""The Slack ids of everybody whom a bug's messages mention."""

from bot.people import People
from tracker.model.person import Person
from tracker.model.record import BugRecord


def people_of(record: BugRecord) -> frozenset[Person]:
    """Return who has to do with a bug: reporter, assignee, backup, commander, other roles."""
    assignment, hotfix = record.assignment, record.hotfix
    named = (
        record.reported.by,
        assignment.assignee if assignment else None,
        assignment.backup if assignment else None,
        hotfix.commander if hotfix else None,
        *(taken.person for taken in record.responders),
    )
    return frozenset(person for person in named if person is not None)


def remembered_ids(record: BugRecord, people: People) -> dict[str, str]:
    """Return what `slack_ids` does, as far as Slack need not be asked."""
    found = ((person.email, people.remembered_id(person)) for person in people_of(record))
    return {email: user_id for email, user_id in found if user_id}


def slack_ids(record: BugRecord, people: People) -> dict[str, str]:
    """Return the Slack ids by e-mail; people whom Slack does not know are left out."""
    found = ((person.email, people.slack_id(person)) for person in people_of(record))
    return {email: user_id for email, user_id in found if user_id is not None}
