"""A person's home page in Slack, never larger than Slack takes."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.blocks.elements import (
    Block,
    actions,
    button,
    context,
    divider,
    header,
    ours,
    plain,
    section,
)
from bot.blocks.moves import choices, move_button
from bot.blocks.reminder import week_blocks
from bot.blocks.room_card import RETRY
from bot.blocks.text import one_line
from bot.blocks.words import severity_mark, severity_words
from bot.home_facts import Burning, HomeFacts, ToDo
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.outline import Outline

SEARCH: Final = "home-search"
"""The action id of the search field."""
NEW_BUG: Final = "-"

MINE: Final = 15
"""How many of a person's bugs are shown."""
_WAITING: Final = 15
_BURNING: Final = 10
_FOUND: Final = 15
_FAILED: Final = 5


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A side effect that does not work: of which bug, what, and why."""

    bug: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a search of the page found: the words, and the bugs with their titles."""

    words: str
    bugs: tuple[tuple[str, str], ...]


def home_view(
    facts: HomeFacts,
    policy: Policy,
    now: datetime,
    site_url: str,
    *,
    records: Mapping[str, BugRecord],
    failures: Sequence[Failure] = (),
    found: Found | None = None,
) -> dict[str, Any]:
    """The page: what burns on top, then what waits for this person, then theirs.

    `records` are those of the first `MINE` of theirs, by id, for the moves that come next.
    """
    blocks = [
        actions([move_button("report", NEW_BUG, primary=True)]),
        _search(),
        *(_found(found) if found is not None else []),
        *_failures(failures),
        *_burning(facts.burning),
        *_waiting(facts.waiting),
        *_mine(facts.mine, records, policy, now),
    ]
    if facts.week is not None:
        blocks += [divider(), header("The week"), *week_blocks(facts.week, policy, site_url)]
    return {"type": "home", "blocks": blocks}


def digest_of(view: dict[str, Any]) -> str:
    """A few characters that change when the page does."""
    written = json.dumps(view, sort_keys=True).encode()
    return hashlib.blake2s(written, digest_size=12).hexdigest()


def _search() -> Block:
    return {
        "type": "input",
        "block_id": SEARCH,
        "dispatch_action": True,
        "optional": True,
        "label": plain("Search all bugs"),
        "element": {
            "type": "plain_text_input",
            "action_id": SEARCH,
            "placeholder": plain("Words, an error message, a number"),
            "max_length": 200,
        },
    }


def _found(found: Found) -> list[Block]:
    title = header(f"Found for “{one_line(found.words, 100)}”")
    if not found.bugs:
        return [title, section(plain("No bug matches. Try fewer words.")), divider()]
    rows = [
        section(plain(f"{bug} {one_line(name, 200)}"), move_button("show", bug))
        for bug, name in found.bugs[:_FOUND]
    ]
    return [title, *rows, divider()]


def _failures(failures: Sequence[Failure]) -> list[Block]:
    rows = [
        section(ours(f"⚠️ {each.bug}: {one_line(each.text, 400)}"), _retry(each.bug))
        for each in failures[:_FAILED]
    ]
    return [header("Does not work"), *rows] if rows else []


def _retry(bug: str) -> Block:
    return button("Try again now", RETRY, bug)


def _burning(burning: tuple[Burning, ...]) -> list[Block]:
    rows = [_burns(each) for each in burning[:_BURNING]]
    if not rows:
        return [header("What burns"), section(plain("🟢 No target is at risk."))]
    return [header("What burns"), *rows, *_more(len(burning), _BURNING)]


def _burns(each: Burning) -> Block:
    bug, target = each.bug, each.target
    who = bug.assignee or "nobody yet"
    text = (
        f"{severity_mark(bug.severity)} {bug.id} {one_line(bug.title, 150)}\n"
        f"{target.name} {target.state.words}, due {target.due:%Y-%m-%d %H:%M %Z} · "
        f"{one_line(who, 60)}"
    )
    return section(plain(text), move_button("show", bug.id))


def _waiting(waiting: tuple[ToDo, ...]) -> list[Block]:
    rows = [
        section(plain(one_line(each.text, 300)), move_button(each.verb, each.bug))
        for each in waiting[:_WAITING]
    ]
    if not rows:
        rows = [section(plain("Nothing waits for you."))]
    return [header("Waits for you"), *rows, *_more(len(waiting), _WAITING)]


def _mine(
    mine: tuple[Outline, ...], records: Mapping[str, BugRecord], policy: Policy, now: datetime
) -> list[Block]:
    rows = [_row(bug, records.get(bug.id), policy, now) for bug in mine[:MINE]]
    if not rows:
        rows = [section(plain("No open bug is yours."))]
    return [header("Your bugs"), *rows, *_more(len(mine), MINE)]


def _row(bug: Outline, record: BugRecord | None, policy: Policy, now: datetime) -> Block:
    text = (
        f"{severity_words(bug.severity, policy)} · {bug.id} "
        f"{one_line(bug.title, 150)}\n{bug.status.words.capitalize()}"
    )
    following = choices(record, policy, now).usual if record is not None else ()
    return section(plain(text), move_button(following[0], bug.id) if following else None)


def _more(number: int, shown: int) -> list[Block]:
    if number <= shown:
        return []
    return [context(plain(f"And {number - shown} more: type /bug list."))]
