"""Which of the processes that share a ledger speaks, and, on a shared one, writes.

Processes of one machine that share a data directory agree by a lock, which the kernel takes from
a dead holder at once. Replicas on several machines agree by a lease in their common database.
"""

import fcntl
import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tracker.store.leases import LEADER, Lease
from tracker.store.ledger import Ledger

LEASE_SECONDS: Final = 10.0
"""How long the others wait for a leader that died."""


@dataclass(kw_only=True)
class Leadership:
    """One process's part in it; `owner` tells it from all others, `lock` is in its data folder."""

    ledger: Ledger
    lock: Path
    owner: str
    _lease: Lease | None = None
    _until: float = 0.0
    _descriptor: int | None = None
    _guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def leads(self) -> bool:
        """Whether this process is the leader, as far as it knows."""
        return self._descriptor is not None or time.monotonic() < self._until

    @property
    def lease(self) -> Lease | None:
        """Return the lease that a leader holds on a shared ledger."""
        return self._lease if self.leads else None

    def campaign(self) -> bool:
        """Become or stay the leader if nobody else is; raises LedgerError."""
        with self._guard:
            if self.ledger.shared:
                asked = time.monotonic()
                self._lease = self.ledger.leases.take(LEADER, self.owner, LEASE_SECONDS)
                self._until = 0.0 if self._lease is None else asked + LEASE_SECONDS
            elif self._descriptor is None:
                self._descriptor = _locked(self.lock)
            return self.leads

    def resign(self) -> None:
        """Let another process lead, now."""
        with self._guard:
            if self._lease is not None:
                self.ledger.leases.give_back(self._lease)
            if self._descriptor is not None:
                os.close(self._descriptor)
            self._lease, self._until, self._descriptor = None, 0.0, None


def process_name() -> str:
    """Return a name of this process that no other one has, and that people can place."""
    return f"{socket.gethostname()}, process {os.getpid()} ({secrets.token_hex(4)})"


def _locked(file: Path) -> int | None:
    """Lock the file and return its descriptor; None while another process has it."""
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return descriptor
