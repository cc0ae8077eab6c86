"""What an account of Slack may do here, by what Slack says of it; pure."""

from collections.abc import Mapping
from enum import StrEnum, auto
from typing import Any, Final

FOR_EVERYBODY: Final = frozenset({"note", "report"})
"""What guests and others who may not change bugs may do besides reading."""


class Membership(StrEnum):
    """Kinds of accounts."""

    MEMBER = auto()
    GUEST = auto()
    STRANGER = auto()
    """Somebody of another organisation, in a channel that is shared with it."""
    NO_EMAIL = auto()
    APP = auto()
    DEACTIVATED = auto()


_MAY_NOT: Final[Mapping[Membership, str]] = {
    Membership.GUEST: (
        "Guests of the workspace may read bugs, report them and add notes, and not change them:"
        " ask a member."
    ),
    Membership.STRANGER: (
        "People of another organisation may read bugs, report them and add notes, and not change"
        " them: ask a member of this workspace."
    ),
    Membership.NO_EMAIL: (
        "Slack does not tell your e-mail address, by which the policy and git know people, so you"
        " may read bugs, report them and add notes, and not change them: add the address to your"
        " profile, or ask those who run Bugbook for its scope `users:read.email`."
    ),
    Membership.APP: "Apps and workflows may not change bugs: do it yourself.",
    Membership.DEACTIVATED: "Your account of Slack is deactivated: ask a member of the workspace.",
}
_CANNOT_BE_NAMED: Final[Mapping[Membership, str]] = {
    Membership.NO_EMAIL: "has no e-mail address that Slack tells",
    Membership.APP: "is an app",
    Membership.DEACTIVATED: "has a deactivated account in Slack",
}


def membership(user: Mapping[str, Any], team: str) -> Membership:
    """Return the kind of a user object of Slack; `team` is the workspace's own id."""
    kinds = {
        Membership.DEACTIVATED: user.get("deleted"),
        Membership.APP: user.get("is_bot") or user.get("id") == "USLACKBOT",
        Membership.STRANGER: user.get("is_stranger") or _is_elsewhere(user, team),
        Membership.GUEST: user.get("is_restricted") or user.get("is_ultra_restricted"),
        Membership.NO_EMAIL: not (user.get("profile") or {}).get("email"),
    }
    return next((kind for kind, so in kinds.items() if so), Membership.MEMBER)


def may_not(kind: Membership, verb: str) -> str:
    """Say why an account of this kind may not do something; nothing when it may."""
    return "" if verb in FOR_EVERYBODY else _MAY_NOT.get(kind, "")


def cannot_be_named(kind: Membership, name: str) -> str:
    """Say why a bug cannot be given to somebody; nothing when it can."""
    reason = _CANNOT_BE_NAMED.get(kind)
    return f"{name} {reason}: choose somebody else." if reason else ""


def _is_elsewhere(user: Mapping[str, Any], team: str) -> bool:
    home = user.get("team_id")
    teams = (user.get("enterprise_user") or {}).get("teams") or []
    return bool(team and home and home != team and team not in teams)
