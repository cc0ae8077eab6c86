"""Take apart what a person typed after `/bug` or `/hotfix`; nothing here asks anybody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Final

from bot.hotfix_words import HOTFIX_WORDS, is_step, nearest_step
from bot.typed_id import Styles, id_anywhere, typed_id
from bot.typed_pairs import first_pair, known_keys, read_pairs
from tracker.workflow.filter_keys import FILTERS
from tracker.workflow.verbs import VERBS, nearest, slip

LOOKS: Final = (
    "show",
    "list",
    "search",
    "similar",
    "history",
    "readiness",
    "investigate",
    "prompt",
    "metrics",
    "help",
)
"""Words of `/bug` that are no actions of the workflow."""
DOWN: Final = "down"
"""The word of the report for when production is down."""

_LIST_KEYS: Final = frozenset(FILTERS)
_WITHOUT_ID: Final = frozenset({"report", DOWN, "list", "search", "metrics", "help"})
_ORDERLESS: Final = frozenset(
    {"triage", "assign", "approve-document", "publish", *LOOKS} - _WITHOUT_ID
)
"""Words that take no free text, so that the number may stand anywhere behind them."""
_ARGUMENTS: Final = {
    "triage": re.compile(r"(?<!\S)P[0-9]+(?!\w)", re.IGNORECASE),
    "assign": re.compile(r"<@|(?<!\S)(?:me|backup|eta)(?!\S)|\S+@\S+", re.IGNORECASE),
    "publish": re.compile(r"(?<!\S)(?:release|post)", re.IGNORECASE),
    "prompt": re.compile(r"(?<!\S)(?:triage|root|fix|release|post)", re.IGNORECASE),
}
"""What a word is followed by when it is not the words of a title."""
_SHORTHANDS: Final = (
    (re.compile(r"P[0-9]+(?!\w)", re.IGNORECASE), "triage"),
    (re.compile(r"<@|(?:me|myself)(?=\s*$|\s+(?:backup|eta)\b)", re.IGNORECASE), "assign"),
)
"""What may follow a number without its verb: `42 P1`, `42 @engineer`, `42 me backup @senior`."""
_LIKELY: Final = 0.75
_SAID_OTHERWISE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("fix", "fixed"), "submit-fix"),
    **dict.fromkeys(("done", "finish", "resolve", "resolved"), "close"),
    "deployed": "deploy",
    "review": "approve",
    "status": "show",
}
"""What people type who do not remember the verb."""


@dataclass(frozen=True, kw_only=True)
class CommandLine:
    """A command: its word, the bug's id when one was typed, and the rest.

    `word` is a verb of the workflow, one of `LOOKS`, `DOWN`, or `status` for `/hotfix status`.
    `typed` is everything after the word and the id, with `text` and `pairs` taken from it.
    """

    word: str
    bug: str | None = None
    typed: str = ""
    text: str = ""
    pairs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Misread:
    """A word that is no command, and the one that was probably meant.

    `meant` is the whole line with that word in its place; `whole` is what was typed.
    """

    typed: str
    nearest: str | None
    meant: CommandLine | None = None
    whole: str = ""


def parse_bug(text: str, styles: Styles) -> CommandLine | Misread:
    """Read what follows `/bug`: a verb, a word of `LOOKS`, an id, or the report of a new bug."""
    first, rest = _split(text)
    word = _known(first, (*VERBS, *LOOKS, DOWN))
    if word is not None:
        return _command(word, rest, styles)
    if _dashed(first) == "hotfix" and _is_of_hotfix(rest, styles):
        return after_hotfix(parse_hotfix(rest, styles))
    if (bug := typed_id(first, styles)) is not None:
        return _about(bug, rest, styles) or _mistyped(text, styles, bug) or _report(text)
    return _mistyped(text, styles) or _report(text)


def parse_hotfix(text: str, styles: Styles) -> CommandLine | Misread:
    """Read what follows `/hotfix`: a step, `status`, `help`, or the id of a bug."""
    first, rest = _split(text or "status")
    if (bug := typed_id(first, styles)) is not None:
        if not rest:
            return CommandLine(word="status", bug=bug)
        first, rest = _split(rest)
        rest = f"{bug} {rest}"
    word = HOTFIX_WORDS.get(_dashed(first))
    if word == "help":
        topic = HOTFIX_WORDS.get(_dashed(_split(rest)[0]), rest or "hotfix")
        return CommandLine(word=word, typed=topic)
    if word is not None:
        return _command(word, rest, styles)
    meant = nearest_step(_dashed(first))
    line = _command(HOTFIX_WORDS[meant], rest, styles) if meant else None
    return Misread(typed=first, nearest=meant, meant=line, whole=text)


def parse_mention(text: str, styles: Styles) -> CommandLine | Misread:
    """Read what follows `@bugbook`; a text without a verb is no report there."""
    if not text.strip():
        return CommandLine(word="help")
    line = parse_bug(text, styles)
    first, rest = _split(text)
    if isinstance(line, CommandLine) and line.word == "report" and _dashed(first) != "report":
        meant = nearest(_dashed(first), (*VERBS, *LOOKS))
        corrected = _command(meant, rest, styles) if meant else None
        return Misread(typed=first, nearest=meant, meant=corrected, whole=text)
    return line


def words_of_title(line: CommandLine) -> tuple[str, str]:
    """The words by which a bug was named instead of its number, and the text behind them.

    Only where no free text is asked for: in `assign redemption fails @engineer` they are the first
    two, in `note redemption fails` all is the note.
    """
    if line.bug is not None or line.word not in _ORDERLESS:
        return "", line.text
    shape = _ARGUMENTS.get(line.word)
    if shape is None:
        return (line.text, "") if line.word in LOOKS else ("", line.text)
    found = shape.search(line.text)
    place = found.start() if found is not None else len(line.text)
    return line.text[:place].strip(), line.text[place:].strip()


def _command(word: str, rest: str, styles: Styles) -> CommandLine:
    keys = known_keys(word) if word in VERBS else _LIST_KEYS if word == "list" else frozenset()
    bug = None
    if word not in _WITHOUT_ID:
        bug, rest = _taken_id(word, rest, styles, keys)
    text, pairs = read_pairs(rest, keys)
    return CommandLine(word=word, bug=bug, typed=rest, text=text, pairs=pairs)


def _taken_id(word: str, rest: str, styles: Styles, keys: frozenset[str]) -> tuple[str | None, str]:
    """The id that stands first, or anywhere before the pairs where no free text is asked for."""
    first, after = _split(rest)
    found = typed_id(first, styles)
    if found is not None or word not in _ORDERLESS:
        return found, after if found is not None else rest
    return id_anywhere(rest, first_pair(rest, keys), styles)


def _about(bug: str, rest: str, styles: Styles) -> CommandLine | None:
    """`42`, `42 triage P1` and `42 P1`; None when words follow that are no command."""
    if not rest:
        return CommandLine(word="show", bug=bug)
    first, after = _split(rest)
    word = _known(first, (*VERBS, *LOOKS))
    if word is not None and word not in _WITHOUT_ID:
        return _command(word, f"{bug} {after}", styles)
    short = next((verb for shape, verb in _SHORTHANDS if shape.match(rest)), None)
    return _command(short, f"{bug} {rest}", styles) if short is not None else None


def _mistyped(text: str, styles: Styles, bug: str = "") -> Misread | None:
    """A word that is nearly a verb or means one, alone or beside an id: too little for a report.

    A clear slip is asked about whatever follows: `repotr checkout is broken`.
    """
    first, rest = _split(_split(text)[1] if bug else text)
    second, after = _split(rest)
    if _dashed(f"{first}-{second}") in VERBS:  # `submit fix 42`, as its button is called
        first, rest = f"{first} {second}", after
    slipped = slip(_dashed(first), (*VERBS, *LOOKS))
    said = slipped or _SAID_OTHERWISE.get(_dashed(first))
    meant = said or nearest(_dashed(first), (*VERBS, *LOOKS))
    alone = not rest or bool(slipped) or typed_id(_split(rest)[0], styles) is not None
    if bug:  # words follow a number in reports too: `42 is the answer`
        alone = SequenceMatcher(None, _dashed(first), meant or "").ratio() >= _LIKELY
    if meant is None or not alone:
        return None
    line = _command(meant, f"{bug} {rest}".strip(), styles)
    return Misread(typed=first, nearest=meant, meant=line, whole=text)


def _report(text: str) -> CommandLine:
    return CommandLine(word="report", typed=text.strip(), text=text.strip())


def _split(text: str) -> tuple[str, str]:
    parts = text.split(None, 1)
    return (parts[0], parts[1] if len(parts) > 1 else "") if parts else ("", "")


def _known(typed: str, words: tuple[str, ...]) -> str | None:
    return _dashed(typed) if _dashed(typed) in words else None


def _dashed(typed: str) -> str:
    return re.sub("[ _]", "-", typed.lower())


def _is_of_hotfix(rest: str, styles: Styles) -> bool:
    """Whether what follows `hotfix` is for that command, and no more of a report's title."""
    first, after = _split(rest)
    word = _split(after)[0] if typed_id(first, styles) else first
    others = [each for each in rest.split() if typed_id(each, styles) is None]
    return is_step(_dashed(word), alone=others == [word])


def after_hotfix(line: CommandLine | Misread) -> CommandLine | Misread:
    """What follows `/hotfix`, as it follows another command with `hotfix` before it."""
    if isinstance(line, CommandLine):
        return line
    meant = f"hotfix {line.nearest}" if line.nearest else None
    return replace(line, typed=f"hotfix {line.typed}", nearest=meant, whole=f"hotfix {line.whole}")
