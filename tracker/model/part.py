"""What every piece of a record has in common."""

from datetime import timedelta
from typing import Annotated

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from tracker.model.duration import WRITTEN, parse_duration, write_duration


class Part(BaseModel):
    """A frozen piece of a record, an action or the policy; unknown keys are errors."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        populate_by_name=True,
        str_strip_whitespace=True,
    )


Moment = Annotated[
    AwareDatetime,
    Field(examples=["2024-12-31T12:15:00Z"], description="RFC 3339 with an offset."),
]
"""A point in time that knows its offset (RFC 3339)."""

Duration = Annotated[
    timedelta,
    BeforeValidator(parse_duration),
    PlainSerializer(write_duration, return_type=str),
    WithJsonSchema({"type": "string", "pattern": WRITTEN.pattern, "examples": ["15m", "4h"]}),
]
"""A span of time, written as a number and a unit."""

Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\n]*$")]
"""One line of plain text."""

Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
"""Markdown that people read: the only text that is rendered as more than text."""

Verbatim = Annotated[str, Field(min_length=1, max_length=20_000)]
"""Text shown exactly as it is: a command, its output, code."""

Key = Annotated[str, Field(pattern=r"^[0-9a-z]{6}$", examples=["4f7k2c"])]
"""A short key that keeps a list item apart from its neighbours through merges."""
