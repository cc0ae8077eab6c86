"""Every command by its name: what a person may type, at whatever door."""

import difflib

from tracker.workflow.action import Action
from tracker.workflow.actions import (
    action_item,
    closing,
    deployment,
    documents,
    edits,
    exceptions,
    fix,
    follow_up,
    hotfix_delivery,
    hotfix_start,
    incident,
    investigation,
    publication,
    quote,
    report,
    review,
    testing,
    triage,
)

_ACTIONS: tuple[type[Action], ...] = (
    report.ReportBug,
    triage.TriageBug,
    triage.AssignBug,
    investigation.PlanInvestigation,
    investigation.IdentifyCause,
    investigation.CannotReproduce,
    fix.SubmitFix,
    review.RequestChanges,
    review.ApproveFix,
    testing.FailTests,
    testing.PassTests,
    testing.Regress,
    testing.AddEvidence,
    deployment.DeployFix,
    deployment.CloseWithoutDeploy,
    deployment.RollBack,
    deployment.MonitorFix,
    deployment.VerifyFix,
    closing.CloseBug,
    closing.MarkDuplicate,
    closing.WontFix,
    closing.ReopenBug,
    exceptions.UndoMove,
    exceptions.WaiveGate,
    exceptions.JoinIncident,
    incident.TakeRole,
    incident.SnoozeReminders,
    edits.AddNote,
    quote.QuoteMessage,
    quote.RetractQuote,
    edits.Mitigate,
    edits.UpdateImpact,
    action_item.EditActionItem,
    edits.Communicate,
    edits.LinkRelated,
    follow_up.AttachEvidence,
    follow_up.PlanDeployment,
    follow_up.UpdateProperFix,
    documents.WriteReleaseNotes,
    documents.WritePostmortem,
    publication.ApproveDocument,
    publication.PublishDocument,
    hotfix_start.DeclareIncident,
    hotfix_start.CreateBranch,
    hotfix_start.ImplementHotfix,
    hotfix_delivery.TestHotfix,
    hotfix_delivery.ReviewHotfix,
    hotfix_delivery.DeployHotfix,
    hotfix_delivery.MonitorHotfix,
    hotfix_delivery.BackportHotfix,
)

VERBS: dict[str, type[Action]] = {action.verb: action for action in _ACTIONS}
"""Commands in the order of a life; `hotfix-…` are the steps of the hotfix track."""

_LONG_ENOUGH = 5  # letters of a word that few other words are like


def nearest(typed: str, choices: tuple[str, ...] = tuple(VERBS)) -> str | None:
    """The choice that a mistyped word probably meant."""
    found = difflib.get_close_matches(typed.lower(), choices, n=1, cutoff=0.6)
    return found[0] if found else None


def slip(typed: str, choices: tuple[str, ...] = tuple(VERBS)) -> str | None:
    """The choice that a word can only be a slip of the fingers of, or nothing.

    Letters are swapped, or one is left out or within the word too many: `repotr`, `asign`, `triag`.
    Endings make other words, `reports`, `closed` and `metric`, and short words are like too many
    others.
    """
    word = typed.lower()
    return next((choice for choice in choices if _is_slip(word, choice)), None)


def _is_slip(typed: str, word: str) -> bool:
    if len(word) < _LONG_ENOUGH or typed == word or typed[:1] != word[0]:
        return False
    short, long = sorted((typed, word), key=len)
    if len(short) == len(long):
        return sorted(short) == sorted(long)
    if typed == word[:-1]:
        return word[-1] != "s"
    return short in {long[:place] + long[place + 1 :] for place in range(1, len(long) - 1)}
