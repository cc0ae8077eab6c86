"""What is refused whatever is entered is refused before a form is opened, and nothing else is."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any, Final

import pytest

from tests.builders.life import (
    BACKEND,
    ONCALL,
    SENIOR,
    TO_STATUS,
    USUAL,
    Life,
    answers,
    life_at,
)
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.status import Status
from tracker.workflow.context import Context, Known
from tracker.workflow.decision import Accepted, Refused
from tracker.workflow.hotfix_progress import hotfix_steps
from tracker.workflow.next_moves import next_hotfix_step, next_on_track
from tracker.workflow.obstacles import obstacles
from tracker.workflow.remedies import with_remedies

LEAD: Final = Person(name="Engineering Lead", email="lead@example.com")
POLICY: Final = Policy.model_validate({
    "roles": {"senior": [str(SENIOR)], "lead": [str(LEAD)]},
    "waivers": {"staging": "lead"},
})  # fmt: skip
FIX: Final = {key: value for key, value in USUAL["submit-fix"].items() if key != "branch"}
TESTS: Final = {"tests": [*USUAL["pass-tests"]["tests"], *USUAL["evidence"]["tests"]]}
FAILED: Final = {"suite": "unit", "name": "unit", "result": "failed"}
DOCUMENTS: Final = ({"document": "release_notes"}, {"document": "postmortem"})
ENTRIES: Final[dict[str, tuple[dict[str, Any], ...]]] = {
    "triage": tuple(
        {"answers": answers(severity), "category": "Caching", "reason": "It grew"}
        for severity in ("P0", "P1", "P2")
    ),
    "assign": (USUAL["assign"],),
    "plan": ({"conclusion": "It fails"}, {"conclusion": "It fails sometimes"}),
    "identify": (USUAL["identify"],),
    "cannot-reproduce": ({"reproductions": USUAL["identify"]["reproductions"]},),
    "submit-fix": ({**USUAL["submit-fix"], "strategy": "hotfix"},),
    "request-changes": ({"reason": "Too wide"},),
    "approve": ({},),
    "fail-tests": ({"reason": "It persists", "tests": [FAILED]},),
    "pass-tests": (TESTS,),
    "regress": ({"reason": "It is slow"},),
    "evidence": (TESTS,),
    "deploy": ({"version": "v2"}, {"version": "v2", "load_test_waived": "Now"}),
    "close-without-deploy": ({"reason": "With the next release"},),
    "roll-back": ({"reason": "Errors rose"},),
    "monitor": (USUAL["monitor"],),
    "verify": ({},),
    "close": ({},),
    "mark-duplicate": ({"duplicate_of": "BUG-0007"},),
    "wont-fix": ({"reason": "It is switched off"},),
    "reopen": ({"reason": "It is back"},),
    "undo": ({"reason": "A slip"},),
    "waive": ({"gate": "staging", "reason": "It is down"},),
    "join-incident": ({"incident": "INC-2026-0099"},),
    "take-role": ({"role": "scribe"},),
    "release-notes": (USUAL["release-notes"], {"summary": "Redemption works."}),
    "postmortem": (USUAL["postmortem"], {"summary": "Down"}, {"summary": "Down for an hour"}),
    "approve-document": tuple({**each, "role": "On-call Engineer"} for each in DOCUMENTS),
    "publish": DOCUMENTS,
    "hotfix-declare": ({"reason": "Nobody can redeem"},),
    "hotfix-branch": ({"branch": "hotfix/redeem"}, {"branch": "hotfix/redeem-again"}),
    "hotfix-implement": ({**FIX, "strategy": "hotfix"},),
    "hotfix-test": (TESTS,),
    "hotfix-review": ({},),
    "hotfix-deploy": ({"version": "v2"}, {"version": "v2", "load_test_waived": "Now"}),
    "hotfix-monitor": (USUAL["monitor"],),
    "hotfix-backport": ({"reference": "PR 7"}, {"reference": "PR 8"}),
}  # fmt: skip
"""Entries of which one is accepted wherever any is."""


OF_TRACK: Final = [verb for verb in ENTRIES if verb.startswith("hotfix-")]
DETOURS: Final = (
    "undo",
    "request-changes",
    "fail-tests",
    "regress",
    "roll-back",
    "submit-fix",
    "approve",
    "deploy",
    "verify",
)
CLOSED_OR_UNTRIAGED: Final = {Status.CLOSED, Status.REPORTED}


def context_of(life: Life, who: Person) -> Context:
    known = Known(before=life.before)
    return Context(actor=who, policy=life.policy, now=life.now, at=life.now, known=known)


def check(life: Life, verb: str, who: Person) -> None:
    """What is in the way is in every refusal, and nothing is where something is accepted.

    What is offered against it is accepted from whoever was refused.
    """
    verdicts = [life.ask(verb, who, **fields) for fields in ENTRIES[verb]]
    refusals = [each for each in verdicts if isinstance(each, Refused)]
    context = context_of(life, who)
    found = set(with_remedies(obstacles(life.bug, verb, context), verb, life.bug, context))
    for reason in (*found, *(each for refused in refusals for each in refused.reasons)):
        assert reason.remedy is None or not obstacles(life.bug, reason.remedy, context), reason
    place = (verb, who.name, [refused.reasons for refused in refusals])
    assert bool(found) == (len(refusals) == len(verdicts)), (place, found)
    if found and verb not in {"publish", "approve-document", "waive"}:  # which tell of each choice
        assert found <= set(refusals[0].reasons), (place, found)


def accepted(life: Life, verb: str) -> list[Life]:
    """The lives to which entries of a command lead, by whoever may give it."""
    found = []
    for fields, who in product(ENTRIES[verb], (BACKEND, SENIOR)):
        decision = life.ask(verb, who, **fields)
        if isinstance(decision, Accepted):
            onward = replace(life, now=life.now + timedelta(hours=5))
            onward.keep(decision.record)
            found.append(onward)
    return found


def next_of(life: Life) -> str | None:
    return next_on_track(life.bug, context_of(life, life.bug.reported.by))


def stands(life: Life) -> tuple[object, ...]:
    """Where a track stands, so that no place is played twice."""
    return (life.bug.status, frozenset(hotfix_steps(life.bug)), next_of(life))


@pytest.mark.parametrize("severity", ["P0", "P1", "P2"])
@pytest.mark.parametrize("status", TO_STATUS)
def test_a_command_is_in_the_way_of_nothing_exactly_where_some_entry_is_accepted(
    status: str, severity: str
) -> None:
    life = life_at(status, severity, POLICY)
    for verb, who in product(ENTRIES, (BACKEND, SENIOR, LEAD)):
        check(life, verb, who)


@pytest.mark.parametrize("severity", ["P0", "P1"])
def test_the_next_command_of_a_hotfix_is_accepted_wherever_it_stands(severity: str) -> None:
    early = [status for status in Status if status not in CLOSED_OR_UNTRIAGED]
    lives = [life_at(status, severity, POLICY) for status in early]
    waiting = [life.act("hotfix-declare", ONCALL, reason="Late") for life in lives]
    seen = {stands(life): life for life in waiting}
    while waiting:
        life = waiting.pop(0)
        named = next_of(life)
        assert (named is not None) == (next_hotfix_step(life.bug) is not None), life.bug.status
        assert named is None or accepted(life, named), (named, stands(life))
        for step in OF_TRACK:
            check(life, step, BACKEND)
        for verb in (named, *DETOURS):
            for onward in accepted(life, verb)[:1] if verb else ():
                if onward.bug.status.is_open and stands(onward) not in seen:
                    seen[stands(onward)] = onward
                    waiting.append(onward)

    assert {life.bug.status for life in seen.values()} >= set(Status) - CLOSED_OR_UNTRIAGED
    assert None in {next_of(life) for life in seen.values()}, "no track came to its end"


def test_the_next_command_of_a_hotfix_is_what_its_step_waits_for() -> None:
    life = life_at("triaged", "P1", POLICY).act("hotfix-declare", ONCALL)
    life.act("hotfix-branch", branch="hotfix/redeem")
    named = []
    while verb := next_of(life):
        named.append(verb)
        life = accepted(life, verb)[0]

    assert named == [
        "assign",
        "identify",
        "hotfix-implement",
        "hotfix-test",
        "hotfix-review",
        "release-notes",
        "hotfix-deploy",
        "hotfix-monitor",
        "hotfix-backport",
    ]
