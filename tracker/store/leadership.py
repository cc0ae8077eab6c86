"""Which of the processes that share a ledger speaks, and, on a shared one, writes.

Processes of one machine that share a data directory agree by a lock, which the kernel takes from
a dead holder at once. Replicas on several machines agree by a lease in their common database.
"""

import fcntl
import math
import os
import secrets
import socket
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tracker.store.leases import ALIVE, LEADER, Lease
from tracker.store.ledger import Ledger

LEASE_SECONDS: Final = 10.0
"""How long the others wait for a leader that died."""
ALIVE_SECONDS: Final = 20.0
"""After so long without a sign, a process that shares a ledger is gone or cut off."""


@dataclass(kw_only=True)
class Leadership:
    """One process's part in it; `owner` tells it from all others, `lock` is in its data folder."""

    ledger: Ledger
    lock: Path
    owner: str
    alive_seconds: float = ALIVE_SECONDS
    _sign: Lease | None = None
    _last_sign: float = -math.inf
    _steady_since: float = math.inf  # since when no sign of ours came late
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

    def show_life(self) -> None:
        """Let those who share the ledger know that this process works; raises LedgerError."""
        if not self.ledger.shared:
            return
        now = time.monotonic()
        self._sign = self.ledger.leases.take(_alive(self.owner), self.owner, self.alive_seconds)
        if now - self._last_sign > self.alive_seconds:
            self._steady_since = now
        self._last_sign = now

    def is_gone(self, owner: str) -> bool:
        """Whether another process that showed life does so no more.

        Nothing is known without a shared ledger, nor while we ourselves could not reach it a moment
        ago: then the others could not either.
        """
        if not self.ledger.shared or time.monotonic() - self._steady_since < self.alive_seconds:
            return False
        return self.ledger.leases.holder(_alive(owner)) is None

    def resign(self) -> None:
        """Let another process lead, now."""
        with self._guard:
            if self._lease is not None:
                self.ledger.leases.give_back(self._lease)
            if self._sign is not None:
                self.ledger.leases.give_back(self._sign)
            if self._descriptor is not None:
                os.close(self._descriptor)
            self._lease, self._until, self._descriptor = None, 0.0, None
            self._sign = None


def _alive(owner: str) -> str:
    return f"{ALIVE}{owner}"


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
