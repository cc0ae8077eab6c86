"""Exceptions to the usual way: waive a condition, take a move back, join an incident."""

from bot.blocks.elements import Block, context, plain
from bot.forms.choices import Offer
from bot.forms.inputs import always, choice, line
from bot.forms.layout import Form
from bot.forms.scene import Scene
from tracker.model.timeline import TimelineEntry
from tracker.workflow.gates.names import GATES
from tracker.workflow.history import last_move


def _gates(scene: Scene) -> tuple[Offer, ...]:
    """What the policy lets somebody waive, and who that is."""
    return tuple(
        Offer(
            text=gate,
            value=gate,
            description=f"{GATES.get(gate, gate)}; by the role {role.replace('_', ' ')}",
        )
        for gate, role in scene.policy.waivers.items()
    )


def _newest_move(scene: Scene) -> list[Block]:
    """Which move would be taken back."""
    move = last_move(scene.record) if scene.record else None
    return [context(plain(f"The last move: {_words(move)}"))] if move else []


def _words(move: TimelineEntry) -> str:
    return f"{move.action}, {move.by.name}, {move.at:%Y-%m-%d %H:%M %Z}"


FORMS = (
    Form(
        verb="undo",
        title="Undo the last move",
        submit="Undo",
        main="reason",
        words_suffice=True,
        introduction=_newest_move,
        inputs=(line("reason", "Why it was a mistake", required=always),),
    ),
    Form(
        verb="waive",
        title="Waive a condition",
        submit="Waive",
        main="reason",
        inputs=(
            choice("gate", "Condition", _gates, required=always),
            line("reason", "Why it is not asked for", required=always),
        ),
    ),
    Form(
        verb="join-incident",
        title="Join an incident",
        submit="Join",
        main="incident",
        words_suffice=True,
        inputs=(line("incident", "Incident", example="INC-2026-0007", required=always),),
    ),
)
