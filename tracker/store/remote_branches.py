"""The branches of remotes as a checkout last saw them."""

from collections.abc import Mapping

import pygit2

_REMOTES = "refs/remotes/"


def branch_tips(repository: pygit2.Repository) -> Mapping[str, str]:
    """Return the newest commit of each branch of each remote, by names such as `origin/main`."""
    tips: dict[str, str] = {}
    for name in repository.references:
        if name.startswith(_REMOTES) and not name.endswith("/HEAD"):
            tips[name.removeprefix(_REMOTES)] = str(repository.references[name].resolve().target)
    return tips


def tip_of(repository: pygit2.Repository, revision: str) -> str:
    """Return the commit that a revision names, which must be there."""
    return str(repository.revparse_single(revision).peel(pygit2.Commit).id)
