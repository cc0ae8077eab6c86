"""Changes what differs in a YAML file that people edit, and leaves every other character alone."""

from typing import Any, Final

from yaml_edit import Document, Mapping, Node, Sequence, YamlError

from tracker.model.problem import ProblemsFound
from tracker.store.yaml_changes import Change, ValuePath, apply_changes, find_changes, value_at
from tracker.store.yaml_overlay import overlay
from tracker.store.yaml_reader import read_yaml
from tracker.store.yaml_writer import YamlNotWritten, fingerprint, render, require_meaning

NewValue = Node | dict[str, Any] | list[Any] | str | float | None

_BYTE_ORDER_MARK: Final = "\ufeff"


def edit_yaml(
    text: str, before: dict[str, Any], after: dict[str, Any], *, order: tuple[str, ...] = ()
) -> str:
    """Make in `text` the changes that lead from `before` to `after`.

    `before` is what the text means, or another view of it, such as a record's dump without
    defaults: only differences between the two are touched. New keys at the top follow `order`,
    others their neighbours in `after`. The result is read back; where a small edit does not
    give what it should, the smallest parent for which it does is written anew.

    Raises:
        YamlNotWritten: no edit gives the wanted meaning.
        ProblemsFound: `text` itself is not valid.
    """
    body = text.removeprefix(_BYTE_ORDER_MARK)
    mark = text[: len(text) - len(body)]
    lines_end_in_crlf = "\r\n" in body and body.count("\n") == body.count("\r\n")
    if lines_end_in_crlf:
        body = body.replace("\r\n", "\n")
    value = read_yaml(body.encode("utf-8"), "the file").value
    wanted = overlay(value, before, after)
    changes = list(find_changes(value, wanted))
    sections = [change for change in changes if _begins_a_section(change, value)]
    edited = _edit(body, changes, wanted, order)
    if sections and "\n\n" in body:
        edited = _spaced(edited, sections)
    return mark + (edited.replace("\n", "\r\n") if lines_end_in_crlf else edited)


def _edit(text: str, changes: list[Change], wanted: dict[str, Any], order: tuple[str, ...]) -> str:
    edited = _attempt(text, changes, order)
    if edited is not None and _means(edited, wanted):
        return edited
    value = read_yaml(text.encode("utf-8"), "the file").value
    for change in changes:
        value = apply_changes(value, [change])
        text = _smallest_that_works(text, change, value, order)
    require_meaning(text, wanted)
    return text


def _begins_a_section(change: Change, before: dict[str, Any]) -> bool:
    new = len(change.path) == 1 and change.path[0] not in before
    return new and _height(change) > 1


def _height(change: Change) -> int:
    return render({"value": change.value}).count("\n")


def _spaced(edited: str, sections: list[Change]) -> str:
    """Put blank lines round new sections, if the meaning stays."""
    document = read_yaml(edited.encode("utf-8"), "the new text")
    lines = edited.split("\n")
    edges: set[int] = set()
    for change in sections:
        start = document.key_place(change.path).line - 1
        edges |= {start, start + _height(change)}
    for edge in sorted(edges, reverse=True):
        if 0 < edge < len(lines) and lines[edge - 1] and lines[edge]:
            lines.insert(edge, "")
    spaced = "\n".join(lines)
    return spaced if _means(spaced, document.value) else edited


def _smallest_that_works(
    text: str, change: Change, wanted: dict[str, Any], order: tuple[str, ...]
) -> str:
    """Make one change, or replace the nearest parent for which that reads back right."""
    parents = [change.path[:length] for length in range(len(change.path) - 1, 0, -1)]
    rewrites = [Change(kind="put", path=path, value=value_at(wanted, path)) for path in parents]
    for candidate in (change, *rewrites):
        edited = _attempt(text, [candidate], order)
        if edited is not None and _means(edited, wanted):
            return edited
    where = ".".join(str(step) for step in change.path)
    sentence = f"`{where}` cannot be changed in this file without harm. Edit the file by hand."
    raise YamlNotWritten(sentence)


def _means(text: str, wanted: dict[str, Any]) -> bool:
    try:
        meaning = read_yaml(text.encode("utf-8"), "the new text").value
    except (ProblemsFound, UnicodeEncodeError):
        return False
    return fingerprint(meaning) == fingerprint(wanted)


def _attempt(text: str, changes: list[Change], order: tuple[str, ...]) -> str | None:
    """Give the text with the changes made, not yet proven right; None where they cannot be made."""
    try:
        document = Document.parse(text)
        for change in changes:
            _make(document, change, order)
    except (YamlError, LookupError, TypeError):
        return None
    return str(document)


def _make(document: Document, change: Change, order: tuple[str, ...]) -> None:
    parent = _parent(document, change.path)
    last = change.path[-1]
    if isinstance(parent, Sequence):
        _change_list(parent, change)
    elif change.kind == "remove":
        parent.remove(last)
    elif parent.contains_key(last):
        parent.set(last, _laid_out(parent, change.value))
    else:
        _add_key(parent, change, order if len(change.path) == 1 and order else change.order)


def _parent(document: Document, path: ValuePath) -> Mapping | Sequence:
    root = document.root()
    found = _collection(root) if root else None
    for step in path[:-1]:
        if isinstance(found, Mapping):
            found = _collection(found[step])
        elif found is not None:
            found = _collection(found[int(step)])
    if found is None:
        raise LookupError
    return found


def _collection(node: Node) -> Mapping | Sequence | None:
    mapping = node.as_mapping()
    # An empty mapping is false.
    return node.as_sequence() if mapping is None else mapping


def _change_list(items: Sequence, change: Change) -> None:
    index = int(change.path[-1])
    if change.kind == "remove":
        del items[index]
    elif change.kind == "put":
        items.set(index, _laid_out(items, change.value))
    elif index == len(items):
        items.append(_laid_out(items, change.value))
    else:
        items.insert(index, _laid_out(items, change.value))


def _add_key(mapping: Mapping, change: Change, order: tuple[str, ...]) -> None:
    """Put a new key after the nearest key that comes before it in the order and is there."""
    key, value = change.path[-1], _laid_out(mapping, change.value)
    present = list(mapping.keys())
    at = order.index(key) if key in order else len(order)
    earlier = [name for name in order[:at] if name in present]
    later = [name for name in order[at + 1 :] if name in present]
    if earlier:
        mapping.insert_after(earlier[-1], key, value)
    elif later:
        mapping.insert_before(later[0], key, value)
    else:
        mapping.set(key, value)


def _laid_out(parent: Mapping | Sequence, value: NewValue) -> NewValue:
    """Lay a new value out as in a new file; inside brackets, leave that to the editor."""
    if parent.is_flow_style():
        return value
    return Document.parse(render({"value": value}))["value"]
