"""Merges two versions of a record's file: fields by meaning, everything else line by line."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from tracker.model.bug_number import id_in_path
from tracker.model.problem import ProblemsFound
from tracker.model.record import SECTIONS
from tracker.store.record_paths import POLICY_PATH
from tracker.store.yaml_editor import edit_yaml
from tracker.store.yaml_reader import read_yaml
from tracker.store.yaml_writer import YamlNotWritten
from tracker.workflow.merge import Side, merge
from tracker.workflow.merge_lines import Hunk, can_be_aligned, merge_lines

_COMMENT: Final = re.compile(r"(?:^|\s)(#.*\S)\s*$")


@dataclass(frozen=True, kw_only=True)
class MergedFile:
    """The merged bytes; with conflicts, each side's lines stand between git's markers.

    `notes` are sentences about what was merged in another way than usual.
    """

    data: bytes
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Texts:
    """The three versions; `base` is empty where both sides added the file."""

    base: str
    ours: str
    theirs: str


def merge_files(base: bytes, ours: bytes, theirs: bytes, path: str) -> MergedFile:
    """Merge the bytes of a file that lies at `path` in the repository; nothing is ever dropped.

    Records and the policy are merged by field. Other files, and versions that are no valid YAML,
    are merged line by line as git does.
    """
    texts = _Texts(base=_decoded(base), ours=_decoded(ours), theirs=_decoded(theirs))
    try:
        return _by_meaning(texts, path)
    except ProblemsFound as error:
        by_line = _by_line(texts, path)
        notes = tuple(str(problem) for problem in error.problems)
        return replace(by_line, notes=notes)


def _by_meaning(texts: _Texts, path: str) -> MergedFile:
    bug = id_in_path(path)
    if bug is None and path != POLICY_PATH:
        return _by_line(texts, path)
    if bug is not None and not texts.base.strip():
        return _two_records(texts, bug)
    return _by_field(texts, path)


def _two_records(texts: _Texts, bug: str) -> MergedFile:
    sentence = (
        f"Both branches made a {bug}: these are two bugs. Stop the merge with `git merge --abort`,"
        f" give the bug of the branch that is not shared yet another number with `bugbook renumber"
        f" {bug}` there, and merge again."
    )
    return MergedFile(data=_encoded(_whole(texts)), conflicts=(sentence,))


def _by_line(texts: _Texts, path: str) -> MergedFile:
    hunks = merge_lines(*map(_lines, (texts.base, texts.ours, texts.theirs)))
    if hunks is None:
        sentence = f"{path} repeats itself too much to be merged by line: take one side of it."
        return MergedFile(data=_encoded(_whole(texts)), conflicts=(sentence,))
    text = "".join(_marked(hunk) for hunk in hunks)
    if all(hunk.agreed for hunk in hunks):
        return MergedFile(data=_encoded(text))
    sentence = f"{path} has lines that differ on both sides: choose between the markers."
    return MergedFile(
        data=_encoded(_whole(texts) if _is_readable(text) else text), conflicts=(sentence,)
    )


def _by_field(texts: _Texts, path: str) -> MergedFile:
    base, ours, theirs = (
        _read(text, f"{path} ({side})")
        for text, side in ((texts.base, "base"), (texts.ours, "ours"), (texts.theirs, "theirs"))
    )
    merged = merge(base, ours, theirs)
    try:
        text = _written(texts, merged.value)
        if not merged.conflicts:
            return MergedFile(data=text.encode(), notes=_lost_comments(texts, text))
        other = merge(base, ours, theirs, Side.THEIRS).value
        their_text = edit_yaml(text, merged.value, other, order=SECTIONS)
    except YamlNotWritten as error:
        return MergedFile(data=_encoded(_whole(texts)), conflicts=(str(error),))
    marked = _between_markers(text, their_text)
    if _is_readable(marked):  # the markers fell into a text of several lines
        marked = _whole(_Texts(base="", ours=text, theirs=their_text))
    conflicts = tuple(str(conflict) for conflict in merged.conflicts)
    return MergedFile(data=marked.encode(), conflicts=conflicts, notes=_lost_comments(texts, text))


def _written(texts: _Texts, wanted: dict[str, Any]) -> str:
    """Give the wanted value the words and comments of both sides, as far as one text can.

    Raises:
        YamlNotWritten: no version of the text can be edited to mean it.
    """
    found: list[str] = []
    for candidate in _candidates(texts):
        try:
            value = _read(candidate, "the merged text")
            text = edit_yaml(candidate, value, wanted, order=SECTIONS)
        except (ProblemsFound, YamlNotWritten):
            continue
        if not _lost_comments(texts, text):
            return text
        found.append(text)
    if not found:
        message = "The file cannot be merged without harm: choose between the markers."
        raise YamlNotWritten(message)
    return min(found, key=lambda text: len(_lost_comments(texts, text)))


def _candidates(texts: _Texts) -> Iterator[str]:
    """Texts to start from: agreed lines of both sides with ours, both or theirs in between."""
    hunks = merge_lines(*map(_lines, (texts.base, texts.ours, texts.theirs))) or ()
    for sides in (("ours",), ("ours", "theirs"), ("theirs", "ours"), ("theirs",)):
        if hunks:
            yield "".join(_taken(hunk, sides) for hunk in hunks)
    yield texts.ours
    yield texts.theirs


def _taken(hunk: Hunk, sides: tuple[str, ...]) -> str:
    chosen = ("ours",) if hunk.agreed else sides
    return "".join(line for side in chosen for line in getattr(hunk, side))


def _between_markers(ours: str, theirs: str) -> str:
    """Both texts in one: where their lines differ, between markers."""
    left, right = _lines(ours), _lines(theirs)
    if not can_be_aligned(left, right):
        return _marked(Hunk(ours=tuple(left), theirs=tuple(right), agreed=False))
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    return "".join(
        _marked(Hunk(ours=tuple(left[a:b]), theirs=tuple(right[c:d]), agreed=operation == "equal"))
        for operation, a, b, c, d in matcher.get_opcodes()
    )


def _marked(hunk: Hunk) -> str:
    if hunk.agreed:
        return "".join(hunk.ours)
    end = "\r\n" if any(line.endswith("\r\n") for line in hunk.ours + hunk.theirs) else "\n"
    ours, theirs = (
        "".join(_ended(line, end) for line in side) for side in (hunk.ours, hunk.theirs)
    )
    return f"<<<<<<< ours{end}{ours}======={end}{theirs}>>>>>>> theirs{end}"


def _ended(line: str, end: str) -> str:
    return line if line.endswith("\n") else f"{line}{end}"


def _whole(texts: _Texts) -> str:
    hunk = Hunk(ours=tuple(_lines(texts.ours)), theirs=tuple(_lines(texts.theirs)), agreed=False)
    return _marked(hunk)


def _lost_comments(texts: _Texts, result: str) -> tuple[str, ...]:
    """Sentences about comments that a side has, nobody removed, and the result lacks."""
    base, ours, theirs, kept = map(_comments, (texts.base, texts.ours, texts.theirs, result))
    wanted = (ours - base) + (theirs - base) + (base & ours & theirs)
    missing = {comment: kept[comment] for comment in wanted if not kept[comment]}
    return tuple(f"This comment could not be kept: {comment}" for comment in missing)


def _comments(text: str) -> Counter[str]:
    return Counter(found[1] for line in text.split("\n") if (found := _COMMENT.search(line)))


def _lines(text: str) -> list[str]:
    """Lines with their ends; only a newline ends one, as in git."""
    *lines, last = text.split("\n")
    return [f"{line}\n" for line in lines] + ([last] if last else [])


def _read(text: str, path: str) -> dict[str, Any]:
    return read_yaml(_encoded(text), path).value if text.strip() else {}


def _decoded(data: bytes) -> str:
    """As text, bytes that are no UTF-8 included: they are merged by line and come out again."""
    return data.decode("utf-8", "surrogateescape")


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _is_readable(text: str) -> bool:
    try:
        _read(text, "the merged text")
    except ProblemsFound:
        return False
    return True
