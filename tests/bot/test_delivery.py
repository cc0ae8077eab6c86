"""Redelivery, double clicks, lost remotes, restarts, late refusals and forged requests."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from slack_bolt import App, Args

from bot.app import build_bot, web_client
from bot.boundary import bounded
from bot.http_server import PortTakenError
from bot.interrupted import adopt
from bot.listeners import SlackRefusedError
from bot.recorder import ADOPTED_AFTER
from bot.serving import http
from demo.cast import SOCKET_APP, SlackApp
from demo.participant import NotAcknowledgedError
from demo.signed_delivery import SignedDelivery
from demo.signed_person import SignedPerson
from tests.bot.office import BUG, INCIDENTS, LIFE, Office, open_office
from tests.builders.life import BACKEND, ONCALL, SUPPORT
from tests.real_git import new_checkout
from tracker.assembly import OwedAnswer, Recorded, Request, open_tracker
from tracker.settings import read_settings
from tracker.store.secrets import SecretScanner
from tracker.workflow.actions.closing import WontFix


def delivery(office: Office) -> SignedDelivery:
    return SignedDelivery(state=office.state, bot_url=office.bot_url)


def command_fields(office: Office, text: str) -> dict[str, str]:
    """A slash command of the support team, as Slack delivers it."""
    with office.state.changing():
        return {
            "command": "/bug",
            "text": text,
            "channel_id": "C0INCIDENTS",
            "user_id": "U0SUPPORT",
            "trigger_id": office.state.new_trigger("U0SUPPORT"),
            "response_url": office.state.new_response_url("C0INCIDENTS", "U0SUPPORT"),
        }


def done(office: Office) -> list[str]:
    """The answers that say "done", so far."""
    return [call["text"] for call in office.calls("response_url") if "✅" in call["text"]]


def answers_of_all(office: Office) -> list[str]:
    """What "done" was said to, once everybody has their answer."""
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1 The last word")
    support.await_message(INCIDENTS, "✅ BUG-0001: The last word")
    return done(office)[:-1]


def test_a_command_delivered_twice_makes_one_commit_and_one_answer(office: Office) -> None:
    office.bring("report")
    before = len(done(office))
    fields = command_fields(office, "note 1 Seen again")

    delivery(office).command(fields, "the note")
    office.state.until(lambda: len(done(office)) > before, "answer")
    delivery(office).command(fields, "the note again")

    assert answers_of_all(office)[before:] == ["✅ BUG-0001: Seen again"]
    assert office.subjects().count("BUG-0001 note: Seen again") == 1


def test_a_move_delivered_twice_is_not_refused_the_second_time(office: Office) -> None:
    office.bring("report")
    fields = command_fields(office, "wont-fix 1 The portal goes")

    delivery(office).command(fields, "the move")
    office.state.until(lambda: done(office), "answer")
    delivery(office).command(fields, "the move again")

    assert len(answers_of_all(office)) == 1
    assert office.subjects()[1] == "BUG-0001 wont-fix: The portal goes"


def test_a_form_delivered_twice_makes_one_commit(office: Office) -> None:
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug Redemption fails")
    form = support.form()
    values = form.fill({"What is broken?": "Redemption fails."})
    payload = {"type": "view_submission", "view": {**form.view, "state": {"values": values}}}

    first, _ = delivery(office).interaction("U0SUPPORT", payload, "the form")
    second, _ = delivery(office).interaction("U0SUPPORT", payload, "the form again")

    assert first == second == {}
    office.state.until(lambda: done(office), "answer")
    assert len(answers_of_all(office)) == 1
    assert office.subjects()[0] == "BUG-0001 report: Redemption fails"


def test_a_button_pressed_twice_makes_one_commit(office: Office) -> None:
    office.bring(*LIFE[:5])
    senior = office.person("senior")
    root = office.root()

    senior.press(INCIDENTS, "Approve", ts=root.ts)
    button = {"type": "button", "action_id": "move:approve", "value": BUG, "action_ts": "1.2"}
    container = {"message_ts": root.ts, "channel_id": root.channel}
    again = {"type": "block_actions", "container": container, "actions": [button]}
    delivery(office).interaction("U0SENIOR", again, "the button again")

    senior.await_message(INCIDENTS, "✅ BUG-0001: Approved by Senior Engineer.")
    assert sum("approve" in subject for subject in office.subjects()) == 1


def test_a_button_of_an_older_message_is_refused_clearly(office: Office) -> None:
    office.bring(*LIFE[:4])
    backend = office.person("backend")
    button = {"type": "button", "action_id": "move:identify", "value": BUG, "action_ts": "1.2"}
    container = {"message_ts": "1.1", "channel_id": "C0INCIDENTS"}
    pressed = {
        "type": "block_actions",
        "container": container,
        "channel": {"id": "C0INCIDENTS"},
        "actions": [button],
    }

    delivery(office).interaction("U0BACKEND", pressed, "an old button")

    backend.await_message(INCIDENTS, "BUG-0001 stands at “in progress”: go on with")


def test_what_cannot_be_shared_is_kept_and_told_when_it_is_through(office: Office) -> None:
    office.bring("report")
    away = office.git.path.rename(office.git.path.with_suffix(".away"))
    support = office.person("support")

    support.slash_command(INCIDENTS, "/bug note 1 Written while the repository is away")
    support.await_message(INCIDENTS, "Saved, not yet shared")
    away.rename(office.git.path)
    office.bot.committing.wake()

    support.await_message(INCIDENTS, "✅ BUG-0001: Written while the repository is away")
    assert office.subjects()[-1] == "BUG-0001 note: Written while the repository is away"


def test_what_was_kept_before_a_restart_is_brought_through_and_told(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner) as before:
        before.bring("report")
        away = before.git.path.rename(before.git.path.with_suffix(".away"))
        support = before.person("support")
        support.slash_command(INCIDENTS, "/bug note 1 Written before the restart.")
        support.await_message(INCIDENTS, "Saved, not yet shared")
    away.rename(before.git.path)

    with open_office(tmp_path, scanner, git=before.git) as after:
        support = after.person("support")
        told = support.await_message(INCIDENTS, "✅ BUG-0001")
        assert told["text"].endswith("Written before the restart.")
        assert "restart.." not in told["text"]
        assert after.subjects()[-1] == "BUG-0001 note: Written before the restart."


def test_a_form_that_the_newest_state_refuses_is_offered_again_with_its_text(
    office: Office,
) -> None:
    office.bring(*LIFE[:3])
    backend = office.person("backend")
    backend.slash_command(INCIDENTS, "/bug identify 1")
    form = backend.form()
    answers = {
        "Attempts to reproduce": "staging | the old app is refused | yes",
        "The problem in one sentence": "Signatures do not match",
        "Root cause": "Two algorithms.",
        "Why it happened": "No check",
        "Why it was not caught": "No test",
        "Fix strategy": "Hotfix",
    }
    assert set(answers) <= set(form.labels)
    close_elsewhere(office)

    assert backend.submit(answers).closed
    backend.await_message(INCIDENTS, "What you typed is kept")
    backend.slash_command(INCIDENTS, "/bug reopen 1 It is back")
    backend.await_message(INCIDENTS, "✅ BUG-0001: Reopened: It is back")
    offered = backend.await_message(INCIDENTS, "What you typed is kept")
    backend.press(INCIDENTS, "Identify cause", ts=offered["ts"])

    shown = backend.form("Identify the root cause").fill({})
    assert shown["summary"]["value"]["value"] == "Signatures do not match"
    assert shown["what"]["value"]["value"] == "Two algorithms."


def close_elsewhere(office: Office) -> None:
    """Close the bug past the bot's clone, as another replica or a merged pull request does."""
    folder = office.git.path.parent / "elsewhere"
    settings = read_settings(env_file=None, repository=str(office.git.path), data_dir=folder)
    other = open_tracker(settings)
    request = Request(
        id="elsewhere", bug=BUG, action=WontFix(reason="The portal goes"), actor=BACKEND
    )
    assert isinstance(other.act(request), Recorded)
    other.close()


def test_a_forged_signature_is_refused(office: Office) -> None:
    stranger = SlackApp(app_id="A0OTHER", bot_user_id="U0OTHER")
    state = dataclasses.replace(office.state, app=stranger)
    forged = SignedPerson(state=state, user_id="U0SUPPORT", bot_url=office.bot_url)

    with pytest.raises(NotAcknowledgedError, match="HTTP 401"):
        forged.slash_command(INCIDENTS, "/bug help")


def test_an_unknown_button_form_or_command_is_acknowledged_and_answered(office: Office) -> None:
    support = office.person("support")
    container = {"message_ts": "1.1", "channel_id": "C0INCIDENTS"}
    pressed = {
        "type": "block_actions",
        "container": container,
        "channel": {"id": "C0INCIDENTS"},
        "actions": [{"type": "button", "action_id": "gone", "value": "1", "action_ts": "1.2"}],
    }
    delivery(office).interaction("U0SUPPORT", pressed, "an unknown button")
    support.await_message(INCIDENTS, "another version of Bugbook")

    view = {
        "type": "modal",
        "id": "V1",
        "callback_id": "gone",
        "state": {"values": {}},
        "blocks": [],
    }
    delivery(office).interaction("U0SUPPORT", {"type": "view_submission", "view": view}, "a form")
    office.state.until(
        lambda: "This form is of another" in str(office.calls("chat.postMessage")), "answer"
    )

    delivery(office).command({**command_fields(office, ""), "command": "/gone"}, "a command")
    support.await_message(INCIDENTS, "does not know this command")


def test_a_kind_of_request_that_slack_invents_is_taken_and_the_person_told(
    office: Office,
) -> None:
    payload = {"type": "brand_new", "channel": {"id": "C0INCIDENTS"}}

    delivery(office).interaction("U0SUPPORT", payload, "something new")

    office.person("support").await_message(INCIDENTS, "another version of Bugbook")


def test_an_event_delivered_twice_acts_once(office: Office) -> None:
    office.bring("report")
    root = office.root()
    event = {
        "type": "app_mention",
        "user": "U0SUPPORT",
        "text": "<@U0BUGBOOK> note Seen in the thread",
        "ts": "1700000000.000100",
        "thread_ts": root.ts,
        "channel": root.channel,
    }

    delivery(office).event(event)
    delivery(office).event(event)

    office.person("support").await_message(INCIDENTS, "✅ BUG-0001: Seen in the thread")
    assert office.subjects().count("BUG-0001 note: Seen in the thread") == 1


def test_a_mention_that_needs_a_form_gets_a_button_for_it(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    root = office.root()

    support.send(INCIDENTS, "<@U0BUGBOOK> note", thread_ts=root.ts)
    offered = support.await_message(INCIDENTS, "This needs a form")
    support.press(INCIDENTS, "Add note", ts=offered["ts"])

    assert support.form("Add a note").labels[0] == "What happened"


def test_a_mention_without_a_command_is_told_what_can_be_said(office: Office) -> None:
    support = office.person("support")

    support.send(INCIDENTS, "<@U0BUGBOOK> hello there")

    support.await_message(INCIDENTS, "lists all commands")


def test_a_message_is_reported_with_its_text_and_its_address(office: Office) -> None:
    support = office.person("support")
    ts = support.send(INCIDENTS, "Redemption fails &amp; nobody knows why\nSince noon")
    shortcut = {
        "type": "message_action",
        "callback_id": "report_bug",
        "channel": {"id": "C0INCIDENTS"},
        "message": {"type": "message", "ts": ts, "text": "Redemption fails &amp; so\nSince noon"},
    }
    with office.state.changing():
        shortcut["response_url"] = office.state.new_response_url("C0INCIDENTS", "U0SUPPORT")

    delivery(office).interaction("U0SUPPORT", shortcut, "the shortcut")
    assert support.submit({}).errors == {}

    support.await_message(INCIDENTS, "✅ BUG-0001")
    record = office.tracker.load(BUG)
    assert record.title == "Redemption fails & so"
    assert record.report.what_is_broken == "Redemption fails & so\nSince noon"
    assert (record.reported.permalink or "").endswith(ts.replace(".", ""))


def test_the_author_of_a_reported_message_is_its_reporter(office: Office) -> None:
    support, oncall = office.person("support"), office.person("oncall")
    ts = support.send(INCIDENTS, "Redemption fails")

    use_shortcut(office, oncall, "report_bug", ts, "Redemption fails", support.user_id)
    assert oncall.submit({}).errors == {}

    oncall.await_message(INCIDENTS, "✅ BUG-0001")
    assert office.tracker.load(BUG).reported.by == SUPPORT


def test_a_message_of_the_thread_goes_into_the_timeline_of_its_bug_once(office: Office) -> None:
    office.bring("report")
    root, backend = office.root(), office.person("backend")
    ts = backend.send(INCIDENTS, "Rolled back", thread_ts=root.ts)
    oncall = office.person("oncall")

    for told in (
        "✅ BUG-0001: Backend Engineer: Rolled back",
        "in the timeline of BUG-0001 already",
    ):
        use_shortcut(office, oncall, "add_to_timeline", ts, "Rolled back", backend.user_id, root.ts)
        oncall.await_message(INCIDENTS, told)

    entries = [entry for entry in office.tracker.load(BUG).timeline if entry.action == "quote"]
    assert [(entry.text, entry.by) for entry in entries] == [
        ("Backend Engineer: Rolled back", ONCALL)
    ]
    assert (entries[0].source or "").startswith("http")


def test_a_message_from_elsewhere_goes_to_the_bug_that_is_chosen(office: Office) -> None:
    office.report("Redemption fails")
    office.report("Login fails")
    support = office.person("support")
    ts = support.send(INCIDENTS, "Seen again")

    use_shortcut(office, support, "add_to_timeline", ts, "Seen again", support.user_id)
    choice = support.await_message(INCIDENTS, "Which bug do you mean?")
    support.press(INCIDENTS, "move:quote", ts=choice["ts"])

    support.await_message(INCIDENTS, ": Seen again")


def use_shortcut(  # noqa: PLR0917 - what Slack tells of a message
    office: Office,
    person: SignedPerson,
    callback_id: str,
    ts: str,
    text: str,
    author: str,
    thread_ts: str = "",
) -> None:
    """Choose an entry of a message's menu."""
    message = {"type": "message", "ts": ts, "text": text, "user": author, "thread_ts": thread_ts}
    with office.state.changing():
        url = office.state.new_response_url("C0INCIDENTS", person.user_id)
    shortcut = {
        "type": "message_action",
        "callback_id": callback_id,
        "channel": {"id": "C0INCIDENTS"},
        "message": message,
        "response_url": url,
    }
    delivery(office).interaction(person.user_id, shortcut, "the shortcut")


def test_an_error_of_ours_is_acknowledged_and_answered_with_a_sentence(office: Office) -> None:
    def fail(args: Args) -> None:
        raise KeyError(args.body["text"])

    app = App(client=office.bot.desk.client, signing_secret=SOCKET_APP.signing_secret)
    app.command("/bug")(bounded(fail))
    with http(app, "127.0.0.1", 0) as url:
        support = dataclasses.replace(office.person("support"), bot_url=url)
        support.slash_command(INCIDENTS, "/bug help")

        support.await_message(INCIDENTS, "Something went wrong in Bugbook")


def test_trouble_in_a_form_keeps_the_form_open(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1")
    support.form()
    checkout = new_checkout(office.git.path.parent / "checkout", of=office.git)
    checkout.write("bugs/policy.yaml", "chanels: {}\n")
    checkout("push", "-q", "origin", "main")
    office.tracker.refresh()

    errors = support.submit({"What happened": "It fails"}).errors

    assert "bugs/policy.yaml:1:1" in errors["What happened"]


def test_a_token_that_slack_refuses_is_told_in_a_sentence(office: Office) -> None:
    client = web_client("xoxb-wrong", f"{office.state.base_url}/api/")

    with pytest.raises(SlackRefusedError, match="check SLACK_BOT_TOKEN"):
        build_bot(office.tracker, client)


def test_a_port_in_use_is_told_in_a_sentence(office: Office) -> None:
    port = int(office.bot_url.split(":")[2].split("/")[0])

    with (
        pytest.raises(PortTakenError, match="choose another port"),
        http(office.bot.app, "127.0.0.1", port),
    ):
        pass


def test_a_button_of_a_bug_that_is_gone_is_answered_with_the_nearest(office: Office) -> None:
    office.bring("report")
    button = {"type": "button", "action_id": "move:note", "value": "BUG-0007", "action_ts": "1.2"}
    pressed = {
        "type": "block_actions",
        "container": {"message_ts": "1.1", "channel_id": "C0INCIDENTS"},
        "actions": [button],
    }

    delivery(office).interaction("U0SUPPORT", pressed, "a button")

    office.person("support").await_message(INCIDENTS, "did you mean BUG-0001?")


def test_a_closed_bug_is_reopened_before_it_moves(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug wont-fix 1 The portal goes")
    support.await_message(INCIDENTS, "✅ BUG-0001")

    support.slash_command(INCIDENTS, "/bug mitigate 1 Portal off")

    support.await_message(INCIDENTS, "BUG-0001 is closed: reopen it before “mitigate”.")


def test_an_answer_is_owed_while_another_bot_is_about_to_keep_its_action(office: Office) -> None:
    desk, answers = office.bot.desk, office.tracker.ledger.answers
    answers.owe(OwedAnswer(request="slack-command-1", user="U0SUPPORT"))
    adopt(desk, older_than=ADOPTED_AFTER)
    adopt(desk, older_than=ADOPTED_AFTER)
    assert answers.owes("slack-command-1")

    adopt(desk, older_than=timedelta(0))
    assert not answers.owes("slack-command-1")
