"""Read a Slack message as a person does: its text and what can be pressed on it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Message: TypeAlias = Mapping[str, Any]


class NoSuchButtonError(Exception):
    """A message has no button or menu of that name."""


def visible_text(node: object) -> str:
    """Every text of a message or view, one a line; the notification text when it has no blocks."""
    if isinstance(node, Mapping) and node.get("blocks"):
        return "\n".join(_texts(node["blocks"]))
    return "\n".join(_texts(node))


def is_private(message: Message) -> bool:
    """Whether one person alone sees it."""
    return "ephemeral_to" in message or message.get("subtype") == "ephemeral"


def pressable(message: Message, name: str, option: str | None = None) -> dict[str, Any] | None:
    """The action that Slack sends for a button or menu, found by its text or its action id.

    Raises:
        NoSuchButtonError: the menu is there and does not offer the option.
    """
    for block in message.get("blocks") or ():
        for element in _elements(block):
            if name in {element.get("action_id"), _label(element)}:
                return _action(block, element, option)
    return None


def newest_pressable(
    messages: Sequence[Message], name: str, *, ts: str | None, option: str | None
) -> tuple[Message, dict[str, Any]] | None:
    """The newest message, or the one of `ts`, with such a button, and the action of pressing it."""
    for message in reversed(messages):
        action = pressable(message, name, option) if ts in {None, message["ts"]} else None
        if action is not None:
            return message, action
    return None


def newest_with_text(messages: Sequence[Message], text: str) -> Message | None:
    """The newest message in which a person reads this text."""
    return next((found for found in reversed(messages) if text in visible_text(found)), None)


def in_thread(messages: Sequence[Message], thread_ts: str | None) -> list[Message]:
    """The root message and the replies of a thread; all messages when no thread is named."""
    return [
        message
        for message in messages
        if thread_ts is None or thread_ts in {message["ts"], message.get("thread_ts")}
    ]


def _action(
    block: Mapping[str, Any], element: Mapping[str, Any], option: str | None
) -> dict[str, Any]:
    action = {
        "type": element["type"],
        "action_id": element.get("action_id"),
        "block_id": block.get("block_id"),
    }
    action |= {key: element[key] for key in ("value", "text") if key in element}
    if option is not None:
        offered = element.get("options", ())
        labels = [_label(choice) for choice in offered]
        if option not in labels:
            sentence = f"The menu offers no {option!r}; it offers: {', '.join(labels)}."
            raise NoSuchButtonError(sentence)
        action["selected_option"] = offered[labels.index(option)]
    return action


def _elements(block: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    if "accessory" in block:
        yield block["accessory"]
    if block.get("type") == "actions":
        yield from block.get("elements", ())


def _label(element: Mapping[str, Any]) -> str:
    text = element.get("text") or element.get("placeholder") or {}
    label: str = text.get("text", "")
    return label


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, part in node.items():
            if key == "text" and isinstance(part, str):
                yield part
            else:
                yield from _texts(part)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _texts(part)
