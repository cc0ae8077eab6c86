"""Who reads a site; apart from what they see, which takes the model of a record to tell."""

from enum import StrEnum


class Audience(StrEnum):
    """Who reads."""

    TEAM = "team"
    PUBLIC = "public"
