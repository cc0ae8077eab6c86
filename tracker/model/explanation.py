"""What does not fit a model, told in the words of people: the same at every door."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from tracker.model.meaning import described
from tracker.model.part import Part

Location = tuple[str | int, ...]
"""Keys and list positions that lead to a value."""

UNKNOWN_KEY = "unknown-key"
"""The rule code of a key that no model has."""

MISSING_KEY = "missing-key"
"""The rule code of a key that is not there."""

ADD_IT = "add it"
"""What to do about it in a file."""

OWN_KEY = "x-"
"""Keys that teams add for themselves begin with it: kept in the file, ignored by us."""

_SHOWN_KEYS = 12
_MOST = 100  # a hostile file must cost neither much time nor many words
_TIME = "must be a time with its offset from UTC, such as `2024-12-31T12:15:00Z`"
_DAY = "must be a day, such as `2024-12-31`"
_LIST = "must be a list: put each item on its own line, beginning with `- `"
_MAPPING = "must be a mapping of `key: value` lines"
_WHOLE = "must be a whole number, without quotes"
_EXPECTED: Mapping[str, str] = MappingProxyType({
    "string_type": "must be a text: put it in quotes",
    "bool_type": "must be `true` or `false`, without quotes",
    "bool_parsing": "must be `true` or `false`, without quotes",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": "must be a number, without quotes",
    "float_parsing": "must be a number, without quotes",
    "timezone_aware": _TIME,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "dict_type": _MAPPING,
    "string_too_short": "must have at least {min_length} characters",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length} items",
    "too_long": "must have at most {max_length} items",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be at least {ge}",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be at most {le}",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One value that does not fit: where it is, a short rule code, a full sentence."""

    location: Location
    rule: str
    sentence: str
    meant: Location | None = None
    """Of a key that nobody knows, the place of the one that it looks like."""


def explain(model: type[Part], error: ValidationError) -> tuple[Explanation, ...]:
    """What pydantic found, a hundred at most, in sentences that say what is expected.

    Of a file that a newer version wrote, only that: the rest need not be wrong.
    """
    found = error.errors(include_url=False)[:_MOST]
    newer = tuple(_of_a_newer_version(details) for details in found if _is_newer(details))
    told = tuple(_explanation(model, details) for details in found)
    return newer or unless_mistyped(told, told)


def unless_mistyped(
    told: tuple[Explanation, ...], known: tuple[Explanation, ...]
) -> tuple[Explanation, ...]:
    """Leave out keys that are missing because they are mistyped: that is told, and is one slip."""
    meant = {each.meant for each in known}
    return tuple(each for each in told if each.rule != MISSING_KEY or each.location not in meant)


def _is_newer(details: ErrorDetails) -> bool:
    given = details["input"]
    return (
        details["loc"] == ("schema",)
        and details["type"] == "literal_error"
        and type(given) is int
        and given > int(details.get("ctx", {})["expected"])
    )


def _of_a_newer_version(details: ErrorDetails) -> Explanation:
    sentence = (
        f"This file was written by a newer version of bugbook, as format {details['input']}; this "
        f"version reads format {details.get('ctx', {})['expected']}: upgrade bugbook."
    )
    return Explanation(location=details["loc"], rule="newer-schema", sentence=sentence)


def _explanation(model: type[Part], details: ErrorDetails) -> Explanation:
    location, near = details["loc"], None
    match details["type"]:
        case "missing":
            rule, sentence = MISSING_KEY, _missing_key(model, location)
        case "extra_forbidden":
            near, sentence = _unknown_key(model, location)
            rule = UNKNOWN_KEY
        case _:
            rule, sentence = "wrong-value", f"{_name(location)} {_expected(model, details)}"
    end = "" if sentence.endswith((".", "?")) else "."
    meant = (*location[:-1], near) if near else None
    return Explanation(location=location, rule=rule, sentence=f"{sentence}{end}", meant=meant)


def _missing_key(model: type[Part], location: Location) -> str:
    _, field = _owner_and_field(model, location)
    meaning = f" ({field.description.rstrip('.')})" if field and field.description else ""
    return f"{_name(location)} is missing{meaning}: {ADD_IT}"


def _unknown_key(model: type[Part], location: Location) -> tuple[str | None, str]:
    """The nearest key and a sentence that suggests it; without one, which keys there are."""
    owner, _ = _owner_and_field(model, location)
    known = _keys(owner) if owner else ()
    near = difflib.get_close_matches(str(location[-1]), known, n=1)
    if near:
        return near[0], f"{_name(location)} is not a known key: did you mean `{near[0]}`?"
    shown = ", ".join(f"`{key}`" for key in known[:_SHOWN_KEYS])
    more = " and others" if len(known) > _SHOWN_KEYS else ""
    return None, (
        f"{_name(location)} is not a known key: use one of {shown}{more}, or begin your own keys"
        f" with `{OWN_KEY}`"
    )


def _expected(model: type[Part], details: ErrorDetails) -> str:
    """Say what a value must be; our own models' errors are sentences already."""
    context = details.get("ctx", {})
    match details["type"]:
        case "enum" | "literal_error":
            said = _one_of(str(context["expected"]), details["input"])
        case "value_error":
            said = f"cannot be used: {context['error']}"
        case "string_pattern_mismatch":
            said = _like(model, details["loc"])
        case kind if kind.startswith("datetime"):
            said = _TIME
        case kind if kind.startswith("date_"):
            said = _DAY
        case kind if kind in _EXPECTED:
            said = _EXPECTED[kind].format(**context)
        case _:
            said = f"cannot be used: {details['msg']}"
    return said


def _one_of(expected: str, given: object) -> str:
    choices = [part.strip("'") for part in expected.replace(" or ", ", ").split(", ")]
    if given in choices:
        return f"must be `{given}`, without quotes"
    near = difflib.get_close_matches(given, choices, n=1) if isinstance(given, str) else []
    hint = f": did you mean `{near[0]}`?" if near else ""
    return f"must be one of {', '.join(f'`{choice}`' for choice in choices)}{hint}"


def _like(model: type[Part], location: Location) -> str:
    _, field = _owner_and_field(model, location)
    if field is None or not field.examples:
        return "must be one line" if field is None else f"must fit: {field.description}"
    return f"must look like `{field.examples[0]}`"


def _owner_and_field(
    model: type[Part], location: Location
) -> tuple[type[BaseModel] | None, FieldInfo | None]:
    """Find the model that owns the last key of a location, and the field, if it has it."""
    owner: type[BaseModel] | None = model
    field: FieldInfo | None = None
    for step in location:
        if field is not None and isinstance(step, int):
            continue
        if field is not None:
            owner = _model_in(field.annotation)
        field = _field_named(owner, step)
        if field is None:
            break
    return owner, field


def _field_named(owner: type[BaseModel] | None, step: str | int) -> FieldInfo | None:
    fields = described(owner) if owner else {}
    return next((field for name, field in fields.items() if step in {name, field.alias}), None)


def _model_in(annotation: object) -> type[BaseModel] | None:
    """Find the model inside `X | None`, `tuple[X, ...]`, `dict[str, X]` and their like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model is not None), None)


def _keys(owner: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in owner.model_fields.items())


def _name(location: Location) -> str:
    """Write a location as people do: `timeline[2].by`."""
    steps = [step for step in location if step != "[key]"]
    text = "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps)
    return f"`{text.removeprefix('.')}`" if text else "The file"
