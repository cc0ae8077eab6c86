"""Tell what is wrong in a form that stays open."""

from collections.abc import Mapping

from slack_bolt import Args

from bot.blocks.text import quoted


def tell_in_form(args: Args, errors: Mapping[str, str]) -> None:
    """Say a sentence at each of these inputs; Slack shows it as plain text."""
    told = {name: quoted(sentence) for name, sentence in errors.items()}
    args.ack(response_action="errors", errors=told)
