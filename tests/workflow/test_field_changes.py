"""What became different between two versions, field by field."""

from tracker.workflow.field_changes import FieldChange, field_changes


def test_a_field_is_told_with_its_dotted_name() -> None:
    found = field_changes(
        {"status": "reported", "impact": {"users": "few", "affects": "all"}},
        {"status": "triaged", "impact": {"users": "many", "affects": "all"}},
    )

    assert list(found) == [
        FieldChange(field="status", before="reported", after="triaged"),
        FieldChange(field="impact.users", before="few", after="many"),
    ]


def test_a_new_section_is_told_field_by_field() -> None:
    assert list(field_changes({}, {"triage": {"chosen": "P1", "category": "API"}})) == [
        FieldChange(field="triage.chosen", after="P1"),
        FieldChange(field="triage.category", after="API"),
    ]


def test_an_item_of_a_list_is_known_by_its_key() -> None:
    before = {"actions": [{"key": "aaaaa1", "text": "Alert"}, {"key": "aaaaa2", "text": "Test"}]}
    after = {
        "actions": [
            {"key": "aaaaa3", "text": "Docs"},
            {"key": "aaaaa1", "text": "Alert", "done_at": "2026-01-01T00:00:00Z"},
        ]
    }

    assert list(field_changes(before, after)) == [
        FieldChange(field="actions.aaaaa1.done_at", after="2026-01-01T00:00:00Z"),
        FieldChange(field="actions", before="text: Test"),
        FieldChange(field="actions", after="text: Docs"),
    ]


def test_an_item_that_only_has_another_key_is_told_as_that() -> None:
    before = {"actions": [{"key": "aaaaa1", "text": "Alert"}, {"text": "Test"}, {"text": "Docs"}]}
    after = {
        "actions": [
            {"key": "bbbbb1", "text": "Alert"},
            {"key": "bbbbb2", "text": "Test"},
            {"key": "bbbbb3", "text": "Guide"},
        ]
    }

    assert list(field_changes(before, after)) == [
        FieldChange(field="actions.aaaaa1.key", before="aaaaa1", after="bbbbb1"),
        FieldChange(field="actions.bbbbb2.key", after="bbbbb2"),
        FieldChange(field="actions", before="text: Docs"),
        FieldChange(field="actions", after="text: Guide"),
    ]


def test_a_list_without_keys_tells_what_came_and_what_went() -> None:
    assert list(field_changes({"steps": ["a", "b"]}, {"steps": ["b", "c"]})) == [
        FieldChange(field="steps", before="a"),
        FieldChange(field="steps", after="c"),
    ]


def test_a_long_text_is_shortened_and_stands_in_one_line() -> None:
    (found,) = field_changes({}, {"logs": "one\ntwo " + "x" * 400})

    assert found.after.startswith("one two xxx")
    assert found.after.endswith("…")
    assert len(found.after) == 280


def test_a_value_of_another_kind_is_told_whole() -> None:
    assert list(field_changes({"x-note": ["a"]}, {"x-note": True})) == [
        FieldChange(field="x-note", before="a", after="true")
    ]
