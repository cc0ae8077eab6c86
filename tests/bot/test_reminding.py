"""Reminders in Slack: once, where they are read, and not for what was due before the start."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.reminding import BEGUN, Reminding
from demo.message import visible_text
from tests.bot.office import BUG, INCIDENTS, Office
from tests.builders.life import BACKEND
from tracker.assembly import Request
from tracker.model.policy import Policy
from tracker.workflow.verbs import VERBS
from tracker.workflow.week import digest_due


def at(office: Office, later: timedelta) -> Reminding:
    """The reminders as they are after a while."""
    now = office.tracker.now() + later

    def clock() -> datetime:
        return now

    tracker = replace(office.tracker, now=clock)
    courier = replace(office.bot.voice.reminding.courier, now=clock)
    return replace(office.bot.voice.reminding, tracker=tracker, courier=courier)


def reminders(office: Office) -> list[str]:
    return [
        visible_text(each)
        for each in office.state.visible("C0INCIDENTS", "")
        if "⏰" in visible_text(each) or "🚨" in visible_text(each)
    ]


def ready(office: Office) -> None:
    """A bug, and a bot whose own clock does not disturb."""
    office.bot.voice.remind.stop()
    office.tracker.ledger.move_cursor(BEGUN, "begun")
    office.bring("report")


def until_loud(office: Office) -> timedelta:
    """A span after which it is Wednesday noon."""
    now = office.tracker.now()
    noon = now.replace(hour=12, minute=0) + timedelta(days=(2 - now.weekday()) % 7 + 7)
    return noon - now


def test_a_bug_that_nobody_judged_is_told_in_its_thread_once(office: Office) -> None:
    ready(office)
    later = until_loud(office)
    at(office, later).step()
    at(office, later).step()

    (told,) = reminders(office)
    assert "Nobody has judged it for" in told
    assert "Triage" in told
    assert "Snooze" in told
    (call,) = [each for each in office.calls("chat.postMessage") if "⏰" in str(each["blocks"])]
    assert call["thread_ts"] == office.root().ts


def test_an_outage_calls_in_the_channel_at_once_before_anybody_has_judged_it(
    office: Office,
) -> None:
    office.bot.voice.remind.stop()
    office.tracker.ledger.move_cursor(BEGUN, "begun")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug down Payments fail for everybody")
    assert support.submit({}).closed
    support.await_message(INCIDENTS, "🔴 Production is down (not triaged)")
    root = office.root()

    at(office, timedelta(0)).step()

    (told,) = reminders(office)
    assert "🚨 Production is down, and nobody has taken it yet: On-call engineer, please." in told
    assert f"Answer it with `/bug triage {BUG}`." in told
    (call,) = [each for each in office.calls("chat.postMessage") if "🚨" in str(each["blocks"])]
    assert (call["thread_ts"], call["reply_broadcast"]) == (root.ts, True)


def test_calls_of_a_late_triage_are_one_message_and_none_of_them_comes_again(
    office: Office,
) -> None:
    ready(office)
    office.bring("triage")
    office.tracker.act(
        Request(
            id="worse",
            bug=BUG,
            action=VERBS["triage"].model_validate({"severity": "P0", "reason": "Data is lost"}),
            actor=BACKEND,
        )
    )
    at(office, timedelta(hours=2)).step()
    at(office, timedelta(hours=3)).step()

    (told,) = [each for each in reminders(office) if "🚨" in each]
    assert "On-call engineer, Engineering Lead and CTO, please." in told
    assert f"Answer it with `/bug mitigate {BUG}`." in told
    kept = office.tracker.ledger.deliveries.keys(f"reminder:{BUG}:escalation")
    assert len(kept) == 3


def test_two_bots_tell_it_once(office: Office) -> None:
    ready(office)
    later = until_loud(office)
    one, other = at(office, later), at(office, later)
    told = office.tracker.ledger.deliveries.keys("reminder:")
    assert told == frozenset()
    one.step()
    other.step()

    assert len(reminders(office)) == 1


def test_what_was_due_before_the_first_start_is_no_news(office: Office) -> None:
    office.bot.voice.remind.stop()
    office.bring("report")
    later = until_loud(office)
    office.tracker.ledger.move_cursor(BEGUN, "")
    at(office, later).step()
    at(office, later + timedelta(minutes=1)).step()

    assert reminders(office) == []


def test_a_reminder_rests_after_the_button(office: Office) -> None:
    ready(office)
    later = until_loud(office)
    at(office, later).step()
    support = office.person("support")
    support.press(INCIDENTS, "Snooze")
    form = support.form("Snooze reminders")

    assert "Until when" in str(form.view)
    assert BUG in str(form.view["private_metadata"])


def test_the_week_is_told_in_numbers_once(office: Office) -> None:
    ready(office)
    later = until_loud(office)
    at(office, later).step()
    at(office, later + timedelta(hours=1)).step()

    told = [each for each in office.calls("chat.postMessage") if "week" in str(each["text"])]
    assert len(told) == 1
    assert "*Reported*" in str(told[0]["blocks"])


def test_the_digest_is_due_on_its_day() -> None:
    monday = datetime.fromisoformat("2026-03-02T09:00:00+00:00")

    assert digest_due(Policy(), monday) == monday
    assert digest_due(Policy(), monday - timedelta(minutes=1)) == monday - timedelta(days=7)
    assert digest_due(Policy(), monday + timedelta(days=6)) == monday
