"""What an edited file may not change of the hotfix track, nor tell without the fact."""

from typing import Any

import pytest

from tests.builders.doors import everything
from tests.builders.life import ONCALL, SENIOR, USUAL, Life, life_at
from tracker.model.record import BugRecord
from tracker.model.timeline import TimelineEntry
from tracker.workflow.decision import Refused


def deployed() -> Life:
    """A hotfix in production."""
    life = life_at("in_progress", "P0").act("hotfix-declare", ONCALL)
    life.act("hotfix-branch", branch="hotfix/x").act("hotfix-implement", **USUAL["submit-fix"])
    life.act("hotfix-test", **USUAL["pass-tests"]).act("hotfix-review", SENIOR)
    return life.act("hotfix-deploy", version="v2", load_test_waived="Emergency")


def told(life: Life, edited: BugRecord) -> dict[str, str]:
    """What is said of an edited file, by place."""
    found = everything(life.bug, edited, life)
    return {".".join(map(str, each.where)): each.reason.sentence for each in found}


def edited(life: Life, **fields: Any) -> BugRecord:
    """The record with other facts of its track, and nothing else."""
    assert life.bug.hotfix is not None
    return life.bug.model_copy(update={"hotfix": life.bug.hotfix.model_copy(update=fields)})


def test_a_branch_changed_after_the_fix_is_refused_as_the_command_is() -> None:
    life = deployed()
    refused = life.ask("hotfix-branch", branch="hotfix/y")

    assert isinstance(refused, Refused)
    assert told(life, edited(life, branch="hotfix/y")) == {
        "hotfix.branch": refused.reasons[0].sentence
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        (
            "incident",
            "INC-2026-0099",
            (
                "INC-2026-0001 is declared for BUG-0001 already, by On-call Engineer at "
                "2026-03-03 05:00 UTC. Step `monitor` comes next."
            ),
        ),
        (
            "commander",
            SENIOR,
            (
                "The timeline does not tell that Senior Engineer is commander: use "
                "`bugbook take-role`, which records it."
            ),
        ),
        ("backport", "PR #7", "Hotfix step `monitor` comes before `backport`: do it first."),
    ],
)
def test_a_fact_of_the_track_changes_only_with_what_tells_it(
    field: str, value: object, sentence: str
) -> None:
    life = deployed()
    assert told(life, edited(life, **{field: value})) == {f"hotfix.{field}": sentence}


def test_a_backport_without_its_step_names_the_command() -> None:
    life = deployed().act("hotfix-monitor", **USUAL["monitor"])
    sentence = (
        "The hotfix track has no step `backport` that says so: use `bugbook hotfix backport`."
    )
    assert told(life, edited(life, backport="PR #7")) == {"hotfix.backport": sentence}


def test_another_commander_and_another_branch_that_are_told_are_fine() -> None:
    life = life_at("in_progress", "P0").act("hotfix-declare", ONCALL)
    life.act("hotfix-branch", branch="hotfix/x")
    before = life.bug
    life.act("take-role", SENIOR, role="commander").act("hotfix-branch", branch="hotfix/y")

    assert everything(before, life.bug, life) == []


@pytest.mark.parametrize(
    ("verb", "sentence"),
    [
        ("verify", "`verify` leads to `verified`, which `to` has to say: use `bugbook verify`."),
        ("approve", "There is no review by Senior Engineer at this time: use `bugbook approve`."),
        (
            "deploy",
            (
                "`deploy` is recorded already, by Backend Engineer at 2026-03-04 06:00 UTC: "
                "Deployed v2. BUG-0001 stands at `deployed`: go on with `verify`, `roll-back`, "
                "`mark-duplicate`, `wont-fix`."
            ),
        ),
    ],
)
def test_an_entry_without_its_fact_is_refused(verb: str, sentence: str) -> None:
    life = deployed()
    entry = TimelineEntry(key="zzzzzx", at=life.now, by=SENIOR, action=verb, text="Done.")
    forged = life.bug.model_copy(update={"timeline": (*life.bug.timeline, entry)})

    place = f"timeline.{len(life.bug.timeline)}.action"
    assert told(life, forged) == {place: sentence}
