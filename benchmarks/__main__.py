"""`python -m benchmarks`: measure, print and write down; exit 1 when a target is missed."""

import sys
import tempfile
from pathlib import Path

from benchmarks.chat_actions import clocked_actions
from benchmarks.results import show


def main() -> int:
    """Run every measurement."""
    with tempfile.TemporaryDirectory(prefix="bugbook-bench-") as scratch:
        clocked, slack = clocked_actions(Path(scratch))
    samples = clocked.samples()
    show(samples, slack)
    return 0 if all(found.met for found in samples) else 1


if __name__ == "__main__":
    sys.exit(main())
