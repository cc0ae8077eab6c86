"""Keep files of Slack's messages beside a bug's record, as far as the policy allows.

What is to be kept is noted in the ledger at once and fetched in a thread of its own, so that a
restart loses no file and a slow one holds nobody up.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.membership import may_not
from bot.people import People
from bot.reply import REQUEST, Reply
from bot.sentence import sentence
from bot.slack_client import QueuedClient
from bot.slack_file import (
    TEXTS,
    UnfitFileError,
    ending_of,
    fetched,
    kind_of,
    lost,
    safe_stem,
    shown_name,
    title_of,
    told_of,
)
from tracker.assembly import Errand, LedgerError, Request, Tracker
from tracker.model.trouble import TroubleError
from tracker.workflow.actions.follow_up import AttachEvidence
from tracker.workflow.decision import Refused

LOG: Final = logging.getLogger(__name__)
FILE: Final = "file"
"""The kind of the errands that keep a file."""

_MOST: Final = 10  # files of one message
_TOLD_AFTER: Final = 2  # tries that failed
_TRIES: Final = 8  # over some hours


@dataclass(frozen=True, kw_only=True)
class Attaching:
    """Files on their way to a bug; `committed` wakes the committer, `wake` the thread for files."""

    tracker: Tracker
    client: QueuedClient
    people: People
    committed: Callable[[], None]
    wake: Callable[[], None]

    def keep(self, bug: str, files: Iterable[Mapping[str, Any]], reply: Reply, name: str) -> None:
        """Note durably which files a bug is to get; what cannot be kept is told to whoever asked.

        `name` keeps one wish apart from others; the same wish again changes nothing.
        """
        for file in files:
            known = {"id": file["id"], "name": file.get("name") or "file"}
            errand = Errand(
                key=f"file:{bug}:{file['id']}:{name}",
                bug=bug,
                kind=FILE,
                detail=json.dumps({"file": known, **reply.place}),
            )
            self.tracker.ledger.errands.put(errand, self.tracker.now())
        self.wake()

    def do(self, errand: Errand) -> None:
        """Keep one file by a commit of its own; raises where another try may succeed."""
        said = json.loads(errand.detail)
        reply = Reply.at(self.client, said)
        try:
            self._attach(errand.bug, reply.user, said["file"])
        except LedgerError:
            raise
        except TroubleError as trouble:
            reply(sentence(str(trouble)))
        except Exception as error:
            if errand.attempts + 1 < _TRIES:
                raise
            LOG.warning("A file could not be fetched: %s", error)
            reply(sentence(lost(said["file"])))

    def tell(self, errand: Errand, error: Exception) -> None:
        """Tell whoever shared a file that Slack does not give it out; once."""
        del error
        if errand.attempts + 1 == _TOLD_AFTER:
            said = json.loads(errand.detail)
            told = (
                f"Slack does not give out `{shown_name(said['file'])}` just now. It is tried again"
                f" by itself, and kept beside {errand.bug} as soon as it can be fetched."
            )
            Reply.at(self.client, said)(sentence(told))

    def _attach(self, bug: str, user: str, file: Mapping[str, Any]) -> None:
        request_id = f"{REQUEST}file-{file['id']}-{bug}"
        if self.tracker.outcome(request_id) is not None:
            return
        if refused := may_not(self.people.account(user).membership, "attach"):
            raise UnfitFileError(refused)
        limits = self.tracker.policy().attachments
        file = told_of(self.client, file)
        ending = ending_of(file, limits)
        content = fetched(self.client, file, limits)
        if ending in TEXTS:
            content = self._without_secrets(content)
        digest = self.tracker.ledger.files.keep(content, self.tracker.now())
        name = f"{safe_stem(shown_name(file))}-{digest[:8]}.{ending}"
        request = Request(
            id=request_id,
            bug=bug,
            action=AttachEvidence(name=name, kind=kind_of(ending), description=title_of(file)),
            actor=self.people.person(user),
            files={name: digest},
        )
        decision = self.tracker.judge(request)
        if isinstance(decision, Refused):
            raise UnfitFileError(" ".join(reason.sentence for reason in decision.reasons))
        self.tracker.submit(request)
        self.committed()

    def _without_secrets(self, content: bytes) -> bytes:
        """Take secrets out of text before it is kept; what is no text stays as it is."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return content
        cleaned: str = self.tracker.without_secrets({"text": text})["text"]
        return cleaned.encode()


def files_of(message: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The files of a message, as far as they can be asked for."""
    return [each for each in message.get("files") or () if each.get("id")][:_MOST]
