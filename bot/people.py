"""Who is who: Slack's users and the people in records and git, matched by their e-mail."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.kept import Kept
from bot.membership import Membership, membership
from bot.slack_client import error_code
from tracker.model.person import Person
from tracker.model.text import normalise
from tracker.model.trouble import TroubleError

LIFETIME: Final = 3600.0
"""Seconds after which somebody is asked for again; `user_change` comes sooner."""

NO_EMAIL: Final = "slack.invalid"
"""Domain of the address of people whose e-mail Slack does not tell; RFC 2606 keeps it unused."""

_EMAIL: Final = re.compile(r"[^<>\s@]+@[^<>\s@]+")
_NOBODY: Final = frozenset({"user_not_found", "users_not_found", "user_not_visible"})
_LONGEST_NAME: Final = 80
_PAGE: Final = 200  # members a page; docs.slack.dev/reference/methods/users.list
_PAGES: Final = 10


class UnknownUserError(TroubleError):
    """Slack does not tell who somebody is."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """A Slack user: the git author, and what kind of account it is."""

    person: Person
    membership: Membership


@dataclass(frozen=True, kw_only=True)
class People:
    """The workspace's members, asked for once and then remembered."""

    client: WebClient
    accounts: Kept[Account] = field(default_factory=lambda: Kept(lifetime=LIFETIME))
    _ids: Kept[str] = field(default_factory=lambda: Kept(lifetime=LIFETIME))
    """By e-mail; empty where Slack knows nobody."""
    _names: Kept[str] = field(default_factory=Kept)
    """The id behind a typed @name."""
    _team: Kept[str] = field(default_factory=Kept)
    """The id of the workspace, under its own name."""

    def warm_up(self) -> None:
        """Remember the first members of the workspace, so that forms need not wait for Slack."""
        cursor = ""
        for _ in range(_PAGES):
            answer = self.client.users_list(limit=_PAGE, cursor=cursor)
            members: list[Mapping[str, Any]] = answer.get("members", [])
            for user in members:
                self.remember(user)
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def person(self, user_id: str) -> Person:
        """Return the git author behind a Slack user; raises UnknownUserError."""
        return self.account(user_id).person

    def account(self, user_id: str) -> Account:
        """Return what Slack says of a user, not long ago or, while it cannot be asked, ever.

        Raises UnknownUserError.
        """
        known = self.accounts.get(user_id)
        if known is not None:
            return known
        try:
            return self.remember(self.client.users_info(user=user_id)["user"])
        except (SlackClientError, OSError) as error:
            if (last := self.accounts.stale(user_id)) is not None:
                return last
            if error_code(error) in _NOBODY:
                message = f"Nobody here has the Slack id {user_id}: name somebody else."
                raise UnknownUserError(message) from error
            message = f"Slack does not tell who <@{user_id}> is; try again in a moment."
            raise UnknownUserError(message) from error

    def persons(self, user_ids: Iterable[str]) -> Mapping[str, Person]:
        """Return the people behind several Slack users; raises UnknownUserError."""
        return {user_id: self.person(user_id) for user_id in user_ids}

    @property
    def names(self) -> tuple[str, ...]:
        """What people are called after an `@`, among those remembered."""
        return tuple(dict(self._names.items()))

    def id_of_name(self, name: str) -> str | None:
        """Return the Slack user whom a typed `@name` means, among those remembered."""
        return self._names.get(name.lower())

    def slack_id(self, person: Person) -> str | None:
        """Return a person's Slack user; None where Slack knows nobody with that e-mail."""
        known = self.remembered_id(person)
        return (self._look_up(person.email.lower()) if known is None else known) or None

    def remembered_id(self, person: Person) -> str | None:
        """Return a person's Slack user without asking Slack, for what must not wait."""
        email = person.email.lower()
        if email.endswith(f"@{NO_EMAIL}"):
            return email.partition("@")[0].upper()
        return self._ids.get(email)

    def _look_up(self, email: str) -> str:
        try:
            user = self.client.users_lookupByEmail(email=email)["user"]
        except SlackApiError as error:
            if error.response.get("error") == "users_not_found":
                self._ids.keep(email, "")
            return ""
        except (SlackClientError, OSError):
            return ""
        self.remember(user)
        self._ids.keep(email, user["id"])
        return str(user["id"])

    def remember(self, user: Mapping[str, Any]) -> Account:
        """Take note of what Slack says of somebody, as when an event tells of a change."""
        person = person_of(user)
        account = Account(person=person, membership=membership(user, self._own_team()))
        self.accounts.keep(user["id"], account)
        self._ids.keep(person.email, user["id"])
        profile = user.get("profile") or {}
        for name in (user.get("name"), profile.get("display_name")):
            if name:
                self._names.keep(str(name).lower(), user["id"])
        return account

    def _own_team(self) -> str:
        known = self._team.get("")
        if known is not None:
            return known
        try:
            team = str(self.client.auth_test().get("team_id") or "")
        except (SlackClientError, OSError):
            return ""
        self._team.keep("", team)
        return team


def person_of(user: Mapping[str, Any]) -> Person:
    """Return the git author that a user object of Slack describes.

    Somebody whose e-mail Slack does not tell is `<user id>@slack.invalid`.
    """
    profile = user.get("profile") or {}
    shown = (profile.get("real_name"), profile.get("display_name"), user.get("name"))
    name = next((plain for text in shown if (plain := _plain_name(text))), user["id"])
    email = str(profile.get("email") or "").strip().lower()
    if not _EMAIL.fullmatch(email):
        email = f"{user['id'].lower()}@{NO_EMAIL}"
    return Person(name=name, email=email)


def _plain_name(text: object) -> str:
    """Take out of a name what git or a record could not hold."""
    line = " ".join(normalise(str(text or "")).replace("<", "").replace(">", "").split())
    return line[:_LONGEST_NAME]
