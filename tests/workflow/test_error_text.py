import pytest

from tests.builders.life import life_at
from tracker.model.record import BugRecord
from tracker.workflow.error_text import Frame, constant_parts, frames_of, phrases_of


def reported(**fields: str) -> BugRecord:
    record = life_at("reported").bug
    return record.model_copy(update={"report": record.report.model_copy(update=fields)})


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        (
            "2026-03-02T09:00:00Z ERROR [auth] Token refresh conflict for user 17",
            ("Token refresh conflict for user",),
        ),
        (
            "psycopg.OperationalError: connection to server at 10.0.0.7, port 5432 failed",
            ("connection to server at",),
        ),
        ('Error: "Invalid signature" for coupon 7', ("Invalid signature",)),
        ("GET /health 200 in 3 ms", ()),
        ("Everything is as it should be", ()),
    ],
)
def test_an_error_line_is_known_by_what_never_changes_in_it(
    line: str, parts: tuple[str, ...]
) -> None:
    assert constant_parts(line) == parts


@pytest.mark.parametrize(
    ("trace", "frame"),
    [
        (
            '  File "/srv/app/auth/jwt.py", line 23, in refresh',
            Frame(path="/srv/app/auth/jwt.py", line=23, function="refresh"),
        ),
        ("    at refresh (/srv/app/src/jwt.ts:23:11)", Frame(path="/srv/app/src/jwt.ts", line=23)),
        ("\tat org.example.Jwt.refresh(Jwt.java:23)", Frame(path="Jwt.java", line=23)),
        ("\t/srv/app/jwt.go:23 +0x1d", Frame(path="/srv/app/jwt.go", line=23)),
        (
            r"   at App.Jwt.Refresh() in C:\app\Jwt.cs:line 23",
            Frame(path=r"C:\app\Jwt.cs"[2:], line=23),
        ),
        ("#0 /srv/www/jwt.php(23): refresh()", Frame(path="/srv/www/jwt.php", line=23)),
    ],
)
def test_the_stack_traces_of_common_languages_are_read(trace: str, frame: Frame) -> None:
    assert frames_of(reported(logs=trace)) == (frame,)


def test_a_file_name_is_the_last_part_of_a_path_of_any_system() -> None:
    assert Frame(path=r"\app\Jwt.cs", line=1).file_name == "Jwt.cs"
    assert Frame(path="/srv/jwt.py", line=1).file_name == "jwt.py"


def test_a_file_name_that_git_would_take_for_a_pattern_is_no_frame() -> None:
    assert frames_of(reported(logs='File "/srv/*.py", line 1')) == ()


def test_texts_to_look_for_come_from_quotes_error_classes_and_logs_but_not_from_prose() -> None:
    record = reported(
        what_is_broken='The app says "Invalid signature" and the error is invalid.',
        logs="KeyError: 'x'\napp.RefreshConflictError: Token refresh conflict for user 17",
    )

    assert phrases_of(record, ["ERROR Rate limit exceeded for <*>"]) == (
        "Invalid signature",
        "RefreshConflictError",
        "Token refresh conflict for user",
        "Rate limit exceeded for",
    )


def test_a_long_hostile_line_is_read_in_no_time() -> None:
    record = reported(logs="error " + "a/" * 9_000 + "\n" + "x" * 15_000)

    assert frames_of(record) == ()
    assert phrases_of(record) == ()
