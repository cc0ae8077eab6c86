from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.change_rows import read_commits, read_files, write_commits, write_files
from bot.forms.inquiry_rows import (
    read_hypotheses,
    read_reproductions,
    read_steps,
    write_hypotheses,
    write_reproductions,
    write_steps,
)
from bot.forms.measure_rows import (
    read_checks,
    read_measures,
    read_prevention,
    read_samples,
    write_checks,
)
from bot.forms.rows import read_lines
from bot.forms.runs import read_runs, write_runs
from bot.forms.scene import UnreadableError
from tracker.model.checklist import ChecklistItem
from tracker.model.fix import ChangedFile, Evidence, Result, Suite
from tracker.model.investigation import Hypothesis, InvestigationStep, Reproduction, Verdict

WORDS = st.from_regex(r"[a-z][a-z0-9 ,.()]{0,30}[a-z)]", fullmatch=True)
LISTS = st.lists(WORDS, max_size=3).map(tuple)


def test_bullets_and_numbers_in_front_of_lines_are_taken_away() -> None:
    assert read_lines("1. Open the app\n- Tap NFC\n• Wait\n\n  2.5 s later it fails") == [
        "Open the app",
        "Tap NFC",
        "Wait",
        "2.5 s later it fails",
    ]


@given(
    st.lists(
        st.builds(Reproduction, where=WORDS, steps=LISTS, result=WORDS, reproduced=st.booleans()),
        max_size=3,
    )
)
def test_attempts_are_read_as_they_are_written(attempts: list[Reproduction]) -> None:
    read = read_reproductions(write_reproductions(tuple(attempts)))

    assert [Reproduction.model_validate(row) for row in read] == attempts


@given(
    st.lists(
        st.builds(
            Hypothesis,
            statement=WORDS,
            evidence_for=LISTS,
            evidence_against=LISTS,
            verdict=st.sampled_from(Verdict),
        ),
        max_size=3,
    )
)
def test_hypotheses_are_read_as_they_are_written(hypotheses: list[Hypothesis]) -> None:
    read = read_hypotheses(write_hypotheses(tuple(hypotheses)))

    assert [Hypothesis.model_validate(row) for row in read] == hypotheses


@given(
    st.lists(
        st.builds(
            InvestigationStep,
            title=WORDS,
            command=st.none() | st.just("kubectl logs api | grep ERROR\nredis-cli KEYS '*'"),
            findings=st.none() | st.just("SHA256: 10,000 coupons\n\n  SHA512: 50 coupons | new"),
            analysis=st.none() | WORDS,
        ),
        max_size=3,
    )
)
def test_steps_keep_commands_output_and_conclusion_apart(steps: list[InvestigationStep]) -> None:
    read = read_steps(write_steps(tuple(steps)))

    assert [InvestigationStep.model_validate(row) for row in read] == steps


@given(
    st.lists(
        st.builds(
            ChangedFile,
            path=WORDS,
            lines=st.none() | st.integers(min_value=0, max_value=9999),
            functions=LISTS,
        ),
        max_size=3,
    )
)
def test_files_are_read_as_they_are_written(files: list[ChangedFile]) -> None:
    read = read_files(write_files(tuple(files)))

    assert [ChangedFile.model_validate(row) for row in read] == files


@given(
    st.lists(
        st.builds(
            Evidence,
            suite=st.sampled_from(Suite),
            name=WORDS,
            result=st.sampled_from(Result),
            command=st.none() | st.just("pytest -q | tee log"),
            stage=st.none() | st.just("staging"),
            failed_before_fix=st.booleans(),
            after_deployment=st.booleans(),
            detail=st.none() | st.just("5 tests added; p99 200 ms"),
            link=st.none() | st.just("https://ci.example.com/7"),
        ),
        max_size=3,
    )
)
def test_runs_are_read_as_they_are_written(runs: list[Evidence]) -> None:
    read = read_runs(write_runs(tuple(runs)))

    assert [Evidence.model_validate(row) for row in read] == runs


def test_several_numbers_of_a_run_are_kept_together() -> None:
    (run,) = read_runs("load | Load test | passed | p99 200 ms | 0 errors")

    assert run["detail"] == "p99 200 ms; 0 errors"


def test_hashes_stand_one_a_line_and_messages_between_rules() -> None:
    message = "hotfix(nfc): verify both\n\nIncident: INC-2024-0456"

    assert read_commits("abc123\ndef456") == ["abc123", "def456"]
    assert read_commits(write_commits(("abc123", message))) == ["abc123", message]


def test_checks_are_done_when_they_are_ticked() -> None:
    items = (ChecklistItem(text="Bug resolved", done=True), ChecklistItem(text="Runbook updated"))

    read = [ChecklistItem.model_validate(row) for row in read_checks(write_checks(items))]

    assert [(item.text, item.done) for item in read] == [
        ("Bug resolved", True),
        ("Runbook updated", False),
    ]
    assert read_checks("Bug resolved") == [{"text": "Bug resolved", "done": False}]


def test_a_metric_may_have_no_value_from_before() -> None:
    assert read_samples("Success rate | 100%\nTickets | 47 | baseline\nErrors | - | 0") == [
        {"metric": "Success rate", "after": "100%"},
        {"metric": "Tickets", "after": "baseline", "before": "47"},
        {"metric": "Errors", "after": "0"},
    ]
    assert read_measures("Tickets | - | baseline") == [{"name": "Tickets", "after": "baseline"}]


@pytest.mark.parametrize(
    ("read", "text", "sentence"),
    [
        (read_files, "a.py | many", "Line 1: give the lines changed as a number, not “many”."),
        (read_samples, "a | 1\nb", "Line 2: write it as what is measured | before | after."),
        (read_runs, "unit | x", "Line 1: write it as suite | what was tested | result."),
        (read_runs, "unit | x | green", "Line 1: “green” is no result; choose one of passed"),
        (read_prevention, "tests: more", "Line 1: begin it with its kind and a colon"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(read: Any, text: str, sentence: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(text)

    assert str(caught.value).startswith(sentence)
