"""The name that git gives to bytes."""

import hashlib


def blob_id_of(data: bytes) -> str:
    """Return the id that git gives to these bytes, as repositories with SHA-1 do."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
