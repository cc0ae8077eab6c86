"""The steps of the hotfix track."""

from typing import Final

from tracker.cli.commands import Commands
from tracker.cli.entry import Group
from tracker.cli.hotfix_catalogue import HOTFIX

hotfix: Final = Commands(
    "hotfix",
    help="Take a step of the hotfix track: the eight steps, in their order.",
    groups=(Group(heading="Steps", entries=HOTFIX),),
    verbs="hotfix-",
)
