"""`python -m benchmarks`: measure, print and write down; exit 1 when a target is missed."""

import sys
import tempfile
from pathlib import Path

from benchmarks.chat_actions import clocked_actions
from benchmarks.results import show
from benchmarks.tree_check import clocked_check


def main() -> int:
    """Run every measurement."""
    with tempfile.TemporaryDirectory(prefix="bugbook-bench-") as scratch:
        clocked, slack = clocked_actions(Path(scratch), _tell)
        sections = (clocked.section(), clocked_check(Path(scratch), _tell))
    show(sections, slack)
    return 0 if all(section.met for section in sections) else 1


def _tell(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
