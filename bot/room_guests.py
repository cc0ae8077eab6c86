"""The people who belong into an incident's channel: those of the bug, and those of roles."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.bug_people import people_of
from bot.people import People
from bot.slack_client import error_code, is_passing
from tracker.model.policy import Policy
from tracker.model.record import BugRecord

LOG: Final = logging.getLogger(__name__)
_MOST: Final = 100  # people in one invitation
_THERE: Final = frozenset({"already_in_channel", "cant_invite_self"})
_UNFIT: Final = frozenset(
    {"cant_invite", "user_not_found", "user_is_restricted", "user_disabled", "ura_max_channels"}
)


@dataclass(frozen=True, kw_only=True)
class RoomGuests:
    """Invites; `members` gives the Slack ids of a user group."""

    client: WebClient
    people: People
    members: Callable[[str], frozenset[str]]

    def invite(self, channel: str, record: BugRecord, policy: Policy) -> None:
        """Invite everybody who belongs into the channel and is not there yet."""
        users = sorted(
            set(self._of_bug(record)) | self.of_roles(invited_roles(record, policy), policy)
        )
        for start in range(0, len(users), _MOST):
            batch = users[start : start + _MOST]
            try:
                self.client.conversations_invite(channel=channel, users=batch)
            except SlackApiError as error:
                if is_passing(error) or error_code(error) not in _THERE | _UNFIT:
                    raise
                self._one_by_one(channel, batch)

    def of_roles(self, roles: tuple[str, ...], policy: Policy) -> frozenset[str]:
        """The Slack ids of all who hold one of these roles, by name or through a user group."""
        named = {
            user
            for role in roles
            for person in policy.roles.get(role, ())
            if (user := self.people.slack_id(person))
        }
        groups = {group for role in roles for group in policy.user_groups.get(role, ())}
        return frozenset(named).union(*(self.members(group) for group in groups))

    def _of_bug(self, record: BugRecord) -> Iterator[str]:
        for person in people_of(record):
            if user := self.people.slack_id(person):
                yield user

    def _one_by_one(self, channel: str, users: list[str]) -> None:
        """One who is there already, or cannot come, keeps nobody else out."""
        for user in users:
            try:
                self.client.conversations_invite(channel=channel, users=[user])
            except SlackApiError as error:
                if error_code(error) in _UNFIT:
                    LOG.warning("%s cannot be invited: %s.", user, error_code(error))
                elif error_code(error) not in _THERE:
                    raise


def invited_roles(record: BugRecord, policy: Policy) -> tuple[str, ...]:
    """The roles whose members the policy wants in the channel."""
    return policy.rule(record.severity).invite if record.severity else ()
