from collections.abc import Mapping
from typing import Any

import pytest

from bot.forms.form import form_view, quick_action
from demo.message import visible_text
from tests.builders.life import BACKEND, SENIOR, life_at
from tracker.model.policy import Policy
from tracker.workflow.action import Action
from tracker.workflow.actions.edits import UpdateImpact

NONE: Mapping[str, str] = {}
PEOPLE = {"U1": BACKEND, "U2": SENIOR}


def told(verb: str, **typed: str) -> str:
    """What the form says that opens with what was typed."""
    shown = form_view(verb, life_at("investigating").record, Policy(), typed)
    return visible_text({"blocks": shown["blocks"]})


def quick(
    verb: str, text: str = "", status: str = "investigating", pairs: Mapping[str, str] = NONE
) -> Action | None:
    return quick_action(verb, text, pairs, life_at(status).record, Policy(), PEOPLE)


@pytest.mark.parametrize(
    ("verb", "text", "said"),
    [
        ("note", "Rolled back on staging", {"text": "Rolled back on staging"}),
        ("mitigate", "Manual codes offered", {"text": "Manual codes offered"}),
        ("approve", "", {}),
        ("approve", "Looks right", {"comment": "Looks right"}),
        ("deploy", "v2.0.2", {"version": "v2.0.2"}),
        ("verify", "", {}),
        ("verify", "No errors for 30 minutes", {"note": "No errors for 30 minutes"}),
        ("close", "", {}),
        ("mark-duplicate", "BUG-7", {"duplicate_of": "BUG-0007"}),
        ("wont-fix", "Switched off next month", {"reason": "Switched off next month"}),
        ("roll-back", "Error rate rose", {"reason": "Error rate rose"}),
        ("reopen", "It is back", {"reason": "It is back"}),
        ("publish", "post-mortem", {"document": "postmortem"}),
        ("hotfix-backport", "PR #512", {"reference": "PR #512"}),
        ("hotfix-review", "", {}),
        ("assign", "<@U1>", {"assignee": BACKEND}),
        (
            "assign",
            "<@U1> backup <@U2> eta 2h",
            {"assignee": BACKEND, "backup": SENIOR, "eta": "2h"},
        ),
        ("note", "Asked <@U1> and <@U9>", {"text": "Asked @Backend Engineer and <@U9>"}),
    ],
)
def test_words_alone_make_the_action(verb: str, text: str, said: dict[str, Any]) -> None:
    action = quick(verb, text)

    assert action is not None
    assert action.verb == verb
    assert {name: getattr(action, name) for name in said} == said


@pytest.mark.parametrize(
    ("verb", "pairs", "said"),
    [
        ("communicate", {"whom": "Support", "how": "call"}, {"whom": "Support", "how": "call"}),
        ("link", {"kind": "follow_up", "ref": "CR-130"}, {"kind": "follow_up", "ref": "CR-130"}),
        ("impact", {"users": "~5,000", "business": "critical"}, {"users": "~5,000"}),
        ("plan", {"known": "Only production fails"}, {"known": ("Only production fails",)}),
        (
            "action",
            {"text": "Add tests", "horizon": "immediate", "owner": "<@U1>", "due": "2026-12-01"},
            {"text": "Add tests", "owner": BACKEND},
        ),
        (
            "monitor",
            {"error_rate_before": "100%", "error_rate_after": "0%"},
            {"error_rate_after": "0%"},
        ),
        ("hotfix-declare", {"commander": "<@U2>"}, {"commander": SENIOR}),
        (
            "approve-document",
            {"document": "release_notes", "role": "Engineering Lead"},
            {"document": "release_notes", "role": "Engineering Lead"},
        ),
        (
            "evidence",
            {"suite": "load", "name": "Load test", "result": "passed"},
            {},
        ),
    ],
)
def test_pairs_make_the_action(verb: str, pairs: dict[str, str], said: dict[str, Any]) -> None:
    action = quick(verb, pairs=pairs)

    assert action is not None
    assert {name: getattr(action, name) for name in said} == said


@pytest.mark.parametrize(
    ("verb", "text", "pairs"),
    [
        ("triage", "P1", {}),
        ("identify", "Signatures differ", {}),
        ("submit-fix", "", {"branch": "fix/it"}),
        ("report", "NFC fails", {}),
        ("note", "", {}),
        ("deploy", "", {}),
        ("assign", "whoever is free", {}),
        ("assign", "<@U9>", {}),
        ("assign", "", {"assignee": "the lead"}),
        ("action", "", {"due": "soon", "text": "Add tests", "horizon": "immediate"}),
        ("publish", "the book", {}),
        ("wont-fix", "", {"colour": "red"}),
        ("note", "x" * 20_001, {}),
        ("pass-tests", "", {"suite": "unit"}),
        ("monitor", "", {"immediate": "all"}),
    ],
)
def test_what_is_not_enough_opens_the_form(verb: str, text: str, pairs: dict[str, str]) -> None:
    assert quick(verb, text, "reported" if verb == "triage" else "investigating", pairs) is None


def test_a_first_assignment_without_the_backup_it_needs_opens_the_form() -> None:
    assert quick("assign", "<@U1>", "triaged") is None
    assert quick("assign", "<@U1> backup <@U2>", "triaged") is not None


def test_a_triaged_bug_takes_another_severity_with_a_reason() -> None:
    action = quick("triage", "P2", pairs={"reason": "A workaround exists"})

    assert action is not None
    assert action.model_dump()["severity"] == "P2"


def test_a_typed_part_keeps_what_is_known_of_its_siblings() -> None:
    record = life_at("triaged").act(
        "impact", environment={"stage": "production", "portals": ["B2C"]}
    )

    action = quick_action("impact", "", {"platform": "iOS"}, record.record, Policy(), PEOPLE)

    assert action is not None
    environment = action.model_dump()["environment"]
    assert (environment["platform"], environment["portals"]) == ("iOS", ("B2C",))


def test_a_report_with_all_that_is_required_needs_no_form() -> None:
    pairs = {"title": "NFC fails", "what_is_broken": "Redemption", "portals": "B2C"}

    action = quick_action("report", "", pairs, None, Policy(), PEOPLE)

    assert action is not None
    said = action.model_dump()
    assert (said["title"], said["environment"]["portals"]) == ("NFC fails", ("B2C",))


@pytest.mark.parametrize(
    ("verb", "text", "meant"),
    [
        ("note", "txet=Rolled back", "“txet=” is no field and was taken as text: did you mean"),
        ("note", "max=5 was set", "“max=” is no field and was taken as text. The fields are text,"),
        ("roll-back", "Errors rise reson=payments fail", "did you mean “reason=”?"),
    ],
)
def test_a_key_that_no_field_has_is_told_in_the_form_and_not_recorded(
    verb: str, text: str, meant: str
) -> None:
    assert quick(verb, text) is None
    assert meant in told(verb, text=text)


def test_a_slip_of_a_key_behind_another_is_told_too() -> None:
    pairs = {"what": "Null cart sumary=The cart is null"}

    assert quick("identify", pairs=pairs) is None
    assert "“sumary=” is no field and was taken as text: did you mean “summary=”?" in told(
        "identify", **pairs
    )


def test_every_key_that_no_field_has_is_told() -> None:
    shown = told("report", text="Login fails component=x severity=P1 max=5")

    assert "“component=” is no field and was taken as text: did you mean “components=”?" in shown
    assert "“severity=” is no field and was taken as text: once the bug is reported," in shown
    assert "“max=” is no field and was taken as text." in shown
    assert "severity=" in told("report", text="Login fails severity=P1").partition("once")[0]


def test_what_looks_like_a_key_within_a_text_is_recorded() -> None:
    action = quick("note", "Set max=5 and NODE_ENV=production on https://example.com/?text=1")

    assert action is not None


def test_columns_in_the_wrong_order_are_told_beside_what_was_typed() -> None:
    rows = "production | open the cart | 500 | yes"

    shown = told("identify", reproductions=rows)

    assert "⚠️ Line 1: say whether the bug showed with yes or no, not “500”." in shown


def test_a_key_without_an_input_of_its_own_is_told_with_its_words_and_its_place() -> None:
    shown = told("plan", statement="Null cart")

    assert "“statement=Null cart” has no place of its own in this form: use “hypotheses=”." in shown


@pytest.mark.parametrize(
    ("verb", "typed", "why"),
    [
        ("report", {"text": "no"}, "Write at least 3 characters."),
        ("deploy", {"version": "v" * 400}, "Write at most 300 characters."),
        ("join-incident", {"text": "INC-7"}, "Write an incident’s number, such as INC-2026-0007."),
        ("mark-duplicate", {"text": "7x"}, "Write a bug’s number, such as BUG-0042."),
        ("pass-tests", {"suite": "unit", "result": "failed"}, "Say what was tested."),
    ],
)
def test_a_form_that_opens_for_what_a_rule_refuses_says_why(
    verb: str, typed: dict[str, str], why: str
) -> None:
    assert f"⚠️ {why}" in told(verb, **typed)


def test_a_form_says_nothing_of_what_it_asks_for_or_cannot_know() -> None:
    assert "⚠" not in told("assign", assignee="<@U0NEW>")
    assert "⚠" not in told("submit-fix", summary="Both signatures are accepted")


@pytest.mark.parametrize("nothing", ["", "-"])
def test_a_key_with_nothing_behind_it_empties_what_may_be_empty(nothing: str) -> None:
    action = quick("impact", pairs={"users": nothing, "affects": "Old apps"})

    assert isinstance(action, UpdateImpact)
    assert (action.clear, action.users, action.affects) == (("users",), None, "Old apps")


def test_a_minus_is_text_where_nothing_can_be_emptied() -> None:
    action = quick("note", pairs={"text": "-"})

    assert action is not None
    assert action.model_dump(exclude_defaults=True) == {"text": "-"}
