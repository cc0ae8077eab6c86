"""What happened once is listed once, whoever copied it."""

from typing import Any

import pytest

from tests.builders.doors import everything
from tests.builders.life import ONCALL, SENIOR, USUAL, Life, life_at
from tracker.model.record import BugRecord


def hotfixed() -> Life:
    """A bug with one of everything that is listed."""
    life = life_at("in_progress", "P0").act("hotfix-declare", ONCALL)
    life.act("hotfix-branch", branch="hotfix/x").act("hotfix-implement", **USUAL["submit-fix"])
    life.act("hotfix-test", **USUAL["pass-tests"]).act("hotfix-review", SENIOR)
    life.act("hotfix-deploy", version="v2", load_test_waived="Emergency")
    life.act("hotfix-monitor", **USUAL["monitor"])
    return life.act("hotfix-backport", reference="PR #512")


def told(life: Life, edited: BugRecord) -> set[tuple[str, str]]:
    found = everything(life.bug, edited, life)
    return {(".".join(map(str, each.where)), each.reason.sentence) for each in found}


def grown(record: Any, name: str, **changes: Any) -> Any:
    """The part with its last item once more."""
    items = getattr(record, name)
    return record.model_copy(update={name: (*items, items[-1].model_copy(update=changes))})


@pytest.mark.parametrize(
    ("name", "words"),
    [("reviews", "review"), ("deployments", "deployment"), ("tests", "test run")],
)
def test_a_copy_in_an_edited_file_is_refused(name: str, words: str) -> None:
    life = hotfixed()
    sentence = f"This {words} stands above already: remove the copy."
    place = f"{name}.{len(getattr(life.bug, name))}"

    assert told(life, grown(life.bug, name)) == {(place, sentence)}


def test_a_copied_run_with_another_key_is_a_copy() -> None:
    life = hotfixed()
    (found,) = told(life, grown(life.bug, "tests", key="zzzzzz"))

    assert found[1] == "This test run stands above already: remove the copy."


def test_a_copied_step_and_a_copied_sample_are_refused() -> None:
    life = hotfixed()
    hotfix, watched = grown(life.bug.hotfix, "steps"), grown(life.bug.monitoring, "samples")
    edited = life.bug.model_copy(update={"hotfix": hotfix, "monitoring": watched})

    assert {sentence for _, sentence in told(life, edited)} >= {
        "This hotfix step stands above already: remove the copy.",
        "This sample stands above already: remove the copy.",
    }


def test_copies_that_were_there_before_are_not_told_of_the_next_change() -> None:
    life = hotfixed()
    life.record = grown(life.bug, "reviews")
    before = life.bug

    assert everything(before, life.act("note", text="Seen").bug, life) == []


def test_what_was_recorded_twice_in_one_second_is_no_copy() -> None:
    life = life_at("code_review", "P1")
    at = life.now
    for _ in range(2):
        life.act("evidence", at=at, **USUAL["evidence"])

    assert everything(None, life.bug, life) == []


def test_a_copied_publication_is_refused() -> None:
    life = life_at("closed")
    notes = grown(life.bug.release_notes, "published")

    assert told(life, life.bug.model_copy(update={"release_notes": notes})) == {
        ("release_notes.published.1", "This publication stands above already: remove the copy.")
    }
