"""What every request of Slack has, by its kind: what has less is none, and reaches no listener."""

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field, ValidationError
from slack_bolt import BoltRequest

_Said = Annotated[str, Field(min_length=1)]
_SIGNED_AT: Final = re.compile(r"[0-9]{1,12}")
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")
_UNREADABLE: Final = (ValueError, TypeError, AttributeError, RecursionError)
"""What Bolt's reading of a body raises, of which it catches none."""


class _Known(BaseModel):
    id: _Said


class _Typed(BaseModel):
    type: _Said


class _Command(BaseModel):
    command: _Said
    user_id: _Said


class _Press(BaseModel):
    class _Action(BaseModel):
        action_id: _Said

    user: _Known
    actions: Annotated[list[_Action], Field(min_length=1)]


class _Form(BaseModel):
    class _View(_Known, _Typed):
        callback_id: str

    user: _Known
    view: _View


class _Shortcut(BaseModel):
    user: _Known
    callback_id: str


class _Event(BaseModel):
    event: _Typed


_SHAPES: Final[Mapping[str, type[BaseModel]]] = {
    "block_actions": _Press,
    "event_callback": _Event,
    "message_action": _Shortcut,
    "shortcut": _Shortcut,
    "view_closed": _Form,
    "view_submission": _Form,
}


def has_signature(headers: Mapping[str, Any]) -> bool:
    """Whether a request says when it was signed, and how; Bolt fails at what looks otherwise."""
    said = (headers.get("x-slack-request-timestamp"), headers.get("x-slack-signature"))
    forms = zip((_SIGNED_AT, _SIGNATURE), said, strict=True)
    return all(form.fullmatch(str(value)) for form, value in forms)


def whole_request(body: str, headers: Mapping[str, Any]) -> BoltRequest | None:
    """Read a request; None unless it has what listeners to its kind rely on.

    A kind that is not known has any shape.
    """
    try:
        request = BoltRequest(body=body, headers=dict(headers))
    except _UNREADABLE:
        return None
    read: object = request.body
    if not isinstance(read, dict):
        return None
    shape = _Command if "command" in read else _SHAPES.get(str(read.get("type")))
    try:
        if shape is not None:
            shape.model_validate(read)
    except ValidationError:
        return None
    return request
