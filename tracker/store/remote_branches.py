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


def trunk_of(repository: pygit2.Repository) -> str | None:
    """Return the branch of a remote that others begin from, such as `origin/main`; None without.

    It is the one that a clone names as the remote's head, or else one that is called as usual.
    """
    tips = branch_tips(repository)
    for remote in sorted(
        {name.partition("/")[0] for name in tips}, key=lambda name: name != "origin"
    ):
        head = repository.references.get(f"{_REMOTES}{remote}/HEAD")
        named = str(head.target).removeprefix(_REMOTES) if head is not None else ""
        for name in (named, f"{remote}/main", f"{remote}/master"):
            if name in tips:
                return name
    return None


def tip_of(repository: pygit2.Repository, revision: str) -> str:
    """Return the commit that a revision names, which must be there."""
    return str(repository.revparse_single(revision).peel(pygit2.Commit).id)
