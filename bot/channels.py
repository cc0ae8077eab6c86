"""Channels by the names that the policy gives them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from slack_sdk import WebClient

from bot.kept import Kept
from tracker.model.trouble import TroubleError

_ID: Final = re.compile(r"[CG][A-Z0-9]{5,20}")
_PAGE: Final = 200


class UnknownChannelError(TroubleError):
    """The workspace has no public channel of this name."""


@dataclass(frozen=True, kw_only=True)
class Channels:
    """The workspace's public channels, looked up once each."""

    client: WebClient
    _ids: Kept[str] = field(default_factory=Kept)

    def id_of(self, name: str) -> str:
        """Return the id of a channel given by name or id; raises UnknownChannelError."""
        plain = name.strip().removeprefix("#")
        if _ID.fullmatch(plain):
            return plain
        known = self._ids.get(plain)
        if known is None:
            self._look_up()
            known = self._ids.get(plain)
        if known is None:
            message = (
                f"The channel #{plain} does not exist: create it, or name another one under"
                " `channels` in bugs/policy.yaml."
            )
            raise UnknownChannelError(message)
        return known

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
