from tracker.checks.formats.text_report import text_report
from tracker.checks.report import Report, summary
from tracker.model.problem import Place, Problem

PATH = "bugs/000/BUG-0042.yaml"


def problem(line: int = 5, column: int = 9, message: str = "Wrong.") -> Problem:
    return Problem(place=Place(path=PATH, line=line, column=column), message=message, rule="status")


def printed(text: str | None, found: Problem) -> list[str]:
    sources = {} if text is None else {(PATH, found.place.line): text}
    report = Report(problems=(found,), records=1, sources=sources)
    return [line.plain for line in text_report(report)]


def test_no_problems_are_no_lines() -> None:
    assert list(text_report(Report(problems=(), records=3, sources={}))) == []


def test_a_caret_stands_under_the_place() -> None:
    assert printed("status: triagged", problem()) == [
        "bugs/000/BUG-0042.yaml:5:9: Wrong. [status]",
        "     5 | status: triagged",
        "       |         ^",
    ]


def test_a_caret_stands_right_behind_wide_characters() -> None:
    assert printed("名前: x", problem(column=5))[2] == "       |       ^"


def test_a_long_line_is_cut_round_the_place() -> None:
    _, line, caret = printed("a" * 500 + "X" + "b" * 500, problem(column=501))

    assert line.startswith("     5 | …aaa")
    assert line.endswith("…")
    assert line[caret.index("^")] == "X"


def test_a_line_that_must_not_be_shown_is_left_out() -> None:
    assert printed(None, problem()) == ["bugs/000/BUG-0042.yaml:5:9: Wrong. [status]"]


def test_nothing_steers_the_terminal() -> None:
    told = printed("title: \x1b[2Jx\u202e\ty", problem(message="Bad \x1b]0;x\x07\nname."))

    assert told[0] == "bugs/000/BUG-0042.yaml:5:9: Bad \\x1b]0;x\\x07 name. [status]"
    assert told[1] == "     5 | title: \\x1b[2Jx\\u202e y"


def test_the_summary_counts() -> None:
    assert summary(Report(problems=(), records=5000, sources={}), 4.04) == (
        "No problems: 5,000 records checked in 4.0 s."
    )
    found = Report(problems=(problem(), problem(line=6)), records=1, sources={})
    assert summary(found, 0.26) == "2 problems in 1 file; 1 record checked in 0.3 s."
