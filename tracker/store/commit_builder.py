"""Turn requests into a chain of commits on a tip, each judged on what came before it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tracker.model.bug_id import record_path
from tracker.model.trouble import TroubleError
from tracker.store.bug_store import BugStore
from tracker.store.clone import commit_at
from tracker.store.clone_writer import CloneWriter
from tracker.store.commit_message import read_subject
from tracker.store.commit_writer import NewCommit, Signature
from tracker.store.judging import Verdict, judge
from tracker.store.outbox import OutboxEntry
from tracker.store.outcome import Recorded, refused
from tracker.store.record_file import edited_text, new_text
from tracker.store.request import Request, UnreadableRequestError, from_entry
from tracker.store.request_index import RequestIndex
from tracker.store.yaml_writer import YamlNotWritten
from tracker.workflow.decision import Refused

BOT_NAME: Final = "Bugbook"
BOT_EMAIL: Final = "bugbook@localhost"
_FORGOTTEN: Final = "The file waited too long and is not kept any more: attach it again."


@dataclass(frozen=True, kw_only=True)
class Step:
    """One request, and what becomes of it once the chain has reached the remote.

    `error` is what an error in a rule raised; it is raised again after the others are settled.
    """

    request: str
    outcome: Recorded | Refused
    commit: str | None = None
    error: Exception | None = None


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Commits on top of a tip, one for each step that has one; `head` is the last of them."""

    tip: str | None
    head: str | None
    steps: tuple[Step, ...]

    @property
    def commits(self) -> bool:
        """Whether there is anything to push."""
        return self.head != self.tip


def _no_file(_digest: str) -> None:
    """Know of no files, where requests bring none."""


@dataclass(frozen=True, kw_only=True)
class CommitBuilder:
    """Judges and writes; moves no branch and settles nothing.

    `file` gives the content of a file that a request brings, by its digest.
    """

    store: BugStore
    requests: RequestIndex
    file: Callable[[str], bytes | None] = _no_file

    def build(
        self, writer: CloneWriter, entries: Iterable[OutboxEntry], tip: str | None, now: datetime
    ) -> Chain:
        """Write a commit for each request that the rules accept and history does not have."""
        head = tip
        steps = []
        for entry in entries:
            step = self._known(entry.request, tip) or self._step(writer, entry, head, now)
            head = step.commit or head
            steps.append(step)
        return Chain(tip=tip, head=head, steps=tuple(steps))

    def _known(self, request: str, tip: str | None) -> Step | None:
        """Tell what an earlier delivery of the same request did."""
        commit = self.requests.commit_of(request, tip)
        if commit is None:
            return None
        message = self.store.clone.ask(lambda repository: commit_at(repository, commit).message)
        bug, _, subject = read_subject(message).partition(" ")
        return Step(request=request, outcome=Recorded(bug=bug, commit=commit, subject=subject))

    def _step(
        self, writer: CloneWriter, entry: OutboxEntry, head: str | None, now: datetime
    ) -> Step:
        """Judge and commit one request; whatever is wrong with it must not hold up the others."""
        try:
            return self._commit(writer, entry, head, now)
        except UnreadableRequestError as error:
            return Step(request=entry.request, outcome=refused("request", str(error)))
        except YamlNotWritten as error:
            return Step(request=entry.request, outcome=refused("file", str(error)))
        except TroubleError:
            raise
        except Exception as error:  # noqa: BLE001 - the commit path raises it again
            outcome = refused("error", "Bugbook met an error of its own: tell who looks after it.")
            return Step(request=entry.request, outcome=outcome, error=error)

    def _commit(
        self, writer: CloneWriter, entry: OutboxEntry, head: str | None, now: datetime
    ) -> Step:
        request = from_entry(entry)
        verdict = judge(self.store, request.case, head, entry.taken_in)
        if isinstance(verdict, Refused):
            return Step(request=entry.request, outcome=verdict)
        bug, subject = verdict.accepted.record.id, _subject(request, verdict)
        files = self._files(request, bug)
        if files is None:
            return Step(request=entry.request, outcome=refused("file", _FORGOTTEN))
        new = NewCommit(
            changes=self._changes(verdict, head) | files,
            subject=f"{bug} {subject}",
            author=Signature(name=request.actor.name, email=request.actor.email, time=verdict.at),
            committer=Signature(name=BOT_NAME, email=BOT_EMAIL, time=now),
            trailers=_trailers(request, verdict),
        )
        commit = writer.commit(new, head)
        outcome = Recorded(bug=bug, commit=commit, subject=subject)
        return Step(request=entry.request, outcome=outcome, commit=commit)

    def _files(self, request: Request, bug: str) -> dict[str, bytes | None] | None:
        """The files of a request by their paths; None when the ledger has forgotten one."""
        folder = record_path(bug).removesuffix(".yaml")
        contents = {name: self.file(digest) for name, digest in request.files.items()}
        if any(content is None for content in contents.values()):
            return None
        return {f"{folder}/{name}": content for name, content in contents.items()}

    def _changes(self, verdict: Verdict, head: str | None) -> dict[str, bytes | None]:
        new = verdict.accepted.record
        path = record_path(new.id)
        text = self.store.clone.read(path, head)
        if verdict.old is None or text is None:
            return {path: new_text(new).encode()}
        return {path: edited_text(text.decode(), verdict.old, new).encode()}


def _subject(request: Request, verdict: Verdict) -> str:
    words = verdict.accepted.subject
    return f"{request.action.verb}: {words}" if words else request.action.verb


def _trailers(request: Request, verdict: Verdict) -> dict[str, str]:
    return {
        "Action": request.action.verb,
        "Actor": str(request.actor),
        "Roles": ", ".join(request.roles),
        "Request": request.id,
        "Slack-Permalink": request.permalink,
        "Policy": str(verdict.policy.version),
    }
