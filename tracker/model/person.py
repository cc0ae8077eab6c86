"""Who did something: one line in the file, a git author in the history."""

import re
from functools import lru_cache
from typing import Any

from pydantic import (
    ConfigDict,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from tracker.model.part import Part

_WRITTEN = re.compile(r"^\s*(?P<name>[^<>\n]*?)\s*<(?P<email>[^<>\s@]+@[^<>\s@]+)>\s*$")
ONESELF = re.compile(r"(?<!\S)(?:me|myself)(?!\S)", re.IGNORECASE)
"""How somebody who types means themselves."""
_EMAIL = re.compile(r"^[^<>\s@]+@[^<>\s@]+$")


def _parsed(line: str) -> tuple[str, str]:
    if match := _WRITTEN.match(line):
        return match["name"] or match["email"], match["email"].lower()
    if _EMAIL.match(line.strip()):
        return line.strip(), line.strip().lower()
    message = "Write a person as `Name <name@example.com>`."
    raise ValueError(message)


class Person(Part):
    """A person as ``Name <e-mail>``; two are the same when their e-mail is."""

    model_config = ConfigDict(
        json_schema_extra={"examples": ["Support Team <support@example.com>"]}
    )

    name: str
    email: str

    @model_validator(mode="wrap")
    @classmethod
    def _from_line(cls, value: Any, read: ModelWrapValidatorHandler["Person"]) -> "Person":  # noqa: ANN401 - whatever a file holds
        return _named(value) if isinstance(value, str) else read(value)

    @model_serializer
    def _to_line(self) -> str:
        return str(self)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe a person to editors as the line that the file holds."""
        del core_schema, handler
        return {
            "type": "string",
            "title": "Person",
            "description": "`Name <name@example.com>`",
            "pattern": r"^\s*([^<>\n]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)\s*$",
            "examples": ["Support Team <support@example.com>"],
        }

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Person) and self.email.lower() == other.email.lower()

    def __hash__(self) -> int:
        return hash(self.email.lower())


@lru_cache(maxsize=4096)
def _named(line: str) -> Person:
    """One person for one line: a team is few people, and its records name them ten times each."""
    name, email = _parsed(line)
    return Person(name=name, email=email)
