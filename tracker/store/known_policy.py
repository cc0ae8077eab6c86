"""The policy as it was judged before: judging it loads every command, which takes a while."""

from hashlib import blake2b
from pathlib import Path

from pydantic import ValidationError

from tracker.model.policy import Policy
from tracker.store.record_file import read_policy


def known_policy(data: bytes, memory: Path, program: str) -> Policy:
    """Return what `read_policy` does, from a file that may be deleted at any time.

    `program` differs when other policies may be refused than before.

    Raises:
        ProblemsFound: as `read_policy` does.
    """
    key = blake2b(program.encode() + b"\0" + data, digest_size=16).hexdigest().encode()
    try:
        head, _, text = memory.read_bytes().partition(b"\n")
        if head == key:
            return Policy.model_validate_json(text)
    except (OSError, ValidationError):
        pass
    policy = read_policy(data)
    text = policy.model_dump_json(by_alias=True).encode()
    if Policy.model_validate_json(text) == policy:
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_bytes(key + b"\n" + text)
    return policy
