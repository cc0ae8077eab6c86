"""Waived and relaxed conditions, undone moves, incidents of several bugs."""

from datetime import timedelta
from typing import Any

import pytest

from tests.builders.life import BACKEND, ONCALL, SENIOR, START, TO_STATUS, USUAL, Life, life_at
from tests.builders.pages import pages_of
from tracker.model.bug_id import IdStyle
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord, to_mapping
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.model.timeline import TimelineEntry
from tracker.workflow.context import Context, Known
from tracker.workflow.decide import decide_in
from tracker.workflow.decision import Accepted, Decision, Refused
from tracker.workflow.growth import lost
from tracker.workflow.incidents import incidents, planned_channel
from tracker.workflow.readiness import readiness
from tracker.workflow.relaxations import relaxations
from tracker.workflow.replay import replay
from tracker.workflow.trail_faults import trail_faults
from tracker.workflow.verbs import VERBS

LEAD = Person(name="Engineering Lead", email="lead@example.com")
TEAM: dict[str, tuple[Person, ...]] = {"lead": (LEAD,)}
NO_STAGING = {"staging": "There is no staging environment."}


def before_deployment(policy: Policy) -> Life:
    """A P1 with everything that its deployment asks for, but for the smoke test on staging."""
    life = life_at("load_test", policy=policy).usual("release-notes")
    return life.act("evidence", tests=USUAL["evidence"]["tests"][:1])


def reasons(decision: Decision) -> list[str]:
    assert isinstance(decision, Refused)
    return [reason.sentence for reason in decision.reasons]


def told(life: Life, old: BugRecord | None, new: BugRecord) -> list[str]:
    found = (*replay(old, new, life.policy, life.now), *trail_faults(new))
    return [finding.reason.sentence for finding in found]


def test_a_refusal_says_who_may_waive_the_condition() -> None:
    decision = before_deployment(Policy()).ask("deploy", version="v2")

    assert isinstance(decision, Refused)
    assert [(reason.gate, reason.waiver) for reason in decision.reasons] == [
        ("staging", "Somebody with the role `lead` may waive `staging` with a reason.")
    ]


def test_a_waived_condition_is_not_asked_for_again() -> None:
    life = before_deployment(Policy(roles=TEAM)).act("waive", LEAD, gate="staging", reason="Down")
    assert [section.mark for section in readiness(life.bug, life.policy, life.now).sections
            if section.unmet] == []  # fmt: skip

    bug = life.act("deploy", version="v2").bug

    assert bug.status == "deployed"
    assert [(each.gate, each.reason, each.by) for each in bug.waivers] == [
        ("staging", "Down", LEAD)
    ]
    assert "Waived the smoke test on staging: Down" in [entry.text for entry in bug.timeline]


def test_a_waiver_holds_until_the_bug_is_opened_again() -> None:
    life = before_deployment(Policy()).act("waive", gate="staging", reason="Down")
    life.act("deploy", version="v2").act("wont-fix", reason="x").act("reopen", reason="y")
    for step in ("identify", "submit-fix", "approve", "pass-tests"):
        life.usual(step)
    life.act("evidence", tests=USUAL["evidence"]["tests"][:1])

    assert life.refused("deploy", version="v3") == ("staging",)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"gate": "approvals", "reason": "x"},
            (
                "The policy does not let anybody waive `approvals`: these may be: `backup`, "
                "`staging`, `release-notes`, `short-term-checks`, `error-rate`, `backport`."
            ),
        ),
        (
            {"gate": "stagin", "reason": "x"},
            "The policy does not let anybody waive `stagin`: did you mean `staging`?",
        ),
        (
            {"gate": "staging", "reason": "x"},
            (
                "Waiving `staging` is for the role `lead`, which Backend Engineer does not have: "
                "ask one of Engineering Lead."
            ),
        ),
    ],
)
def test_only_what_the_policy_names_is_waived_and_only_by_its_role(
    fields: dict[str, str], sentence: str
) -> None:
    life = life_at("reported", policy=Policy(roles=TEAM))

    assert reasons(life.ask("waive", BACKEND, **fields)) == [sentence]


def test_a_condition_is_waived_once() -> None:
    life = life_at("reported").act("waive", gate="staging", reason="Down")

    assert reasons(life.ask("waive", gate="staging", reason="Down")) == [
        "`staging` is waived for BUG-0001 already: go on with the move."
    ]


def test_a_waiver_that_a_file_forges_is_refused() -> None:
    life = before_deployment(Policy(roles=TEAM))
    waived = life.ask("waive", LEAD, gate="staging", reason="Down")
    assert isinstance(waived, Accepted)
    (waiver,) = waived.record.waivers
    forged = waiver.model_copy(update={"by": BACKEND})
    edited = life.bug.model_copy(update={"waivers": (forged,)})

    assert told(life, life.bug, edited) == [
        (
            "Waiving `staging` is for the role `lead`, which Backend Engineer does not have: "
            "ask one of Engineering Lead."
        ),
        "The timeline does not tell that `staging` was waived: use `waive`.",
    ]


def test_a_waiver_is_not_taken_out_of_a_file() -> None:
    bug = life_at("reported").act("waive", gate="staging", reason="Down").bug

    (finding,) = lost(bug, bug.model_copy(update={"waivers": ()}))
    assert finding.reason.sentence.startswith("A waiver was removed")


def test_a_relaxed_condition_is_not_applied_and_named_where_it_mattered() -> None:
    life = before_deployment(Policy(relaxations=NO_STAGING)).act("deploy", version="v2")

    assert [(each.gate, each.move) for each in life.bug.relaxations] == [("staging", "deploy")]
    for page in pages_of(life.bug, life.policy).values():
        assert "There is no staging environment." in page


def test_a_relaxation_that_a_bug_did_not_need_is_not_named() -> None:
    life = life_at("deployed", policy=Policy(relaxations=NO_STAGING))

    assert life.bug.relaxations == ()
    assert relaxations(life.bug, life.policy) == ()


def test_a_relaxation_stays_named_after_the_policy_was_tightened() -> None:
    bug = before_deployment(Policy(relaxations=NO_STAGING)).act("deploy", version="v2").bug

    assert relaxations(bug, Policy()) == bug.relaxations != ()


def test_a_relaxation_is_found_in_a_file_that_people_wrote() -> None:
    life = before_deployment(Policy(relaxations=NO_STAGING)).act("deploy", version="v2")
    written = life.bug.model_copy(update={"relaxations": ()})

    assert relaxations(written, life.policy) == life.bug.relaxations


def test_an_approval_of_ones_own_fix_can_be_relaxed_for_a_team_of_one() -> None:
    policy = Policy(relaxations={"own-fix": "There is one engineer."})
    life = life_at("code_review", "P2", policy)
    before = life.bug

    after = life.act("approve", BACKEND).bug
    assert (after.status, told(life, before, after)) == ("testing", [])
    assert [each.gate for each in after.relaxations] == ["own-fix"]


def test_each_record_keeps_the_version_of_the_policy_of_its_newest_move() -> None:
    life = life_at("triaged", policy=Policy(version=3))
    assert life.bug.policy == 3
    life.policy = Policy(version=4)

    assert life.act("note", text="Seen").bug.policy == 3
    assert life.usual("assign").bug.policy == 4


def test_a_tightened_policy_leaves_what_was_done_before() -> None:
    life = life_at("testing", "P2")
    rules = life.policy.severities
    strict = rules[Severity.P2].model_copy(update={"approvals": 3})
    life.policy = Policy(version=2, severities={**rules, Severity.P2: strict})
    before = life.bug

    after = life.usual("pass-tests").bug
    assert told(life, before, after) == []


@pytest.mark.parametrize("status", [status for status in TO_STATUS if status != "reported"])
def test_every_move_can_be_undone_and_leaves_the_record_as_it_was(status: str) -> None:
    life = life_at(status)
    moved, before = life.bug, life.before
    assert before is not None

    undone = life.act("undo", reason="That was another bug").bug

    assert undone.model_copy(update={"timeline": before.timeline}) == before
    assert [entry.key for entry in undone.timeline[: len(moved.timeline)]] == [
        entry.key for entry in moved.timeline
    ]
    assert told(life, moved, undone) == []
    assert told(life, before, undone) == []
    assert list(lost(moved, undone)) == []
    assert BugRecord.model_validate(to_mapping(undone)) == undone
    assert "takes back" in pages_of(undone)["index"]


@pytest.mark.parametrize("status", [status for status in TO_STATUS if status != "reported"])
def test_life_goes_on_after_an_undo(status: str) -> None:
    life = life_at(status).act("undo", reason="Too early")
    last = {"closed": "close", "deployed": "deploy", "verified": "verify"}.get(status)
    if status == "triaged":
        life.act("triage", ONCALL, category="Caching", severity="P1", reason="Again",
                 answers=USUAL_ANSWERS)  # fmt: skip
    else:
        life.usual(last or TO_STATUS[status][-1])

    assert life.bug.status == status
    assert told(life, None, life.bug) == []


USUAL_ANSWERS = {
    "production_down": False,
    "data_at_risk": False,
    "core_feature_broken": True,
    "all_users_affected": False,
    "workaround": True,
    "business_impact": False,
}


def test_a_reopening_that_is_undone_gives_the_resolution_back() -> None:
    life = life_at("closed")
    resolution = life.bug.resolution

    bug = life.act("reopen", reason="Seen again").act("undo", reason="It was another bug").bug
    assert (bug.status, bug.resolution) == ("closed", resolution)


def test_a_roll_back_that_is_undone_leaves_the_deployment_running() -> None:
    life = life_at("deployed")
    deployments = life.bug.deployments
    before = life.act("roll-back", reason="Errors").bug

    bug = life.act("undo", reason="The errors were of another service").bug
    assert bug.deployments == deployments
    assert list(lost(before, bug)) == []


def test_a_review_that_is_undone_does_not_count() -> None:
    life = life_at("testing", "P2").act("undo", SENIOR, reason="Wrong tab")

    assert (life.bug.status, life.bug.reviews) == ("code_review", ())


def test_a_move_is_undone_by_who_made_it_or_by_a_lead() -> None:
    life = life_at("investigating", policy=Policy(roles=TEAM))

    assert reasons(life.ask("undo", ONCALL, reason="x")) == [
        (
            "`assign` is undone by Backend Engineer, who did it, or by the role `lead`: "
            "ask one of them."
        )
    ]
    assert isinstance(life.ask("undo", BACKEND, reason="x"), Accepted)
    assert isinstance(life.ask("undo", LEAD, reason="x"), Accepted)


def test_what_happened_before_a_note_is_not_undone() -> None:
    life = life_at("investigating").act("note", text="Looked at the logs")

    assert reasons(life.ask("undo", reason="x"))[0].startswith("The newest change of BUG-0001 is")


def test_an_undo_is_not_undone() -> None:
    life = life_at("investigating").act("undo", reason="x")

    assert reasons(life.ask("undo", reason="y")) == [
        "BUG-0001 was set back already: make the move again instead of undoing that."
    ]


def test_several_moves_of_one_edit_are_not_undone_together() -> None:
    life = life_at("code_review")
    life.before = life_at("investigating").bug

    assert reasons(life.ask("undo", reason="x")) == [
        "The newest change of BUG-0001 made several moves at once: go on from where it stands."
    ]


def test_a_file_that_undoes_more_than_the_newest_move_is_refused() -> None:
    life = life_at("code_review")
    target = life.bug.timeline[2]
    entry = TimelineEntry(
        key="zzzzzz", at=life.now, by=BACKEND, action="undo", text="Undone.",
        to=Status.TRIAGED, undoes=(target.key,),
    )  # fmt: skip
    edited = life.bug.model_copy(
        update={"status": Status.TRIAGED, "timeline": (*life.bug.timeline, entry)}
    )

    assert "Only the newest move can be undone, and only by `undo`: use that command." in told(
        life, life.bug, edited
    )


def test_an_undo_in_a_file_takes_nothing_else_away() -> None:
    life = life_at("testing", "P2")
    before = life.bug
    undone = life.act("undo", SENIOR, reason="Wrong tab").bug
    stripped = undone.model_copy(update={"root_cause": None})

    assert [finding.reason.sentence for finding in lost(before, stripped)] == [
        "`root_cause` was removed: restore it."
    ]


def declared(bug: str, at: timedelta, **fields: Any) -> Life:
    life = Life(severity="P0", now=START + at)
    life.act("report", **{**USUAL["report"], "id": bug})
    return life.usual("triage").act("hotfix-declare", LEAD, **fields)


def test_an_incident_holds_several_bugs() -> None:
    first = declared("BUG-0001", timedelta(hours=1), channel="#inc-1")
    second = Life(severity="P2", now=START).usual("report").usual("triage")
    second.record = second.bug.model_copy(update={"id": "BUG-0002"})
    second.act("join-incident", incident="INC-2026-0001").act("mitigate", text="Off")

    (incident,) = incidents((first.bug, second.bug))
    assert (incident.id, incident.bugs) == ("INC-2026-0001", ("BUG-0001", "BUG-0002"))
    assert (incident.severity, incident.commander, incident.channel) == ("P0", LEAD, "#inc-1")
    assert incident.started == START
    assert incident.mitigated is None
    assert first.bug.hotfix is not None
    assert incident.declared == first.bug.hotfix.steps[0].at


def test_an_incident_is_mitigated_when_the_last_of_its_bugs_is() -> None:
    first = declared("BUG-0001", timedelta(0)).act("mitigate", text="Off")
    second = declared("BUG-0002", timedelta(hours=2), incident="INC-2026-0001")
    second.act("mitigate", text="Off").act("wont-fix", reason="Same cause")

    (incident,) = incidents((first.bug, second.bug))
    assert incident.mitigated == second.bug.timeline[-2].at
    assert incident.closed is None


def test_the_newest_incident_comes_first_and_a_bug_without_one_is_left_out() -> None:
    found = incidents((
        declared("BUG-0001", timedelta(0)).bug,
        declared("BUG-0009", timedelta(0)).bug,
        life_at("triaged").bug,
    ))  # fmt: skip

    assert [incident.id for incident in found] == ["INC-2026-0009", "INC-2026-0001"]


def test_a_bug_that_joined_an_incident_declares_that_one() -> None:
    life = life_at("triaged", "P0").act("join-incident", incident="INC-2026-0007")

    hotfix = life.act("hotfix-declare").bug.hotfix
    assert hotfix is not None
    assert hotfix.incident == "INC-2026-0007"


def test_who_declared_an_incident_does_not_join_another() -> None:
    life = declared("BUG-0001", timedelta(0))

    assert reasons(life.ask("join-incident", incident="INC-2026-0007")) == [
        "BUG-0001 has declared INC-2026-0001 itself: let others join."
    ]


def test_a_taken_number_gives_the_incident_the_next_one_of_its_year() -> None:
    life = life_at("triaged", "P0")
    action = VERBS["hotfix-declare"].model_validate({})
    known = Known(incidents=frozenset({"INC-2026-0001", "INC-2026-0041", "INC-2025-0099"}))
    context = Context(actor=LEAD, policy=life.policy, now=life.now, at=life.now, known=known)

    decision = decide_in(life.bug, action, context)
    assert isinstance(decision, Accepted)
    assert decision.record.hotfix is not None
    assert decision.record.hotfix.incident == "INC-2026-0042"


@pytest.mark.parametrize(("severity", "name"), [("P0", "bug-0001-redemption-fails"), ("P2", None)])
def test_an_incident_channel_is_named_by_the_policy(severity: str, name: str | None) -> None:
    life = life_at("triaged", severity, Policy(ids=(IdStyle(),)))

    assert planned_channel(life.bug, life.policy) == name
