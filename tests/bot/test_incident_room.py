"""The channel of an incident: opened, kept up, archived; and what fails in it holds up nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest

from bot.room_plan import room_errands, room_name
from demo.message import visible_text
from demo.signed_delivery import SignedDelivery
from demo.web_refusal import Refusal, WebApiError
from demo.web_rooms import ROOM_METHODS
from tests.bot.office import BUG, INCIDENTS, Office
from tests.builders.life import BACKEND, SENIOR, life_at
from tracker.assembly import Recorded, Request, Room
from tracker.model.policy import Policy
from tracker.workflow.incident_channel import incident_channel
from tracker.workflow.verbs import VERBS

Found = TypeVar("Found")
P0 = (
    "/bug triage 1 production_down=yes data_at_risk=no core_feature_broken=yes"
    " all_users_affected=yes workaround=no business_impact=yes category=Other"
)


def until(office: Office, look: Callable[[], Found | None], what: str) -> Found:
    return office.state.until(look, what)


def room_of(office: Office) -> Room:
    return until(office, lambda: office.tracker.ledger.rooms.of_bug(BUG), "room")


def channel(office: Office, ready: Callable[[dict[str, Any]], bool] = bool) -> dict[str, Any]:
    """The room's channel in Slack, once it is as wanted."""
    place = room_of(office).channel

    def look() -> dict[str, Any] | None:
        found = office.state.channels.get(place)
        return dict(found) if found is not None and ready(found) else None

    return until(office, look, "channel as wanted")


def triage_p0(office: Office) -> None:
    office.bring("report")
    office.person("oncall").slash_command(INCIDENTS, P0)
    office.person("oncall").await_message(INCIDENTS, "Triaged as P0 (Critical), Other.")


def act(office: Office, verb: str, **fields: Any) -> None:
    request = Request(
        id=f"test-{verb}-{len(office.subjects())}",
        bug=BUG,
        action=VERBS[verb].model_validate(fields),
        actor=BACKEND,
    )
    outcome = office.tracker.act(request)
    assert isinstance(outcome, Recorded), outcome
    office.bot.voice.announce.wake()


def in_room(office: Office) -> list[str]:
    return [visible_text(each) for each in office.state.visible(room_of(office).channel, "")]


def test_a_p0_gets_a_channel_with_its_people_topic_bookmarks_and_pinned_card(
    office: Office,
) -> None:
    triage_p0(office)

    found = channel(office, lambda it: bool(it.get("pins")) and len(it.get("bookmarks", ())) > 2)
    assert found["name"] == "bug-0001-redemption-fails"
    assert set(found["members"]) >= {"U0SUPPORT"}
    assert [each["title"] for each in found["bookmarks"]] == ["Thread", BUG, "Post-mortem"]
    card = office.state.messages[found["id"]][found["pins"][0]]
    assert "Take commander" in visible_text(card)
    found = channel(office, lambda it: "topic" in it)
    assert found["topic"]["value"].startswith("BUG-0001 · 🔴 P0 Critical · triaged")


def test_the_record_keeps_the_link_to_the_channel(office: Office) -> None:
    triage_p0(office)
    place = room_of(office).channel

    def noted() -> str | None:
        entries = office.tracker.load(BUG).timeline
        return next((each.source for each in entries if each.source), None)

    for _ in range(40):
        if noted():
            break
        office.person("oncall").await_message(INCIDENTS, "Incident channel #")
    assert noted() == f"https://example-company.example.com/archives/{place}"
    assert incident_channel(office.tracker.load(BUG)) == f"#{room_of(office).name}"


def test_a_declared_incident_names_the_channel_and_roles_are_taken_by_a_button(
    office: Office,
) -> None:
    triage_p0(office)
    channel(office, lambda it: bool(it.get("pins")))
    senior = office.person("senior")
    senior.press(room_of(office).name, "Take commander")
    senior.await_message(room_of(office).name, "Senior Engineer is commander.")

    act(office, "hotfix-declare")
    named = channel(office, lambda it: it["name"].startswith("inc-"))
    assert named["name"].endswith("-0001-redemption-fails")
    assert office.tracker.load(BUG).responders[0].person == SENIOR
    assert "U0SENIOR" in channel(office, lambda it: "U0SENIOR" in it["members"])["members"]


def test_a_status_update_goes_out_with_one_click_to_all_who_wait_for_it(
    tmp_path: Path, office: Office
) -> None:
    del tmp_path
    triage_p0(office)
    channel(office, lambda it: bool(it.get("pins")))
    lead = office.person("lead")
    lead.press(room_of(office).name, "Send update")
    form = lead.form("Record who was told")
    assert "Redemption fails: triaged." in str(form.view)
    assert lead.submit({}).closed

    lead.await_message(room_of(office).name, "Redemption fails: triaged.")
    assert office.tracker.load(BUG).communication[0].whom.startswith("Product team")


def test_the_channel_is_archived_when_the_post_mortem_is_out(office: Office) -> None:
    triage_p0(office)
    channel(office, lambda it: bool(it.get("pins")))
    act(office, "wont-fix", reason="A false alarm")

    channel(office, lambda it: it["is_archived"])
    assert "🏁 BUG-0001 Redemption fails is over" in in_room(office)[-1]


def test_a_channel_is_said_to_be_archived_once_it_is(office: Office) -> None:
    triage_p0(office)
    channel(office, lambda it: bool(it.get("pins")))
    with office.state.changing():
        office.state.refused["conversations.archive"] = "fatal_error"
    act(office, "wont-fix", reason="A false alarm")
    office.person("oncall").await_message(INCIDENTS, "could not archive")

    assert not any("archived" in subject for subject in office.subjects())
    assert "is being archived" in in_room(office)[-1]
    with office.state.changing():
        del office.state.refused["conversations.archive"]
    channel(office, lambda it: it["is_archived"])
    until(office, lambda: "archived" in office.subjects()[-1], "note of it")


@pytest.mark.parametrize("may_unarchive", [True, False])
def test_a_bug_that_is_opened_again_has_a_channel_again(
    office: Office, *, may_unarchive: bool
) -> None:
    triage_p0(office)
    first = channel(office, lambda it: bool(it.get("pins")))
    act(office, "wont-fix", reason="A false alarm")
    channel(office, lambda it: it["is_archived"])
    until(office, lambda: room_of(office).archived, "archived room")
    if may_unarchive:
        with office.state.changing():
            office.state.channels[first["id"]]["members"].append("U0BUGBOOK")
    act(office, "reopen", reason="Customers see it again")

    until(office, lambda: not room_of(office).archived, "open room")
    again = channel(office, lambda it: bool(it.get("pins")) and not it["is_archived"])
    assert (again["id"] == first["id"]) is may_unarchive
    assert again["name"] == first["name"] + ("" if may_unarchive else "-2")
    channel(office, lambda it: "U0SUPPORT" in it["members"])
    act(office, "wont-fix", reason="A false alarm after all")
    channel(office, lambda it: it["is_archived"])


def test_a_guest_may_not_take_a_role_by_a_button(office: Office) -> None:
    triage_p0(office)
    place = channel(office, lambda it: bool(it.get("pins")))["name"]
    guest = {
        "id": "U0QA",
        "name": "qa",
        "team_id": "T0EXAMPLE",
        "profile": {"real_name": "QA Team", "email": "qa@example.com"},
        "is_restricted": True,
    }
    delivery = SignedDelivery(state=office.state, bot_url=office.bot_url)
    delivery.event({"type": "user_change", "user": guest})
    qa = office.person("qa")
    qa.press(place, "Take commander")

    qa.await_message(place, "Guests of the workspace may read bugs")
    assert office.tracker.load(BUG).responders == ()


def test_a_failure_is_shown_and_tried_again_and_blocks_no_record(office: Office) -> None:
    refused = [Refusal.NAME_TAKEN]
    office.bot.voice.run_errands.stop()
    with office.state.changing():
        for number in range(1, 10):
            office.state.add_channel(f"C9{number}", name_number(number))
    triage_p0(office)
    until(
        office,
        lambda: office.tracker.ledger.errands.due(office.tracker.now(), 9, {"open"}),
        "errands",
    )
    office.bot.voice.errands.step()
    office.tracker.ledger.errands.hasten(BUG, office.tracker.now())
    office.bot.voice.errands.step()

    told = office.person("oncall").await_message(INCIDENTS, "could not open the incident’s channel")
    assert refused[0].value == "name_taken"
    assert [each.kind for each in office.tracker.ledger.errands.failing(BUG)] == ["open"]
    assert office.tracker.load(BUG).severity == "P0"
    with office.state.changing():
        for number in range(1, 10):
            del office.state.channels[f"C9{number}"]
    office.person("oncall").press(INCIDENTS, "Try again now", ts=told["ts"])
    office.person("oncall").await_message(INCIDENTS, "What waits for BUG-0001 is tried again now.")
    office.bot.voice.errands.step()
    assert office.tracker.ledger.rooms.of_bug(BUG) is not None
    assert office.tracker.ledger.errands.failing(BUG) == ()


def name_number(number: int) -> str:
    return "bug-0001-redemption-fails" + (f"-{number}" if number > 1 else "")


def test_a_channel_that_an_interrupted_try_has_made_is_taken_over(office: Office) -> None:
    with office.state.changing():
        made = office.state.add_channel("C0MADE", "bug-0001-redemption-fails")
        made["creator"] = "U0BUGBOOK"
    triage_p0(office)

    assert room_of(office).channel == "C0MADE"


def test_a_change_calls_for_what_it_changes() -> None:
    life = life_at("triaged", "P0")
    before = life.bug
    life.act("assign", assignee=str(BACKEND), backup=str(SENIOR))
    kinds = [each.kind for each in room_errands("c1", before, life.bug, life.policy)]

    assert kinds == ["open", "card", "pin", "record", "topic", "invite"]


def test_a_bug_that_joined_an_incident_has_no_room_of_its_own() -> None:
    record = life_at("triaged", "P0").bug.model_copy(update={"incident": "INC-2026-0007"})

    assert room_name(record, Policy()) is None
    assert room_errands("c1", None, record, Policy()) == ()


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("conversations.create", {"name": "Not Allowed"}, Refusal.INVALID_NAME),
        ("conversations.create", {"name": "general"}, Refusal.NAME_TAKEN),
        ("conversations.setTopic", {"channel": "C0GENERAL", "topic": "x" * 251}, Refusal.TOO_LONG),
        ("conversations.invite", {"channel": "C0GENERAL", "users": "U9"}, Refusal.USER_NOT_FOUND),
    ],
)
def test_the_stand_in_refuses_what_slack_refuses(
    office: Office, method: str, arguments: dict[str, Any], error: Refusal
) -> None:
    with pytest.raises(WebApiError, match=error.value):
        ROOM_METHODS[method](office.state, arguments)
