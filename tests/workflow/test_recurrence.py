"""Whether the same thing breaks again."""

from datetime import timedelta

from tests.builders.life import START
from tracker.workflow.recurrence import Recurrence, recurrences


def found(*bugs: tuple[int, int, tuple[str, ...]]) -> tuple[Recurrence, ...]:
    """Of bugs by number, the day of their report, and their components."""
    return recurrences(
        (START + timedelta(days=day), f"BUG-{number:04d}", names) for number, day, names in bugs
    )


def test_a_bug_within_ninety_days_of_one_like_it_is_a_return() -> None:
    made = found((3, 91, ("cache",)), (1, 0, ("cache",)), (2, 90, ("cache",)))

    assert [(each.name, each.bugs, each.returns) for each in made] == [
        ("cache", ("BUG-0001", "BUG-0002", "BUG-0003"), ("BUG-0002", "BUG-0003"))
    ]
    assert made[0].share == 2 / 3


def test_a_bug_long_after_the_last_one_is_new() -> None:
    assert found((1, 0, ("cache",)), (2, 91, ("cache",)))[0].returns == ()


def test_what_came_back_most_often_stands_first() -> None:
    made = found((1, 0, ("api",)), (2, 0, ("cache",)), (3, 5, ("cache", "cache")))

    assert [each.name for each in made] == ["cache", "api"]
    assert made[0].bugs == ("BUG-0002", "BUG-0003")


def test_a_bug_without_a_name_is_in_no_count() -> None:
    assert found((1, 0, ())) == ()
