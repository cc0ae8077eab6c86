"""What the channels hear, made from commits, whoever made them."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.announcements import CURSOR
from bot.channels import Channels
from demo.message import visible_text
from tests.bot.office import BUG, INCIDENTS, LIFE, Office, open_office
from tests.builders.life import BACKEND, SENIOR, SUPPORT
from tests.real_git import RealGit, new_bare, new_checkout
from tracker.assembly import Recorded, Request
from tracker.operations.renumber import renumber
from tracker.store.secrets import SecretScanner
from tracker.workflow.actions.triage import AssignBug


def in_channel(office: Office, channel: str = "C0INCIDENTS") -> list[str]:
    """The messages that everybody sees in a channel, outside of threads."""
    return [
        visible_text(message)
        for message in office.state.visible(channel, "")
        if not message.get("thread_ts")
    ]


def in_thread(office: Office) -> list[str]:
    root = office.root()
    return [
        visible_text(message).splitlines()[0]
        for message in office.state.visible(root.channel, "")
        if message.get("thread_ts") == root.ts
    ]


def follow(office: Office) -> None:
    """Let the announcer catch up, in this thread."""
    office.bot.voice.announce.stop()
    office.tracker.refresh()
    office.bot.voice.announcer.follow()


def edit_by_hand(office: Office, old: str, new: str) -> None:
    """Change a record as a person does, and push it."""
    folder = office.git.path.parent / "checkout"
    checkout = new_checkout(folder, of=office.git) if not folder.exists() else RealGit(folder)
    checkout("pull", "-q")
    name = "bugs/000/BUG-0001.yaml"
    text = (folder / name).read_text("utf-8")
    assert old in text
    checkout.write(name, text.replace(old, new, 1))
    checkout("push", "-q", "origin", "main")


def test_one_message_is_edited_in_place_and_its_thread_grows(office: Office) -> None:
    office.bring(*LIFE[:3])
    follow(office)

    shown = in_channel(office)
    assert len(shown) == 1
    assert "Investigating" in shown[0]
    assert in_thread(office) == [
        "Triaged as P2 (Medium), Other.",
        "Assigned to Backend Engineer, backup Senior Engineer.",
    ]


def test_whoever_gets_a_bug_is_mentioned_in_its_thread(office: Office) -> None:
    office.bring(*LIFE[:3])
    follow(office)

    told = [
        visible_text(message)
        for message in office.state.visible("C0INCIDENTS", "")
        if "Assigned to" in visible_text(message) and message.get("thread_ts")
    ]
    assert told[0].endswith("<@U0BACKEND> <@U0SENIOR>")


def test_whoever_is_replaced_is_mentioned_in_the_note_that_is_written_anyway(
    office: Office,
) -> None:
    office.bring(*LIFE[:3])
    request = Request(id="test-again", bug=BUG, action=AssignBug(assignee=SUPPORT), actor=SENIOR)
    assert isinstance(office.tracker.act(request), Recorded)
    follow(office)

    told = [
        visible_text(message)
        for message in office.state.visible("C0INCIDENTS", "")
        if message.get("thread_ts")
    ]
    assert len(told) == 3
    assert "This replaced what Backend Engineer had set at" in told[2]
    assert told[2].endswith("assignee Backend Engineer.\n<@U0BACKEND>")
    assert "replaced" not in told[1]


def test_what_people_push_is_announced_as_what_the_bot_commits(office: Office) -> None:
    office.bring("report")
    edit_by_hand(office, "status: reported", "status: triaged")
    follow(office)

    assert "Triaged" in in_channel(office)[0]
    assert in_thread(office) == ["Now triaged."]


def test_the_bot_looks_by_itself_for_what_others_pushed(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner, fetch_every=0.1) as office:
        office.bring("report")
        edit_by_hand(office, "status: reported", "status: triaged")

        root = office.root()
        told = office.person("support").await_message(INCIDENTS, "Now triaged.")
        assert told["thread_ts"] == root.ts


def test_nothing_is_said_twice_when_the_cursor_is_lost(office: Office) -> None:
    office.bring(*LIFE[:3])
    follow(office)
    said = in_thread(office)

    office.tracker.ledger.move_cursor(CURSOR, "")
    office.bot.voice.announcer.follow()

    assert in_thread(office) == said
    assert len(in_channel(office)) == 1


def test_a_restart_goes_on_where_the_bot_ended(tmp_path: Path, scanner: SecretScanner) -> None:
    with open_office(tmp_path, scanner) as before:
        before.bring("report")
        follow(before)

    with open_office(tmp_path, scanner, git=before.git) as after:
        follow(after)
        assert after.calls("chat.postMessage") == []
        assert after.calls("chat.update") == []


def test_the_history_before_the_first_start_is_no_news(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    git = new_bare(tmp_path / "shared.git")
    with open_office(tmp_path / "one", scanner, git=git) as first:
        first.bring("report")

    with open_office(tmp_path / "two", scanner, git=git) as second:
        follow(second)
        assert in_channel(second) == []


def test_a_forced_push_is_told_once_in_the_channel(office: Office) -> None:
    office.bring(*LIFE[:2])
    follow(office)
    checkout = new_checkout(office.git.path.parent / "forcing", of=office.git)
    checkout("commit", "-q", "--amend", "--message", "Rewritten")
    checkout("push", "-q", "--force", "origin", "main")
    follow(office)
    follow(office)
    told = [text for text in in_channel(office) if "rewritten by a forced push" in text]
    assert len(told) == 1


def test_only_loud_changes_of_p0_and_p1_reach_the_channel(office: Office) -> None:
    office.bring("report")
    oncall = office.person("oncall")
    typed = (
        "/bug triage 1 production_down=no data_at_risk=no core_feature_broken=yes"
        " all_users_affected=no workaround=yes business_impact=no category=Other"
    )
    oncall.slash_command(INCIDENTS, typed)
    oncall.await_message(INCIDENTS, "✅ BUG-0001: Triaged as P1 (High), Other.")
    oncall.slash_command(INCIDENTS, "/bug note 1 Seen on Android too")
    oncall.await_message(INCIDENTS, "✅ BUG-0001: Seen on Android too")
    follow(office)

    notes = [call for call in office.calls("chat.postMessage") if "thread_ts" in call]
    loud = [str(call["reply_broadcast"]).lower() in {"1", "true"} for call in notes]
    assert notes[0]["text"].startswith("Triaged as P1")
    assert [loud[0], *loud[1:]] == [True, *(False for _ in notes[1:])]


def test_a_deployment_is_told_in_the_releases_channel_once(office: Office) -> None:
    office.bring(*LIFE, "evidence", "release-notes", "publish", "deploy")
    follow(office)
    office.tracker.ledger.move_cursor(CURSOR, "")
    office.bot.voice.announcer.follow()

    told = in_channel(office, "C0RELEASES")
    assert len(told) == 1
    assert told[0].startswith("Deployed v2.")
    assert BUG in told[0]


def test_a_message_that_somebody_deleted_is_posted_again(office: Office) -> None:
    office.bring("report")
    root = office.root()
    with office.state.changing():
        del office.state.messages[root.channel][root.ts]

    office.person("support").slash_command(INCIDENTS, "/bug note 1 Seen again")
    office.person("support").await_message(INCIDENTS, "✅ BUG-0001: Seen again")
    follow(office)

    assert len(in_channel(office)) == 1
    assert office.root().ts != root.ts


def test_a_missing_channel_is_logged_once_holds_nothing_up_and_hears_everything_later(
    tmp_path: Path, scanner: SecretScanner, caplog: pytest.LogCaptureFixture
) -> None:
    git = new_bare(tmp_path / "shared.git")
    checkout = new_checkout(tmp_path / "checkout", of=git)
    checkout.write("bugs/policy.yaml", "channels:\n  incidents: firefighting\n")
    checkout("push", "-q", "origin", "main")
    with open_office(tmp_path, scanner, git=git) as office:
        office.report()
        office.report("Login fails")
        follow(office)
        follow(office)
        assert office.tracker.ledger.cursor(CURSOR) == office.tracker.tip()
        assert len([each for each in caplog.records if each.levelname == "ERROR"]) == 1
        assert "The channel #firefighting does not exist: create it" in caplog.text
        with office.state.changing():
            office.state.add_channel("C0FIRE", "firefighting")

        announcer = office.bot.voice.announcer
        later = replace(announcer, channels=Channels(client=announcer.client))
        later.follow()
        later.follow()

        told = in_channel(office, "C0FIRE")
        assert ["Redemption fails" in told[0], "Login fails" in told[1]] == [True, True]
        assert len(told) == 2
        assert office.tracker.ledger.cursor(CURSOR) == office.tracker.tip()


def test_a_missing_releases_channel_stops_nothing(tmp_path: Path, scanner: SecretScanner) -> None:
    git = new_bare(tmp_path / "shared.git")
    checkout = new_checkout(tmp_path / "checkout", of=git)
    checkout.write("bugs/policy.yaml", "channels:\n  releases: nowhere\n")
    checkout("push", "-q", "origin", "main")
    with open_office(tmp_path, scanner, git=git) as office:
        office.bring(*LIFE, "evidence", "release-notes", "publish", "deploy")
        follow(office)

        assert "Deployed v2." in in_thread(office)


def test_an_unreachable_slack_delays_the_news_and_loses_none(office: Office) -> None:
    office.bring("report")
    office.bot.voice.announce.stop()
    office.person("support").slash_command(INCIDENTS, "/bug note 1 Seen again")
    office.person("support").await_message(INCIDENTS, "✅ BUG-0001: Seen again")
    client = office.bot.voice.announcer.client
    there, client.base_url = client.base_url, "http://127.0.0.1:9/api/"
    before = office.tracker.ledger.cursor(CURSOR)
    office.bot.voice.announcer.follow()
    assert office.tracker.ledger.cursor(CURSOR) == before
    client.base_url = there

    office.bot.voice.announcer.follow()

    assert in_thread(office) == ["Seen again"]


def test_a_channel_may_be_named_by_its_id(office: Office) -> None:
    channels = Channels(client=office.bot.desk.client)

    assert channels.id_of("C0WHATEVER") == "C0WHATEVER"
    assert channels.id_of("#incidents") == channels.id_of("incidents") == "C0INCIDENTS"


def test_a_renumbered_bug_keeps_its_message_and_nothing_is_told_twice(office: Office) -> None:
    office.bring(*LIFE[:3])
    follow(office)
    before = office.root()
    store, now = office.tracker.store, office.tracker.now()
    done = renumber(store, BUG, None, BACKEND, now)
    follow(office)

    assert office.tracker.ledger.root_message(done.new) == replace(before, bug=done.new)
    (shown,) = in_channel(office)
    assert done.new in shown
    assert len(in_thread(office)) == 2
