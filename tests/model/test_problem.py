from tracker.model.problem import Place, Problem, ProblemsFound

PLACE = Place(path="bugs/000/BUG-0042.yaml", line=17, column=5)


def test_a_place_reads_as_editors_follow_it() -> None:
    assert str(PLACE) == "bugs/000/BUG-0042.yaml:17:5"


def test_problems_read_one_a_line() -> None:
    first = Problem(place=PLACE, message="The title is empty. Write one.", rule="title")
    second = Problem(place=PLACE, message="The severity is unknown. Use P1.", rule="severity")

    assert str(ProblemsFound((first, second))) == (
        "bugs/000/BUG-0042.yaml:17:5: The title is empty. Write one. [title]\n"
        "bugs/000/BUG-0042.yaml:17:5: The severity is unknown. Use P1. [severity]"
    )
