"""Which bug a command is about when none was typed; pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Final

from tracker.model.bug_summary import BugSummary
from tracker.model.person import Person
from tracker.workflow.transitions import MOVES, allowed
from tracker.workflow.verbs import VERBS

_SHOWN = 8
_NEW: Final = timedelta(minutes=30)  # as long as typed words wait
_DECLARE: Final = "hotfix-declare"
_ON_TRACK: Final = frozenset(
    {"status", *(verb for verb in VERBS if "hotfix-" in verb)} - {_DECLARE}
)
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
    standing: Sequence[BugSummary], caller: Person, verb: str, now: datetime, text: str = ""
) -> Choice:
    """The caller's only bug among the open ones; for the hotfix track its only open bug.

    A bug whose state does not expect a move is none for it, as long as another one does. The
    assignee's bugs, and what the caller has just reported, come before what the caller reported
    earlier. Somebody without any chooses among all that are open. Where `text` begins with a word
    of another bug's title, it is asked.
    """
    whose = _by_whose(standing, caller, verb, now)
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


def _by_whose(standing: Sequence[BugSummary], caller: Person, verb: str, now: datetime) -> Choice:
    able = [bug for bug in standing if _expects(bug, verb)]
    if verb in _ON_TRACK and len(able) == 1:
        return Choice(bug=able[0])
    mine = [bug for bug in standing if _is_assigned(bug, caller) or _concerns(bug, caller)]
    fitting = [bug for bug in mine if _expects(bug, verb)]
    if able and mine and not fitting:
        return Choice(candidates=(*able, *mine)[:_SHOWN])
    pool = fitting or mine
    first = [bug for bug in pool if _is_assigned(bug, caller) or _is_new(bug, caller, now)]
    group = first or pool
    if len(group) == 1:
        return Choice(bug=group[0])
    return Choice(candidates=tuple((group or able or standing)[:_SHOWN]))


def _expects(bug: BugSummary, verb: str) -> bool:
    """Whether a command makes sense for a bug where it stands; what is no move always does."""
    if verb in _ON_TRACK or verb == _DECLARE:
        return bug.on_hotfix_track is (verb != _DECLARE)
    return verb not in MOVES or verb in allowed(bug.status)


def _is_new(bug: BugSummary, caller: Person, now: datetime) -> bool:
    return bug.reporter_email == caller.email.lower() and now - bug.reported_at < _NEW


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
