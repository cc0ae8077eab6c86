"""Write a commit with pygit2: blobs, one tree per level, the commit; no index, no work tree."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import pygit2
from pygit2.enums import FileMode

from tracker.store.commit_message import compose_message

_LONGEST_NAME = 200


@dataclass(frozen=True, kw_only=True)
class Signature:
    """A person or program, and the time with its offset, as git keeps them."""

    name: str
    email: str
    time: datetime


@dataclass(frozen=True, kw_only=True)
class NewCommit:
    """What a commit shall hold: for each path its new bytes, or None to remove it."""

    changes: Mapping[str, bytes | None]
    subject: str
    author: Signature
    committer: Signature
    trailers: Mapping[str, str] = field(default_factory=dict)


def write_commit(repository: pygit2.Repository, new: NewCommit, parent: str | None) -> str:
    """Write the objects and return the commit; no branch is moved."""
    parents = [] if parent is None else [pygit2.Oid(hex=parent)]
    base = None if parent is None else repository[parent].peel(pygit2.Tree)
    changes = [(_safe_parts(path), data) for path, data in new.changes.items()]
    tree = _write_tree(repository, base, changes) or repository.TreeBuilder().write()
    message = compose_message(new.subject, new.trailers)
    commit = repository.create_commit(
        None, _signature(new.author), _signature(new.committer), message, tree, list(parents)
    )
    return str(commit)


def _write_tree(
    repository: pygit2.Repository,
    base: pygit2.Tree | None,
    changes: Iterable[tuple[tuple[str, ...], bytes | None]],
) -> pygit2.Oid | None:
    """Return the changed tree, None when nothing is left in it."""
    builder = repository.TreeBuilder() if base is None else repository.TreeBuilder(base)
    below: dict[str, list[tuple[tuple[str, ...], bytes | None]]] = {}
    for parts, data in changes:
        if len(parts) > 1:
            below.setdefault(parts[0], []).append((parts[1:], data))
        else:
            _place(builder, parts[0], None if data is None else repository.create_blob(data))
    for name, inner in below.items():
        old = base[name] if base is not None and name in base else None
        inner_base = old if isinstance(old, pygit2.Tree) else None
        _place(builder, name, _write_tree(repository, inner_base, inner), FileMode.TREE)
    return builder.write() if len(builder) else None


def _place(
    builder: pygit2.TreeBuilder, name: str, oid: pygit2.Oid | None, mode: FileMode = FileMode.BLOB
) -> None:
    if oid is not None:
        builder.insert(name, oid, mode)
    elif builder.get(name) is not None:
        builder.remove(name)


def _safe_parts(path: str) -> tuple[str, ...]:
    """Split a path; refuse, with ValueError, one that a checkout could not place safely."""
    parts = tuple(path.split("/"))
    hostile = {"", ".", ".."}
    if any(part in hostile or part.lower() == ".git" or "\0" in part for part in parts):
        message = f"{path!r} cannot be the path of a file in a commit."
        raise ValueError(message)
    return parts


def _signature(person: Signature) -> pygit2.Signature:
    offset = person.time.utcoffset()
    if offset is None:
        message = "A commit needs a time with an offset."
        raise ValueError(message)
    minutes = round(offset.total_seconds() / 60)
    email = _plain(person.email) or "unknown"
    name = _plain(person.name) or email
    return pygit2.Signature(name, email, int(person.time.timestamp()), minutes, "utf-8")


def _plain(text: str) -> str:
    """Leave out what would end a name early in a commit's header."""
    visible = "".join(letter if letter.isprintable() else " " for letter in text)
    cleaned = " ".join(visible.translate({ord("<"): None, ord(">"): None}).split())
    return cleaned[:_LONGEST_NAME].strip(" .,:;\"'\\")
