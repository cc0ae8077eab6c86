"""Whether the same thing breaks again."""

from datetime import timedelta

from tests.builders.life import START, life_at
from tracker.model.record import BugRecord
from tracker.workflow.recurrence import by_component, by_pattern


def bug(number: int, days: int, *components: str) -> BugRecord:
    record = life_at("triaged").bug
    return record.model_copy(
        update={
            "id": f"BUG-{number:04d}",
            "reported": record.reported.model_copy(update={"at": START + timedelta(days=days)}),
            "environment": record.environment.model_copy(update={"components": components}),
        }
    )


def test_a_bug_within_ninety_days_of_one_like_it_is_a_return() -> None:
    found = by_component((bug(3, 91, "cache"), bug(1, 0, "cache"), bug(2, 90, "cache")))

    assert [(each.name, each.bugs, each.returns) for each in found] == [
        ("cache", ("BUG-0001", "BUG-0002", "BUG-0003"), ("BUG-0002", "BUG-0003"))
    ]
    assert found[0].share == 2 / 3


def test_a_bug_long_after_the_last_one_is_new() -> None:
    assert by_component((bug(1, 0, "cache"), bug(2, 91, "cache")))[0].returns == ()


def test_what_came_back_most_often_stands_first() -> None:
    found = by_component((bug(1, 0, "api"), bug(2, 0, "cache"), bug(3, 5, "cache", "cache")))

    assert [each.name for each in found] == ["cache", "api"]
    assert found[0].bugs == ("BUG-0002", "BUG-0003")


def test_a_bug_without_a_pattern_is_in_no_count() -> None:
    assert by_pattern((life_at("reported").bug,)) == ()
