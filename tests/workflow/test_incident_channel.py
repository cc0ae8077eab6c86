from tests.builders.life import Life, life_at
from tracker.workflow.incident_channel import channel_opened, hotfix_checks, incident_channel

ADDRESS = "https://example.slack.com/archives/C1"


def declared(channel: str | None = None) -> Life:
    return life_at("triaged", "P0").act("hotfix-declare", channel=channel)


def ticked(life: Life) -> list[str]:
    return [item.text for item in hotfix_checks(life.bug) if item.done]


def test_a_channel_that_the_bot_made_ticks_its_box_whenever_the_incident_is_declared() -> None:
    before = life_at("triaged", "P0").act("note", text=channel_opened("inc-1"), source=ADDRESS)
    for life in (
        before.act("hotfix-declare"),
        declared().act("note", text=channel_opened("inc-1"), source=ADDRESS),
    ):
        assert incident_channel(life.bug) == "#inc-1"
        assert ticked(life) == ["Incident channel created"]


def test_a_channel_that_was_named_ticks_its_box() -> None:
    assert ticked(declared(channel="#war-room")) == ["Incident channel created"]


def test_no_channel_ticks_nothing() -> None:
    life = declared().act("note", text="Incident channel #inc-1 opened.")

    assert incident_channel(life.bug) is None, "nobody says where it is"
    assert ticked(life) == []
