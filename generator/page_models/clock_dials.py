"""Clocks as dials: targets with their state, spans that were measured."""

from datetime import datetime, timedelta

from generator.page_models.cards import Clocks, Dial
from generator.page_models.dossier import Dossier
from generator.page_models.inline import Badge, When, sentence_case
from tracker.model.duration import in_words
from tracker.model.record import BugRecord
from tracker.workflow.clocks import ClockState, Spans, Target, spans, targets
from tracker.workflow.history import production_deployment, reopened_at


def all_clocks(dossier: Dossier) -> Clocks | None:
    """The targets of the severity first, then what was measured."""
    due = targets(dossier.record, dossier.policy, dossier.now)
    measured = _measured(spans(dossier.record))
    return _clocks((*(_due(target, dossier) for target in due), *measured))


def resolution_clocks(dossier: Dossier) -> Clocks | None:
    """What was measured, all of it."""
    return _clocks(_measured(spans(dossier.record)))


def identification_clocks(dossier: Dossier) -> Clocks | None:
    """How long it took to notice the bug and to find its cause."""
    measured = spans(dossier.record)
    return _clocks(
        _measured(
            Spans(
                detect=measured.detect,
                acknowledge=None,
                identify=measured.identify,
                mitigate=None,
                resolve=None,
                downtime=None,
            )
        )
    )


def clock_badge(state: ClockState) -> Badge:
    """A clock's state in words."""
    return Badge(family="clock", value=state.value, words=sentence_case(state.words))


def left_words(target: Target) -> str:
    """How much time is left or by how much the target was passed."""
    amount = in_words(target.left)
    if target.done is not None:
        return f"{amount} to spare" if target.left >= timedelta(0) else f"{amount} late"
    return f"{amount} left" if target.left >= timedelta(0) else f"{amount} over"


def _clocks(dials: tuple[Dial, ...]) -> Clocks | None:
    return Clocks(dials=dials) if dials else None


def _due(target: Target, dossier: Dossier) -> Dial:
    end = target.done or dossier.now
    since = _since(target, dossier.record)
    share = (end - since) / (target.due - since) if target.due > since else 1.0
    return Dial(
        label=f"{target.name} target",
        span=left_words(target),
        state=clock_badge(target.state),
        target=f"Due {When(at=target.due).words}",
        percent=round(100 * min(1.0, max(0.0, share))),
    )


def _since(target: Target, record: BugRecord) -> datetime:
    """When a target began: that of the fix with the reopening, where there was one."""
    deployed = production_deployment(record)
    if deployed is not None and target.name == "Release notes":
        return deployed.at
    reopened = reopened_at(record) if target.name == "Fix" else None
    return reopened or record.reported.at


def _measured(measured: Spans) -> tuple[Dial, ...]:
    found = (
        ("Time to detect", measured.detect),
        ("Time to acknowledge", measured.acknowledge),
        ("Time to identify", measured.identify),
        ("Time to mitigate", measured.mitigate),
        ("Time to resolve", measured.resolve),
        ("Total downtime", measured.downtime),
    )
    return tuple(Dial(label=name, span=in_words(span)) for name, span in found if span is not None)
