"""Which bugs a person means by `list P1 testing mine` or `search signature`; pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.slack_text import mentioned
from tracker.model.person import Person
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.model.trouble import TroubleError
from tracker.workflow.bug_filter import BugFilter
from tracker.workflow.filter_keys import FILTERS, pairs_in_words
from tracker.workflow.verbs import nearest

_STATES = {status.value.replace("_", "-"): status for status in Status}
_CHOICES = {"severity": tuple(Severity), "status": (*_STATES, "open", "all")}


class UnknownFilterError(TroubleError):
    """A filter, a severity or a state was asked for that there is none of."""


@dataclass(kw_only=True)
class _Reading:
    """What was understood so far of the words of a filter."""

    people: Mapping[str, Person]
    severities: list[Severity] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    closed_too: bool = False
    assignee: str = ""
    words: list[str] = field(default_factory=list)

    def read(self, word: str) -> None:
        plain = word.lower().replace("_", "-")
        if word.upper() in set(Severity):
            self.severities.append(Severity(word.upper()))
        elif plain in _STATES:
            self.statuses.append(_STATES[plain])
        elif plain in {"open", "all"}:
            self.closed_too = plain == "all"
        elif (person := self._person(word)) is not None:
            self.assignee = person.email
        else:
            self.words.append(word)

    def _person(self, word: str) -> Person | None:
        if word.lower() in {"mine", "me"}:
            return self.people[""]
        if word.lower() in self.people:
            return self.people[word.lower()]
        return next((self.people[found] for found in mentioned(word) if found in self.people), None)


def read_filter(
    text: str, pairs: Mapping[str, str], *, me: Person, people: Mapping[str, Person]
) -> BugFilter:
    """Read the words of `/bug list`; `people` are those mentioned, by Slack id, or all by e-mail.

    Severities, states, `open`, `all`, `mine` and people are understood; other words are looked
    for in the text of the bug. Raises UnknownFilterError for `status=` and `severity=` of nothing,
    `assignee=` of nobody, and for a `key=` that is nearly a filter.
    """
    for said in (text, *pairs.values()):
        refuse_mistyped(said)
    for key, choices in _CHOICES.items():
        _check(key, pairs.get(key, ""), choices)
    _check_people(pairs.get("assignee", ""), people)
    reading = _Reading(people={**people, "": me})
    named: Iterable[str] = (pairs.get(key, "") for key in ("severity", "status", "assignee"))
    for word in " ".join((text, *named)).split():
        reading.read(word)
    return BugFilter(
        statuses=tuple(reading.statuses),
        severities=tuple(reading.severities),
        is_open=None if reading.closed_too or reading.statuses else True,
        assignee=reading.assignee,
        category=pairs.get("category", ""),
        component=pairs.get("component", ""),
        text=" ".join(reading.words),
    )


def refuse_mistyped(text: str, *, unlikely_too: bool = False) -> None:
    """Raise UnknownFilterError for a `key=` among words that is nearly a filter.

    One that is like none may be text that a bug holds; where no bug does, it is refused as well.
    """
    for key, _, meant in pairs_in_words(text):
        if meant or unlikely_too:
            question = f" Did you mean `{meant}=`?" if meant else ""
            known = ", ".join(f"`{name}=`" for name in FILTERS)
            message = f"`{key}=` is no filter of a list.{question} The filters are {known}."
            raise UnknownFilterError(message)


def _check_people(value: str, people: Mapping[str, Person]) -> None:
    """Refuse a name of nobody, by which no bug would be found as if nobody had one."""
    for word in value.split():
        if word.lower() not in {"mine", "me", *people} and not mentioned(word) & people.keys():
            message = f"`{word}` is nobody whom Bugbook knows: name somebody as `@name`, or `me`."
            raise UnknownFilterError(message)


def _check(key: str, value: str, choices: tuple[str, ...]) -> None:
    known = tuple(choice.lower() for choice in choices)
    for word in value.split():
        plain = word.lower().replace("_", "-")
        if plain not in known:
            meant = nearest(plain, known)
            question = f" Did you mean `{meant}`?" if meant else ""
            message = f"`{word}` is no {key}.{question} Choose from: {', '.join(choices)}."
            raise UnknownFilterError(message)
