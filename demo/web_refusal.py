"""Slack's own words for why a call is refused."""

from enum import StrEnum


class Refusal(StrEnum):
    """The error codes of the methods that are played here."""

    ALREADY_ARCHIVED = "already_archived"
    ALREADY_IN_CHANNEL = "already_in_channel"
    ALREADY_PINNED = "already_pinned"
    ALREADY_REACTED = "already_reacted"
    CANT_UPDATE_MESSAGE = "cant_update_message"
    CHANNEL_NOT_FOUND = "channel_not_found"
    EXCHANGED_TRIGGER_ID = "exchanged_trigger_id"
    EXPIRED_TRIGGER_ID = "expired_trigger_id"
    FILE_NOT_FOUND = "file_not_found"
    HASH_CONFLICT = "hash_conflict"
    INVALID_LINK = "invalid_link"
    INVALID_NAME = "invalid_name_specials"
    INVALID_TRIGGER_ID = "invalid_trigger_id"
    IS_ARCHIVED = "is_archived"
    MESSAGE_NOT_FOUND = "message_not_found"
    NAME_TAKEN = "name_taken"
    NO_REACTION = "no_reaction"
    NO_SUCH_SUBTEAM = "no_such_subteam"
    NO_TEXT = "no_text"
    NOT_ARCHIVED = "not_archived"
    NOT_IN_CHANNEL = "not_in_channel"
    NOT_FOUND = "not_found"
    PUSH_LIMIT_REACHED = "push_limit_reached"
    TOO_LONG = "too_long"
    TOO_MANY_BOOKMARKS = "too_many_bookmarks"
    USER_NOT_FOUND = "user_not_found"
    USERS_NOT_FOUND = "users_not_found"


class WebApiError(Exception):
    """A call is refused; the text is Slack's error code."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
