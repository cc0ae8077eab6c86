from datetime import UTC, date, datetime, timedelta

from demo.live_time import Played, live_fields, live_moment

TOLD = datetime(2024, 12, 31, 12, tzinfo=UTC)
TODAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def after(minutes: int, seconds: int) -> Played:
    return Played(told=TOLD + timedelta(minutes=minutes), live=TODAY + timedelta(seconds=seconds))


def test_a_moment_before_the_first_step_keeps_its_distance() -> None:
    started = TOLD - timedelta(minutes=15)

    assert live_moment(started, [], after(0, 0)) == TODAY - timedelta(minutes=15)
    assert live_moment(started, [after(0, 0)], after(60, 9)) == TODAY - timedelta(minutes=15)


def test_a_later_moment_is_when_what_came_before_it_was_played() -> None:
    past = [after(0, 0), after(30, 5), after(60, 8)]

    told = TOLD + timedelta(minutes=45)

    assert live_moment(told, past, after(600, 20)) == TODAY + timedelta(seconds=5)


def test_a_due_day_is_as_far_away_as_it_was() -> None:
    fields = {"text": "Add tests", "due": date(2025, 1, 5), "part": {"since": TOLD}}

    assert live_fields(fields, [], after(0, 0)) == {
        "text": "Add tests",
        "due": date(2026, 3, 7),
        "part": {"since": TODAY},
    }
