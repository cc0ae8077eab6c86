"""What is asked of the replicas, and how it is carried to them."""

import http.client
import json
import urllib.request
from random import Random
from typing import Any

FIRST = frozenset(f"first-{number}" for number in range(12))
"""Reports from before the storm; there are many bugs, so that no record grows without end."""

_SECONDS = 20.0
_REPORTS = 0.15  # of all requests


def request(name: str, random: Random) -> dict[str, Any]:
    """A new bug, or a note on one of the first; none that a rule refuses."""
    if random.random() < _REPORTS:
        return {"id": name, "bug": None, "verb": "report", "fields": report_fields(name)}
    bug = f"BUG-{random.randint(1, len(FIRST)):04d}"
    return {"id": name, "bug": bug, "verb": "note", "fields": {"text": f"Note of {name}."}}


def report_fields(name: str) -> dict[str, Any]:
    broken = {"title": f"Trouble {name}", "what_is_broken": "It fails."}
    return {**broken, "environment": {"stage": "production"}}


def deliver(port: int, asked: dict[str, Any]) -> bool:
    """Whether the replica acknowledged it."""
    if not port:
        return False
    address, body = f"http://127.0.0.1:{port}/", json.dumps(asked).encode()
    try:
        with urllib.request.urlopen(address, body, timeout=_SECONDS) as answer:
            return bool(answer.status == 200)
    except (OSError, http.client.HTTPException):  # killed, maybe in the middle of its answer
        return False


def waiting(port: int) -> int | None:
    """How many actions wait; None while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=_SECONDS) as answer:
            return int(answer.read())
    except (OSError, http.client.HTTPException):
        return None
