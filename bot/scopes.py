"""Which scopes of Slack's the bot needs: by the methods that it calls and the events it hears.

From the pages of docs.slack.dev/reference/methods and /events. Of several scopes that would do, the
narrowest for public channels stands here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SCOPES_OF_METHODS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "apps_connections_open": (),  # an app-level token's
    "auth_test": (),
    "bookmarks_add": ("bookmarks:write",),
    "bookmarks_edit": ("bookmarks:write",),
    "bookmarks_list": ("bookmarks:read",),
    "bookmarks_remove": ("bookmarks:write",),
    "chat_delete": ("chat:write",),
    "chat_getPermalink": (),
    "chat_postEphemeral": ("chat:write",),
    "chat_postMessage": ("chat:write", "chat:write.public"),
    "chat_update": ("chat:write",),
    "conversations_archive": ("channels:manage",),
    "conversations_create": ("channels:manage",),
    "conversations_history": ("channels:history",),
    "conversations_info": ("channels:read",),
    "conversations_invite": ("channels:manage",),
    "conversations_join": ("channels:join",),
    "conversations_list": ("channels:read",),
    "conversations_members": ("channels:read",),
    "conversations_open": ("im:write",),
    "conversations_rename": ("channels:manage",),
    "conversations_replies": ("channels:history",),
    "conversations_setPurpose": ("channels:manage",),
    "conversations_setTopic": ("channels:manage",),
    "conversations_unarchive": ("channels:manage",),
    "files_info": ("files:read",),
    "files_upload_v2": ("files:write",),
    "pins_add": ("pins:write",),
    "pins_list": ("pins:read",),
    "pins_remove": ("pins:write",),
    "reactions_add": ("reactions:write",),
    "reactions_get": ("reactions:read",),
    "reactions_remove": ("reactions:write",),
    "team_info": ("team:read",),
    "usergroups_list": ("usergroups:read",),
    "usergroups_users_list": ("usergroups:read",),
    "users_info": ("users:read", "users:read.email"),
    "users_list": ("users:read", "users:read.email"),
    "users_lookupByEmail": ("users:read.email",),
    "views_open": (),
    "views_publish": (),
    "views_push": (),
    "views_update": (),
})  # fmt: skip
"""By the name that slack_sdk gives a method."""

SCOPES_OF_EVENTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "app_home_opened": (),
    "app_mention": ("app_mentions:read",),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_unarchive": ("channels:read",),
    "file_shared": ("files:read",),
    "member_joined_channel": ("channels:read",),
    "member_left_channel": ("channels:read",),
    "message.channels": ("channels:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
})  # fmt: skip
"""By the name that the manifest gives an event."""
