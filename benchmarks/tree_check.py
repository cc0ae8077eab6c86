"""Time `bugbook check` on many records, and Doorstop on as many items beside it."""

import subprocess
import sys
import time
import venv
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.corpus import write_corpus
from benchmarks.samples import Samples
from benchmarks.section import Section, Told

RECORDS = 5000
TARGET = 6.0  # seconds, from the issue “Fast and safe at scale”
LONGEST_INSTALL = 180  # seconds
LONGEST_CHECK = 900  # seconds
ABOUT = """\
`bugbook check` as a whole process, once, on records of every severity in every state that nothing
has read before. The peer validates as many items, each with the text of a record's title and
report, in the same run and as a whole process: `doorstop -F -W -L`. It knows no states,
gates or secrets, so the ratio says what a team waits for and not what is done in that time. Records
of long incidents are several times larger than these, and take longer accordingly."""


@dataclass(frozen=True, kw_only=True)
class Unavailable:
    """Why the peer could not be measured."""

    reason: str


def clocked_check(folder: Path, tell: Told) -> Section:
    """Make both trees and check each once; a peer that cannot be had is left out with its reason.

    Raises:
        CalledProcessError: the generated records are not valid.
    """
    tell(f"Writing {RECORDS:,} records.")
    tree = folder / "records"
    size = write_corpus(tree, RECORDS)
    _as_repository(tree)
    tell(f"Checking {RECORDS:,} records.")
    bugbook = Path(sys.executable).with_name("bugbook")
    own = _seconds(tree, str(bugbook), "check")
    tell(f"That took {own:.1f} s. Installing Doorstop.")
    peer = _doorstop(folder, tell)
    title = f"Check of {RECORDS:,} records, {size / 1e6:.1f} MB"
    checked = Samples(name="`bugbook check`, cold", seconds=[own], target=TARGET)
    if isinstance(peer, Unavailable):
        about = f"{ABOUT}\n\nDoorstop was not measured: {peer.reason}."
        return Section(title=title, about=about, samples=(checked,))
    return Section(title=title, about=ABOUT, samples=(checked, peer), peered=True)


def _doorstop(folder: Path, tell: Told) -> Samples | Unavailable:
    home = folder / "doorstop"
    try:
        venv.create(home, with_pip=True)
        install = (str(home / "bin" / "pip"), "install", "--quiet", "doorstop")
        subprocess.run(install, check=True, capture_output=True, timeout=LONGEST_INSTALL)
        tell(f"Validating {RECORDS:,} items with Doorstop.")
        command = str(home / "bin" / "doorstop")
        version = subprocess.run([command, "--version"], check=True, capture_output=True, text=True)
        seconds = _seconds(_items(folder, command), command, "-F", "-W", "-L")
    except subprocess.TimeoutExpired as error:
        return Unavailable(reason=f"it was not ready after {error.timeout:g} s")
    except subprocess.CalledProcessError as error:
        return Unavailable(reason=f"`{Path(error.cmd[0]).name}` ended with {error.returncode}")
    tell(f"That took {seconds:.1f} s.")
    return Samples(name=f"Peer: {version.stdout.strip()}", seconds=[seconds])


def _items(folder: Path, command: str) -> Path:
    """As many items as records, in the form that Doorstop itself writes."""
    tree = folder / "items"
    tree.mkdir()
    _as_repository(tree)
    create = [command, "create", "BUG", "./items"]
    subprocess.run(create, cwd=tree, check=True, capture_output=True)
    usual = {"active": True, "derived": False, "header": "", "links": [], "normative": True}
    for number in range(1, RECORDS + 1):
        text = f"Redemption fails {number}\n\nCoupon redemption fails.\n"
        told = {**usual, "level": f"1.{number}", "ref": "", "reviewed": None, "text": text}
        written = yaml.safe_dump(told, sort_keys=True)
        (tree / "items" / f"BUG{number:04}.yml").write_text(written, "utf-8")
    return tree


def _seconds(folder: Path, *command: str) -> float:
    start = time.monotonic()
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=LONGEST_CHECK)
    return time.monotonic() - start


def _as_repository(folder: Path) -> None:
    author = ("-c", "user.name=Support Team", "-c", "user.email=support@example.com")
    for arguments in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "."),
        (*author, "commit", "--quiet", "--allow-empty", "--message", "Add records"),
    ):
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)
