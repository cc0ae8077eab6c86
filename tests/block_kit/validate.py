"""Say what Slack would refuse in a Block Kit payload: strict schemas and what no schema can say."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema_rs
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError

Block: TypeAlias = Mapping[str, Any]

MESSAGE_CHARACTERS = 13_200  # undocumented: `msg_blocks_too_long`, slackapi/bolt-js#2509
LONGEST_QUOTE = 120
SINGLE_CHOICE = "initial_option"
MANY_CHOICES = "initial_options"


def problems_of_blocks(blocks: Sequence[Block]) -> list[str]:
    """One sentence for each thing that Slack refuses in the blocks of a message."""
    problems = [*_schema_problems("message", list(blocks)), *_block_problems(blocks)]
    length = sum(len(text) for text in _texts(blocks))
    if length > MESSAGE_CHARACTERS:
        problems.append(f"The blocks have {length} characters, over {MESSAGE_CHARACTERS}.")
    return problems


def problems_of_view(view: Mapping[str, Any]) -> list[str]:
    """One sentence for each thing that Slack refuses in a modal or an App Home."""
    kind = view.get("type")
    if kind not in {"modal", "home"}:
        return [f"type: {kind!r} is neither 'modal' nor 'home'."]
    blocks = view.get("blocks")
    problems = [*_schema_problems(kind, dict(view))]
    if not isinstance(blocks, list):
        return problems
    problems += _block_problems(blocks)
    has_input = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if kind == "modal" and has_input and "submit" not in view:
        problems.append("submit: a modal with an input needs a submit button.")
    return problems


@cache
def _schema(surface: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"{surface}.schema.json")
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema


@cache
def _judge(surface: str) -> jsonschema_rs.Draft7Validator:
    """Hundreds of times faster than what explains, since nearly all payloads are good."""
    return jsonschema_rs.Draft7Validator(_schema(surface))


def _schema_problems(surface: str, payload: object) -> Iterator[str]:
    if _judge(surface).is_valid(payload):
        return
    for error in Draft7Validator(_schema(surface)).iter_errors(payload):
        deepest = _deepest(error)
        place = "/".join(str(step) for step in deepest.absolute_path) or "(root)"
        yield f"{place}: {_shortened(deepest.message)}"


def _deepest(error: ValidationError) -> ValidationError:
    """Of the branches of a union, the mistake in the one that came furthest."""
    while error.context:
        error = max(error.context, key=lambda inner: len(inner.absolute_path))
    return error


def _shortened(message: str) -> str:
    if len(message) <= LONGEST_QUOTE:
        return message
    half = LONGEST_QUOTE // 2
    return f"{message[:half]}…{message[-half:]}"


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


def _objects(node: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(node, Mapping):
        yield node
        for part in node.values():
            yield from _objects(part)
    elif isinstance(node, list | tuple):
        for part in node:
            yield from _objects(part)


def _block_problems(blocks: Sequence[Block]) -> Iterator[str]:
    ids = Counter(block.get("block_id") for block in _objects(list(blocks)) if "block_id" in block)
    for block_id, count in ids.items():
        if count > 1:
            yield f"block_id: {block_id!r} is used {count} times."
    for place, block in enumerate(blocks):
        yield from _element_problems(place, block)


def _element_problems(place: int, block: Block) -> Iterator[str]:
    elements = [part for part in _objects(block) if "action_id" in part]
    for action_id, count in Counter(element["action_id"] for element in elements).items():
        if count > 1:
            yield f"{place}: the action_id {action_id!r} is used {count} times in one block."
    for element in _objects(block):
        if "options" in element and "option_groups" in element:
            yield f"{place}: an element has both options and option_groups."
        if element.get("min_length", 0) > element.get("max_length", 3000):
            yield f"{place}: min_length is over max_length."
        yield from _choice_problems(place, element)


def _choice_problems(place: int, element: Mapping[str, Any]) -> Iterator[str]:
    groups = [element, *element.get("option_groups", [])]
    offered = [option for group in groups for option in group.get("options", [])]
    values = Counter(option.get("value") for option in offered if isinstance(option, Mapping))
    for value, count in values.items():
        if count > 1:
            yield f"{place}: the option value {value!r} is offered {count} times."
    chosen = [*element.get(MANY_CHOICES, [])]
    chosen += [element[SINGLE_CHOICE]] if SINGLE_CHOICE in element else []
    for option in chosen if offered else []:
        if option not in offered:
            yield f"{place}: an initial option is not one of the options."
