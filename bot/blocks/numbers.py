"""How long things took and how often they went well, as a message."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from bot.blocks.elements import Block, context, header, plain, section
from bot.blocks.message import Message, message
from tracker.model.duration import in_words
from tracker.workflow.metrics import Kind, Metric, Slice, Unit

_NAMES: Final = {"all": "All bugs", "none": "Without a severity"}


def numbers(slices: Sequence[Slice], site_url: str) -> Message:
    """The numbers of all bugs and of each severity; those that nothing is known of are left out."""
    blocks: list[Block] = [header("The numbers")]
    for found in slices:
        lines = [_line(metric) for metric in found.metrics if metric.value is not None]
        if found.kind is not Kind.MONTH and lines:
            title = _NAMES.get(found.name, found.name)
            blocks.append(section(plain("\n".join((title.upper(), *lines)))))
    more = "Severities are the current ones, targets those of the policy as it is now."
    page = f" By month: {site_url.rstrip('/')}/metrics/" if site_url else ""
    return message("The numbers of all bugs", [*blocks, context(plain(f"{more}{page}"))])


def _line(metric: Metric) -> str:
    return f"{metric.name.replace('_', ' ').capitalize()}: {_words(metric)}"


def _words(metric: Metric) -> str:
    value = metric.value or 0.0
    if metric.unit is Unit.SECONDS:
        return in_words(timedelta(seconds=value))
    if metric.unit is Unit.SHARE:
        hits = round(value * metric.made_from)
        return f"{value * 100:.0f} % ({hits} of {metric.made_from})"
    return f"{value:.0f}"
