"""Answers become exactly what Slack sends for each type of input."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from demo.form import SLOTS, Answer, Form, UnknownAnswerError

DIRECTORY = {"Engineering Lead": "U0LEAD", "lead@example.com": "U0LEAD", "#incidents": "C0INC"}
P1 = {"text": {"type": "plain_text", "text": "P1 High"}, "value": "P1"}
P2 = {"text": {"type": "plain_text", "text": "P2 Medium"}, "value": "P2"}


def form_with(element: dict[str, Any], *, optional: bool = False) -> Form:
    block = {
        "type": "input",
        "block_id": "b",
        "optional": optional,
        "label": {"type": "plain_text", "text": "Field"},
        "element": {"action_id": "a", **element},
    }
    title = {"type": "plain_text", "text": "Form"}
    return Form(view={"title": title, "blocks": [{"type": "divider"}, block]}, directory=DIRECTORY)


TRANSLATIONS: list[tuple[str, Answer, str, object]] = [
    ("plain_text_input", "x", "value", "x"),
    ("number_input", 2.5, "value", "2.5"),
    ("email_text_input", "lead@example.com", "value", "lead@example.com"),
    ("url_text_input", "https://example.com", "value", "https://example.com"),
    ("static_select", "P1 High", "selected_option", P1),
    ("static_select", "P2", "selected_option", P2),
    ("radio_buttons", "P1", "selected_option", P1),
    ("multi_static_select", ["P1", "P2"], "selected_options", [P1, P2]),
    ("checkboxes", "P1", "selected_options", [P1]),
    ("users_select", "Engineering Lead", "selected_user", "U0LEAD"),
    ("users_select", "U0LEAD", "selected_user", "U0LEAD"),
    ("multi_users_select", ["lead@example.com"], "selected_users", ["U0LEAD"]),
    ("channels_select", "#incidents", "selected_channel", "C0INC"),
    ("multi_conversations_select", ["#incidents"], "selected_conversations", ["C0INC"]),
    ("datepicker", date(2026, 3, 1), "selected_date", "2026-03-01"),
    ("timepicker", time(9, 5), "selected_time", "09:05"),
    ("datetimepicker", datetime(2026, 3, 1, tzinfo=UTC), "selected_date_time", 1772323200),
    ("datetimepicker", 1772323200, "selected_date_time", 1772323200),
]


@pytest.mark.parametrize(("kind", "answer", "key", "expected"), TRANSLATIONS)
def test_an_answer_becomes_the_value_of_its_input(
    kind: str, answer: Answer, key: str, expected: object
) -> None:
    form = form_with({"type": kind, "options": [P1, P2]})

    assert form.fill({"Field": answer}) == {"b": {"a": {"type": kind, key: expected}}}


def test_a_rich_text_answer_becomes_a_rich_text_block() -> None:
    value = form_with({"type": "rich_text_input"}).fill({"Field": "x"})["b"]["a"]

    assert value["rich_text_value"]["elements"][0]["elements"] == [{"type": "text", "text": "x"}]


@pytest.mark.parametrize("kind", SLOTS)
def test_an_untouched_input_is_sent_empty_and_refused_when_required(kind: str) -> None:
    form = form_with({"type": kind})
    state = form.fill({})

    assert state["b"]["a"][SLOTS[kind].key] == ([] if SLOTS[kind].many else None)
    assert form.refusals(state) == {"Field": "Please complete this required field."}
    assert form_with({"type": kind}, optional=True).refusals(state) == {}


def test_what_the_form_starts_with_is_sent_unless_it_is_emptied() -> None:
    form = form_with({"type": "plain_text_input", "initial_value": "prefilled"})

    assert form.fill({})["b"]["a"]["value"] == "prefilled"
    assert form.fill({"Field": ""})["b"]["a"]["value"] is None


def test_an_option_inside_a_group_is_found() -> None:
    groups = [{"label": P1["text"], "options": [P1]}, {"label": P2["text"], "options": [P2]}]
    form = form_with({"type": "static_select", "option_groups": groups})

    assert form.fill({"Field": "P2 Medium"})["b"]["a"]["selected_option"] == P2


def test_a_text_that_is_too_short_or_too_long_is_refused() -> None:
    form = form_with({"type": "plain_text_input", "min_length": 3, "max_length": 5})

    refusals = [form.refusals(form.fill({"Field": text})) for text in ("ab", "abc", "abcdef")]

    assert refusals == [
        {"Field": "Please enter at least 3 characters."},
        {},
        {"Field": "Please enter at most 5 characters."},
    ]


def test_a_field_may_be_named_by_its_block_or_action() -> None:
    form = form_with({"type": "plain_text_input"})

    assert form.fill({"b": "x"}) == form.fill({"a": "x"}) == form.fill({"Field": "x"})


def test_an_error_of_the_bot_for_a_field_that_is_not_there_is_told() -> None:
    form = form_with({"type": "plain_text_input"})

    assert form.by_label({"b": "No."}) == {"Field": "No."}
    with pytest.raises(UnknownAnswerError, match="has no field 'c'; its fields are: Field"):
        form.by_label({"c": "No."})


def test_a_name_that_two_fields_share_is_refused() -> None:
    form = form_with({"type": "plain_text_input"})
    block = form.view["blocks"][1]
    twice = Form(
        view={**form.view, "blocks": [block, {**block, "block_id": "c"}]}, directory=DIRECTORY
    )

    with pytest.raises(UnknownAnswerError, match="more than one field 'Field'"):
        twice.fill({"Field": "x"})
