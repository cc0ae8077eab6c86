"""The quick reading of three settings agrees with that of all settings."""

from pathlib import Path

import pytest

from tracker.location import UnreadableEnvFileError, read_location
from tracker.settings import read_settings


@pytest.mark.parametrize(
    ("environment", "file"),
    [
        ({}, None),
        ({"BUGBOOK_REPOSITORY": "/srv/bugs.git"}, "BUGBOOK_REPOSITORY=other\nBUGBOOK_BRANCH=x\n"),
        ({"BUGBOOK_BRANCH": ""}, "BUGBOOK_BRANCH='records of ours'\n"),
        ({"bugbook_data_dir": "/srv/data"}, "BUGBOOK_DATA_DIR=\nexport BUGBOOK_BRANCH=trunk # x\n"),
        ({"BUGBOOK_DATA_DIR": "~/data"}, "not a setting\n"),
    ],
)
def test_both_readings_give_the_same_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], file: str | None
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    env_file = tmp_path / ".env"
    if file is not None:
        env_file.write_text(file)
    quick, full = read_location(None, env_file), read_settings(env_file)
    assert (quick.repository, quick.branch, quick.data_dir) == (
        full.repository,
        full.branch,
        full.data_dir,
    )


def test_a_given_repository_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUGBOOK_REPOSITORY", "/srv/bugs.git")
    assert read_location("here").repository == "here"


def test_a_file_that_is_no_text_is_told_here_too(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableEnvFileError, match="not UTF-8"):
        read_location(None, file)
