"""A bug's life for tests, made by the commands that people give, never by poking fields."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.context import Context, Known
from tracker.workflow.decide import decide_in
from tracker.workflow.decision import Accepted, Decision, Refused
from tracker.workflow.verbs import VERBS

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SUPPORT = Person(name="Support Team", email="support@example.com")
ONCALL = Person(name="On-call Engineer", email="oncall@example.com")
BACKEND = Person(name="Backend Engineer", email="backend@example.com")
SENIOR = Person(name="Senior Engineer", email="senior@example.com")

ANSWERS = {
    "P0": {"production_down": True},
    "P1": {"core_feature_broken": True},
    "P2": {"workaround": False},
    "P3": {},
}
USUAL: dict[str, dict[str, Any]] = {
    "report": {
        "title": "Redemption fails",
        "what_is_broken": "Coupon redemption fails.",
        "environment": {"stage": "production"},
        "id": "BUG-0001",
    },
    "assign": {"assignee": str(BACKEND), "backup": str(SENIOR)},
    "identify": {
        "reproductions": [{"where": "production", "result": "fails", "reproduced": True}],
        "summary": "Signatures do not match",
        "what": "The server signs with another algorithm than the app verifies with.",
        "why_it_happened": ["No compatibility check"],
        "why_not_caught": ["No test of old apps"],
        "strategy": "backward_compatible",
    },
    "submit-fix": {
        "summary": "Verify with both algorithms.",
        "branch": "fix/both-algorithms",
        "risk": {"what_can_go_wrong": "Nothing known"},
        "regression_test": "test_old_app",
        "rollback_plan": {"steps": ["Deploy the version before"]},
    },
    "approve": {},
    "pass-tests": {
        "tests": [
            {
                "suite": "regression",
                "name": "old app",
                "result": "passed",
                "failed_before_fix": True,
            },
            {"suite": "unit", "name": "unit", "result": "passed"},
            {"suite": "integration", "name": "integration", "result": "passed"},
        ]
    },
    "evidence": {
        "tests": [
            {"suite": "load", "name": "load", "result": "passed"},
            {"suite": "smoke", "name": "smoke", "stage": "staging", "result": "passed"},
        ]
    },
    "release-notes": {"summary": "Redemption works again."},
    "deploy": {"version": "v2"},
    "monitor": {
        "error_rate_before": "100 %",
        "error_rate_after": "0 %",
        "immediate": [{"text": "Redemption works", "done": True}],
        "short_term": [{"text": "Metrics normal", "done": True}],
    },
    "verify": {},
    "postmortem": {"went_well": ["a"], "went_wrong": ["b"], "lessons": ["c"]},
    "close": {},
}
TO_STATUS = {
    "reported": ("report",),
    "triaged": ("triage",),
    "investigating": ("assign",),
    "in_progress": ("identify",),
    "code_review": ("submit-fix",),
    "testing": ("approve",),
    "load_test": ("pass-tests",),
    "deployed": ("evidence", "release-notes", "deploy"),
    "verified": ("monitor", "verify"),
    "closed": ("publish-notes", "postmortem", "publish-postmortem", "close"),
}


@dataclass
class Life:
    """One bug under a policy; each command happens five hours after the one before."""

    policy: Policy = field(default_factory=Policy)
    severity: str = "P1"
    record: BugRecord | None = None
    now: datetime = START
    before: BugRecord | None = None
    """The record as it was before its newest change."""
    beside: frozenset[str] | None = None
    """The files in the record's folder."""

    @property
    def bug(self) -> BugRecord:
        """The record; the bug must have been reported."""
        assert self.record is not None
        return self.record

    def ask(self, verb: str, who: Person = BACKEND, **fields: Any) -> Decision:
        """What `decide` answers, without keeping it."""
        action = VERBS[verb].model_validate(fields)
        context = Context(
            actor=who,
            policy=self.policy,
            now=self.now,
            at=action.at or self.now,
            known=Known(before=self.before, beside=self.beside),
        )
        return decide_in(self.record, action, context)

    def act(self, verb: str, who: Person = BACKEND, **fields: Any) -> "Life":
        """Do what must be accepted, and let time pass."""
        decision = self.ask(verb, who, **fields)
        assert isinstance(decision, Accepted), decision
        self.keep(decision.record)
        self.now += timedelta(hours=5)
        return self

    def keep(self, record: BugRecord) -> None:
        """Take a record as the newest."""
        self.before, self.record = self.record, record

    def refused(self, verb: str, who: Person = BACKEND, **fields: Any) -> tuple[str, ...]:
        """The gates that refuse a command."""
        decision = self.ask(verb, who, **fields)
        assert isinstance(decision, Refused), decision
        return tuple(reason.gate for reason in decision.reasons)

    def usual(self, step: str) -> "Life":
        """The usual command of a life, with everything that its gates ask for."""
        if step.startswith("publish-"):
            document = {"publish-notes": "release_notes", "publish-postmortem": "postmortem"}[step]
            return self.act("publish", document=document)
        if step == "triage":
            return self.act("triage", ONCALL, category="Caching", answers=answers(self.severity))
        who = {"report": SUPPORT, "approve": SENIOR}.get(step, BACKEND)
        return self.act(step, who, **USUAL[step])


def answers(severity: str) -> dict[str, bool]:
    """Answers to the matrix that give this severity."""
    usual = dict.fromkeys(
        ("production_down", "data_at_risk", "core_feature_broken", "all_users_affected"), False
    )
    return {**usual, "workaround": True, "business_impact": False, **ANSWERS[severity]}


def life_at(status: str, severity: str = "P1", policy: Policy | None = None) -> Life:
    """A bug that has just reached a state by the usual way."""
    if policy is None:
        return replace(_usual_life(status, severity))
    return _lived(Life(policy=policy, severity=severity), status)


@cache
def _usual_life(status: str, severity: str) -> Life:
    return _lived(Life(severity=severity), status)


def _lived(life: Life, status: str) -> Life:
    for reached, steps in TO_STATUS.items():
        for step in steps:
            life.usual(step)
        if reached == status:
            return life
    raise KeyError(status)
