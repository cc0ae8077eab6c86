"""What is wrong with an entry, in words of people, and at which input."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import ValidationError

from bot.blocks.text import cut
from bot.forms.layout import Form

MISSING: Final = "Fill this in."
_LONGEST: Final = 1000
_PATTERNS: Final = (
    ("[^\\n]", "Write it on one line."),
    ("INC-", "Write an incident’s number, such as INC-2026-0007."),
    ("A-Z", "Write a bug’s number, such as BUG-0042."),
    ("{6}", "Choose one of the items."),
)


def problems_by_input(error: ValidationError, form: Form) -> dict[str, str]:
    """One sentence for each input that pydantic complains about."""
    found: dict[str, list[str]] = {}
    for problem in error.errors():
        name = input_for(".".join(str(part) for part in problem["loc"]), form)
        found.setdefault(name, []).append(_sentence(problem))
    return joined(found)


def input_for(field: str, form: Form) -> str:
    """The input where a field belongs: its own, that of the part it is in, or the first.

    Only inputs that are shown for every record are named, since Slack fails a form otherwise.
    """
    names = [item.name for item in form.all_inputs if item.is_steady]
    aliases = form.aliases or {}
    for depth in range(field.count(".") + 1, 0, -1):
        part = ".".join(field.split(".")[:depth])
        found = aliases.get(part, part)
        for name in (found, f"{found}_more"):
            if name in names:
                return name
    return next((name for name in names if name.startswith(f"{field}.")), names[0])


def joined(found: Mapping[str, list[str]]) -> dict[str, str]:
    """The sentences of each input as one text, each said once."""
    return {name: cut(" ".join(dict.fromkeys(told)), _LONGEST) for name, told in found.items()}


def _sentence(problem: Mapping[str, Any]) -> str:
    context: Mapping[str, Any] = problem.get("ctx") or {}
    number = next((part + 1 for part in problem["loc"] if isinstance(part, int)), None)
    place = f"Entry {number}: " if number is not None else ""
    told = {
        "missing": MISSING,
        "string_too_short": f"Write at least {context.get('min_length')} characters.",
        "string_too_long": f"Write at most {context.get('max_length')} characters.",
        "enum": f"Choose one of {context.get('expected')}.",
        "value_error": str(context.get("error")),
        "string_pattern_mismatch": _pattern(str(context.get("pattern"))),
    }.get(problem["type"], f"{str(problem['msg']).rstrip('.')}.")
    return f"{place}{told}"


def _pattern(pattern: str) -> str:
    known = (sentence for mark, sentence in _PATTERNS if mark in pattern)
    return next(known, f"Write it like {pattern}.")
