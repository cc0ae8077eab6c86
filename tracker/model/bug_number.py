"""Bug numbers: parse, print, folder; loaded in no time, unlike the models (design §3)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

BUG_ID = re.compile(r"^(?P<prefix>[A-Z][A-Z0-9]{0,9})-(?P<number>[0-9]{1,9})$")
_RECORD_PATH = re.compile(r"bugs/[0-9]{3,}/(?P<id>[^/]+)\.yaml")
TYPED = re.compile(r"^(?:(?P<prefix>[A-Za-z][A-Za-z0-9]{0,9}?)-?)?#?(?P<number>[0-9]{1,9})$")


class NumberStyle(Protocol):
    """One kind of number."""

    @property
    def prefix(self) -> str:
        """Letters before the dash."""
        ...

    def of(self, number: int) -> str:
        """The id with this number."""
        ...


@dataclass(frozen=True)
class Numbering:
    """A kind of number, without the checks of the policy that it was read from."""

    prefix: str
    width: int

    def of(self, number: int) -> str:
        """The id with this number."""
        return id_of(self.prefix, self.width, number)


def id_of(prefix: str, width: int, number: int) -> str:
    """The id with this number, padded with zeros."""
    return f"{prefix}-{number:0{width}d}"


def number_of(bug_id: str) -> int:
    """The number in an id; ``ValueError`` when the text is not one."""
    match = BUG_ID.match(bug_id)
    if match is None:
        message = f"`{bug_id}` is not a bug id."
        raise ValueError(message)
    return int(match["number"])


def meant_ids(typed: str, styles: Iterable[NumberStyle]) -> tuple[str, ...]:
    """Ids that ``42``, ``bug-42`` or ``BUG-0042`` may mean, the likeliest first; none is no id.

    A bare number may be of any style; a known prefix is padded to its width.
    """
    match = TYPED.match(typed.strip())
    if match is None:
        return ()
    prefix, number = match["prefix"], int(match["number"])
    return tuple(
        style.of(number) for style in styles if prefix is None or style.prefix == prefix.upper()
    )


def mistyped(bug_id: str) -> Iterator[str]:
    """Ids that differ by one digit that is wrong, missing or too many, or by two that swapped."""
    prefix, _, digits = bug_id.partition("-")
    found: set[str] = set()
    for place in range(len(digits) + 1):
        before, after = digits[:place], digits[place:]
        for digit in "0123456789":
            found |= {f"{before}{digit}{after}", f"{before}{digit}{after[1:]}"}
        found |= {f"{before}{after[1:]}", f"{before}{after[1:2]}{after[:1]}{after[2:]}"}
    ids = (f"{prefix}-{number}" for number in sorted(found - {digits}))
    yield from (each for each in ids if BUG_ID.match(each))


def canonical_id(typed: str, styles: Iterable[NumberStyle]) -> str | None:
    """The id that typed text most likely means; ``None`` when it is no id."""
    return next(iter(meant_ids(typed, styles)), None)


def record_path(bug_id: str) -> str:
    """Where a bug's record lies below the repository's root: folder = number // 1000."""
    return f"bugs/{number_of(bug_id) // 1000:03d}/{bug_id}.yaml"


def is_record_path(path: str) -> bool:
    """Whether a file lies where records lie, whatever is in it."""
    return _RECORD_PATH.fullmatch(path) is not None


def id_in_path(path: str) -> str | None:
    """The id that a record's path names; None for the path of something else."""
    match = _RECORD_PATH.fullmatch(path)
    if match is None or not BUG_ID.match(match["id"]):
        return None
    return match["id"] if path == record_path(match["id"]) else None
