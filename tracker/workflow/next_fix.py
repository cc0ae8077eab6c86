"""What a fix takes over from the one that was handed in before it.

A fix that a review or a test sends back is worked on further. One that was rolled back, or whose
bug was opened again, is over: the next one is another change, and what was said of the earlier one
is not said of it.
"""

from collections.abc import Iterable
from typing import Final

from tracker.model.fix import Fix
from tracker.model.record import BugRecord
from tracker.workflow.as_of import HANDED_IN
from tracker.workflow.history import lasting

_ENDS: Final = ("roll-back", "reopen")
_CHANGE: Final = ("branch", "pull_request", "commits", "files", "code", "code_language", "excerpts")
"""Where a change is and what it looks like."""
_STAYS: Final = (
    "strategy", "strategy_reason", "deployment_plan", "rollback_plan", "proper_fix",
    "proper_changes", "proper_pull_request", "proper_state", "technical_debt",
)  # fmt: skip
"""What is chosen or planned before a fix is handed in, and what is owed after any."""


def fix_to_hand_in(record: BugRecord, branch: str | None = None) -> Fix | None:
    """What is said of the next fix before it is handed in, on the branch that is named.

    Else it is on that of the hotfix track. The pull request and the commits of another branch are
    not its own.
    """
    fix = record.fix
    if fix is not None and is_over(record):
        fix = _without(fix, (name for name in Fix.model_fields if name not in _STAYS))
    return _on_branch(fix, branch or _branch_of_track(record))


def answers_to_confirm(record: BugRecord) -> Fix | None:
    """What a form for the next fix shows: the answers for one that is over, but not its change."""
    fix = record.fix
    if fix is not None and is_over(record):
        fix = _without(fix, _CHANGE)
    return _on_branch(fix, _branch_of_track(record))


def is_over(record: BugRecord) -> bool:
    """Whether the newest fix was rolled back, or its bug opened again."""
    return -1 < _newest(record, HANDED_IN) < _newest(record, _ENDS)


def _branch_of_track(record: BugRecord) -> str | None:
    """The branch of the hotfix track: the one that was named last, there or with a fix."""
    if record.hotfix is None:
        return None
    if _newest(record, ("hotfix-branch",)) < _newest(record, HANDED_IN):
        return record.fix.branch if record.fix and is_over(record) else None
    return record.hotfix.branch


def _on_branch(fix: Fix | None, branch: str | None) -> Fix | None:
    if fix is None or branch in (None, fix.branch):
        return fix
    moved = fix if fix.branch is None else _without(fix, ("pull_request", "commits"))
    return moved.model_copy(update={"branch": branch})


def _without(fix: Fix, names: Iterable[str]) -> Fix:
    return fix.model_copy(update={name: Fix.model_fields[name].default for name in names})


def _newest(record: BugRecord, verbs: tuple[str, ...]) -> int:
    """The position of the last entry of these commands that was not undone; -1 without one."""
    lasts = {entry.key for entry in lasting(record.timeline)}
    return max(
        (
            position
            for position, entry in enumerate(record.timeline)
            if entry.action in verbs and entry.key in lasts
        ),
        default=-1,
    )
