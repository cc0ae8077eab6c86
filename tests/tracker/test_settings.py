"""Settings come from the environment and `.env`; a wrong one is one clear sentence."""

from pathlib import Path

import pytest

from tracker.model.meaning import described
from tracker.settings import LogStyle, Settings, SettingsError, read_settings


def test_without_any_setting_the_current_folder_is_the_repository() -> None:
    settings = read_settings(None)
    assert (settings.repository, settings.branch, settings.data_dir) == (".", "main", None)
    assert settings.log == ("info", LogStyle.TEXT)


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "BUGBOOK_BRANCH=records\nBUGBOOK_REPOSITORY=/srv/bugs.git\nOTHER=1\nBUGBOOK_LOG=json\n"
        "BUGBOOK_SITE_URL=\n"
    )
    monkeypatch.setenv("BUGBOOK_BRANCH", "trunk")
    settings = read_settings(file)
    assert (settings.repository, settings.branch) == ("/srv/bugs.git", "trunk")
    assert settings.log == ("info", LogStyle.JSON)
    assert settings.site_url is None


def test_wrong_values_are_told_by_the_name_of_the_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BUGBOOK_SITE_URL", "bugs of ours")
    monkeypatch.setenv("BUGBOOK_LOG", "loud")
    with pytest.raises(SettingsError) as raised:
        read_settings(None)
    assert "BUGBOOK_SITE_URL cannot be used" in str(raised.value)
    assert "BUGBOOK_LOG cannot be used: write a level" in str(raised.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("debug", ("debug", LogStyle.TEXT)),
        ("JSON, warning", ("warning", LogStyle.JSON)),
        ("text", ("info", LogStyle.TEXT)),
    ],
)
def test_level_and_style_of_the_log_may_come_in_any_order(
    monkeypatch: pytest.MonkeyPatch, written: str, meant: tuple[str, LogStyle]
) -> None:
    monkeypatch.setenv("BUGBOOK_LOG", written)
    assert read_settings(None).log == meant


def test_a_missing_token_says_what_to_put_where(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(None).secret("slack_bot_token")
    assert str(raised.value) == (
        "SLACK_BOT_TOKEN is not set: put the bot token of the Slack app (xoxb-…) into the"
        " environment or into `.env`."
    )
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    settings = read_settings(None)
    assert settings.secret("slack_bot_token") == "xoxb-1"
    assert "xoxb-1" not in repr(settings)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="not UTF-8"):
        read_settings(file)


def test_every_setting_has_a_description_and_a_variable_of_its_own() -> None:
    for field in described(Settings).values():
        assert field.description
        assert str(field.validation_alias).startswith(("BUGBOOK_", "SLACK_"))
