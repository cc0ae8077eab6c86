"""Code and configuration as they stand somewhere, kept as evidence or as part of a change."""

from tracker.model.part import Line, Part, Verbatim


class Excerpt(Part):
    """A place in code or configuration, with as much of its text as matters."""

    place: Line
    """Where it is: a path, with `:line` where that is known, or the name of a setting."""
    note: Line | None = None
    """What it shows, or what changes there."""
    language: Line | None = None
    """The language of the code, for colours."""
    code: Verbatim | None = None
    """The text itself."""
