"""Other tools that keep records in git: install them, and give them as many records as ours."""

import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import yaml

from benchmarks.corpus import corpus, fast_import
from benchmarks.process import run
from tracker.store.yaml_reader import read_yaml

GROUP: Final = "bench"  # of dependencies, in pyproject.toml
_PROJECT: Final = Path(__file__).parents[1]
_LONGEST_INSTALL: Final = 300  # seconds
_RELEASES: Final = 20
_NOTES: Final = 1000


class PeerUnavailableError(Exception):
    """A tool cannot be had here; its text says why."""


@dataclass(frozen=True)
class Peers:
    """Tools in an environment of their own below a folder."""

    folder: Path

    @cached_property
    def commands(self) -> Path:
        """The folder of their commands; raises PeerUnavailableError."""
        home = self.folder / "peers"
        uv = str(Path(sys.executable).with_name("uv"))
        install = (uv, "pip", "install", "--quiet", "--group", f"{_PROJECT}/pyproject.toml:{GROUP}")
        try:
            _run(uv, "venv", "--quiet", str(home))
            _run(*install, "--python", str(home / "bin" / "python"))
        except (OSError, subprocess.SubprocessError) as error:
            message = f"The peers could not be installed: {error}"
            raise PeerUnavailableError(message) from error
        return home / "bin"

    def version(self, name: str) -> str:
        """A tool's name and version."""
        ask = f"import importlib.metadata; print(importlib.metadata.version({name!r}))"
        return f"{name} {_run(str(self.commands / 'python'), '-c', ask).strip()}"

    def doorstop_tree(self, count: int) -> Path:
        """Items with the texts of as many records, in the form that Doorstop itself writes."""
        tree = self.folder / f"doorstop-{count}"
        tree.mkdir()
        _run("git", "init", "--quiet", "--initial-branch=main", str(tree))
        _run(str(self.commands / "doorstop"), "create", "BUG", "./items", folder=tree)
        usual = {"active": True, "derived": False, "header": "", "links": [], "normative": True}
        for number, text in enumerate(_texts(count), start=1):
            told = {**usual, "level": f"1.{number}", "ref": "", "reviewed": None, "text": text}
            written = yaml.dump(told, Dumper=yaml.CSafeDumper)
            (tree / "items" / f"BUG{number:04}.yml").write_text(written, "utf-8")
        return tree

    def reno_tree(self, count: int) -> Path:
        """Notes with the same texts: one commit each, and a tag for each of 20 releases."""
        tree = self.folder / f"reno-{count}"
        _run("git", "init", "--quiet", "--initial-branch=main", str(tree))
        notes = (
            (f"releasenotes/notes/bug-{number:016x}.yaml", yaml.dump({"fixes": [text]}))
            for number, text in enumerate(_texts(count), start=1)
        )
        fast_import(tree, ((f"Add {path}", {path: text}) for path, text in notes))
        for release in range(_RELEASES):
            behind = count - 1 - release * count // _RELEASES
            _run("git", "tag", f"1.{release}.0", f"main~{behind}", folder=tree)
        _run("git", "checkout", "--quiet", "--force", "main", folder=tree)
        return tree

    def reno_notes(self, command: str, count: int) -> tuple[str, float]:
        """Time reno on a thousand notes; the name that says so, and the seconds for the count.

        It takes minutes for thousands, and more for each note the more there are, so that counting
        each note alike says less than it would take.
        """
        reno = str(self.commands / "reno")
        run(reno, "-q", command, folder=self.reno_tree(_RELEASES))  # writes the bytecode
        notes = self.reno_tree(_NOTES)
        taken = run(reno, "-q", command, folder=notes).seconds
        name = f"{self.version('reno')} {command} (of {_NOTES:,}, times {count / _NOTES:g})"
        return name, taken * count / _NOTES

    def towncrier_tree(self, count: int) -> Path:
        """News fragments with the same texts."""
        tree = self.folder / f"towncrier-{count}"
        news = tree / "newsfragments"
        news.mkdir(parents=True)
        _run("git", "init", "--quiet", "--initial-branch=main", str(tree))
        settings = '[tool.towncrier]\ndirectory = "newsfragments"\nname = "bugs"\nversion = "1"\n'
        (tree / "pyproject.toml").write_text(settings, "utf-8")
        for number, text in enumerate(_texts(count), start=1):
            (news / f"{number}.bugfix.md").write_text(text, "utf-8")
        return tree


def _texts(count: int) -> list[str]:
    """What is broken, of each record of the corpus, below its title."""
    read = (read_yaml(made.text.encode(), made.path).value for made in corpus(count))
    return [f"{fields['title']}\n\n{fields['report']['what_is_broken']}\n" for fields in read]


def _run(*command: str, folder: Path | None = None) -> str:
    ran = subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True, timeout=_LONGEST_INSTALL
    )
    return ran.stdout
