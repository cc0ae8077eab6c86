"""Around an incident: messages in the timeline, roles, reminders that rest."""

from bot.forms.choices import Offer
from bot.forms.inputs import always, choice, line, moment, person, prose
from bot.forms.layout import Form
from bot.forms.scene import Scene


def _roles(scene: Scene) -> tuple[Offer, ...]:
    """The roles of the policy, with whoever has each."""
    taken = scene.record.responders if scene.record else ()
    holders = {each.role: f"now {each.person.name}" for each in taken}
    return tuple(
        Offer(text=role.capitalize(), value=role, description=holders.get(role, "nobody yet"))
        for role in scene.policy.incident_roles
    )


FORMS = (
    Form(
        verb="quote",
        title="Add to the timeline",
        submit="Add",
        main="text",
        inputs=(
            prose("text", "What was said", required=always),
            line("source", "Link to the message", required=always),
            line("said_by", "Who said it"),
        ),
    ),
    Form(
        verb="retract",
        title="Take a message out",
        submit="Take out",
        main="source",
        words_suffice=True,
        inputs=(
            line("source", "Link to the message", required=always),
            line("reason", "Why"),
        ),
    ),
    Form(
        verb="take-role",
        title="Take a role",
        submit="Take",
        main="role",
        words_suffice=True,
        inputs=(
            choice("role", "Role", _roles, required=always),
            person("person", "Who takes it", "You, when left out"),
        ),
    ),
    Form(
        verb="snooze",
        title="Snooze reminders",
        submit="Snooze",
        main="until",
        words_suffice=True,
        inputs=(
            moment("until", "Until when", "Escalations go on", ahead=True, required=always),
            line("reason", "Why"),
        ),
    ),
)
