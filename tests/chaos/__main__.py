"""`python -m tests.chaos SECONDS [SEED]`: a long storm of each kind; exit 1 when one did harm."""

import secrets
import sys
import tempfile
from pathlib import Path

from tests.chaos.storm import Storm
from tests.postgresql import new_database, programs, running_server


def main() -> int:
    seconds = float(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else secrets.randbelow(1_000_000)
    harm = 0
    with tempfile.TemporaryDirectory(prefix="bugbook-chaos-") as name:
        apart = Storm(folder=Path(name) / "apart", seconds=seconds / 2, seed=seed)
        harm += _told("Each replica with a ledger of its own", apart)
        if programs() is None:
            sys.stdout.write("PostgreSQL is not installed, so the shared ledger was left out.\n")
        else:
            with running_server() as server:
                database = new_database(server)
                folder = Path(name) / "together"
                together = Storm(folder=folder, seconds=seconds / 2, seed=seed, database=database)
                harm += _told("Both replicas on one PostgreSQL", together)
    return 1 if harm else 0


def _told(title: str, storm: Storm) -> int:
    report = storm.blow()
    sys.stdout.write(f"{title}. {report}\n")
    sys.stdout.flush()
    return len(report.lost) + len(report.doubled) + len(report.wrong)


if __name__ == "__main__":
    sys.exit(main())
