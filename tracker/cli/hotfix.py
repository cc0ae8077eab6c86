"""The steps of the hotfix track."""

from typing import Final

from tracker.cli.commands import Commands
from tracker.cli.entry import Group
from tracker.cli.hotfix_catalogue import HOTFIX, LOOKS

hotfix: Final = Commands(
    "hotfix",
    help="Take a step of the hotfix track, eight in their order, or see where it stands.",
    groups=(
        Group(heading="Steps", entries=HOTFIX),
        Group(heading="Look at it", entries=LOOKS),
    ),
    verbs="hotfix-",
)
