"""Do something to a bug: judge it here and now, keep it durably, bring it to the repository."""

import time
from dataclasses import replace
from datetime import datetime
from typing import Final, TypeVar

from pydantic import ValidationError

from tracker.model.explanation import explain
from tracker.model.text import TextTooLong, normalise_value
from tracker.store.commit_path import CommitPath
from tracker.store.git_errors import RepositoryError
from tracker.store.judging import judge as judge_case
from tracker.store.outcome import Outcome, Waiting, refused
from tracker.store.remote import uncommitted_changes
from tracker.store.request import Request
from tracker.workflow.action import Action
from tracker.workflow.decision import Accepted, Reason, Refused

_POLL: Final = 0.05  # seconds between two looks at the outbox

Kind = TypeVar("Kind", bound=Action)


def judge(path: CommitPath, request: Request, now: datetime) -> Accepted | Refused:
    """Judge a request on the local clone; nothing is written."""
    try:
        action = with_safe_text(request.action)
    except (TextTooLong, ValidationError) as error:
        return _refused_text(request.action, error)
    if reason := _unready(path):
        return refused("remote", reason)
    clone = path.clone
    case = replace(request, action=action).case
    verdict = judge_case(path.builder.store, case, clone.tip(), now)
    return verdict if isinstance(verdict, Refused) else verdict.accepted


def submit(path: CommitPath, request: Request, now: datetime) -> None:
    """Keep a request durably in the outbox; the same one again changes nothing.

    Raises TextTooLong or ValidationError for what `judge` refuses.
    """
    path.submit(replace(request, action=with_safe_text(request.action)), now)


def act(path: CommitPath, request: Request, now: datetime) -> Outcome:
    """Judge on the newest state that can be had, keep, commit, and tell what became of it.

    A request that was submitted before is not judged anew: its outcome is told again.
    """
    if path.outcome(request.id) is None:
        refresh(path)
        decision = judge(path, request, now)
        if isinstance(decision, Refused):
            return decision
        submit(path, request, now)
    path.commit_pending()
    return path.outcome(request.id) or Waiting(reason="")


def wait(path: CommitPath, request: str, *, patience: float) -> Outcome | None:
    """Wait so many seconds for a request to be settled; None when it was never submitted here."""
    for _ in range(max(1, round(patience / _POLL))):
        outcome = path.outcome(request)
        if not isinstance(outcome, Waiting):
            return outcome
        time.sleep(_POLL)
    return path.outcome(request)


def refresh(path: CommitPath) -> str | None:
    """Fetch; return a sentence when that was not possible and older knowledge must do."""
    try:
        with path.clone.writing() as writer:
            writer.fetch()
    except RepositoryError as error:
        return str(error)
    return None


def with_safe_text(action: Kind) -> Kind:
    """Return the same action with line breaks and unsafe characters made plain.

    Raises TextTooLong, or ValidationError where a text no longer fits its field.
    """
    fields = action.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    safe = normalise_value(fields)
    return action if safe == fields else type(action).model_validate(safe)


def _unready(path: CommitPath) -> str | None:
    """Look again while no push of ours can be updating the work tree, before refusing."""
    if uncommitted_changes(path.clone.remote) is None:
        return None
    with path.clone.writing():
        return uncommitted_changes(path.clone.remote)


def _refused_text(action: Action, error: TextTooLong | ValidationError) -> Refused:
    if isinstance(error, TextTooLong):
        return Refused(reasons=(Reason(gate="text", sentence=str(error), field=error.field),))
    return Refused(
        reasons=tuple(
            Reason(
                gate="text",
                sentence=found.sentence,
                field=".".join(str(step) for step in found.location),
            )
            for found in explain(type(action), error)
        )
    )
