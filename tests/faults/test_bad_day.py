"""A small storm; `make faults ACTIONS=1000` plays a big one."""

from pathlib import Path

import pytest

from tests.faults.bad_day import storm
from tests.guards import SECRET_RULES
from tracker.store.secrets import scanner_with

pytestmark = pytest.mark.slow


def test_through_a_slack_that_fails_every_action_is_kept_told_and_answered_once(
    tmp_path: Path,
) -> None:
    scanner = scanner_with(SECRET_RULES)
    scanner.warm_up()
    with storm(tmp_path, scanner, seed=8) as weather:
        found = weather.play(20)

    assert found.deeds == 20
    assert found.whole, found
    assert weather.slack.faults
    assert set(weather.mail.carried) == {"http", "socket"}
