"""Reactions, edits, deletions and pasted files: in the timeline, beside the record, never twice."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.slack_file import safe_stem
from demo.signed_delivery import SignedDelivery
from demo.signed_person import SignedPerson
from tests.bot.office import BUG, INCIDENTS, Office
from tests.bot.open_form import give_up
from tracker.model.record import BugRecord
from tracker.store.blob_id import blob_id_of
from tracker.workflow.history import lasting

PIN = "pushpin"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


def quotes(record: BugRecord) -> list[str]:
    return [each.text for each in lasting(record.timeline) if each.action == "quote"]


def until(office: Office, holds: Callable[[BugRecord], bool]) -> BugRecord:
    """The bug, once it is as wanted."""
    record = office.tracker.load(BUG)
    for _ in range(1200):
        if holds(record):
            return record
        time.sleep(0.05)
        record = office.tracker.load(BUG)
    sentence = f"The timeline stays {[entry.text for entry in record.timeline]}."
    raise TimeoutError(sentence)


def in_thread(office: Office, text: str, who: str = "qa") -> tuple[SignedPerson, str]:
    office.bring("report")
    person = office.person(who)
    return person, person.send(INCIDENTS, text, thread_ts=office.root().ts)


def tell(office: Office, event: Mapping[str, Any], times: int = 1) -> None:
    """Deliver an event, and redeliver it as Slack does."""
    delivery = SignedDelivery(state=office.state, bot_url=office.bot_url)
    for _ in range(times):
        delivery.event(event)


def test_a_reaction_puts_a_message_into_the_timeline_with_its_time_and_address(
    office: Office,
) -> None:
    _, ts = in_thread(office, "Redis is full")
    lead = office.person("lead")
    lead.react(INCIDENTS, ts, PIN)

    record = until(office, lambda bug: bool(quotes(bug)))
    told = lead.await_message(INCIDENTS, "✅ BUG-0001: Quote: Redis is full.")
    assert (told["ephemeral_to"], told["thread_ts"]) == (lead.user_id, office.root().ts)
    entry = record.timeline[-1]
    assert entry.text == "QA Team: Redis is full"
    assert entry.at.timestamp() == pytest.approx(float(ts), abs=1)
    assert (entry.source or "").endswith(f"/p{ts.replace('.', '')}")
    assert str(entry.by) == "Engineering Lead <lead@example.com>"


def test_second_reactions_and_redeliveries_never_double_it(office: Office) -> None:
    qa, ts = in_thread(office, "Redis is full")
    for name in ("lead", "backend", "senior"):
        office.person(name).react(INCIDENTS, ts, PIN)
    item = {"type": "message", "channel": "C0INCIDENTS", "ts": ts}
    event = {"type": "reaction_added", "user": qa.user_id, "reaction": PIN, "item": item}
    tell(office, {**event, "event_ts": "1.1"}, times=3)
    until(office, lambda bug: bool(quotes(bug)))
    qa.slash_command(INCIDENTS, "/bug note 1 done")
    until(office, lambda bug: bug.timeline[-1].text == "done")

    (quote,) = quotes(office.tracker.load(BUG))
    assert quote.endswith("Redis is full")  # who reacts first decides whether its author is named


def quoting(office: Office) -> int:
    return sum(" quote: " in subject for subject in office.subjects())


def test_the_author_who_reacts_after_somebody_else_makes_no_second_commit(office: Office) -> None:
    qa, ts = in_thread(office, "Redis is full")
    office.person("lead").react(INCIDENTS, ts, PIN)
    until(office, lambda bug: bool(quotes(bug)))
    qa.react(INCIDENTS, ts, PIN)
    qa.slash_command(INCIDENTS, "/bug note 1 done")

    record = until(office, lambda bug: bug.timeline[-1].text == "done")
    assert quotes(record) == ["QA Team: Redis is full"]
    assert quoting(office) == 1


def test_two_who_react_before_either_is_recorded_make_one_commit_and_hear_of_no_refusal(
    office: Office,
) -> None:
    qa, ts = in_thread(office, "Redis is full")
    away = office.git.path.rename(office.git.path.with_suffix(".away"))
    for person in (office.person("lead"), qa):
        person.react(INCIDENTS, ts, PIN)
    office.state.until(lambda: office.tracker.ledger.outbox.backlog().number, "one", 60.0)
    qa.slash_command(INCIDENTS, "/bug note 1 done")
    office.state.until(lambda: office.tracker.ledger.outbox.backlog().number == 2, "note", 60.0)
    away.rename(office.git.path)

    record = until(office, lambda bug: bug.timeline[-1].text == "done")
    office.state.until(lambda: not office.tracker.ledger.answers.owed(9), "an end", 60.0)
    assert quotes(record) == ["QA Team: Redis is full"]
    assert quoting(office) == 1
    told = [each["text"] for each in qa.messages(INCIDENTS)]
    assert not any("not possible" in text for text in told)


def test_only_the_last_reaction_that_is_removed_takes_the_message_out(office: Office) -> None:
    _, ts = in_thread(office, "Redis is full")
    lead, backend = office.person("lead"), office.person("backend")
    lead.react(INCIDENTS, ts, PIN)
    backend.react(INCIDENTS, ts, PIN)
    until(office, lambda bug: bool(quotes(bug)))
    lead.react(INCIDENTS, ts, PIN, present=False)
    backend.react(INCIDENTS, ts, PIN, present=False)

    record = until(office, lambda bug: not quotes(bug))
    assert [each.action for each in record.timeline].count("retract") == 1


def test_an_edit_follows_and_a_deletion_takes_it_out(office: Office) -> None:
    qa, ts = in_thread(office, "Redis is ful")
    office.person("lead").react(INCIDENTS, ts, PIN)
    until(office, lambda bug: bool(quotes(bug)))
    qa.edit(INCIDENTS, ts, "Redis is full")
    until(office, lambda bug: quotes(bug) == ["Redis is full"])
    qa.delete(INCIDENTS, ts)

    until(office, lambda bug: quotes(bug) == [])
    assert office.tracker.load(BUG).timeline[-1].text.endswith("The message was deleted.")


def test_other_reactions_do_nothing(office: Office) -> None:
    qa, ts = in_thread(office, "Redis is full")
    qa.react(INCIDENTS, ts, "eyes")
    qa.slash_command(INCIDENTS, "/bug note 1 done")

    assert quotes(until(office, lambda bug: bug.timeline[-1].text == "done")) == []


def test_elsewhere_the_person_is_asked_which_bug_is_meant(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    ts = qa.send("#general", "Redis is full")
    qa.react("#general", ts, PIN)
    qa.await_message("#general", "Which bug do you mean?")
    qa.press("#general", "Quote")

    record = until(office, lambda bug: quotes(bug) == ["Redis is full"])
    assert record.timeline[-1].at.timestamp() == pytest.approx(float(ts), abs=1)
    qa.edit("#general", ts, "Redis was full")
    until(office, lambda bug: quotes(bug) == ["Redis was full"])


def test_a_pasted_image_is_kept_beside_the_record_in_the_same_commit(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    qa.share(INCIDENTS, "Error page.PNG", PNG, thread_ts=office.root().ts)

    record = until(office, lambda bug: bool(bug.report.attachments))
    (kept,) = record.report.attachments
    assert kept.name.startswith("error-page-")
    assert kept.name.endswith(".png")
    changed = office.git("show", "--name-only", "--format=", "main").splitlines()
    assert sorted(changed) == [f"bugs/000/{BUG}.yaml", f"bugs/000/{BUG}/{kept.name}"]
    blob = office.git("rev-parse", f"main:bugs/000/{BUG}/{kept.name}")
    assert blob == blob_id_of(PNG)


def test_a_redelivered_file_is_kept_once(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    event = qa.share(INCIDENTS, "page.png", PNG, thread_ts=office.root().ts)
    tell(office, event, times=2)
    until(office, lambda bug: bool(bug.report.attachments))
    qa.slash_command(INCIDENTS, "/bug note 1 done")
    until(office, lambda bug: bug.timeline[-1].text == "done")

    assert len(office.tracker.load(BUG).report.attachments) == 1
    assert sum("attach" in subject for subject in office.subjects()) == 1


def test_the_shortcut_keeps_files_too_and_edits_of_its_message_follow(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    event = qa.share(INCIDENTS, "page.png", PNG, thread_ts=office.root().ts, deliver=False)
    payload = {
        "type": "message_action",
        "callback_id": "add_to_timeline",
        "channel": {"id": "C0INCIDENTS"},
        "message": {**event, "text": "See the page"},
    }
    delivery = SignedDelivery(state=office.state, bot_url=office.bot_url)
    delivery.interaction(qa.user_id, payload, "the shortcut")
    until(office, lambda bug: bool(quotes(bug)) and bool(bug.report.attachments))
    qa.edit(INCIDENTS, event["ts"], "See this page")

    until(office, lambda bug: quotes(bug) == ["See this page"])


def test_a_message_that_is_reported_brings_its_files_along_by_a_form_taken_up_again(
    office: Office,
) -> None:
    qa = office.person("qa")
    event = qa.share(INCIDENTS, "page.png", PNG, deliver=False)
    shortcut = {
        "type": "message_action",
        "callback_id": "report_bug",
        "channel": {"id": "C0INCIDENTS"},
        "message": {**event, "text": "The page is empty"},
    }
    delivery = SignedDelivery(state=office.state, bot_url=office.bot_url)
    delivery.interaction(qa.user_id, shortcut, "the shortcut")
    give_up(qa, {"Who is affected?": "Everybody"})
    offered = qa.await_message(INCIDENTS, "without submitting it")
    qa.press(INCIDENTS, "Report", ts=offered["ts"])
    assert qa.submit({}).closed
    qa.await_message(INCIDENTS, f"✅ {BUG}")

    bug = office.tracker.load(BUG)
    assert (bug.title, bug.impact.affects) == ("The page is empty", "Everybody")
    assert (bug.reported.permalink or "").endswith(event["ts"].replace(".", ""))
    (kept,) = until(office, lambda bug: bool(bug.report.attachments)).report.attachments
    assert kept.name.startswith("page-")
    blob = office.git("rev-parse", f"main:bugs/000/{BUG}/{kept.name}")
    assert blob == blob_id_of(PNG)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("virus.exe", b"MZ", "“virus.exe” is not kept with the bug"),
        ("large.png", b"0" * 5_000_001, "has 5.0 MB, and at most 5 are kept"),
    ],
)
def test_what_the_policy_does_not_allow_is_told_and_not_kept(
    office: Office, name: str, content: bytes, told: str
) -> None:
    office.bring("report")
    qa = office.person("qa")
    qa.share(INCIDENTS, name, content, thread_ts=office.root().ts)

    qa.await_message(INCIDENTS, told, thread_ts=office.root().ts)
    assert office.tracker.load(BUG).report.attachments == ()


def test_a_file_from_elsewhere_never_sees_the_token(office: Office) -> None:
    office.bring("report")
    qa = office.person("qa")
    event = qa.share(INCIDENTS, "page.png", PNG, thread_ts=office.root().ts, deliver=False)
    with office.state.changing():
        file, _ = office.state.files[event["files"][0]["id"]]
        file["url_private_download"] = "https://evil.example.com/x.png"
    tell(office, event)

    qa.await_message(INCIDENTS, "lies outside of Slack", thread_ts=office.root().ts)


def test_a_secret_in_a_pasted_log_is_taken_out_before_it_is_kept(office: Office) -> None:
    office.bring("report")
    secret = "AKIA" + "Q3ZPLMNB7XWYTRES"
    qa = office.person("qa")
    log = f"start\naws_access_key_id = {secret}\nend\n".encode()
    qa.share(INCIDENTS, "service.log", log, thread_ts=office.root().ts)

    (kept,) = until(office, lambda bug: bool(bug.report.attachments)).report.attachments
    assert secret not in office.git("show", f"main:bugs/000/{BUG}/{kept.name}")


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("../../etc/passwd.png", "etc-passwd"),
        ("Error page (1).png", "error-page-1"),
        ("🔥.png", "file"),
        (".git.png", "git"),
        ("x" * 300 + ".png", "x" * 60),
        ("CON.png", "con"),
    ],
)
def test_a_hostile_name_is_made_safe(name: str, stem: str) -> None:
    assert safe_stem(name) == stem


def test_a_thread_that_the_ledger_does_not_know_yet_is_known_by_its_first_message(
    office: Office,
) -> None:
    qa, ts = in_thread(office, "Redis is full")
    root = office.root()
    office.tracker.ledger.keep_root_message(replace(root, ts="1.1"))  # as before a lost answer
    qa.send(INCIDENTS, "<@U0BUGBOOK> note All pods restart", thread_ts=root.ts)
    until(office, lambda bug: bug.timeline[-1].text == "All pods restart")
    qa.react(INCIDENTS, ts, PIN)
    until(office, lambda bug: bool(quotes(bug)))


def test_whoever_wrote_a_secret_is_told_of_it_and_not_who_reacted(office: Office) -> None:
    secret = "AKIA" + "Q3ZPLMNB7XWYTRES"
    qa, ts = in_thread(office, f"It logs in with {secret}")
    lead = office.person("lead")
    lead.react(INCIDENTS, ts, PIN)

    lead.await_message(INCIDENTS, "✅ BUG-0001: Quote")
    told = qa.await_message(INCIDENTS, "Taken out of your text")
    assert told["ephemeral_to"] == qa.user_id


def test_whoever_edits_a_secret_into_a_message_of_the_timeline_is_told_of_it(
    office: Office,
) -> None:
    qa, ts = in_thread(office, "It logs in")
    office.person("lead").react(INCIDENTS, ts, PIN)
    until(office, lambda bug: bool(quotes(bug)))
    qa.edit(INCIDENTS, ts, "It logs in with AKIA" + "Q3ZPLMNB7XWYTRES")

    assert qa.await_message(INCIDENTS, "Taken out of your text")["ephemeral_to"] == qa.user_id
