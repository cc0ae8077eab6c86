"""Read YAML that strangers wrote: the release notes of OpenStack's nova, beside other readers."""

import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import yaml

from benchmarks.process import CommandFailedError, run
from benchmarks.samples import Samples
from benchmarks.section import Section, Told
from tracker.model.problem import ProblemsFound
from tracker.store.yaml_reader import read_yaml

SOURCE: Final = "nova==34.0.0"
TIMES_FASTER: Final = 3  # than the reader in pure Python, which is what reno reads with
ROUNDS: Final = 3
ABOUT: Final = f"""\
The release notes in the source distribution of {SOURCE}, read one by one in one process. Our reader
keeps the place of every key and value, and refuses what two readers would read differently; PyYAML
keeps no places. reno reads its notes with PyYAML's reader in pure Python."""


def clocked_reading(folder: Path, tell: Told) -> Section:
    """Read all notes with each reader; without the notes, say why."""
    tell("Fetching real release notes.")
    title = "YAML written by strangers"
    try:
        notes = _notes(folder)
    except (OSError, CommandFailedError, subprocess.SubprocessError, tarfile.TarError) as error:
        return Section(
            title=title, about=ABOUT, samples=(), missing=(f"No notes could be had: {error}",)
        )
    tell(f"Reading {len(notes):,} notes {ROUNDS} times with each reader.")
    pure = Samples(name="PyYAML SafeLoader", values=_times(notes, _with(yaml.SafeLoader)))
    fast = Samples(name="PyYAML CSafeLoader", values=_times(notes, _with(yaml.CSafeLoader)))
    own = Samples(
        name=f"Bugbook, {len(notes):,} notes, {_refused(notes):,} refused with a place",
        values=_times(notes, _own),
        peer=pure,
        times_better=TIMES_FASTER,
    )
    return Section(title=title, about=ABOUT, samples=(own, fast, pure))


def _notes(folder: Path) -> tuple[bytes, ...]:
    fetch = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps")
    run(*fetch, "--no-binary", ":all:", SOURCE, folder=folder)
    with tarfile.open(next(folder.glob("nova-*.tar.gz"))) as archive:
        files = (archive.extractfile(each) for each in archive if _is_note(each.name))
        return tuple(file.read() for file in files if file is not None)


def _is_note(name: str) -> bool:
    return "/releasenotes/notes/" in name and name.endswith(".yaml")


def _times(notes: Iterable[bytes], read: Callable[[bytes], object]) -> list[float]:
    return [_time(notes, read) for _ in range(ROUNDS)]


def _time(notes: Iterable[bytes], read: Callable[[bytes], object]) -> float:
    start = time.monotonic()
    for note in notes:
        read(note)
    return time.monotonic() - start


def _own(note: bytes) -> bool:
    """Whether our reader takes it."""
    try:
        read_yaml(note, "note.yaml")
    except ProblemsFound:
        return False
    return True


def _refused(notes: Iterable[bytes]) -> int:
    return sum(not _own(note) for note in notes)


def _with(loader: type[yaml.SafeLoader | yaml.CSafeLoader]) -> Callable[[bytes], object]:
    def read(note: bytes) -> object:
        return yaml.load(note, loader)  # noqa: S506

    return read
