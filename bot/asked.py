"""Who asks for something in Slack, from where, and how they are answered."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk import WebClient

from bot.draft import Draft
from bot.reply import REQUEST, Reply

Body = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One thing that a person did; `request` is the same when Slack delivers it again.

    `trigger_id` opens one form within three seconds, and is empty where Slack gives none.
    """

    request: str
    reply: Reply
    trigger_id: str = ""
    permalink: str = ""
    files: tuple[str, ...] = ()
    """Slack's ids of the files of the message that is reported."""

    @property
    def user(self) -> str:
        """Return the Slack id of the person."""
        return self.reply.user

    def going_on_with(self, draft: Draft | None) -> "Asked":
        """Return the same about the message that a draft was about, where there is one."""
        if draft is None:
            return self
        permalink, files = self.permalink or draft.permalink, self.files or draft.files
        return replace(self, permalink=permalink, files=files)

    def origin(self, bug: str | None) -> str:
        """Return what a form has to remember of where it was opened, as private metadata."""
        places = {
            "bug": bug,
            "channel": self.reply.channel,
            "thread": self.reply.thread_ts,
            "url": self.reply.response_url,
            "permalink": self.permalink,
            "files": self.files,
        }
        return json.dumps({key: value for key, value in places.items() if value})


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What a submitted form remembers of where it was opened."""

    bug: str | None
    asked: Asked


def by_command(body: Body, client: WebClient) -> Asked:
    """Read a slash command."""
    reply = Reply(
        client=client,
        user=body["user_id"],
        channel=body.get("channel_id"),
        response_url=body.get("response_url"),
        receipt=body["trigger_id"],
    )
    return Asked(
        request=f"{REQUEST}{command_request(body['trigger_id'])}",
        reply=reply,
        trigger_id=body["trigger_id"],
    )


def command_request(trigger_id: str) -> str:
    """What a command is known by that Slack delivered with this trigger."""
    return f"command-{trigger_id}"


def by_interaction(body: Body, client: WebClient, request: str) -> Asked:
    """Read a pressed button or a shortcut; `request` names what must not be done twice."""
    container = body.get("container") or {}
    message = body.get("message") or {}
    trigger_id = body.get("trigger_id", "")
    reply = Reply(
        client=client,
        user=body["user"]["id"],
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id"),
        response_url=body.get("response_url"),
        thread_ts=message.get("thread_ts"),
        receipt=trigger_id,
    )
    return Asked(request=f"{REQUEST}{request}", reply=reply, trigger_id=trigger_id)


def by_form(body: Body, client: WebClient) -> Origin:
    """Read a submitted form; the same submission again has the same view id and hash."""
    view = body["view"]
    places = json.loads(view.get("private_metadata") or "{}")
    reply = Reply(
        client=client,
        user=body["user"]["id"],
        channel=places.get("channel"),
        response_url=places.get("url"),
        thread_ts=places.get("thread"),
    )
    asked = Asked(
        request=f"{REQUEST}form-{view['id']}-{view.get('hash', '')}",
        reply=reply,
        trigger_id=body.get("trigger_id", ""),
        permalink=places.get("permalink", ""),
        files=tuple(places.get("files", ())),
    )
    return Origin(bug=places.get("bug"), asked=asked)


def by_event(event: Body, client: WebClient) -> Reply:
    """The way to whoever wrote, changed or reacted to a message; KeyError where it is nobody."""
    place = event.get("item") or event
    message = event.get("message") or event.get("previous_message") or event
    user = event.get("user") or message["user"]
    thread = message.get("thread_ts")
    return Reply(client=client, user=str(user), channel=place["channel"], thread_ts=thread)


def by_mention(event: Body, client: WebClient) -> Asked:
    """Read a message that mentions the bot; its channel and time stamp name it."""
    reply = Reply(
        client=client,
        user=event["user"],
        channel=event["channel"],
        thread_ts=event.get("thread_ts"),
    )
    return Asked(request=f"{REQUEST}{message_name(event)}", reply=reply)


def message_name(event: Body) -> str:
    """What a message is known by, however often it is told."""
    return f"message-{event['channel']}-{event['ts']}"
