"""What text must look like before it is kept, so that every reader sees the same characters."""

import re
from typing import Final, TypeVar, cast

MAXIMUM_LENGTH: Final = 20_000

# Characters that are invisible, steer a terminal, turn the reading direction or divide the readers
# of YAML: C0 except tab and newline, DEL, C1 with U+0085, Unicode's Bidi_Control, U+2028/9,
# the byte order mark, noncharacters of the first plane, and halves of surrogate pairs.
UNSAFE_CHARACTER: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]"
)
_LINE_BREAK: Final = re.compile("\r\n|[\r\x85\u2028\u2029]")

Value = TypeVar("Value")


class TextTooLong(ValueError):  # noqa: N818 - the name says what happened, as the callers read it
    """A text has more characters than a field keeps."""

    def __init__(self, length: int, field: str = "") -> None:
        super().__init__(length, field)
        self.length = length
        self.field = field

    def __str__(self) -> str:
        """Say which text, how long it is and what to do."""
        where = f" in `{self.field}`" if self.field else ""
        return (
            f"The text{where} is {self.length:,} characters long, and at most"
            f" {MAXIMUM_LENGTH:,} are kept. Shorten it, or attach it as a file."
        )


def escape_character(character: str) -> str:
    r"""Give the visible form that Python programs use: `\x1b`, `\u202e`, `\U000e0001`."""
    return character.encode("unicode_escape").decode("ascii")


def normalise(text: str, *, field: str = "") -> str:
    r"""Make every line break `\n`, drop byte order marks and show other unsafe characters escaped.

    The escapes are plain ASCII text, so what somebody tried to hide can be read, and normalising
    again changes nothing. `field` only names the text in the error.

    Raises:
        TextTooLong: the result has more than 20,000 characters.
    """
    lines = _LINE_BREAK.sub("\n", text).replace("\ufeff", "")
    safe = UNSAFE_CHARACTER.sub(lambda found: escape_character(found[0]), lines)
    if len(safe) > MAXIMUM_LENGTH:
        raise TextTooLong(len(safe), field)
    return safe


def normalise_value(value: Value, *, field: str = "") -> Value:
    """Normalise every text in dictionaries and lists, keys included; other values stay as they are.

    Raises:
        TextTooLong: one of the texts is too long; it carries the dotted path of its field.
    """
    result: object = value
    if isinstance(value, str):
        result = normalise(value, field=field)
    elif isinstance(value, dict):
        prefix = f"{field}." if field else ""
        result = {
            normalise_value(key, field=field): normalise_value(item, field=f"{prefix}{key}")
            for key, item in value.items()
        }
    elif isinstance(value, list):
        result = [
            normalise_value(item, field=f"{field}[{index}]") for index, item in enumerate(value)
        ]
    return cast("Value", result)
