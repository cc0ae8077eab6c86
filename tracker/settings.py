"""The only reader of the environment: what the product can be told from outside (design §9)."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from tracker.model.meaning import described
from tracker.model.trouble import TroubleError

_LEVELS: Final = ("debug", "info", "warning", "error")


class SettingsError(TroubleError):
    """A setting is missing, or has a value that cannot be used."""


class LogStyle(StrEnum):
    """How log lines are written."""

    TEXT = "text"
    JSON = "json"


def _log_words(written: object) -> object:
    """Read `info`, `json` or `debug,json`: a level, a style, or both in any order."""
    if not isinstance(written, str):
        return written
    words = written.lower().replace(",", " ").split()
    levels = [word for word in words if word in _LEVELS]
    styles = [word for word in words if word in set(LogStyle)]
    if len(levels) > 1 or len(styles) > 1 or len(levels) + len(styles) != len(words):
        message = f"write a level ({', '.join(_LEVELS)}), `json` or `text`, or both: `info,json`"
        raise ValueError(message)
    return (levels or ["info"])[0], LogStyle((styles or ["text"])[0])


class Settings(BaseSettings):
    """All settings; each is an environment variable, or a line of a `.env` file."""

    model_config = SettingsConfigDict(
        frozen=True,
        extra="ignore",
        env_ignore_empty=True,
        populate_by_name=True,
    )

    repository: str = Field(default=".", validation_alias="BUGBOOK_REPOSITORY")
    """Folder or address of the git repository that holds the records; the current folder when left
    out. Of a folder with a remote called origin, the origin is used."""
    branch: str = Field(default="main", validation_alias="BUGBOOK_BRANCH")
    """The branch that holds the records."""
    data_dir: Path | None = Field(default=None, validation_alias="BUGBOOK_DATA_DIR")
    """Where the own clone and the ledger are kept; below the user's data folder when left out."""
    secret_rules_dir: Path | None = Field(default=None, validation_alias="BUGBOOK_SECRET_RULES_DIR")
    """Where the rules for secrets are kept ready, which takes seconds once; in the data folder when
    left out. Bots on one machine may share them, and an image may bring them."""
    database_url: str | None = Field(default=None, validation_alias="BUGBOOK_DATABASE_URL")
    """Address of the ledger's database; a SQLite file in the data folder when left out."""
    site_url: HttpUrl | None = Field(default=None, validation_alias="BUGBOOK_SITE_URL")
    """Address of the published knowledge base, for links in messages."""
    slack_bot_token: SecretStr | None = Field(default=None, validation_alias="SLACK_BOT_TOKEN")
    """Bot token of the Slack app (xoxb-…)."""
    slack_app_token: SecretStr | None = Field(default=None, validation_alias="SLACK_APP_TOKEN")
    """App-level token for Socket Mode (xapp-…)."""
    slack_signing_secret: SecretStr | None = Field(
        default=None, validation_alias="SLACK_SIGNING_SECRET"
    )
    """Signing secret of the Slack app, for HTTP mode."""
    slack_api_url: HttpUrl | None = Field(default=None, validation_alias="SLACK_API_URL")
    """Base address of Slack's Web API, for stand-ins."""
    log: Annotated[tuple[str, LogStyle], NoDecode, BeforeValidator(_log_words)] = Field(
        default=("info", LogStyle.TEXT), validation_alias="BUGBOOK_LOG"
    )
    """Level of the log (debug, info, warning, error) and its style (text, json): `info,json`."""

    def secret(self, name: str) -> str:
        """Return the value of a token, or raise SettingsError saying what to put where."""
        value = getattr(self, name)
        if value is None:
            field = described(type(self))[name]
            what = _lower_first(str(field.description).rstrip("."))
            message = (
                f"{field.validation_alias} is not set: put the {what} into the environment or"
                " into `.env`."
            )
            raise SettingsError(message)
        return str(value.get_secret_value())


def read_settings(env_file: Path | None = Path(".env"), **given: Any) -> Settings:  # noqa: ANN401
    """Read the environment over an `.env` file; `given` wins over both. Raises SettingsError."""
    try:
        return Settings(_env_file=env_file, _env_file_encoding="utf-8", **given)
    except ValidationError as error:
        message = " ".join(
            f"{details['loc'][0]} cannot be used: {_reason(details)}." for details in error.errors()
        )
        raise SettingsError(message) from error
    except UnicodeDecodeError as error:
        message = f"The file {env_file} is not UTF-8 text; write it anew."
        raise SettingsError(message) from error


def _reason(details: Any) -> str:  # noqa: ANN401 - one of pydantic's error details
    said = str(details["msg"]).removeprefix("Value error, ").rstrip(".")
    return _lower_first(said)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
