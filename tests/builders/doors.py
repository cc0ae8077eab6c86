"""The two doors that a change comes through, a command and an edited file, side by side."""

from pathlib import Path

from tests.builders.life import BACKEND, Life
from tracker.checks.check_record import check_all
from tracker.checks.subject import Surroundings
from tracker.checks.task import FileChange, FilePast, Task
from tracker.model.bug_number import record_path
from tracker.model.person import Person
from tracker.model.problem import Problem
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.store.blob_id import blob_id_of
from tracker.store.record_file import new_text
from tracker.workflow.action import Action
from tracker.workflow.context import Context
from tracker.workflow.growth import lost
from tracker.workflow.replay import replay
from tracker.workflow.timeline_review import timeline_review
from tracker.workflow.trail import Finding


def everything(old: BugRecord | None, new: BugRecord, life: Life) -> list[Finding]:
    """All that the check would say of one step of a life."""
    return [
        *replay(old, new, life.policy, life.now),
        *timeline_review(new, life.policy, life.now),
        *(lost(old, new) if old else ()),
    ]


def moved(record: BugRecord, action: str, to: Status, by: Person, life: Life) -> BugRecord:
    entry = TimelineEntry(key="zzzzzz", at=life.now, by=by, action=action, to=to, text="Moved.")
    return record.model_copy(update={"status": to, "timeline": (*record.timeline, entry)})


def told_of(life: Life, action: Action, text: str, by: Person = BACKEND) -> BugRecord:
    """What somebody with an editor makes of an action that moves nothing, allowed or not."""
    context = Context(actor=by, policy=life.policy, now=life.now, at=life.now)
    record = action.apply(life.bug, context)
    entry = TimelineEntry(key="zzzzzy", at=life.now, by=by, action=action.verb, text=text)
    return record.model_copy(update={"timeline": (*record.timeline, entry)})


def as_pull_request(old: BugRecord | None, new: BugRecord, life: Life) -> tuple[Problem, ...]:
    """What the check says of a file that one commit, by nobody in particular, made of another."""
    data, base = new_text(new).encode(), None if old is None else new_text(old).encode()
    change = FileChange(author=None, before=(base,), after=data, policy=None)
    task = Task(
        path=record_path(new.id),
        data=data,
        blob=blob_id_of(data),
        known=data,  # secrets are no matter of the workflow
        past=FilePast(base=base, changes=(change,)),
    )
    around = Surroundings(
        root=Path(),
        policy=life.policy,
        policy_holds=True,
        allowed=(),
        now=life.now,
        claims={bug: (record_path(bug),) for bug in (new.id, "BUG-0002")},
    )
    return check_all(around, [task], None)[0].problems
