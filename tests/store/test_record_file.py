"""A record's file: what is wrong is told at its place, what people wrote stays."""

from datetime import UTC, datetime

import pytest

from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.problem import ProblemsFound
from tracker.model.record import BugRecord, to_mapping
from tracker.model.report import Environment
from tracker.store.record_file import edited_text, new_text, read_policy, read_record
from tracker.store.yaml_writer import YamlNotWritten
from tracker.workflow.actions.edits import AddNote
from tracker.workflow.actions.report import ReportBug
from tracker.workflow.decide import decide
from tracker.workflow.decision import Accepted

PATH = "bugs/000/BUG-0042.yaml"
SUPPORT = Person(name="Support Team", email="support@example.com")
NOON = datetime(2025, 1, 2, 12, tzinfo=UTC)
BY_HAND = """\
# yaml-language-server: $schema=../schema.json
# Ask the portal team before closing.
schema: 1
id: BUG-0042
title: 'NFC redemption fails'   # as the customer says
status: reported
x-ticket: SUP-99
environment: {stage: production, x-rack: 7}

reported: {at: 2025-01-02T13:00:00+01:00, by: Support Team <SUPPORT@example.com>}


report:
    what_is_broken: |
        Cards are refused.
    steps:
    - hold the card to the reader
    # and then
    - wait
"""


def problems(text: str, path: str = PATH) -> list[str]:
    with pytest.raises(ProblemsFound) as raised:
        read_record(text.encode(), path)
    return [str(problem) for problem in raised.value.problems]


def reported() -> BugRecord:
    action = ReportBug(
        id="BUG-0042", title="Broken", what_is_broken="All of it.", environment=Environment()
    )
    decision = decide(None, action, SUPPORT, Policy(), NOON)
    assert isinstance(decision, Accepted)
    return decision.record


def test_a_new_file_names_its_schema_and_reads_back_as_the_record() -> None:
    text = new_text(reported())
    assert text.startswith(
        "# yaml-language-server: $schema=../schema.json\nschema: 1\nid: BUG-0042\n"
    )
    assert to_mapping(read_record(text.encode(), PATH)) == to_mapping(reported())


def test_keys_of_the_team_are_ignored_and_kept() -> None:
    record = read_record(BY_HAND.encode(), PATH)
    assert record.title == "NFC redemption fails"
    assert "x-ticket" not in to_mapping(record)


def test_one_change_leaves_every_other_line_as_somebody_wrote_it() -> None:
    old = read_record(BY_HAND.encode(), PATH)
    decision = decide(old, AddNote(text="Looked at it."), SUPPORT, Policy(), NOON)
    assert isinstance(decision, Accepted)
    edited = edited_text(BY_HAND, old, decision.record)
    assert [line for line in BY_HAND.splitlines() if line not in edited.splitlines()] == []
    added = [line for line in edited.splitlines() if line.strip() and line not in BY_HAND]
    assert len(added) == 6
    assert "Looked at it." in added[-1]


def test_an_edit_that_would_mean_something_else_is_refused() -> None:
    old = read_record(BY_HAND.encode(), PATH)
    other = old.model_copy(update={"title": "Another title"})
    with pytest.raises(YamlNotWritten):
        edited_text(BY_HAND.replace("id: BUG-0042", "severity: P1\nid: BUG-0042"), old, other)


def test_every_mistake_is_told_at_its_line_and_column_with_what_is_expected() -> None:
    text = (
        BY_HAND.replace("title:", "titel:")
        .replace("status: reported", "status: reportd")
        .replace("2025-01-02T13:00:00+01:00", "yesterday")
        .replace("    what_is_broken: |\n        Cards are refused.\n", "    expected: 5\n")
    )
    told = problems(text)
    assert [line.split(" ", 1)[0] for line in told] == [
        f"{PATH}:5:1:",
        f"{PATH}:6:9:",
        f"{PATH}:10:16:",
        f"{PATH}:14:5:",
        f"{PATH}:14:15:",
    ]
    assert "`titel` is not a known key: did you mean `title`?" in told[0]
    assert "did you mean `reported`?" in told[1]
    assert "must be a time with its offset" in told[2]
    assert "`report.what_is_broken` is missing" in told[3]
    assert "must be a text: put it in quotes" in told[4]
    assert all(line.endswith(("[missing-key]", "[unknown-key]", "[wrong-value]")) for line in told)


def test_a_mistyped_key_is_one_problem_and_not_a_missing_one_too() -> None:
    (told,) = problems(BY_HAND.replace("title:", "titel:"))
    assert "`titel` is not a known key: did you mean `title`?" in told
    assert len(problems(BY_HAND.replace("title:", "headline:"))) == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_merge_that_nobody_finished_is_one_problem_for_whoever_reads(end: str) -> None:
    marked = BY_HAND.replace("status:", "<<<<<<< HEAD\nstatus: closed\n=======\nstatus:")
    (told,) = problems(marked.replace("\n", end))
    assert told == (
        f"{PATH}:6:1: A merge conflict is left here: choose what holds, and remove the marks."
        " [merge-conflict]"
    )


def test_a_file_that_is_not_where_its_id_says_is_a_problem() -> None:
    (told,) = problems(BY_HAND, "bugs/000/BUG-0043.yaml")
    assert told == (
        "bugs/000/BUG-0043.yaml:4:5: The record of BUG-0042 belongs into bugs/000/BUG-0042.yaml:"
        " rename the file, unless that one is there already, or correct `id`. [misplaced-record]"
    )


@pytest.mark.parametrize(
    "text", ["", "- a\n", "schema: 1\nschema: 1\n", "a: &x 1\nb: *x\n", "a: [\n", "\0"]
)
def test_what_is_no_plain_mapping_is_refused_with_a_place(text: str) -> None:
    assert problems(text)[0].startswith(f"{PATH}:")


def test_a_policy_is_read_like_a_record() -> None:
    assert read_policy(b"version: 3\n").version == 3
    with pytest.raises(ProblemsFound, match=r"bugs/policy.yaml:1:1: `versoin` is not a known key"):
        read_policy(b"versoin: 3\n")
