"""Under kill -9, cuts, redelivery and a busy engineer, nothing acknowledged is lost or doubled."""

from pathlib import Path

import pytest

from tests.chaos.storm import Report, Storm
from tests.postgresql import new_database

SECONDS = 30.0  # of each of the two storms
SEED = 20250102


def clean(report: Report) -> bool:
    return not (report.lost or report.doubled or report.wrong)


@pytest.mark.slow
def test_replicas_with_ledgers_of_their_own_lose_and_double_nothing(tmp_path: Path) -> None:
    report = Storm(folder=tmp_path, seconds=SECONDS, seed=SEED).blow()
    assert clean(report), str(report)
    assert report.kills > 2
    assert report.acknowledged > 2


@pytest.mark.slow
def test_replicas_on_one_database_lose_nothing_even_with_their_disks(
    tmp_path: Path, postgresql_server: str
) -> None:
    database = new_database(postgresql_server)
    report = Storm(folder=tmp_path, seconds=SECONDS, seed=SEED, database=database).blow()
    assert clean(report), str(report)
    assert report.kills > 2
    assert report.acknowledged > 2
