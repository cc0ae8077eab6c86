"""The incidents that the documents tell, played from the scenario files by the rules alone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tracker.model.bug_id import IdStyle
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decide import decide
from tracker.workflow.decision import Accepted
from tracker.workflow.verbs import VERBS

_SCENARIOS = Path(__file__).parents[2] / "demo" / "scenarios"
POLICY = Policy(ids=(IdStyle(), IdStyle(prefix="DH", width=3)))
NFC, REDIS = "nfc-signature-mismatch", "rate-limit-redis-failover"
LOGIN, TOKEN, KEY = "login-redis-port", "token-refresh-race", "missing-key-hotfix"
EVERY = (NFC, REDIS, LOGIN, TOKEN, KEY)


@dataclass(frozen=True, kw_only=True)
class Played:
    """What a scenario's step led to."""

    verb: str
    at: datetime
    action: Action
    person: Person
    record: BugRecord


@cache
def played(name: str) -> tuple[Played, ...]:
    """The record after each step of a scenario; a refused step is an error."""
    scenario: dict[str, Any] = yaml.safe_load((_SCENARIOS / f"{name}.yaml").read_text("utf-8"))
    record: BugRecord | None = None
    told: list[Played] = []
    for step in scenario["steps"]:
        action = VERBS[step["do"]].model_validate({"at": step["at"], **step.get("fields", {})})
        person = Person.model_validate(scenario["people"][step["who"]])
        decision = decide(record, action, person, POLICY, step["at"])
        assert isinstance(decision, Accepted), f"{step['do']} at {step['at']}: {decision}"
        record = decision.record
        told.append(
            Played(verb=step["do"], at=step["at"], action=action, person=person, record=record)
        )
    return tuple(told)


def finished(name: str) -> BugRecord:
    """The record at the end of a scenario."""
    return played(name)[-1].record


def until(name: str, verb: str) -> BugRecord:
    """The record after the first step of this name."""
    return next(step.record for step in played(name) if step.verb == verb)
