"""The policy's commands for a hotfix step, filled in for one bug and ready to copy."""

import re
import shlex
from string import Template
from typing import Final

from tracker.model.deployment import MAIN, HotfixStep
from tracker.model.fix import Fix
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.incidents import slug
from tracker.workflow.next_fix import fix_to_hand_in

_REFERENCE: Final = re.compile(r"^(?:\S*://\S+|(?:pr|pull request)? ?[#!]?\d+)$", re.IGNORECASE)


def hotfix_commands(record: BugRecord, step: HotfixStep, policy: Policy) -> tuple[str, ...]:
    """The commands; text of the record is quoted for the shell, unknown names stay as written."""
    values = {name: shlex.quote(value) for name, value in _values(record).items()}
    return tuple(
        Template(command).safe_substitute(values) for command in policy.commands.get(step, ())
    )


def hotfix_branch(record: BugRecord) -> str:
    """The branch of the fix, or that of the track until one is handed in; else the usual name."""
    fix = fix_to_hand_in(record)
    named = (fix.branch if fix else None) or (record.hotfix.branch if record.hotfix else None)
    return named or f"hotfix/{slug(record.title)}"


def hotfix_base(record: BugRecord) -> str:
    """What the branch begins at: the recorded one, else what production runs, else the main branch.

    The remote's, that is: in a clone that nobody pulled, the local `main` is old code.
    """
    recorded = record.hotfix.base if record.hotfix else None
    return recorded or record.environment.production_version or MAIN


def _values(record: BugRecord) -> dict[str, str]:
    hotfix, fix = record.hotfix, fix_to_hand_in(record)
    deployment = record.deployments[-1] if record.deployments else None
    known = {
        "id": record.id,
        "title": record.title,
        "incident": hotfix.incident if hotfix else None,
        "trailer": f"Incident: {hotfix.incident}" if hotfix else None,
        "branch": hotfix_branch(record),
        "base": hotfix_base(record),
        "pull_request": _title_of(fix) or f"HOTFIX: {record.title}",
        "subject": _subject(record, fix),
        "version": deployment.version if deployment else None,
        "target": deployment.target if deployment else None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _title_of(fix: Fix | None) -> str | None:
    """The title of the pull request, where it is recorded by that and not by number or address."""
    named = fix.pull_request if fix else None
    return None if named is None or _REFERENCE.search(named) else named


def _subject(record: BugRecord, fix: Fix | None) -> str:
    commits = fix.commits if fix else ()
    if commits and commits[0].startswith("hotfix("):
        return commits[0].splitlines()[0]
    scope = (record.environment.components or (record.id.lower(),))[0]
    return f"hotfix({scope}): {record.title}"
