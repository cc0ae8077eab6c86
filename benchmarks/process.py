"""Run a command as a whole process and tell what it took.

Python's bytecode is kept, as an installed program's is, also where the environment forbids it;
else each run would compile all modules anew.
"""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_KIB: Final = 1024
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
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, **_BYTECODE, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        start = time.monotonic()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        printed = output.read()[-2000:].decode(errors="replace")
    if process.returncode not in accepted:
        message = f"{' '.join(command)} ended with {process.returncode}:\n{printed}"
        raise CommandFailedError(message)
    return Usage(seconds=seconds, cpu=used.ru_utime + used.ru_stime, memory=used.ru_maxrss * _KIB)
