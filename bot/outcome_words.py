"""What became of an action, in words."""

from collections.abc import Iterable

from bot.blocks.answers import recording
from bot.blocks.message import Message
from bot.blocks.words import command
from bot.sentence import sentence
from tracker.assembly import Recorded, Tracker, Waiting
from tracker.model.private_text import taken_out
from tracker.workflow.single_values import told_replaced


def as_sentences(texts: Iterable[str]) -> str:
    """Several texts, one after the other; what people typed may have no full stop."""
    *first, last = list(texts) or [""]
    ended = [text if text.endswith((".", "!", "?", "…", ":")) else f"{text}." for text in first]
    return " ".join((*ended, last))


def secrets_taken_out(secrets: tuple[str, ...]) -> Message:
    """For whoever wrote a text, that it is recorded without them."""
    return sentence(f"{taken_out(secrets)} Slack still shows it to others where you wrote it.")


def in_words(recorded: Recorded) -> str:
    """A commit's subject as a sentence: “Release notes: drafted.”."""
    verb, _, said = recorded.subject.partition(": ")
    spoken = verb.replace("-", " ").capitalize()
    if not said:
        return f"{spoken} recorded."
    return f"{spoken}: {said}" if said.endswith((".", "!", "?", "…")) else f"{spoken}: {said}."


def replaced(tracker: Tracker, recorded: Recorded, verb: str) -> str:
    """What of others an action replaced, and how it is set back; empty where it did not."""
    told = told_replaced(tracker.replaced(recorded.bug, recorded.commit))
    return told and f"{told} If that was not meant, `{command(verb, recorded.bug)}` sets it back."


def saved(verb: str, bug: str, waiting: Waiting) -> Message:
    """That an action is kept, and why nobody else has it yet."""
    if not waiting.reason:
        return recording(bug, verb)
    about = f" for {bug}" if bug else ""
    return sentence(
        f"Saved, not yet shared: `{verb}`{about}. {waiting.reason} It is tried again by"
        " itself, and you are told when it is through. You need not type it again."
    )
