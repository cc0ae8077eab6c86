"""Run a command as a whole process and tell what it took.

Python's bytecode is kept, as an installed program's is, also where the environment forbids it;
else each run would compile all modules anew.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LAUNCHER: Final = Path(__file__).with_name("launch.py")
_BYTECODE: Final = {
    "PYTHONDONTWRITEBYTECODE": "",
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "bugbook-bench-bytecode"),
}


class CommandFailedError(Exception):
    """A command that was measured ended badly; its text holds what it printed last."""


@dataclass(frozen=True, kw_only=True)
class Usage:
    """What one run took."""

    seconds: float
    """On the clock."""
    cpu: float
    """Seconds of processor time, children included."""
    memory: float
    """Bytes at the peak, of the process or its largest child."""


def run(
    *command: str,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    accepted: tuple[int, ...] = (0,),
) -> Usage:
    """Run to the end; raises CommandFailedError for another exit code than the accepted ones."""
    with tempfile.TemporaryDirectory(prefix="bugbook-bench-run-") as scratch:
        taken, output = Path(scratch) / "taken", Path(scratch) / "output"
        with output.open("wb") as printed:
            subprocess.run(
                [sys.executable, "-I", "-S", str(_LAUNCHER), str(taken), *command],
                cwd=folder,
                env={**os.environ, **_BYTECODE, **(environment or {})},
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=subprocess.STDOUT,
                check=False,
            )
        words = output.read_text(errors="replace")[-2000:]
        used = json.loads(taken.read_text("ascii")) if taken.exists() else {"exit_code": None}
    exit_code = used.pop("exit_code")
    if exit_code not in accepted:
        message = f"{' '.join(command)} ended with {exit_code}:\n{words}"
        raise CommandFailedError(message)
    return Usage(**used)
