"""What a commit says: a subject, and trailers that no text from elsewhere can forge."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_LONGEST_SUBJECT = 200
_LONGEST_VALUE = 500
_TRAILER = re.compile(r"([A-Za-z][A-Za-z0-9-]*): (.*)")


def compose_message(subject: str, trailers: Mapping[str, str]) -> str:
    """Write one line, an empty one, and the trailers that have a value.

    Every part is flattened to one line, so a line break in it cannot start a trailer; ours are
    the last paragraph, and only the last paragraph is ever read back.
    """
    lines = [
        f"{key}: {value}"
        for key, value in ((key, _flatten(text)) for key, text in trailers.items())
        if value
    ]
    head = _flatten(subject)[:_LONGEST_SUBJECT] or "Change"
    return "\n".join([head, "", *lines]) + "\n" if lines else f"{head}\n"


def read_subject(message: str) -> str:
    """Return the first line."""
    return message.split("\n", 1)[0].strip()


def read_trailers(message: str) -> Mapping[str, str]:
    """Return the trailers of the last paragraph, empty unless all of its lines are trailers.

    The first of two with the same key counts.
    """
    paragraphs = message.strip("\n").split("\n\n")
    found: dict[str, str] = {}
    for line in paragraphs[-1].split("\n") if len(paragraphs) > 1 else ():
        match = _TRAILER.fullmatch(line)
        if match is None:
            return MappingProxyType({})
        found.setdefault(match[1], match[2].strip())
    return MappingProxyType(found)


def _flatten(text: str) -> str:
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(visible.split())[:_LONGEST_VALUE]
