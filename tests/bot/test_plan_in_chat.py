"""The investigation in chat: shown to whoever asks, and gone on with by its button."""

from demo.message import visible_text
from tests.bot.office import INCIDENTS, LIFE, Office


def test_a_plan_is_shown_privately_once_there_is_one_and_changed_by_its_button(
    office: Office,
) -> None:
    office.bring(*LIFE[:3])
    backend = office.person("backend")
    backend.slash_command(INCIDENTS, "/bug plan 1")

    assert backend.submit({"Known": "Only production\nSince v2"}, title="Investigation").closed
    backend.await_message(INCIDENTS, "✅ BUG-0001")

    backend.slash_command(INCIDENTS, "/bug plan 1")
    shown = backend.await_message(INCIDENTS, "Investigation of BUG-0001")
    assert shown["ephemeral_to"] == backend.user_id
    assert "Known\n• Only production\n• Since v2" in visible_text(shown)
    backend.press(INCIDENTS, "move:plan", ts=str(shown["ts"]))
    assert backend.submit({"Conclusion": "It is the port"}, title="Investigation").closed
    backend.await_message(INCIDENTS, "✅ BUG-0001")
