"""Who is in which user group of Slack, as the policy's roles ask for it."""

import logging
from dataclasses import dataclass, field
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.kept import Kept
from bot.slack_client import error_code
from tracker.model.policy import Policy

LOG: Final = logging.getLogger(__name__)
LIFETIME: Final = 600.0
"""Seconds after which a group is asked for again; its events come sooner."""

_ALL: Final = "all"


@dataclass(frozen=True, kw_only=True)
class UserGroups:
    """The workspace's user groups, asked for once and then remembered for a while."""

    client: WebClient
    _ids: Kept[dict[str, str]] = field(default_factory=lambda: Kept(lifetime=LIFETIME))
    _members: Kept[frozenset[str]] = field(default_factory=lambda: Kept(lifetime=LIFETIME))

    def roles_of(self, user_id: str, policy: Policy) -> tuple[str, ...]:
        """Return the roles that somebody has through a user group."""
        return tuple(
            role
            for role, groups in policy.user_groups.items()
            if any(user_id in self.members(group) for group in groups)
        )

    def members(self, group: str) -> frozenset[str]:
        """Return the Slack ids of a group given by handle or id; nobody where it is unknown.

        While Slack cannot be asked, what it said last counts.
        """
        known = self._members.get(group)
        if known is not None:
            return known
        try:
            found = self._look_up(group.removeprefix("@"))
        except (SlackClientError, OSError) as error:
            LOG.warning("A user group is not known now: %s.", error_code(error))
            return self._members.stale(group) or frozenset()
        self._members.keep(group, found)
        return found

    def forget(self) -> None:
        """Ask anew the next time, after a group changed."""
        self._ids.clear()
        self._members.clear()

    def _look_up(self, group: str) -> frozenset[str]:
        ids = self._ids.get(_ALL)
        if ids is None:
            listed = self.client.usergroups_list(include_disabled=False)["usergroups"]
            ids = {str(each["handle"]): str(each["id"]) for each in listed}
            self._ids.keep(_ALL, ids)
        group_id = ids.get(group, group)
        if group_id not in ids.values():
            LOG.warning("The policy names a user group that Slack does not have.")
            return frozenset()
        return frozenset(self.client.usergroups_users_list(usergroup=group_id)["users"])
