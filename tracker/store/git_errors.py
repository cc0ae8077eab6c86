"""What can go wrong between us and a git repository, each as one sentence for people."""

from pathlib import Path

from tracker.model.trouble import TroubleError


class RepositoryError(TroubleError):
    """Something about the repository stops us; its text is ready to be shown."""


class MissingRepositoryError(RepositoryError):
    """There is nothing at the place that the settings name."""


class NotARepositoryError(RepositoryError):
    """There is something at that place, but it is no git repository."""


class MissingBranchError(RepositoryError):
    """The repository has commits, but not on the branch that the settings name."""


class UnreachableRemoteError(RepositoryError):
    """The remote gave no answer; the same call may succeed later."""


class RepositoryInUseError(RepositoryError):
    """Another process held the local copy for longer than we were willing to wait."""


class DamagedCloneError(RepositoryError):
    """The local copy cannot be read; it is thrown away and made again by the next writer."""


class ForeignCloneError(RepositoryError):
    """The local copy is another user's, and git opens nothing that others own."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"The local copy {path} belongs to another user: run this as that user, or set"
            " BUGBOOK_DATA_DIR to a folder of your own."
        )


class MissingGitError(RepositoryError):
    """The git program is not installed, or cannot be started."""


class UnknownRevisionError(RepositoryError):
    """A commit was named that is not in the local copy, as after a rewritten history."""
