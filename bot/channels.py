"""Channels by the names that the policy gives them."""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from slack_sdk import WebClient

from bot.kept import Kept
from tracker.model.policy import Policy
from tracker.model.severity import Severity
from tracker.model.trouble import TroubleError

LOG: Final = logging.getLogger(__name__)
_ID: Final = re.compile(r"[CG][A-Z0-9]{5,20}")
_PAGE: Final = 200
_LOOK_AGAIN: Final = 60.0  # seconds until Slack is asked again for a channel that it did not know


class UnknownChannelError(TroubleError):
    """The workspace has no public channel of this name."""


@dataclass(frozen=True, kw_only=True)
class Channels:
    """The workspace's public channels, looked up once each."""

    client: WebClient
    _ids: Kept[str] = field(default_factory=Kept)
    _missing: Kept[str] = field(default_factory=lambda: Kept(lifetime=_LOOK_AGAIN))

    def id_of(self, name: str) -> str:
        """Return the id of a channel given by name or id; raises UnknownChannelError."""
        plain = name.strip().removeprefix("#")
        if _ID.fullmatch(plain):
            return plain
        if (known := self._ids.get(plain)) is not None:
            return known
        if self._missing.get(plain) is None:
            self._look_up()
            if (known := self._ids.get(plain)) is not None:
                return known
            if self._missing.stale(plain) is None:  # those who run the bot are told once
                LOG.error("%s", _unknown(plain))
            self._missing.keep(plain, plain)
        raise UnknownChannelError(_unknown(plain))

    def missing(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return those of these names that no channel has."""
        return tuple(name for name in names if not self._has(name))

    def _has(self, name: str) -> bool:
        try:
            self.id_of(name)
        except UnknownChannelError:
            return False
        return True

    def _look_up(self) -> None:
        cursor = ""
        while True:
            answer = self.client.conversations_list(
                types="public_channel", exclude_archived=True, limit=_PAGE, cursor=cursor
            )
            channels: list[Mapping[str, Any]] = answer.get("channels", [])
            for channel in channels:
                self._ids.keep(channel["name"], channel["id"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return


def home_channels(policy: Policy) -> tuple[str, ...]:
    """The names of the channels in which bugs have their messages."""
    of_severities = (policy.rule(each).channel for each in Severity)
    return tuple(dict.fromkeys([policy.channels.incidents, *filter(None, of_severities)]))


def named_channels(policy: Policy) -> tuple[str, ...]:
    """The names of all channels that a policy tells anything in."""
    stakeholders = (each.channel for one in Severity for each in policy.rule(one).stakeholders)
    others = (policy.channels.releases, policy.weekly_digest.channel, *stakeholders)
    return tuple(dict.fromkeys([*home_channels(policy), *filter(None, others)]))


def _unknown(name: str) -> str:
    return (
        f"The channel #{name} does not exist: create it, or name another one in bugs/policy.yaml."
    )
