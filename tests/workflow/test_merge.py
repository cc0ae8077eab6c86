"""Two branches' versions of a record become one; nothing is lost without a word."""

import copy
import re
from typing import Any

from hypothesis import given, settings

from tests.builders.branches import BASES, Values, action, branches, entry, facts
from tracker.workflow.merge import ABSENT, Side, merge
from tracker.workflow.merge_lists import same

BASE: Values = {
    "title": "Redemption fails",
    "status": "triaged",
    "report": {"steps": ["Open the app", "Tap", "Read the error"]},
    "timeline": [entry("aaaaaa", 0), entry("bbbbbb", 10)],
    "actions": [action("k00001")],
    "hotfix": {"checklist": [{"text": "Tell support"}, {"text": "Freeze deployments"}]},
    "postmortem": {"summary": "One.\n\nTwo.\n\nThree."},
    "environment": {"components": ["nfc", "coupons"]},
}


def edited(**changes: Any) -> Values:
    return {**copy.deepcopy(BASE), **changes}


def merged(ours: Values, theirs: Values) -> Values:
    result = merge(BASE, ours, theirs)
    assert result.conflicts == ()
    value: Values = result.value
    return value


def test_changes_of_different_fields_are_both_kept() -> None:
    value = merged(edited(title="Payment fails"), edited(status="investigating"))

    assert (value["title"], value["status"]) == ("Payment fails", "investigating")


def test_equal_changes_agree() -> None:
    assert merged(edited(status="closed"), edited(status="closed"))["status"] == "closed"


def test_different_changes_of_one_field_name_it_and_both_values() -> None:
    result = merge(BASE, edited(status="closed"), edited(status="investigating"))

    (conflict,) = result.conflicts
    assert (conflict.field, conflict.ours, conflict.theirs) == (
        "status",
        "closed",
        "investigating",
    )
    assert str(conflict) == (
        "`status` differs on both sides: ours “closed”, theirs “investigating”."
    )


def test_a_conflicting_field_is_as_the_preferred_side_has_it() -> None:
    ours, theirs = edited(status="closed", title="A b c"), edited(status="testing")

    assert merge(BASE, ours, theirs).value["status"] == "closed"
    assert merge(BASE, ours, theirs, Side.THEIRS).value == {**theirs, "title": "A b c"}


def test_entries_of_both_branches_stand_in_the_order_of_time() -> None:
    ours = edited(timeline=[*BASE["timeline"], entry("cccccc", 20), entry("dddddd", 40)])
    theirs = edited(timeline=[*BASE["timeline"], entry("eeeeee", 30), entry("ffffff", 50)])

    keys = [item["key"] for item in merged(ours, theirs)["timeline"]]
    assert keys == ["aaaaaa", "bbbbbb", "cccccc", "eeeeee", "dddddd", "ffffff"]


def test_times_of_different_offsets_are_compared_as_moments() -> None:
    late = {**entry("cccccc", 0), "at": "2027-01-01T12:30:00+02:00"}
    ours = edited(timeline=[*BASE["timeline"], entry("dddddd", 40)])
    theirs = edited(timeline=[*BASE["timeline"], late])

    keys = [item["key"] for item in merged(ours, theirs)["timeline"]]
    assert keys == ["aaaaaa", "bbbbbb", "cccccc", "dddddd"]


def test_an_entry_that_was_put_between_others_stays_there() -> None:
    first, last = BASE["timeline"]
    ours = edited(timeline=[first, entry("cccccc", 5), last])
    theirs = edited(timeline=[first, last, entry("dddddd", 20)])

    keys = [item["key"] for item in merged(ours, theirs)["timeline"]]
    assert keys == ["aaaaaa", "cccccc", "bbbbbb", "dddddd"]


def test_an_action_item_that_both_branches_changed_has_both_changes() -> None:
    ours = edited(actions=[{**action("k00001"), "due": "2027-02-01"}])
    theirs = edited(actions=[{**action("k00001"), "owner": "A <a@example.com>"}, action("k00002")])

    assert merged(ours, theirs)["actions"] == [
        {**action("k00001"), "due": "2027-02-01", "owner": "A <a@example.com>"},
        action("k00002"),
    ]


def test_a_conflict_inside_an_item_names_the_item_by_its_key() -> None:
    ours = edited(actions=[{**action("k00001"), "due": "2027-02-01"}])
    theirs = edited(actions=[{**action("k00001"), "due": "2027-03-01"}])

    assert [each.field for each in merge(BASE, ours, theirs).conflicts] == ["actions[k00001].due"]


def test_an_item_that_one_branch_removed_and_the_other_changed_is_a_conflict() -> None:
    ours, theirs = edited(actions=[]), edited(actions=[{**action("k00001"), "due": "2027-03-01"}])

    (conflict,) = merge(BASE, ours, theirs).conflicts
    assert (conflict.field, conflict.ours) == ("actions[k00001]", ABSENT)
    assert merge(BASE, ours, theirs, Side.THEIRS).value["actions"] == theirs["actions"]


def test_a_removed_item_stays_removed() -> None:
    ours = edited(environment={"components": ["coupons"]})
    theirs = edited(environment={"components": ["nfc", "coupons", "login"]})

    assert merged(ours, theirs)["environment"]["components"] == ["coupons", "login"]


def test_boxes_ticked_on_both_branches_are_ticked() -> None:
    ours = edited(hotfix={"checklist": [{"text": "Tell support", "done": True}, BOXES[1]]})
    theirs = edited(hotfix={"checklist": [BOXES[0], {**BOXES[1], "done": True}]})

    boxes = merged(ours, theirs)["hotfix"]["checklist"]
    assert [box["done"] for box in boxes] == [True, True]


BOXES: list[Values] = BASE["hotfix"]["checklist"]


def test_a_reworded_step_stays_at_its_place() -> None:
    ours = edited(report={"steps": ["Open the app", "Tap twice", "Read the error"]})
    theirs = edited(report={"steps": ["Open the app", "Tap", "Wait", "Read the error"]})

    expected = ["Open the app", "Tap twice", "Wait", "Read the error"]
    assert merged(ours, theirs)["report"]["steps"] == expected
    assert merged(theirs, ours)["report"]["steps"] == expected


def test_a_step_that_both_branches_reworded_is_a_conflict() -> None:
    ours = edited(report={"steps": ["Open the app", "Tap twice", "Read the error"]})
    theirs = edited(report={"steps": ["Open the app", "Tap hard", "Read the error"]})

    assert [each.field for each in merge(BASE, ours, theirs).conflicts] == ["report.steps"]


def test_a_new_order_is_kept_with_what_the_other_branch_added() -> None:
    ours = edited(environment={"components": ["coupons", "nfc"]})
    theirs = edited(environment={"components": ["nfc", "coupons", "login"]})

    assert merged(ours, theirs)["environment"]["components"] == ["coupons", "login", "nfc"]


def test_two_different_new_orders_are_a_conflict() -> None:
    ours = edited(report={"steps": ["Tap", "Open the app", "Read the error"]})
    theirs = edited(report={"steps": ["Open the app", "Read the error", "Tap"]})

    assert [each.field for each in merge(BASE, ours, theirs).conflicts] == ["report.steps"]


def test_lines_of_a_text_that_each_branch_changed_are_both_kept() -> None:
    ours = edited(postmortem={"summary": "One and a half.\n\nTwo.\n\nThree."})
    theirs = edited(postmortem={"summary": "One.\n\nTwo.\n\nThree and more."})

    summary = merged(ours, theirs)["postmortem"]["summary"]
    assert summary == "One and a half.\n\nTwo.\n\nThree and more."


def test_one_line_that_both_branches_changed_is_a_conflict() -> None:
    ours = edited(postmortem={"summary": "One.\n\nTwo or three.\n\nThree."})
    theirs = edited(postmortem={"summary": "One.\n\nTwo at most.\n\nThree."})

    conflicts = merge(BASE, ours, theirs).conflicts
    assert [each.field for each in conflicts] == ["postmortem.summary"]


def test_a_section_that_both_branches_began_has_what_both_wrote() -> None:
    value = merged(edited(fix={"branch": "fix/a"}), edited(fix={"summary": "Verify."}))

    assert value["fix"] == {"branch": "fix/a", "summary": "Verify."}


def test_a_number_is_not_a_yes() -> None:
    result = merge({"x-a": 0}, {"x-a": 1}, {"x-a": True})

    assert [each.field for each in result.conflicts] == ["x-a"]


def test_a_text_that_repeats_itself_thousands_of_times_is_a_conflict_at_once() -> None:
    base = {"x-a": "\n" * 3000}

    result = merge(base, {"x-a": "a" + "\n" * 3001}, {"x-a": "b" + "\n" * 3002})
    assert [each.field for each in result.conflicts] == ["x-a"]


@settings(max_examples=150)
@given(branches())
def test_what_either_branch_wrote_is_in_the_result_or_in_a_conflict(
    made: tuple[Values, Values, Values],
) -> None:
    base, ours, theirs = made
    result = merge(base, ours, theirs)

    disputed = tuple(_place(each.field) for each in result.conflicts)
    had, has = set(facts(base)), set(facts(result.value))
    for side in (ours, theirs):
        lost = set(facts(side)) - had - has
        assert [fact for fact in lost if not _place(fact[0]).startswith(disputed or ("-",))] == []


@settings(max_examples=100)
@given(branches())
def test_what_one_branch_took_away_alone_is_away(made: tuple[Values, Values, Values]) -> None:
    base, ours, _ = made

    assert same(merge(base, base, ours).value, ours)
    assert same(merge(base, ours, base).value, ours)
    assert same(merge(base, ours, ours).value, ours)


@settings(max_examples=150)
@given(branches())
def test_the_sides_may_be_exchanged(made: tuple[Values, Values, Values]) -> None:
    base, ours, theirs = made
    one, other = merge(base, ours, theirs), merge(base, theirs, ours, Side.THEIRS)

    assert sorted(facts(one.value)) == sorted(facts(other.value))
    assert sorted(each.field for each in one.conflicts) == sorted(
        each.field for each in other.conflicts
    )


def test_the_bases_of_these_properties_have_texts_lists_and_keys() -> None:
    places = {place for base in BASES for place, _ in facts(base)}

    assert {"x-team.notes", "root_cause.why_it_happened[]"} <= places
    assert any(re.match(r"timeline\[\w{6}\]", place) for place in places)


def _place(field: str) -> str:
    """A place without the names of list items."""
    return re.sub(r"\[.*?\](?=\.|$)", "[]", field).removesuffix("[]")
