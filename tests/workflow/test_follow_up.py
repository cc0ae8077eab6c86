"""What no move carries: attachments, the way to users, the proper fix; and what an edit keeps."""

from typing import Any

import pytest

from tests.builders.life import life_at
from tracker.model.fix import FixState
from tracker.model.report import AttachmentKind

ROLLBACK = {"steps": ["Deploy v2.0.1"], "triggers": ["Error rate > 1%"]}


def test_a_file_that_is_not_there_cannot_be_attached() -> None:
    life = life_at("reported")
    life.beside = frozenset({"error.png"})

    assert life.refused("attach", name="eror.png") == ("attachment",)
    assert life.act("attach", name="error.png").bug.report.attachments


def test_an_attachment_of_the_same_name_replaces_the_first() -> None:
    life = life_at("reported").act("attach", name="error.png", kind="screenshot")
    life = life.act("attach", name="video", link="https://example.com/video", kind="video")

    life = life.act("attach", name="error.png", kind="screenshot", description="After the tap")

    attachments = life.bug.report.attachments
    assert [file.name for file in attachments] == ["error.png", "video"]
    assert attachments[0].description == "After the tap"
    assert attachments[1].kind is AttachmentKind.VIDEO


def test_a_closed_bug_still_takes_evidence() -> None:
    life = life_at("closed").act("attach", name="capture.har", kind="network")

    assert life.bug.report.attachments[0].name == "capture.har"


@pytest.mark.parametrize(
    ("verb", "fields"),
    [("plan-deployment", {"window": "02:00 UTC"}), ("proper-fix", {"state": "merged"})],
)
def test_nothing_is_planned_for_a_fix_that_nobody_chose(verb: str, fields: dict[str, Any]) -> None:
    assert life_at("investigating").refused(verb, **fields) == ("strategy",)


def test_a_deployment_is_planned_bit_by_bit() -> None:
    life = life_at("load_test").act("plan-deployment", window="02:00 UTC", watch=["Error rate"])

    life = life.act(
        "plan-deployment", steps=["Migrate", "Restart"], watch=["Latency"], rollback_plan=ROLLBACK
    )

    fix = life.bug.fix
    assert fix is not None
    assert fix.deployment_plan is not None
    assert fix.deployment_plan.window == "02:00 UTC"
    assert fix.deployment_plan.steps == ("Migrate", "Restart")
    assert fix.deployment_plan.watch == ("Error rate", "Latency")
    assert fix.rollback_plan is not None
    assert fix.rollback_plan.triggers == ("Error rate > 1%",)
    assert life.bug.timeline == life_at("load_test").bug.timeline


def test_the_proper_fix_goes_on_after_the_bug_is_closed() -> None:
    life = life_at("closed").act(
        "proper-fix",
        summary="Validate the configuration.",
        changes=[{"place": "config.py", "note": "Validate"}],
        state="in_review",
    )

    life = life.act(
        "proper-fix",
        changes=[{"place": "config.py", "note": "Refuse to start"}],
        pull_request="PR #512",
        state="merged",
    )

    fix = life.bug.fix
    assert fix is not None
    assert fix.proper_fix == "Validate the configuration."
    assert [change.note for change in fix.proper_changes] == ["Refuse to start"]
    assert fix.proper_state is FixState.MERGED
    told = [entry.text for entry in life.bug.timeline if entry.action == "proper-fix"]
    assert told == ["Proper fix in review.", "Proper fix merged (PR #512)."]


def test_the_primary_hypothesis_stays_the_first_when_its_verdict_changes() -> None:
    life = life_at("investigating").act(
        "plan", hypotheses=[{"statement": "Wrong port"}, {"statement": "Race"}]
    )

    life = life.act("plan", hypotheses=[{"statement": "Wrong port", "verdict": "confirmed"}])

    told = [(item.statement, item.verdict.value) for item in life.bug.investigation.hypotheses]
    assert told == [("Wrong port", "confirmed"), ("Race", "open")]


def test_answers_of_the_diagnosis_that_are_left_out_stay() -> None:
    life = life_at("investigating").act("plan", diagnosis={"regression": "Yes, since v2"})

    life = life.act("plan", diagnosis={"workaround": "None"})

    diagnosis = life.bug.investigation.diagnosis
    assert diagnosis is not None
    assert (diagnosis.regression, diagnosis.workaround) == ("Yes, since v2", "None")


def test_a_cost_of_the_same_name_is_replaced() -> None:
    life = life_at("reported").act("impact", costs=[{"what": "Support time", "amount": "2 hours"}])

    life = life.act("impact", costs=[{"what": "Support time", "amount": "3 hours"}])

    assert [(cost.what, cost.amount) for cost in life.bug.impact.costs] == [
        ("Support time", "3 hours")
    ]
