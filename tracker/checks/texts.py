"""Texts that are searched for secrets though they are no records: the policy, files beside records.

Only what is not as it was judged before is searched, as in records; nothing is remembered here, so
nothing that was found good once hides a secret.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pygit2

from tracker.checks.work_tree import Selection, WorkTree
from tracker.store.attachment_file import LARGEST
from tracker.store.record_paths import POLICY_PATH, RECORDS

_LOOKED_AT: Final = 8000  # bytes at the beginning: one that is zero makes a file binary, as for git
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")  # how UTF-16 begins, as some systems write logs


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text with lines that nobody judged yet; None where it is too large to be searched."""

    path: str
    text: str | None
    known: str
    """The text that was judged before."""


def fresh_texts(tree: WorkTree, selected: Selection) -> Iterator[Text]:
    """The policy, and each text beside a record that is asked about; links are not followed."""
    policy = tree.policy
    known = tree.known(POLICY_PATH, selected)
    if policy is not None and policy != known:
        yield Text(path=POLICY_PATH, text=_decoded(policy), known=_decoded(known or b""))
    for path, file in sorted(_files_beside(tree.root)):
        if path not in selected or not _is_text(file):
            continue
        if tree.judged(path, selected) == str(pygit2.hashfile(str(file))):
            continue
        small = file.stat().st_size <= LARGEST
        yield Text(
            path=path,
            text=_decoded(file.read_bytes()) if small else None,
            known=_decoded(tree.known(path, selected) or b""),
        )


def _files_beside(root: Path) -> Iterator[tuple[str, Path]]:
    for shelf in os.scandir(root / RECORDS) if (root / RECORDS).is_dir() else ():
        if not shelf.is_dir(follow_symlinks=False):
            continue
        for folder in os.scandir(shelf):
            if folder.is_dir(follow_symlinks=False):
                for where, _, names in os.walk(folder.path):
                    for name in names:
                        file = Path(where, name)
                        if file.is_file() and not file.is_symlink():
                            yield file.relative_to(root).as_posix(), file


def _is_text(file: Path) -> bool:
    with file.open("rb") as opened:
        began = opened.read(_LOOKED_AT)
    return began.startswith(_WIDE) or b"\0" not in began


def _decoded(data: bytes) -> str:
    return data.decode("utf-16" if data.startswith(_WIDE) else "utf-8", "replace")
