"""The team's policy at a commit, and the one to look at bugs by while the newest is broken."""

import contextlib
from functools import lru_cache
from typing import Final

from tracker.model.policy import Policy
from tracker.model.problem import Problem, ProblemsFound
from tracker.store.clone import Clone
from tracker.store.commit_log import blobs_of
from tracker.store.record_file import read_policy
from tracker.store.record_paths import POLICY_PATH

_read: Final = lru_cache(maxsize=8)(read_policy)  # every action asks several times


def policy_at(clone: Clone, revision: str | None) -> Policy:
    """Return the team's policy, or the defaults where it has none; raises ProblemsFound."""
    data = clone.read(POLICY_PATH, revision)
    return Policy() if data is None else _read(data)


def policy_in_force(clone: Clone, revision: str | None) -> tuple[Policy, tuple[Problem, ...]]:
    """Return the policy to read by, and the problems of the newest one.

    If there are any, it is the last one without: people look at bugs while somebody mends it.
    """
    try:
        return policy_at(clone, revision), ()
    except ProblemsFound as error:
        return _last_policy(clone, revision), error.problems


def _last_policy(clone: Clone, revision: str | None) -> Policy:
    for blob_id in blobs_of(clone, POLICY_PATH, revision):
        with contextlib.suppress(ProblemsFound):
            return read_policy(clone.blob(blob_id))
    return Policy()
