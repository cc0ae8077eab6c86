"""One file of Slack: what Slack tells of it, whether the policy lets it be kept, what is in it."""

import re
import urllib.request
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from bot.slack_client import is_passing
from tracker.model.attachments import AttachmentLimits
from tracker.model.report import AttachmentKind
from tracker.model.trouble import TroubleError

File = Mapping[str, Any]

TEXTS: Final = ("txt", "log", "json", "csv", "har")
"""The endings of files that are text."""

_MEGABYTE: Final = 1_000_000
_TIMEOUT: Final = 30.0
_UNSAFE: Final = re.compile(r"[^a-z0-9]+")
_STEM: Final = 60
_SHOWN: Final = 100
_IMAGES: Final = ("png", "jpg", "jpeg", "gif", "webp")
_KINDS: Final = {
    **dict.fromkeys(_IMAGES, AttachmentKind.SCREENSHOT),
    "har": AttachmentKind.NETWORK,
    "log": AttachmentKind.LOG,
    "mp4": AttachmentKind.VIDEO,
    "mov": AttachmentKind.VIDEO,
}


_PASSING: Final = (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS)


class UnfitFileError(TroubleError):
    """A file is not kept; the text says why and what to do instead."""


def told_of(client: WebClient, file: File) -> File:
    """All that Slack says of a file; an event may say less, as of a file from elsewhere.

    Raises UnfitFileError, or what the client raises where another try may succeed.
    """
    try:
        return dict(client.files_info(file=str(file["id"]))["file"])
    except SlackClientError as error:
        if is_passing(error):
            raise
        message = f"Slack does not tell of `{shown_name(file)}`: paste it again, or link it."
        raise UnfitFileError(message) from error


def lost(file: File) -> str:
    """What whoever shared a file is told when Slack does not give it out."""
    return f"`{shown_name(file)}` could not be fetched: paste it again."


def kind_of(ending: str) -> AttachmentKind:
    """What the ending of a file says of it."""
    return _KINDS.get(ending, AttachmentKind.OTHER)


def safe_stem(name: str) -> str:
    """A file's name without its ending, in letters and digits that every system can keep."""
    stem = name.rpartition(".")[0] or name
    return _UNSAFE.sub("-", stem.lower()).strip("-")[:_STEM].strip("-") or "file"


def ending_of(file: File, limits: AttachmentLimits) -> str:
    """The ending of a file that may be kept; raises UnfitFileError."""
    ending = shown_name(file).rpartition(".")[2].lower()
    if ending not in limits.types:
        message = (
            f"`{shown_name(file)}` is not kept with the bug: only {', '.join(limits.types)} are."
            " Link it instead, or ask for its type under `attachments` in bugs/policy.yaml."
        )
        raise UnfitFileError(message)
    if int(file.get("size") or 0) > limits.megabytes * _MEGABYTE:
        raise UnfitFileError(_too_large(file, limits))
    return ending


def _too_large(file: File, limits: AttachmentLimits) -> str:
    size = int(file.get("size") or 0) / _MEGABYTE
    return (
        f"`{shown_name(file)}` has {size:.1f} MB, and at most {limits.megabytes} are kept: attach"
        " the part that matters, or link the whole."
    )


def fetched(client: WebClient, file: File, limits: AttachmentLimits) -> bytes:
    """Read a file from Slack, and from nowhere else, since the token goes with the request."""
    url = str(file.get("url_private_download") or file.get("url_private") or "")
    if not _is_slacks(url, client.base_url):
        message = f"`{shown_name(file)}` lies outside of Slack: link it instead."
        raise UnfitFileError(message)
    request = urllib.request.Request(  # noqa: S310 - the address was looked at
        url, headers={"Authorization": f"Bearer {client.token}"}
    )
    most = limits.megabytes * _MEGABYTE
    try:
        with _OPENER.open(request, timeout=_TIMEOUT) as answer:
            content: bytes = answer.read(most + 1)
            page = answer.headers.get_content_type() == "text/html"
    except HTTPError as error:
        if error.code in _PASSING or error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise
        raise UnfitFileError(lost(file)) from error
    if page:  # Slack's page for signing in
        message = f"Slack does not give `{shown_name(file)}` to the app: it lacks `files:read`."
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


def shown_name(file: File) -> str:
    """The name of a file as a sentence can hold it."""
    name = " ".join(str(file.get("name") or "file").replace("`", "").split())
    return name if len(name) <= _SHOWN else f"{name[: _SHOWN - 30]}…{name[-29:]}"


def title_of(file: File) -> str:
    """What a file shows, as whoever shared it says."""
    return " ".join(str(file.get("title") or file.get("name") or "From Slack").split())[:300]
