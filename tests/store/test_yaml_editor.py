import copy
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from tests.store.hostile_values import keys, records, texts, values
from tracker.model.problem import ProblemsFound
from tracker.store.yaml_editor import edit_yaml
from tracker.store.yaml_reader import read_yaml
from tracker.store.yaml_writer import YamlNotWritten, fingerprint, write_yaml

HAND_WRITTEN = """\
# yaml-language-server: $schema=../schema.json
schema: 1
id: BUG-0042   # given by the tracker
title: "Checkout fails"

report:
    # who said it
    reporter: 'Support Team <support@example.com>'
    description: |
        It fails.

        Always: no exception.
    labels: [checkout, "no"]   # short
    steps:
        - open the shop
        # the important one
        - pay   # by card
        - wait

# decided in the morning
triage: {priority: P1, reason: many people}   # see the policy
timeline:
- id: t1
  at: "2026-11-21T10:00:00Z"   # from the log
  text: hello
- id: t2
  at: "2026-11-21T10:05:00Z"
  text: >
    folded
    text
empty: {}
nothing:

# the end
"""

LAYOUTS = {
    "hand-written": HAND_WRITTEN,
    "Windows line ends": HAND_WRITTEN.replace("\n", "\r\n"),
    "byte order mark": "\ufeff" + HAND_WRITTEN,
    "no final line end": HAND_WRITTEN.rstrip("\n") + "\nlast: line",
    "trailing spaces": HAND_WRITTEN.replace("hello\n", "hello   \n"),
    "document marks": f"---\n{HAND_WRITTEN}...\n",
}
PLACES: tuple[tuple[str | int, ...], ...] = (
    ("id",),
    ("title",),
    ("report", "reporter"),
    ("report", "description"),
    ("report", "labels", 0),
    ("report", "labels"),
    ("report", "steps", 1),
    ("report", "steps"),
    ("triage", "priority"),
    ("triage",),
    ("timeline", 0, "at"),
    ("timeline", 0),
    ("timeline", 1, "text"),
    ("timeline",),
    ("empty",),
    ("nothing",),
    ("report", "new"),
    ("triage", "new"),
    ("timeline", 1, "new"),
    ("new",),
)
OUTER_COMMENTS = ("# yaml-language-server: $schema=../schema.json", "# the end")


def meaning(text: str) -> dict[str, Any]:
    return read_yaml(text.encode(), "edited").value


def with_value(
    record: dict[str, Any], place: tuple[str | int, ...], value: object
) -> dict[str, Any]:
    result = copy.deepcopy(record)
    parent: Any = result
    for step in place[:-1]:
        parent = parent[step]
    parent[place[-1]] = value
    return result


def changed_lines(old: str, new: str) -> list[str]:
    """Lines of the new text that the old one does not have."""
    return [line for line in new.splitlines() if line not in old.splitlines()]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("place", PLACES, ids=str)
@pytest.mark.parametrize("value", ["plain", "no", "a: b # c", "two\nlines\n", 7, None, {}, ["x"]])
def test_any_place_of_any_layout_takes_any_value(
    layout: str, place: tuple[str | int, ...], value: object
) -> None:
    before = meaning(LAYOUTS[layout])
    after = with_value(before, place, value)

    edited = edit_yaml(LAYOUTS[layout], before, after)

    assert meaning(edited) == after
    assert all(comment in edited for comment in OUTER_COMMENTS)


@given(st.sampled_from(list(LAYOUTS)), st.sampled_from(PLACES), values)
def test_hostile_values_arrive_unchanged(
    layout: str, place: tuple[str | int, ...], value: object
) -> None:
    before = meaning(LAYOUTS[layout])
    after = with_value(before, place, value)

    edited = edit_yaml(LAYOUTS[layout], before, after)

    assert fingerprint(meaning(edited)) == fingerprint(after)


@given(texts)
def test_a_changed_text_leaves_every_comment_and_other_line_alone(text: str) -> None:
    before = meaning(HAND_WRITTEN)
    after = with_value(before, ("report", "description"), text)

    edited = edit_yaml(HAND_WRITTEN, before, after)

    rest = HAND_WRITTEN.replace(
        "    description: |\n        It fails.\n\n        Always: no exception.\n", ""
    )
    kept = iter(edited.splitlines())
    assert all(line in kept for line in rest.splitlines()), "a line is gone or moved"


@given(st.data())
def test_lists_can_be_edited_in_any_way_and_keep_the_comments_outside(data: DataObject) -> None:
    before = meaning(HAND_WRITTEN)
    item = st.sampled_from(("open the shop", "pay", "wait", "new", "no", "two\nlines"))
    steps = data.draw(st.lists(item, max_size=6))
    entry = st.builds(
        lambda name, text: {"id": name, "text": text}, st.sampled_from(("t1", "t2", "t3")), texts
    )
    timeline = data.draw(st.lists(entry, max_size=4))
    after = {**before, "report": {**before["report"], "steps": steps}, "timeline": timeline}

    edited = edit_yaml(HAND_WRITTEN, before, after)

    assert meaning(edited) == after
    for comment in ("# given by the tracker", "# who said it", "# short", "# see the policy"):
        assert comment in edited


@given(records, records)
def test_any_record_becomes_any_other(before: dict[str, Any], after: dict[str, Any]) -> None:
    text = write_yaml(before, schema_comment="../schema.json")

    edited = edit_yaml(text, before, after)

    assert fingerprint(meaning(edited)) == fingerprint(after)
    assert edited.startswith("# yaml-language-server: $schema=../schema.json\n")


@given(records, keys, values)
def test_edits_chain(record: dict[str, Any], key: str, value: object) -> None:
    text = write_yaml(record, schema_comment="../schema.json")
    more = {**record, key: value, "list": [value, {"id": "a", "x": value}]}
    longer = {**more, "list": [{"id": "b"}, *more["list"], value]}

    edited = edit_yaml(text, record, more)
    edited = edit_yaml(edited, more, longer)
    edited = edit_yaml(edited, longer, more)

    assert fingerprint(meaning(edited)) == fingerprint(more)


def test_no_difference_changes_nothing() -> None:
    before = meaning(HAND_WRITTEN)

    assert edit_yaml(HAND_WRITTEN, before, copy.deepcopy(before)) == HAND_WRITTEN


def test_one_changed_field_is_one_changed_line() -> None:
    before = meaning(HAND_WRITTEN)

    edited = edit_yaml(HAND_WRITTEN, before, with_value(before, ("title",), "Nobody can pay"))

    assert edited == HAND_WRITTEN.replace('"Checkout fails"', "Nobody can pay")


def test_an_appended_item_takes_the_layout_of_the_list() -> None:
    before = meaning(HAND_WRITTEN)
    after = with_value(before, ("report", "steps"), [*before["report"]["steps"], "give up"])

    edited = edit_yaml(HAND_WRITTEN, before, after)

    assert edited == HAND_WRITTEN.replace("        - wait\n", "        - wait\n        - give up\n")


def test_an_inserted_entry_pushes_the_others_down_untouched() -> None:
    before = meaning(HAND_WRITTEN)
    first, second = before["timeline"]
    after = {**before, "timeline": [first, {"id": "t3", "text": "between"}, second]}

    edited = edit_yaml(HAND_WRITTEN, before, after)

    assert edited == HAND_WRITTEN.replace("- id: t2\n", "- id: t3\n  text: between\n- id: t2\n")


def test_a_deleted_item_takes_only_its_own_lines_along() -> None:
    before = meaning(HAND_WRITTEN)
    after = with_value(before, ("report", "steps"), ["open the shop", "pay"])

    edited = edit_yaml(HAND_WRITTEN, before, after)

    assert edited == HAND_WRITTEN.replace("        - wait\n", "")


def test_a_changed_entry_is_found_by_its_id_when_others_come_and_go() -> None:
    before = meaning(HAND_WRITTEN)
    first = {**before["timeline"][0], "text": "corrected"}
    after = {**before, "timeline": [{"id": "t0", "text": "earlier"}, first]}

    edited = edit_yaml(HAND_WRITTEN, before, after)

    assert "# from the log" in edited
    assert changed_lines(HAND_WRITTEN, edited) == [
        "- id: t0",
        "  text: earlier",
        "  text: corrected",
    ]


def test_a_new_section_stands_where_the_canonical_order_wants_it() -> None:
    before = meaning(HAND_WRITTEN)
    order = ("schema", "id", "title", "severity", "report", "impact", "triage")
    after = {**before, "impact": {"people": 7, "text": "a\nb\n"}, "severity": "P1"}

    edited = edit_yaml(HAND_WRITTEN, before, after, order=order)

    assert edited == HAND_WRITTEN.replace(
        'title: "Checkout fails"\n', 'title: "Checkout fails"\nseverity: P1\n'
    ).replace(
        "        - wait\n\n",
        "        - wait\n\nimpact:\n  people: 7\n  text: |\n    a\n    b\n\n",
    )


def test_a_new_field_stands_after_its_neighbour() -> None:
    before = meaning(HAND_WRITTEN)
    report = {}
    for key, value in before["report"].items():
        report[key] = value
        if key == "reporter":
            report["channel"] = "mail"

    edited = edit_yaml(HAND_WRITTEN, before, {**before, "report": report})

    assert re.search(r"support@example.com>'\n    channel: mail\n    description", edited)


def test_windows_line_ends_and_byte_order_mark_stay() -> None:
    text = LAYOUTS["Windows line ends"]
    before = meaning(text)

    edited = edit_yaml(f"\ufeff{text}", before, with_value(before, ("title",), "a\nb"))

    assert edited.startswith("\ufeff#")
    assert edited.count("\r\n") == edited.count("\n")


def test_two_views_of_a_record_change_only_what_differs_between_them() -> None:
    """The dumps may say more than the file, defaults for example."""
    before = {"title": "Checkout fails", "status": "new", "labels": []}
    after = {"title": "Nobody can pay", "status": "new", "labels": []}

    edited = edit_yaml(HAND_WRITTEN, before, after)

    assert edited == HAND_WRITTEN.replace('"Checkout fails"', "Nobody can pay")


def test_what_a_view_leaves_out_stays_in_the_file() -> None:
    """Keys of a team's own and written-out defaults are in the file and in no dump."""
    text = (
        "report:\n  x-shop: main  # ours\n  urgent: false  # the default\n  steps: []\n"
        "triage:\n  priority: P1\n  x-board: 7  # ours\n"
        "timeline:\n  - {id: t1, text: a, x-by: log}\n  - {text: b, x-by: log}\n"
    )
    before = {"triage": {"priority": "P1"}, "timeline": [{"id": "t1", "text": "a"}, {"text": "b"}]}
    after = {"report": {"steps": ["pay"]}, "timeline": [{"id": "t1", "text": "c"}, {"text": "d"}]}

    edited = edit_yaml(text, before, after)

    assert edited == (
        "report:\n  x-shop: main  # ours\n  urgent: false  # the default\n  steps:\n    - pay\n"
        "triage:\n  x-board: 7  # ours\n"
        "timeline:\n  - {id: t1, text: c, x-by: log}\n  - {text: d, x-by: log}\n"
    )


def test_a_section_that_the_view_knew_completely_goes_completely() -> None:
    text = "a: 1\ntriage:\n  priority: P1\n"

    edited = edit_yaml(text, {"a": 1, "triage": {"priority": "P1"}}, {"a": 1})

    assert edited == "a: 1\n"


def test_a_list_that_the_view_shows_differently_is_replaced() -> None:
    text = "labels: [a, a, b]\n"

    edited = edit_yaml(text, {"labels": ["a", "b"]}, {"labels": ["a", "c"]})

    assert meaning(edited) == {"labels": ["a", "c"]}


def test_an_invalid_file_is_not_edited() -> None:
    with pytest.raises(ProblemsFound, match="twice"):
        edit_yaml("a: 1\na: 2\n", {"a": 1}, {"a": 3})


def test_a_value_that_cannot_be_kept_changes_nothing() -> None:
    with pytest.raises(YamlNotWritten):
        edit_yaml("a: 1\n", {"a": 1}, {"a": "\x00"})


def test_a_comment_that_small_edits_would_corrupt_leads_to_a_rewritten_parent() -> None:
    text = "keep: 1  # kept\nlist:\n  -  # one\n    # two\n    value\n"

    edited = edit_yaml(text, meaning(text), {"keep": 1, "list": ["other"]})

    assert meaning(edited) == {"keep": 1, "list": ["other"]}
    assert "# kept" in edited


def test_other_changes_beside_a_rewritten_parent_stay_small() -> None:
    text = (
        "list:\n  -  # one\n    # two\n    value\n"
        "steps:\n  # first\n  - open\n  - pay  # by card\n  - wait\n"
    )

    edited = edit_yaml(text, meaning(text), {"list": ["other"], "steps": ["new", "open", "pay"]})

    assert edited == "list:\n  - other\nsteps:\n  # first\n  - new\n  - open\n  - pay  # by card\n"


def test_a_list_too_long_to_compare_is_replaced_whole() -> None:
    before = {"items": [f"old {number}" for number in range(600)]}
    after = {"items": [f"new {number}" for number in range(500)]}
    text = write_yaml(before, schema_comment="../schema.json")

    assert meaning(edit_yaml(text, before, after)) == after
