"""The words that may follow `hotfix`, and what they mean."""

from types import MappingProxyType
from typing import Final

from tracker.model.deployment import HotfixStep
from tracker.workflow.verbs import nearest, slip

HOTFIX_WORDS: Final = MappingProxyType(
    {
        **{step.value: f"hotfix-{step.value}" for step in HotfixStep},
        "status": "status",
        "help": "help",
        "mitigate": "mitigate",
        "rollback": "roll-back",
        "roll-back": "roll-back",
    }
)
"""Each word with the command that it stands for."""


def nearest_step(word: str) -> str | None:
    """The word that a mistyped one probably means."""
    return nearest(word, tuple(HOTFIX_WORDS))


def is_step(word: str, *, alone: bool) -> bool:
    """Whether a word is for the hotfix command, and no more of a report's title.

    A slip of the fingers is, and beside nothing but a number what is nearly such a word.
    """
    if word in {"", *HOTFIX_WORDS}:
        return True
    return bool(nearest_step(word) if alone else slip(word, tuple(HOTFIX_WORDS)))
