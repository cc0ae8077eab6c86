"""What a look at one part of an installation found."""

from dataclasses import dataclass
from enum import StrEnum


class Health(StrEnum):
    """How a part is: a warning asks for nothing, a problem stops the product."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, kw_only=True)
class Diagnosis:
    """One line of the report: full sentences, what is and what to do; never a secret."""

    part: str
    health: Health
    sentence: str


def healthy(part: str, sentence: str) -> Diagnosis:
    """A part that is as it should be."""
    return Diagnosis(part=part, health=Health.OK, sentence=sentence)


def warning(part: str, sentence: str) -> Diagnosis:
    """A part that works, and could be better."""
    return Diagnosis(part=part, health=Health.WARNING, sentence=sentence)


def problem(part: str, sentence: str) -> Diagnosis:
    """A part that does not work."""
    return Diagnosis(part=part, health=Health.PROBLEM, sentence=sentence)
