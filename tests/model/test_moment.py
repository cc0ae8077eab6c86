from datetime import UTC, datetime, timedelta, timezone

from tracker.model.moment import moment_in_words


def test_a_time_is_told_in_utc_with_seconds_only_where_it_has_some() -> None:
    noon = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    assert moment_in_words(noon) == "2026-03-02 12:00 UTC"
    assert moment_in_words(noon + timedelta(seconds=5)) == "2026-03-02 12:00:05 UTC"
    assert moment_in_words(noon.astimezone(timezone(timedelta(hours=5)))) == "2026-03-02 12:00 UTC"
