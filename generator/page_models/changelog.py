"""The changelog in the form of keepachangelog.com, from published release notes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.page_models.blocks import bullets, paragraph
from generator.page_models.empty import empty
from generator.page_models.inline import Code, PageLink, WebLink, bug_link
from generator.page_models.noted import Noted
from generator.page_models.page import Page, Section, anchor_of, present, section
from generator.page_paths import CHANGELOG, data_file
from tracker.model.changelog import ChangeKind

_SHOWN = 100
_NO_VERSION = "Without a version"
_WHOLE = PageLink(text="whole changelog as Markdown", path=data_file("CHANGELOG.txt"))
_ABOUT = (
    "What changed for people who use the product, from published release notes, in the form of ",
    WebLink(text="Keep a Changelog", address="https://keepachangelog.com/en/1.1.0/"),
    ". For your own file, take the ",
    _WHOLE,
    ".",
)
_EMPTY = empty(
    "No release notes are published yet. Write them with ",
    Code(text="/bug release-notes 42"),
    " and publish them with ",
    Code(text="/bug publish 42"),
    ".",
)


@dataclass(frozen=True, kw_only=True)
class Change:
    """One line: what changed, of which kind, for which bug."""

    kind: ChangeKind
    text: str
    bug: str


@dataclass(frozen=True, kw_only=True)
class Release:
    """A version with its changes; the day is that of the newest of its deployments."""

    version: str
    day: date
    changes: tuple[Change, ...]

    @property
    def title(self) -> str:
        """``[v2.0.2] - 2024-12-31``, as the form asks for."""
        return f"[{self.version}] - {self.day.isoformat()}" if self.version else _NO_VERSION


def releases(bugs: Iterable[Noted]) -> tuple[Release, ...]:
    """Every version with published release notes, the newest first."""
    gathered: dict[str, list[tuple[date, Change]]] = {}
    for bug in bugs:
        if bug.day is not None:
            gathered.setdefault(bug.version, []).extend(
                (bug.day, Change(kind=kind, text=text, bug=bug.id)) for kind, text in bug.lines
            )
    found = [
        Release(
            version=version,
            day=max(day for day, _ in dated),
            changes=tuple(change for _, change in dated),
        )
        for version, dated in gathered.items()
    ]
    return tuple(sorted(found, key=lambda release: (release.day, release.version), reverse=True))


def changelog_page(found: tuple[Release, ...]) -> Page:
    """The newest versions, each kind of change under its heading."""
    older = len(found) - _SHOWN
    return Page(
        path=CHANGELOG,
        kind="changelog",
        title="Changelog",
        heading="Changelog",
        sections=present(
            *(_release(release) for release in found[:_SHOWN]),
            section("Older Versions", paragraph((f"{older:,} more are in the ", _WHOLE, ".")))
            if older > 0
            else None,
        )
        or present(section("Nothing Released Yet", _EMPTY)),
        summary="What changed in each version, from published release notes",
        lead=_ABOUT if found else (),
    )


def changelog_text(found: tuple[Release, ...]) -> str:
    """The whole as Markdown, to be copied into a product's own file."""
    lines = ["# Changelog", ""]
    for release in found:
        lines += [f"## {release.title}", ""]
        for kind in ChangeKind:
            told = [change for change in release.changes if change.kind is kind]
            if told:
                lines += [f"### {kind.value.capitalize()}", ""]
                lines += [f"- {_escaped(change.text)} ({change.bug})" for change in told]
                lines.append("")
    return "\n".join(lines)


def _release(release: Release) -> Section | None:
    anchor = f"v-{anchor_of(release.version)}-{release.day.isoformat()}"
    return section(
        release.title,
        *(
            section(
                kind.value.capitalize(),
                bullets(
                    (f"{change.text} (", bug_link(change.bug), ")")
                    for change in release.changes
                    if change.kind is kind
                ),
                anchor=f"{anchor}-{kind.value}",
            )
            for kind in ChangeKind
        ),
        anchor=anchor,
    )


def _escaped(text: str) -> str:
    """Text that means nothing to Markdown."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)
