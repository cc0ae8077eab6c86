"""What is told of a bug from further away, the same in a chat and in a terminal."""

from typing import Final

from bot.blocks.findings import history_result, similar_result
from bot.blocks.message import Message
from bot.blocks.readiness_sheet import readiness_sheet
from bot.sentence import sentence
from tracker.assembly import Tracker
from tracker.model.record import BugRecord
from tracker.workflow.prompt import TASKS
from tracker.workflow.readiness import readiness
from tracker.workflow.verbs import nearest

OF_ONE_BUG: Final = frozenset(
    {"show", "status", "similar", "history", "readiness", "investigate", "prompt"}
)
"""Words with a button that tells something of one bug."""


def study(tracker: Tracker, word: str, record: BugRecord) -> Message:
    """What is like a bug, who did what to it, or, by any other word, whether it may go live."""
    match word:
        case "similar":
            return similar_result(record, tracker.similar(record))
        case "history":
            commits = tracker.history(record.id)
            told = [(commit.time, commit.author_name, commit.subject) for commit in commits]
            return history_result(record, told)
        case _:
            return readiness_sheet(record, readiness(record, tracker.policy(), tracker.now()))


def prompt_kind(text: str) -> str:
    """The kind of prompt that a person meant; an empty one for none."""
    kind = "-".join(text.lower().replace("_", "-").split())
    return kind if kind in TASKS else nearest(kind, tuple(TASKS)) or ""


def which_prompt(bug: str, lead: str = "") -> Message:
    """Ask for the kind of prompt; `lead` is what stands before the words of a command."""
    kinds = ", ".join(f"`{task}`" for task in TASKS)
    return sentence(f"Say which prompt: {kinds}. As in {lead}prompt {bug} root-cause.")
