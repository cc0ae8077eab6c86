"""Which bug a command is about when none was typed; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from tracker.model.bug_summary import BugSummary
from tracker.model.person import Person

_SHOWN = 8
_FEW: Final = 3  # bugs with one word in their titles; more, and it is a word like any other
_LONG_ENOUGH: Final = 4
_COMMON_WORDS: Final = (
    "after again also before both broken cannot could customer customers does down error errors"
    " every everything fail failed failing fails fixed found from have into issue issues just like"
    " looks more nobody nothing only other over problem problems production seems seen shown since"
    " slow some still that their them then there these they this time under until user users"
    " waiting what when where which while will with without work working works would wrong"
)
"""Words that a note begins with as well as a title."""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The one bug that is meant, or those that a person is asked to choose from."""

    bug: BugSummary | None = None
    candidates: tuple[BugSummary, ...] = ()
    lead: str = ""
    """Why it has to be asked, where that is not plain."""


def meant_bug(
    standing: Sequence[BugSummary], caller: Person, *, hotfix: bool = False, text: str = ""
) -> Choice:
    """The caller's only bug among the open ones; for the hotfix track its only open bug.

    The assignee's bugs come before those that the caller reported. Somebody without any chooses
    among all that are open. Where `text` begins with a word of another bug's title, it is asked.
    """
    whose = _by_whose(standing, caller, hotfix=hotfix)
    word, named = _begins_with_title(text, standing, whose.bug)
    if not named:
        return whose
    lead = ""
    if whose.bug is not None:
        titles = " and ".join(bug.id for bug in named)
        lead = (
            f"Nothing is recorded yet: “{word}” is in the title of {titles}, and without a number"
            f" this would be about {whose.bug.id}. Which bug do you mean?"
        )
    mine = whose.candidates if whose.bug is None else (whose.bug,)
    unique = {bug.id: bug for bug in (*named, *mine)}
    return Choice(candidates=tuple(unique.values())[:_SHOWN], lead=lead)


def _by_whose(standing: Sequence[BugSummary], caller: Person, *, hotfix: bool) -> Choice:
    on_track = [bug for bug in standing if bug.on_hotfix_track]
    if hotfix and len(on_track) == 1:
        return Choice(bug=on_track[0])
    assigned = [bug for bug in standing if _is_assigned(bug, caller)]
    for mine in (assigned, [bug for bug in standing if _concerns(bug, caller)]):
        if len(mine) == 1:
            return Choice(bug=mine[0])
        if mine:
            return Choice(candidates=tuple(mine[:_SHOWN]))
    return Choice(candidates=tuple(standing[:_SHOWN]))


def _is_assigned(bug: BugSummary, person: Person) -> bool:
    return person.email.lower() in {bug.assignee_email, bug.backup_email}


def _concerns(bug: BugSummary, person: Person) -> bool:
    return person.email.lower() in {bug.commander_email, bug.reporter_email}


def _begins_with_title(
    text: str, standing: Sequence[BugSummary], meant: BugSummary | None
) -> tuple[str, list[BugSummary]]:
    """The word that a text begins with, and the few other bugs that have it in their titles.

    A first word that is short or common counts only together with the second one.
    """
    typed = [_stem(word.strip(".,:;!?“”\"'()")) for word in text.split(None, 2)[:2]]
    name = typed[:1] if typed and _is_telling(typed[0]) else typed
    if not any(map(_is_telling, name)) or (meant is not None and _holds_any(meant, name)):
        return "", []
    named = [bug for bug in standing if set(name) <= _words(bug)]
    named.sort(key=lambda bug: -_words_alike(text, bug.title))
    shown = " ".join(text.split(None, 2)[: len(name)])
    return (shown, named) if len(named) <= _FEW else ("", [])


def _words_alike(text: str, title: str) -> int:
    """How many words a text and a title have in common from the first one on."""
    both = zip(re.findall(r"\w+", text), re.findall(r"\w+", title), strict=False)
    return len(list(takewhile(lambda pair: _stem(pair[0]) == _stem(pair[1]), both)))


def _holds_any(bug: BugSummary, name: Sequence[str]) -> bool:
    return not _words(bug).isdisjoint(word for word in name if _is_telling(word))


def _words(bug: BugSummary) -> set[str]:
    return set(map(_stem, re.findall(r"\w+", bug.title)))


def _stem(word: str) -> str:
    """A word as it is compared: `coupon` and `Coupons` are one."""
    lower = word.lower()
    return lower if lower in _COMMON else lower.removesuffix("s")


def _is_telling(stem: str) -> bool:
    return len(stem) >= _LONG_ENOUGH and stem not in _COMMON
