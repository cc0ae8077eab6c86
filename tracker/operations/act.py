"""Do something to a bug: judge it here and now, keep it durably, bring it to the repository."""

import time
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from tracker.model.record import BugRecord
from tracker.model.text import TextTooLong
from tracker.operations.committing import Committer
from tracker.operations.intake import Intake, SafeAction, allowed_texts, refused_text
from tracker.operations.refresh import refresh
from tracker.operations.waiting_actions import after_waiting
from tracker.store.commit_path import CommitPath
from tracker.store.judging import Wish
from tracker.store.judging import judge as judge_case
from tracker.store.judging import obstacles as judge_wish
from tracker.store.ledger_answers import OwedAnswer
from tracker.store.outcome import Outcome, Waiting, refused
from tracker.store.remote import uncommitted_changes
from tracker.store.request import Request
from tracker.workflow.actions.exceptions import UndoMove
from tracker.workflow.decision import Accepted, Reason, Refused
from tracker.workflow.verbs import VERBS

_POLL: Final = 0.05  # seconds between two looks at what another process settles


def judge(path: CommitPath, intake: Intake, request: Request, now: datetime) -> Accepted | Refused:
    """Judge a request on the local clone; nothing is written."""
    try:
        safe = _safe(path, intake, request)
    except (TextTooLong, ValidationError) as error:
        return refused_text(request.action, error)
    if reason := _unready(path):
        return refused("remote", reason)
    case = replace(request, action=safe.action).case
    standing = _standing(path, request.bug, request.action.verb, now)
    verdict = judge_case(path.builder.store, case, path.clone.tip(), now, standing)
    return verdict if isinstance(verdict, Refused) else verdict.accepted


def obstacles(path: CommitPath, wish: Wish, now: datetime) -> tuple[Reason, ...]:
    """Say why every action of this name would be refused, whatever is entered."""
    if reason := _unready(path):
        return refused("remote", reason).reasons
    standing = _standing(path, wish.bug, wish.verb, now)
    return judge_wish(path.builder.store, wish, path.clone.tip(), now, standing)


def submit(  # noqa: PLR0917 - the last two go together
    path: CommitPath,
    intake: Intake,
    request: Request,
    now: datetime,
    owed: OwedAnswer | None = None,
    instead_of: str = "",
) -> bool:
    """Keep a request durably in the outbox; False when it is known, and nothing changes then.

    Raises TextTooLong or ValidationError for what `judge` refuses.
    """
    safe = _safe(path, intake, request)
    return path.submit(replace(request, action=safe.action), now, owed, instead_of)


def act(committer: Committer, intake: Intake, request: Request, now: datetime) -> Outcome:
    """Judge on the newest state that can be had, keep, commit, and tell what became of it.

    A request that was submitted before is not judged anew: its outcome is told again.
    """
    path = committer.path
    if path.outcome(request.id) is None:
        refresh(path.clone)
        decision = judge(path, intake, request, now)
        if isinstance(decision, Refused):
            return decision
        submit(path, intake, request, now)
    return committer.at_once(request.id)


def settled_among(
    path: CommitPath, requests: Collection[str], *, patience: float
) -> Mapping[str, Outcome]:
    """Those of some requests that are settled, once there are any or after so many seconds."""
    end = time.monotonic() + patience
    while True:
        seen = path.settled.count
        outcomes = path.outcomes(requests)
        settled = {key: each for key, each in outcomes.items() if not isinstance(each, Waiting)}
        if settled or time.monotonic() >= end:
            return settled
        path.settled.wait(seen, _POLL)


def _standing(path: CommitPath, bug: str | None, verb: str, now: datetime) -> BugRecord | None:
    """The bug after what waits for it; taking a move back is about those that are recorded."""
    if bug is None or issubclass(VERBS[verb], UndoMove):
        return None
    return after_waiting(path, bug, now)


def _safe(path: CommitPath, intake: Intake, request: Request) -> SafeAction:
    return intake.take(request.action, allowed_texts(path.builder.store, path.clone.tip()))


def _unready(path: CommitPath) -> str | None:
    """Look again while no push of ours can be updating the work tree, before refusing."""
    if uncommitted_changes(path.clone.remote) is None:
        return None
    with path.clone.writing():
        return uncommitted_changes(path.clone.remote)
