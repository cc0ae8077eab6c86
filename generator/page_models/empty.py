"""What a page says while there is nothing to show: what will stand there, and what to type."""

from generator.page_models.blocks import Paragraph
from generator.page_models.inline import Cell, Code

NO_BUGS = Paragraph(
    content=(
        "No bug is recorded yet. Report the first one with ",
        Code(text="/bug"),
        " in Slack, or with ",
        Code(text="bugbook report"),
        " in a terminal.",
    ),
    role="empty",
)


def empty(*content: str | Code) -> Paragraph:
    """A page or section without content yet."""
    shown: Cell = content
    return Paragraph(content=shown, role="empty")
