"""Carries the difference between two views of a record over to what its file really says."""

from typing import Any

from tracker.store.yaml_changes import identity, stable_id
from tracker.store.yaml_writer import fingerprint


def overlay(file: object, before: object, after: object) -> Any:  # noqa: ANN401 - any plain value
    """Give the file's value with the change from `before` to `after` made in it.

    The views may leave out what the file says (keys of the team's own, defaults written out) or
    say it in other words; what does not differ between them stays as the file has it.
    """
    if fingerprint(before) == fingerprint(after):
        return file
    if isinstance(file, dict) and isinstance(before, dict) and isinstance(after, dict):
        return _mapping(file, before, after)
    if isinstance(file, list) and isinstance(before, list) and isinstance(after, list):
        return _list(file, before, after)
    return after


def _mapping(file: dict[str, Any], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for key, value in file.items():
        if key in after:
            kept[key] = overlay(value, before.get(key, _nothing_like(value)), after[key])
        elif key not in before:
            kept[key] = value
        elif own := _own_part(value, before[key]):
            kept[key] = own
    added = [key for key in after if key not in kept and not _agree(key, before, after)]
    names = list(kept)
    for key in added:
        names.insert(_place_among(names, key, list(after)), key)
    return {name: kept[name] if name in kept else after[name] for name in names}


def _agree(key: str, before: dict[str, Any], after: dict[str, Any]) -> bool:
    return key in before and fingerprint(before[key]) == fingerprint(after[key])


def _nothing_like(value: object) -> object:
    """What a view shows of a section in which everything is as it is by default."""
    return {} if isinstance(value, dict) else None


def _own_part(file: object, before: object) -> object:
    """What remains of a section once all that the view knew of it is gone."""
    both = isinstance(file, dict) and isinstance(before, dict)
    return overlay(file, before, {}) if both and before else None


def _place_among(names: list[str], key: str, order: list[str]) -> int:
    at = order.index(key)
    earlier = [names.index(name) for name in order[:at] if name in names]
    later = [names.index(name) for name in order[at + 1 :] if name in names]
    return earlier[-1] + 1 if earlier else later[0] if later else len(names)


def _list(file: list[Any], before: list[Any], after: list[Any]) -> list[Any]:
    if len(file) != len(before):
        return after
    left = list(range(len(before)))
    known = [identity(item) for item in before]
    result: list[Any] = []
    for index, item in enumerate(after):
        name = identity(item)
        at = next((other for other in left if known[other] == name), None)
        if at is None and len(before) == len(after) and index in left:
            at = None if stable_id(item) or stable_id(before[index]) else index
        if at is None:
            result.append(item)
        else:
            left.remove(at)
            result.append(overlay(file[at], before[at], item))
    return result
