"""The only module that runs git: for the network, and for what pygit2 does not know of remotes.

Everything else about commits is done by pygit2 in `tracker.store.clone`, without a process.
"""

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Timer

from tracker.store.git_errors import MissingGitError
from tracker.store.git_status import WorkTree, seen_in

_KEPT_VARIABLES = frozenset(
    {
        "GIT_ASKPASS",
        "GIT_EXEC_PATH",
        "GIT_SSH",
        "GIT_SSH_COMMAND",
        "GIT_SSL_CAINFO",
        "GIT_SSL_CAPATH",
        "GIT_SSL_NO_VERIFY",
    }
)
_FIXED_VARIABLES = {
    "GIT_ALLOW_PROTOCOL": "file:git:http:https:ssh",  # ext:: would run any command
    "GIT_OPTIONAL_LOCKS": "0",  # looking at a person's work tree must not get in their way
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",  # refusals are told apart by their words
    "SSH_ASKPASS_REQUIRE": "never",
}
# A person's global configuration may ask for these; they make no sense for our own pushes.
_OWN_CONFIGURATION = (
    "gc.autoDetach=false",
    "maintenance.autoDetach=false",
    "push.followTags=false",
    "push.gpgSign=false",
    "push.recurseSubmodules=no",
    "fetch.recurseSubmodules=no",
)
_COMMIT_FORMAT = "--format=%H%x00%cI%x00%an%x00%D%x00%s"
_MOST_FOUND = 2_000_000  # bytes of what a search found; more than anybody reads
_UPDATE_WORK_TREE = "git -c receive.denyCurrentBranch=updateInstead receive-pack"

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class GitResult:
    """How one run of git ended; `code` is None when it took longer than it may."""

    code: int | None
    output: str
    errors: str

    @property
    def succeeded(self) -> bool:
        """Whether git said that it did what was asked."""
        return self.code == 0


@dataclass(frozen=True, kw_only=True)
class GitRepository:
    """One directory that git is run in, with a limit of seconds for each run.

    `found` means that the path is the repository itself, and git is not to look for another one
    above it where this one is damaged.
    """

    path: Path
    timeout: float = 60.0
    found: bool = False

    def version(self) -> GitResult:
        """Ask git for its version, as one line."""
        return self._run("version")

    def is_bare(self) -> GitResult:
        """Ask whether there is a work tree: prints true or false, fails outside a repository."""
        return self._run("rev-parse", "--is-bare-repository")

    def kind_and_folders(self) -> GitResult:
        """Print whether it is bare, git's own folder, and the top of a work tree, one a line.

        Of a bare repository git prints the first two before it fails, as there is no work tree.
        """
        asked = ("--is-bare-repository", "--absolute-git-dir", "--show-toplevel")
        return self._run("rev-parse", *asked)

    def origin(self) -> str | None:
        """Return the address of the remote called origin, None when there is none."""
        answer = self._run("remote", "get-url", "origin")
        return answer.output.rstrip("\n") if answer.succeeded else None

    def current_branch(self) -> str | None:
        """Return the short name that HEAD points to, born or not; None when it is detached."""
        answer = self._run("symbolic-ref", "--short", "HEAD")
        return answer.output.strip() if answer.succeeded else None

    def uncommitted(self) -> GitResult:
        """List tracked files that differ from the newest commit, one a line."""
        return self._run("status", "--porcelain", "--untracked-files=no")

    def work_tree(self, folder: str) -> WorkTree | None:
        """Look at the checkout, and at the files of one of its folders; None when there is none."""
        options = ("--porcelain=v2", "-z", "--branch", "--no-ahead-behind", "--no-renames")
        within = f":(top,literal){folder}"
        answer = self._run("status", *options, "--untracked-files=normal", "--", within)
        return seen_in(answer.output) if answer.succeeded else None

    def folder_id(self, folder: str) -> str | None:
        """Return the id of a folder of HEAD's commit; None when it is not there."""
        answer = self._run("rev-parse", "--quiet", "--verify", f"HEAD:{folder}")
        return answer.output.strip() if answer.succeeded else None

    def remote_branches(self, remote: str) -> GitResult:
        """Ask the remote for its branches, one `<commit> TAB <ref>` a line."""
        return self._run("ls-remote", "--heads", "--", remote)

    def fetch(self, remote: str, refspec: str, *, progress: Progress | None) -> GitResult:
        """Bring one ref over; an initial fetch has no limit but the ten-fold patience."""
        loudness = "--quiet" if progress is None else "--progress"
        options = ("--no-tags", "--no-write-fetch-head", loudness)
        limit = self.timeout if progress is None else self.timeout * 10
        return self._run("fetch", *options, "--", remote, refspec, progress=progress, limit=limit)

    def push(self, remote: str, refspec: str, *, expected: str, local: bool) -> GitResult:
        """Push where the branch is at the `expected` commit, "" for none, and nowhere else.

        A plain push takes any ancestor, and would bring back what a forced push has just taken out.
        With a lease git compares the commit itself; that ours follows it is for the caller to see.
        A clean work tree at a local remote is brought up to date.
        """
        lease = f"--force-with-lease={refspec.partition(':')[2]}:{expected}"
        options = ["--porcelain", "--no-verify", lease]
        if local:
            options.append(f"--receive-pack={_UPDATE_WORK_TREE}")
        return self._run("push", *options, "--", remote, refspec)

    def commits(
        self,
        count: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        paths: tuple[str, ...] = (),
    ) -> GitResult:
        """List HEAD's newest commits: id, time, author, tags and subject, each ended by NUL."""
        spans = {"since": since, "until": until}
        limits = [f"--{name}={moment.isoformat()}" for name, moment in spans.items() if moment]
        options = ("-z", f"--max-count={count}", _COMMIT_FORMAT, "--decorate-refs=refs/tags/*")
        literal = [f":(top,literal){path}" for path in paths]
        return self._run("log", "--no-show-signature", *options, *limits, "HEAD", "--", *literal)

    def search(self, phrases: tuple[str, ...], pathspecs: tuple[str, ...] = ()) -> GitResult:
        """Find lines of HEAD's files that hold one of these texts: `HEAD:path NUL number NUL line`.

        Code 1 means that there are none. An empty phrase is in every line.
        """
        options = ("-z", "-n", "-I", "--fixed-strings", "--full-name", "--no-color")
        wanted = [part for phrase in phrases for part in ("-e", phrase)]
        return self._run("grep", *options, *wanted, "HEAD", "--", *pathspecs, most=_MOST_FOUND)

    def _run(
        self,
        command: str,
        *arguments: str,
        progress: Progress | None = None,
        limit: float | None = None,
        most: int = -1,
    ) -> GitResult:
        options = [part for item in _OWN_CONFIGURATION for part in ("-c", item)]
        if self.found:
            options.append("--git-dir=.")
        with (
            tempfile.TemporaryFile() as output,
            _started(
                ["git", *options, command, *arguments], cwd=self.path, output=output.fileno()
            ) as process,
        ):
            timer = Timer(limit or self.timeout, _kill_with_children, [process])
            timer.start()
            try:
                errors = _listen(process, progress)
                code = process.wait()
            finally:
                in_time = timer.is_alive()
                timer.cancel()
            output.seek(0)
            text = output.read(most).decode(errors="replace")
            return GitResult(code=code if in_time else None, output=text, errors=errors)


def _listen(process: subprocess.Popen[str], progress: Progress | None) -> str:
    lines = []
    for line in process.stderr or ():
        lines.append(line)
        if progress is not None:
            progress(line.strip())
    return "".join(lines)


@contextlib.contextmanager
def _started(command: list[str], *, cwd: Path, output: int) -> Iterator[subprocess.Popen[str]]:
    """Start git in a session of its own, without a terminal to ask questions at."""
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            start_new_session=True,
        )
    except FileNotFoundError as error:
        message = "The git program was not found; install git and try again."
        raise MissingGitError(message) from error
    with process:
        try:
            yield process
        except BaseException:
            _kill_with_children(process)
            raise


def _kill_with_children(process: subprocess.Popen[str]) -> None:
    """End git and what it started (ssh, receive-pack), which would keep our pipe open."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def _environment() -> dict[str, str]:
    """Return the process environment without the GIT_ variables that redirect git elsewhere."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT_VARIABLES
    }
    return kept | _FIXED_VARIABLES
