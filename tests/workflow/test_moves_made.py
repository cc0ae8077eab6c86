"""A move that was made already is refused with who made it, when, and what comes next."""

import pytest

from tests.builders.doors import everything, moved
from tests.builders.life import BACKEND, SENIOR, USUAL, Life, life_at
from tracker.workflow.decision import DONE, Refused
from tracker.workflow.transitions import TRANSITIONS

WHO = {"approve": SENIOR}


def sentence(life: Life, verb: str) -> tuple[str, str]:
    """Gate and sentence by which a move is refused as a command, and as an edited file too."""
    who = WHO.get(verb, BACKEND)
    decision = life.ask(verb, who, **USUAL.get(verb, {"reason": "x"}))
    assert isinstance(decision, Refused), decision
    (reason,) = decision.reasons
    to = next(row[verb].to for row in TRANSITIONS.values() if verb in row)
    forged = moved(life.bug, verb, to, who, life)
    assert reason.sentence in {each.reason.sentence for each in everything(life.bug, forged, life)}
    return reason.gate, reason.sentence


@pytest.mark.parametrize(
    ("status", "verb", "told"),
    [
        ("testing", "submit-fix", "by Backend Engineer at 2026-03-03 05:00 UTC: Fix submitted"),
        ("testing", "approve", "by Senior Engineer at 2026-03-03 10:00 UTC: Approved by Senior"),
        ("deployed", "approve", "by Senior Engineer at 2026-03-03 10:00 UTC: Approved by Senior"),
        ("deployed", "pass-tests", "by Backend Engineer at 2026-03-03 15:00 UTC: Tests passed"),
        ("verified", "deploy", "by Backend Engineer at 2026-03-04 06:00 UTC: Deployed v2."),
    ],
)
def test_a_move_made_already_tells_who_made_it(status: str, verb: str, told: str) -> None:
    gate, said = sentence(life_at(status), verb)

    assert said.startswith(f"`{verb}` is recorded already, {told}")
    assert gate in DONE


def test_what_comes_next_is_told_after_a_move_made_already() -> None:
    assert sentence(life_at("deployed"), "deploy")[1] == (
        "`deploy` is recorded already, by Backend Engineer at 2026-03-04 06:00 UTC: Deployed v2. "
        "BUG-0001 stands at `deployed`: go on with `verify`, `roll-back`, `mark-duplicate`, "
        "`wont-fix`."
    )


def test_closing_a_closed_bug_tells_who_closed_it() -> None:
    gate, said = sentence(life_at("closed"), "close")

    assert said.startswith("`close` is recorded already, by Backend Engineer at ")
    assert said.endswith(": Closed. BUG-0001 is closed: reopen it before `close`.")
    assert gate in DONE


def test_a_roll_back_told_twice_is_recorded_once() -> None:
    life = life_at("deployed").act("roll-back", SENIOR, reason="Errors rise")

    assert sentence(life, "roll-back")[1].startswith(
        "`roll-back` is recorded already, by Senior Engineer at 2026-03-04 11:00 UTC: Rolled back: "
        "Errors rise. BUG-0001 stands at `in progress`: go on with `submit-fix`"
    )


def test_a_move_behind_which_a_way_led_back_is_not_made() -> None:
    life = life_at("deployed").act("roll-back", reason="Errors rise")

    for verb in ("approve", "deploy"):
        gate, said = sentence(life, verb)
        assert gate == "state"
        assert said.startswith("BUG-0001 stands at `in progress`, where")


def test_a_move_that_was_undone_is_not_made() -> None:
    life = life_at("deployed").act("undo", reason="Another bug")
    life.act("regress", reason="Slow")

    assert sentence(life, "deploy")[0] == "state"
