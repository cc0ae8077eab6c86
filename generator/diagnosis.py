"""Whether the knowledge base can be built here."""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from tracker.model.diagnosis import Diagnosis, healthy, problem, warning
from tracker.settings import Settings

_PART: Final = "Site"
_PACKAGES: Final = ("mkdocs", "mkdocs-material")


def diagnose(settings: Settings, *, online: bool) -> Iterator[Diagnosis]:
    """The packages that build it, and the configuration in the current folder."""
    del settings, online
    missing = [name for name in _PACKAGES if not _version(name)]
    if missing:
        yield problem(_PART, f"Not installed: {', '.join(missing)}. Install Bugbook again.")
        return
    found = ", ".join(f"{name} {_version(name)}" for name in _PACKAGES)
    if not Path("mkdocs.yml").is_file():
        yield warning(
            _PART, "There is no mkdocs.yml in this folder; `bugbook init` makes one for a team."
        )
        return
    yield healthy(_PART, f"`bugbook site build` can run, with {found}.")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
