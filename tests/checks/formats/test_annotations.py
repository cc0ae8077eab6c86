from tracker.checks.formats.annotations import annotations
from tracker.checks.report import Report
from tracker.model.problem import Place, Problem


def test_no_problems_are_no_annotations() -> None:
    assert list(annotations(Report(problems=(), records=1, sources={}))) == []


def test_a_problem_is_one_command() -> None:
    place = Place(path="bugs/000/BUG-0042.yaml", line=5, column=9)
    problem = Problem(place=place, message="Write one: reported, triaged.", rule="status")

    assert list(annotations(Report(problems=(problem,), records=1, sources={}))) == [
        (
            "::error file=bugs/000/BUG-0042.yaml,line=5,col=9,title=status::"
            "Write one: reported, triaged."
        )
    ]


def test_hostile_text_begins_no_command_of_its_own() -> None:
    place = Place(path="bugs/a,b::c\n.yaml", line=1, column=1)
    message = "100% bad\r\n::set-output name=x::y"
    problem = Problem(place=place, message=message, rule="id")

    (told,) = annotations(Report(problems=(problem,), records=1, sources={}))
    assert told == (
        "::error file=bugs/a%2Cb%3A%3Ac%0A.yaml,line=1,col=1,title=id::"
        "100%25 bad%0D%0A::set-output name=x::y"
    )
