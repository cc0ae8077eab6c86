"""Keep files of Slack's messages beside a bug's record, as far as the policy allows."""

import logging
import re
import urllib.request
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlsplit

from slack_sdk.errors import SlackClientError

from bot.asked import Asked
from bot.desk import Desk
from bot.permission import refusal_of
from bot.quoting import Said
from bot.recorder import REQUEST
from bot.reply import Reply
from bot.sentence import sentence
from tracker.assembly import Request
from tracker.model.attachments import AttachmentLimits
from tracker.model.report import AttachmentKind
from tracker.model.trouble import TroubleError
from tracker.workflow.actions.follow_up import AttachEvidence
from tracker.workflow.decision import Refused

LOG: Final = logging.getLogger(__name__)
_MEGABYTE: Final = 1_000_000
_TIMEOUT: Final = 30.0
_MOST: Final = 10  # files of one message
_UNSAFE: Final = re.compile(r"[^a-z0-9]+")
_STEM: Final = 60
_SHOWN: Final = 100
_IMAGES: Final = ("png", "jpg", "jpeg", "gif", "webp")
_TEXTS: Final = ("txt", "log", "json", "csv", "har")
_KINDS: Final = {
    **dict.fromkeys(_IMAGES, AttachmentKind.SCREENSHOT),
    "har": AttachmentKind.NETWORK,
    "log": AttachmentKind.LOG,
    "mp4": AttachmentKind.VIDEO,
    "mov": AttachmentKind.VIDEO,
}


class UnfitFileError(TroubleError):
    """A file is not kept; the text says why and what to do instead."""


def attach_files(desk: Desk, said: Said, bug: str, user: str) -> None:
    """Keep the files of a message, each by a commit of its own; what is not kept is told."""
    if files := files_of(said.payload):
        reply = Reply(client=desk.client, user=user, channel=said.channel, thread_ts=said.thread)
        desk.recorder.jobs.start(partial(_attach_all, desk, reply, bug, files))


def attach_shared(desk: Desk, asked: Asked, bug: str) -> None:
    """Keep the files of a message that was reported, beside the bug that it became."""
    files = [{"id": each} for each in asked.files]
    desk.recorder.jobs.start(partial(_attach_all, desk, asked.reply, bug, files))


def files_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The files of a message, as far as they can be asked for."""
    return [each for each in message.get("files") or () if each.get("id")][:_MOST]


def _attach_all(desk: Desk, reply: Reply, bug: str, files: Iterable[Mapping[str, Any]]) -> None:
    user = reply.user
    if reason := refusal_of(desk, user, "attach"):
        reply(sentence(reason.sentence))
        return
    for file in files:
        try:
            _attach(desk, bug, user, file)
        except TroubleError as trouble:
            reply(sentence(str(trouble)))
        except OSError as error:
            LOG.warning("A file could not be fetched: %s", error)
            reply(sentence(f"`{_shown(file)}` could not be fetched: paste it again."))


def _attach(desk: Desk, bug: str, user: str, file: Mapping[str, Any]) -> None:
    limits = desk.tracker.policy().attachments
    file = _known(desk, file)
    request_id = f"{REQUEST}file-{file['id']}-{bug}"
    if desk.tracker.outcome(request_id) is not None:
        return
    ending = _ending(file, limits)
    content = _fetch(desk, file, limits)
    if ending in _TEXTS:
        content = _without_secrets(desk, content)
    digest = desk.tracker.ledger.files.keep(content, desk.now())
    name = f"{safe_stem(_shown(file))}-{digest[:8]}.{ending}"
    action = AttachEvidence(
        name=name, kind=_KINDS.get(ending, AttachmentKind.OTHER), description=_title(file)
    )
    request = Request(
        id=request_id,
        bug=bug,
        action=action,
        actor=desk.people.person(user),
        files={name: digest},
    )
    decision = desk.tracker.judge(request)
    if isinstance(decision, Refused):
        raise UnfitFileError(" ".join(reason.sentence for reason in decision.reasons))
    desk.tracker.submit(request)
    desk.wake()


def _known(desk: Desk, file: Mapping[str, Any]) -> Mapping[str, Any]:
    """All that Slack says of a file; an event may say less, as of a file from elsewhere."""
    try:
        return dict(desk.client.files_info(file=str(file["id"]))["file"])
    except SlackClientError as error:
        message = f"Slack does not tell of `{_shown(file)}`: paste it again, or link it."
        raise UnfitFileError(message) from error


def safe_stem(name: str) -> str:
    """A file's name without its ending, in letters and digits that every system can keep."""
    stem = name.rpartition(".")[0] or name
    return _UNSAFE.sub("-", stem.lower()).strip("-")[:_STEM].strip("-") or "file"


def _ending(file: Mapping[str, Any], limits: AttachmentLimits) -> str:
    ending = _shown(file).rpartition(".")[2].lower()
    if ending not in limits.types:
        message = (
            f"`{_shown(file)}` is not kept with the bug: only {', '.join(limits.types)} are. Link"
            " it instead, or ask for its type under `attachments` in bugs/policy.yaml."
        )
        raise UnfitFileError(message)
    if int(file.get("size") or 0) > limits.megabytes * _MEGABYTE:
        raise UnfitFileError(_too_large(file, limits))
    return ending


def _too_large(file: Mapping[str, Any], limits: AttachmentLimits) -> str:
    size = int(file.get("size") or 0) / _MEGABYTE
    return (
        f"`{_shown(file)}` has {size:.1f} MB, and at most {limits.megabytes} are kept: attach the"
        " part that matters, or link the whole."
    )


def _fetch(desk: Desk, file: Mapping[str, Any], limits: AttachmentLimits) -> bytes:
    """Read a file from Slack, and from nowhere else, since the token goes with the request."""
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not _is_slacks(url, desk.client.base_url):
        message = f"`{_shown(file)}` lies outside of Slack: link it instead."
        raise UnfitFileError(message)
    request = urllib.request.Request(  # noqa: S310 - the address was looked at
        url, headers={"Authorization": f"Bearer {desk.client.token}"}
    )
    most = limits.megabytes * _MEGABYTE
    with _OPENER.open(request, timeout=_TIMEOUT) as answer:
        content: bytes = answer.read(most + 1)
        page = answer.headers.get_content_type() == "text/html"
    if page:  # Slack's page for signing in
        message = f"Slack does not give `{_shown(file)}` to the app: it lacks `files:read`."
        raise UnfitFileError(message)
    if len(content) > most:
        raise UnfitFileError(_too_large({**file, "size": len(content)}, limits))
    return content


class _SameHostRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, which would carry the token elsewhere."""

    def redirect_request(self, *_: Any, **__: Any) -> None:  # noqa: ANN401 - urllib's own
        return None


_OPENER: Final = urllib.request.build_opener(_SameHostRedirects())


def _is_slacks(url: str, base_url: str) -> bool:
    parts, base = urlsplit(url), urlsplit(base_url)
    if (parts.scheme, parts.netloc) == (base.scheme, base.netloc):
        return True
    host = parts.hostname or ""
    return parts.scheme == "https" and (host == "slack.com" or host.endswith(".slack.com"))


def _without_secrets(desk: Desk, content: bytes) -> bytes:
    """Take secrets out of text before it is kept; what is no text stays as it is."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content
    cleaned: str = desk.tracker.without_secrets({"text": text})["text"]
    return cleaned.encode()


def _shown(file: Mapping[str, Any]) -> str:
    name = " ".join(str(file.get("name") or "file").replace("`", "").split())
    return name if len(name) <= _SHOWN else f"{name[: _SHOWN - 30]}…{name[-29:]}"


def _title(file: Mapping[str, Any]) -> str:
    return " ".join(str(file.get("title") or file.get("name") or "From Slack").split())[:300]
