"""Which step of the hotfix track may be taken when, and which again (workflow §3).

Runs of tests, samples of monitoring and, after a way back, the fix with all that follows it are
taken as often as there is something to record. The incident is declared once, the branch is settled
when the fix is handed in, and neither it nor a backport is recorded twice in the same words. Fix,
review and deployment are over once they have moved the bug on.
"""

import re
from collections.abc import Iterable
from typing import Final

from tracker.model.deployment import HotfixStep, StepTaken
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.as_of import stepped
from tracker.workflow.decision import Reason
from tracker.workflow.hotfix_progress import counted_steps, hotfix_steps, is_behind, next_step
from tracker.workflow.hotfix_track import steps_done
from tracker.workflow.telling import positions
from tracker.workflow.trail import already, end_of_trail
from tracker.workflow.transitions import allowed

_MOVES: Final = frozenset({HotfixStep.IMPLEMENT, HotfixStep.REVIEW, HotfixStep.DEPLOY})
_SETTLED: Final = _MOVES | {HotfixStep.BRANCH}
"""Steps that are over where the bug stands past them, until a way leads back to the fix."""
TAKEN: Final = "hotfix-taken"
"""The gate of a step that is over or recorded: nothing else about it needs to be said."""
_ONCE: Final = frozenset({HotfixStep.BRANCH, HotfixStep.BACKPORT})
"""Steps of which a second one in the same words records nothing."""
_ADDRESS: Final = re.compile(r"https?://\S+/(?:pull|pulls|pull-requests|merge_requests)/(?=[0-9])")
_NUMBER: Final = re.compile(r"[0-9]{1,6}")  # a longer one may be the beginning of a commit's hash
_PULL_REQUEST: Final = re.compile(r"(?:\b(?:pr|pull request) ?#? ?|(?<!\S)#)(?=[0-9])")


def out_of_order(record: BugRecord, step: HotfixStep) -> Iterable[Reason]:
    """What a step waits for, or that the track is past it, whatever is entered with it."""
    taken, status = hotfix_steps(record), end_of_trail(record)
    if step is HotfixStep.DECLARE and record.hotfix is not None and step in taken:
        declared = next(each for each, _ in counted_steps(record) if each.step is step)
        known = f"{record.hotfix.incident} is declared for {record.id} already"
        sentence = f"{known}, by {_signed(declared)}."
        yield _refused(record, sentence, gate="hotfix-declared")
    if record.hotfix is not None and step in _SETTLED and is_behind(step, status):
        yield _refused(record, _over(record, step, status))
        return
    steps = list(HotfixStep)
    for earlier in steps[: steps.index(step)]:
        if earlier not in taken and not is_behind(earlier, status):
            yield Reason(
                gate="hotfix-order",
                sentence=f"Hotfix step `{earlier}` comes before `{step}`: do it first.",
                remedy=f"hotfix-{earlier}",
            )
            return


def taken_already(record: BugRecord, step: HotfixStep, *told: str | None) -> Iterable[Reason]:
    """That a step which is taken once counts already, told in the same words."""
    if step not in _ONCE:
        return
    said = {_folded(step, words) for words in told if words}
    for taken, position in _taken(record, step):
        if taken.step is not step or position is None:
            continue
        text = record.timeline[position].text
        known = (text, taken.detail) if step is HotfixStep.BACKPORT else (text,)
        if not said.isdisjoint(_folded(step, words) for words in known if words):
            yield _twice(record, taken, position)
            return


def _twice(record: BugRecord, taken: StepTaken, position: int) -> Reason:
    """That it is recorded in these words; what brought an earlier fix to main brings no other."""
    reason = _refused(record, _recorded(record, taken, position))
    if reason.remedy != f"hotfix-{taken.step}":
        return reason
    sentence = (
        f"{_recorded(record, taken, position)} That was an earlier fix: name what brings this one."
    )
    return Reason(gate=TAKEN, sentence=sentence, field="reference")


def _taken(record: BugRecord, step: HotfixStep) -> Iterable[tuple[StepTaken, int | None]]:
    """What would be said twice: the newest branch, and any backport, also of an earlier fix."""
    if step is HotfixStep.BACKPORT and record.hotfix is not None:
        return positions(record.timeline, record.hotfix.steps, stepped)
    return [each for each in counted_steps(record) if each[0].step is step][-1:]


def _over(record: BugRecord, step: HotfixStep, status: Status) -> str:
    """That a step is over; a move that it made is told with who made it, as in the timeline."""
    counted = [each for each in counted_steps(record) if each[0].step is step]
    if counted and step in _MOVES:
        return _recorded(record, *counted[-1])
    last = counted[-1][0] if counted else steps_done(record).get(step)
    named = f"`{last.detail}`" if last and last.detail else "it"
    known = f"{named} is recorded, by {_signed(last)}, and " if last else ""
    return f"Hotfix step `{step}` is over: {known}{record.id} stands at `{status.words}`."


def _recorded(record: BugRecord, taken: StepTaken, position: int | None) -> str:
    what = f"Hotfix step `{taken.step}`"
    if position is not None:
        return already(what, record.timeline[position])
    return f"{what} is recorded already, by {_signed(taken)}."


def _signed(taken: StepTaken) -> str:
    return f"{taken.by.name} at {taken.at:%Y-%m-%d %H:%M %Z}"


def _folded(step: HotfixStep, words: str) -> str:
    """The words as compared: `pr  #512` is `#512`; git tells branches apart by their case."""
    spaced = " ".join(words.split())
    if step is not HotfixStep.BACKPORT:
        return spaced
    folded = _ADDRESS.sub("#", spaced.casefold())
    return f"#{folded}" if _NUMBER.fullmatch(folded) else _PULL_REQUEST.sub("#", folded)


def _refused(record: BugRecord, sentence: str, *, gate: str = TAKEN) -> Reason:
    status = end_of_trail(record)
    step = next_step(record, status)
    if step is not None:
        onward, remedy = f"Step `{step}` comes next.", f"hotfix-{step}"
    else:
        remedy = allowed(status)[0]
        onward = f"Every step of the track is taken: go on with `{remedy}`."
    return Reason(gate=gate, sentence=f"{sentence} {onward}", remedy=remedy)
