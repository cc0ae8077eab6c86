"""Why a side effect in Slack failed, in words that help."""

from slack_sdk.errors import SlackApiError

from bot.attaching import FILE
from bot.room_plan import RoomErrand
from bot.slack_client import error_code, is_passing


def errand_words(kind: str) -> str:
    """What a side effect does, after “could not”."""
    return "keep a file beside the bug" if kind == FILE else RoomErrand(kind).words


def why(error: Exception) -> str:
    """Say to people why a side effect failed, and what helps."""
    code = error_code(error)
    if code == "missing_scope" and isinstance(error, SlackApiError):
        needed = error.response.get("needed") or "a scope"
        return f"The app lacks {needed}: compare its manifest with `bugbook manifest`, reinstall."
    if code in {"restricted_action", "not_authorized", "no_permission"}:
        return "The workspace does not allow it to apps: ask an administrator of Slack."
    if is_passing(error):
        return "Slack does not answer as it should."
    return f"Slack answers `{code}`." if code else f"{error}"
