"""Which files may be kept beside a record."""

from typing import Annotated

from pydantic import Field

from tracker.model.part import Part

FileType = Annotated[str, Field(pattern=r"^[a-z0-9]{1,10}$", examples=["png"])]
"""The end of a file's name, without the dot."""


class AttachmentLimits(Part):
    """How large and of what kind a file may be that comes through Slack; git keeps it for ever."""

    megabytes: Annotated[int, Field(ge=1, le=10)] = 5
    """The largest file that is kept."""
    types: tuple[FileType, ...] = (
        "png",
        "jpg",
        "jpeg",
        "gif",
        "webp",
        "txt",
        "log",
        "json",
        "csv",
        "har",
        "pdf",
    )
    """The kinds of files that are kept, by the end of their names."""
