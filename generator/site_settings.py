"""What mkdocs.yml says of the site, and where it keeps what it is made from."""

from pathlib import Path

from mkdocs.config.base import Config
from mkdocs.config.config_options import Choice, Type
from mkdocs.config.defaults import MkDocsConfig

from generator.last_build import CACHE
from generator.opening import Origin
from generator.page_urls import Addresses
from generator.site_address import SiteAddress
from tracker.model.audience import Audience


class BugbookConfig(Config):
    """Settings below `bugbook:` in mkdocs.yml."""

    records = Type(str, default=".")
    """The folder that holds `bugs/`, as seen from mkdocs.yml."""
    audience = Choice([each.value for each in Audience], default=Audience.TEAM.value)
    """Who reads the site; `public` leaves out what the policy calls internal."""


def origin_of(config: MkDocsConfig, ours: BugbookConfig, asked_audience: str | None) -> Origin:
    """What the pages of records depend on; `asked_audience` goes before the setting."""
    return Origin(
        root=records_root(config, ours),
        cache=cache_folder(config),
        site=SiteAddress(
            name=config.site_name,
            root=config.site_url or "",
            directories=config.use_directory_urls,
        ),
        repo_url=config.repo_url or "",
        audience=Audience(asked_audience or ours.audience),
    )


def records_root(config: MkDocsConfig, ours: BugbookConfig) -> Path:
    """The folder that holds the records' folder."""
    return (_base(config) / ours.records).resolve()


def cache_folder(config: MkDocsConfig) -> Path:
    """Where a site keeps what it made."""
    return _base(config) / CACHE


def addresses(config: MkDocsConfig) -> Addresses:
    """How the pages of the site are named."""
    return Addresses(directories=config.use_directory_urls)


def _base(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
