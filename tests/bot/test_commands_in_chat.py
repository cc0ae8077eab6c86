"""What people type after `/bug` and `/hotfix`, answered by the real bot over signed HTTP."""

import re

import pytest

from demo.message import visible_text
from demo.participant import ACK_SECONDS
from demo.signed_delivery import SignedDelivery
from demo.signed_person import SignedPerson
from tests.bot.office import BUG, INCIDENTS, LIFE, Office
from tests.builders.life import BACKEND
from tests.real_git import new_checkout
from tracker.assembly import Request
from tracker.workflow.verbs import VERBS


@pytest.fixture
def support(office: Office) -> SignedPerson:
    return office.person("support")


def answer(person: SignedPerson, line: str) -> str:
    """What the bot answers to a command, as the person reads it."""
    before = {message["ts"] for message in person.messages(INCIDENTS)}
    person.slash_command(INCIDENTS, line)
    return person.state.until(
        lambda: next(
            (
                visible_text(message)
                for message in person.state.visible("C0INCIDENTS", person.user_id)
                if message["ts"] not in before and message.get("ephemeral_to")
            ),
            None,
        ),
        f"answer to {line}",
        person.patience,
    )


def test_the_bare_command_opens_an_empty_report_form(support: SignedPerson) -> None:
    assert support.slash_command(INCIDENTS, "/bug") < ACK_SECONDS

    form = support.form("Report a bug")
    assert form.fill({})["title"]["value"]["value"] is None


def test_words_after_the_command_are_the_title_of_a_report(support: SignedPerson) -> None:
    support.slash_command(INCIDENTS, "/bug Redemption fails since noon")

    values = support.form("Report a bug").fill({})
    assert values["title"]["value"]["value"] == "Redemption fails since noon"


def test_a_long_report_is_the_description_too(support: SignedPerson) -> None:
    told = "Redemption fails since noon. " * 10
    support.slash_command(INCIDENTS, f"/bug report {told}")

    values = support.form("Report a bug").fill({})
    assert values["what_is_broken"]["value"]["value"] == told.strip()
    assert values["title"]["value"]["value"].startswith("Redemption fails since noon.")


@pytest.mark.parametrize("line", ["/bug help", "/bug help triage", "/hotfix help"])
def test_help_tells_how_to_go_on(support: SignedPerson, line: str) -> None:
    assert "/bug" in answer(support, line) or "/hotfix" in answer(support, line)


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("/bug triag 1", "/bug triage"),
        ("/bug hlep", "/bug help"),
        ("/hotfix reveiw 1", "/hotfix review"),
    ],
)
def test_a_mistyped_command_is_answered_with_the_nearest(
    support: SignedPerson, line: str, meant: str
) -> None:
    assert f"Did you mean “{meant}”?" in answer(support, line)


@pytest.mark.parametrize(
    ("line", "button"), [("/hotfix staus 1", "Status"), ("/bug histroy 1", "History")]
)
def test_a_slip_in_a_word_that_shows_a_bug_is_answered_with_its_button(
    office: Office, line: str, button: str
) -> None:
    office.bring("report")
    support = office.person("support")
    told = answer(support, line)

    assert button in told.splitlines()[-2:]


def test_a_mention_in_the_middle_of_talk_is_told_that_commands_are_understood(
    office: Office, support: SignedPerson
) -> None:
    office.bring("report")
    support.send(INCIDENTS, "hey <@U0BUGBOOK> can you help?")
    support.await_message(INCIDENTS, "Bugbook understands commands only")

    support.send(INCIDENTS, "then <@U0BUGBOOK> note 1 Rolled back")
    support.await_message(INCIDENTS, "✅ BUG-0001: Rolled back")


def test_a_number_far_from_every_bug_suggests_none(office: Office, support: SignedPerson) -> None:
    office.bring("report")

    assert "did you mean" not in answer(support, "/bug show 999")


def test_an_unknown_number_is_answered_with_the_nearest(
    office: Office, support: SignedPerson
) -> None:
    office.bring("report")

    assert BUG in answer(support, "/bug show 2")
    assert office.subjects() == ["BUG-0001 report: Redemption fails"]


@pytest.mark.parametrize("typed", ["1", "bug-1", "BUG-0001", "show 1"])
def test_a_number_alone_shows_the_bug(office: Office, typed: str) -> None:
    office.bring("report")

    assert "Redemption fails" in answer(office.person("support"), f"/bug {typed}")


def test_no_number_means_the_only_open_bug_of_the_caller(office: Office) -> None:
    office.bring("report")

    told = answer(office.person("support"), "/bug note Seen in the second portal too")

    assert told.startswith("✅ BUG-0001: Seen in the second portal too")


def test_somebody_with_several_bugs_chooses_and_the_words_are_kept(office: Office) -> None:
    office.report("Redemption fails")
    office.report("Login fails")
    support = office.person("support")

    assert "Which bug do you mean?" in answer(support, "/bug note Since noon")
    choice = support.await_message(INCIDENTS, "Which bug do you mean?")
    support.press(INCIDENTS, "move:note", ts=choice["ts"])

    support.await_message(INCIDENTS, ": Since noon")
    assert office.subjects()[-1].endswith("note: Since noon")


def test_words_that_wait_for_a_choice_are_only_shown_when_another_button_is_pressed(
    office: Office,
) -> None:
    office.report("Redemption fails")
    office.report("Login fails")
    support = office.person("support")
    answer(support, "/bug note Since noon")

    root = office.tracker.ledger.root_message("BUG-0001")
    assert root is not None
    support.press(INCIDENTS, "Add note", ts=root.ts)

    form = support.form()
    assert form.fill({})["text"]["value"]["value"] == "Since noon"
    assert len(office.subjects()) == 2


def test_nobody_without_a_bug_is_left_without_an_answer(support: SignedPerson) -> None:
    assert "/bug list" in answer(support, "/bug note Since noon")


def test_a_list_can_be_narrowed(office: Office) -> None:
    office.bring(*LIFE[:3])
    backend = office.person("backend")

    assert BUG in answer(backend, "/bug list")
    assert BUG in answer(backend, "/bug list P2 mine")
    assert "No bug matches." in answer(backend, "/bug list P1")
    assert "No bug matches." in answer(backend, "/bug list testing")
    assert BUG in answer(backend, "/bug list assignee=@backend")
    assert "No bug matches." in answer(backend, "/bug list @oncall")
    assert BUG in answer(backend, "/bug search redemption")
    assert "No bug matches." in answer(backend, "/bug search login")
    assert "Say what to look for" in answer(backend, "/bug search")


def test_a_list_by_a_state_or_severity_that_there_is_none_of_names_those_there_are(
    office: Office,
) -> None:
    office.bring("report")
    support = office.person("support")

    mistyped = answer(support, "/bug list status=reportet")
    assert "“reportet” is no status. Did you mean “reported”?" in mistyped
    assert "Choose from: P0, P1, P2, P3." in answer(support, "/bug list severity=P9")
    assert BUG in answer(support, "/bug list status=reported")


def test_a_list_by_a_filter_that_there_is_none_of_names_those_there_are(office: Office) -> None:
    office.report("Checkout answers max=5")
    support = office.person("support")

    mistyped = answer(support, "/bug list sev=P0")
    assert "“sev=” is no filter of a list. Did you mean “severity=”?" in mistyped
    assert "The filters are “status=”, “severity=”" in mistyped
    assert "Did you mean “assignee=”?" in answer(support, "/bug list status=reported asignee=me")
    assert "“foo=” is no filter of a list. The filters" in answer(support, "/bug list foo=bar")
    assert BUG in answer(support, "/bug list max=5")


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb != "report"])
def test_every_verb_is_answered_by_a_form_or_a_sentence(office: Office, verb: str) -> None:
    office.bring("report")
    backend = office.person("backend")
    command = f"/hotfix {verb[7:]}" if verb.startswith("hotfix-") else f"/bug {verb}"
    before = {message["ts"] for message in backend.messages(INCIDENTS)}

    backend.slash_command(INCIDENTS, f"{command} 1")

    def answered() -> bool | None:
        view = office.state.views.get(backend.user_id)
        messages = office.state.visible("C0INCIDENTS", backend.user_id)
        told = [message for message in messages if message["ts"] not in before]
        return True if view or any(message.get("ephemeral_to") for message in told) else None

    assert office.state.until(answered, f"answer to {verb}")
    assert len(office.subjects()) == 1


@pytest.mark.parametrize("typed", ["99999999999999", "bug-99999999999999"])
def test_a_number_too_long_for_any_bug_gets_a_sentence(office: Office, typed: str) -> None:
    office.bring("report")
    support = office.person("support")

    told = answer(support, f"/bug triage {typed} P1")

    assert "99999999999999" in told
    assert len(office.subjects()) == 1


def test_a_move_that_the_state_forbids_opens_no_form(office: Office) -> None:
    office.bring("report")
    backend = office.person("backend")

    told = answer(backend, "/bug deploy 1")

    assert "where “deploy” is not possible" in told
    assert not office.state.views.get(backend.user_id)


def test_a_button_of_a_bug_that_moved_on_is_answered_with_where_it_stands(office: Office) -> None:
    office.bring("report", "triage", "assign")
    backend = office.person("backend")
    backend.slash_command(INCIDENTS, "/bug show 1")
    shown = backend.await_message(INCIDENTS, "What is broken")
    office.bring("identify")

    backend.press(INCIDENTS, "move:identify", ts=shown["ts"])

    told = visible_text(backend.await_message(INCIDENTS, "“identify” is recorded already, by"))
    assert "BUG-0001 stands at “" in told
    assert not office.state.views.get(backend.user_id)


def test_a_refusal_of_typed_words_names_every_condition(office: Office) -> None:
    office.bring(*LIFE)

    told = answer(office.person("backend"), "/bug deploy 1 v2.0.2")

    assert told.startswith("✋ Deploy is not possible yet for BUG-0001. Nothing was changed.")
    assert "load test" in told.lower()
    assert "release notes" in told.lower()


def test_words_that_do_not_suffice_are_shown_in_the_form(office: Office) -> None:
    office.bring(*LIFE[:4])
    backend = office.person("backend")
    backend.slash_command(INCIDENTS, "/bug submit-fix 1 summary=Both are taken branch=fix/both")

    values = backend.form("Submit the fix").fill({})

    assert values["summary"]["value"]["value"] == "Both are taken"
    assert values["branch"]["value"]["value"] == "fix/both"


def test_words_that_were_refused_are_in_the_form_that_is_opened_next(office: Office) -> None:
    office.bring(*LIFE)
    backend = office.person("backend")
    answer(backend, "/bug deploy 1 v2.0.2")
    office.bring("evidence", "release-notes")

    backend.press(INCIDENTS, "Deploy", ts=office.root().ts)

    values = backend.form("Deploy the fix").fill({})
    assert values["version"]["value"]["value"] == "v2.0.2"


def test_the_form_of_triage_shows_the_computed_severity_as_it_is_answered(office: Office) -> None:
    office.bring("report")
    oncall = office.person("oncall")
    oncall.slash_command(INCIDENTS, "/bug triage 1")
    form = oncall.form("Triage")
    before = visible_text(form.view)
    values = form.fill(
        {
            "Is production down?": "Yes",
            "Is data at risk?": "No",
            "Is a core feature broken?": "No",
            "Are all users affected?": "No",
            "Is there a workaround?": "Yes",
            "Is the business hit?": "No",
        }
    )
    action = {"type": "radio_buttons", "action_id": "value", "block_id": "answers.production_down"}
    view = {**form.view, "state": {"values": values}}
    payload = {"type": "block_actions", "view": view, "container": {}, "actions": [action]}

    delivery = SignedDelivery(state=office.state, bot_url=office.bot_url)
    delivery.interaction(oncall.user_id, payload, "an answer")

    shown = office.state.until(
        lambda: text if (text := visible_text(oncall.form().view)) != before else None, "P0"
    )
    assert "P0" in shown


def test_a_form_that_could_only_be_refused_is_not_opened(office: Office) -> None:
    office.bring("report")
    backend = office.person("backend")

    told = answer(backend, "/bug assign 1")
    assert "stands at “reported”, where “assign” is not possible: go on with “triage”" in told
    assert "BUG-0001 has no severity: triage it first." in answer(backend, "/hotfix declare 1")
    assert "is no move that can be taken back" in answer(office.person("qa"), "/bug undo 1")

    office.bring(*LIFE[1:], "hotfix-declare")
    assert "is declared for BUG-0001 already" in answer(office.person("senior"), "/hotfix declare")
    told = answer(office.person("oncall"), "/bug deploy 1")
    assert "load test has not passed: run it" in told
    assert "needs release notes before the deployment" in told
    assert office.calls("views.open") == []


def test_hotfix_alone_without_a_track_is_answered_with_help(support: SignedPerson) -> None:
    told = answer(support, "/hotfix")
    assert "HOTFIX" in told
    assert "No hotfix is under way." in told


def test_a_step_that_cannot_be_recorded_yet_is_refused_before_its_form_is_filled_in(
    office: Office,
) -> None:
    office.bring(*LIFE[:3])
    oncall = office.person("oncall")

    told = answer(oncall, "/hotfix branch 1")
    assert "Hotfix step “declare” comes before “branch”: do it first." in told

    office.bring("hotfix-declare", "hotfix-branch")
    told = answer(oncall, "/hotfix implement 1 summary=Flag off")
    assert "stands at “investigating”, where “hotfix-implement” is not possible" in told
    assert "go on with “identify”" in told


def test_a_hotfix_is_declared_and_followed(office: Office) -> None:
    office.bring(*LIFE[:3])
    oncall = office.person("oncall")
    oncall.slash_command(INCIDENTS, "/hotfix declare 1")
    form = oncall.form()
    assert oncall.submit(hotfix_answers(form.labels)).errors == {}
    oncall.await_message(INCIDENTS, "✅ BUG-0001")

    told = answer(oncall, "/hotfix")

    assert "hotfix of BUG-0001" in told
    assert "Next: branch" in told
    assert "hotfix of BUG-0001" in answer(oncall, "/hotfix 1")
    assert "hotfix of BUG-0001" in answer(oncall, "/hotfix status 1")


def hotfix_answers(labels: list[str]) -> dict[str, str]:
    given = {
        "Commander": "On-call Engineer",
        "Reason": "Customers wait",
        "Why a hotfix": "Customers wait",
    }
    return {label: answer for label, answer in given.items() if label in labels}


def test_text_of_markup_templates_and_commands_stays_text(office: Office) -> None:
    office.bring("report")
    hostile = "<b>&amp;</b> *bold* {{ 7*7 }} $(id) `rm` <script>alert(1)</script> --force"

    escaped = hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    told = answer(office.person("support"), f"/bug note 1 {escaped}")

    assert hostile in told
    assert office.tracker.load("1").timeline[-1].text == hostile


def test_a_secret_is_taken_out_and_its_author_is_told_privately(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    token = "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a"

    support.slash_command(INCIDENTS, f"/bug note 1 The job used {token} at noon")

    support.await_message(INCIDENTS, "Taken out of your text before anything was kept: ")
    support.await_message(INCIDENTS, "✅ BUG-0001")
    assert token not in office.git("log", "-p", "main")


def test_people_are_named_by_mention_as_slack_escapes_it(office: Office) -> None:
    office.bring(*LIFE[:2])

    told = answer(office.person("oncall"), "/bug assign 1 <@U0BACKEND|backend> eta 2h")

    assert told.startswith("✅ BUG-0001: Assigned to Backend Engineer, ETA 2h.")


def test_a_broken_file_is_told_with_its_place(office: Office) -> None:
    office.bring("report")
    push_text(office, "bugs/policy.yaml", "version: 1\nchanels: {}\n")

    support = office.person("support")

    assert "BUG-0001" in answer(support, "/bug list")

    told = str(support.await_message(INCIDENTS, "bugs/policy.yaml:2:1"))
    assert "channels" in told
    assert "Nothing can be recorded until this is corrected" in told


def push_text(office: Office, path: str, text: str) -> None:
    """Push a file as a person does, and let the bot fetch it."""
    folder = office.git.path.parent / "checkout"
    checkout = new_checkout(folder, of=office.git)
    checkout.write(path, text)
    checkout("push", "-q", "origin", "main")
    assert office.tracker.refresh() is None


def test_a_bug_may_be_named_by_words_of_its_title(office: Office) -> None:
    office.report("Redemption fails")
    office.report("Redemption is slow")
    support = office.person("support")

    assert "What is broken" in answer(support, "/bug show redemption fails")
    assert "did you mean BUG-0001 or BUG-0002?" in answer(support, "/bug show redemption")
    assert "History of BUG-0002" in answer(support, "/bug history is slow")
    assert "did you mean BUG-0001 or BUG-0002?" in answer(support, "/bug assign redemption me")
    choice = support.await_message(INCIDENTS, "did you mean")
    support.press(INCIDENTS, "move:assign", ts=choice["ts"])
    support.await_message(INCIDENTS, "Assign is not possible yet for BUG-000")


def test_a_bug_that_is_named_by_its_title_is_acted_on(office: Office) -> None:
    office.bring("report", "triage")

    told = answer(office.person("backend"), "/bug assign redemption eta 2h me")

    assert told.startswith("✅ BUG-0001: Assigned to Backend Engineer, ETA 2h")


def test_what_was_meant_by_a_mistyped_command_is_one_click_away(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    told = answer(support, "/bug 1 noet Rolled back")
    assert "Did you mean “/bug note”?" in told
    suggestion = support.await_message(INCIDENTS, "Did you mean")

    support.press(INCIDENTS, "Add note", ts=suggestion["ts"])

    support.await_message(INCIDENTS, "✅ BUG-0001: Rolled back")


def test_a_slip_before_a_title_is_one_click_away_too(office: Office) -> None:
    office.bring("report", "triage")
    backend = office.person("backend")
    assert "Redemption fails" in answer(backend, "/bug assgin redemption @backend eta 2h")
    suggestion = backend.await_message(INCIDENTS, "Did you mean “/bug assign”?")

    backend.press(INCIDENTS, "Assign", ts=suggestion["ts"])

    backend.await_message(INCIDENTS, "✅ BUG-0001: Assigned to Backend Engineer, ETA 2h")


def test_a_name_that_nobody_has_is_told_in_the_form_with_the_nearest(office: Office) -> None:
    office.bring("report", "triage")
    oncall = office.person("oncall")

    oncall.slash_command(INCIDENTS, "/bug assign 1 @bakend backup @senior")
    form = oncall.form("Assign")

    assert "“@bakend” is nobody’s name here. Did you mean @backend?" in visible_text(form.view)
    assert form.fill({})["backup"]["value"]["selected_user"] == "U0SENIOR"
    assert office.subjects()[-1].startswith("BUG-0001 triage")


def test_a_mistyped_report_is_one_click_away_without_the_mistake(office: Office) -> None:
    support = office.person("support")
    assert "Did you mean “/bug report”?" in answer(support, "/bug repotr checkout is broken")
    suggestion = support.await_message(INCIDENTS, "Did you mean")

    support.press(INCIDENTS, "Report", ts=suggestion["ts"])

    values = support.form("Report a bug").fill({})
    assert values["title"]["value"]["value"] == "checkout is broken"


def test_what_was_meant_by_a_mistyped_mention_in_a_thread_is_one_click_away(office: Office) -> None:
    office.bring("report")
    support, root = office.person("support"), office.root()
    support.send(INCIDENTS, "<@U0BUGBOOK> noet Rolled back", thread_ts=root.ts)
    suggestion = support.await_message(INCIDENTS, "Did you mean “/bug note”?")

    support.press(INCIDENTS, "Add note", ts=suggestion["ts"])

    support.await_message(INCIDENTS, "✅ BUG-0001: Rolled back")


@pytest.mark.parametrize("typed", ["2h Waiting", "until=2h reason=Waiting"])
def test_reminders_rest_for_a_typed_span(office: Office, typed: str) -> None:
    office.bring("report")

    told = answer(office.person("support"), f"/bug snooze 1 {typed}")

    assert "Reminders rest until" in told
    assert told.partition("\n")[0].endswith("UTC. Waiting")


def test_a_span_in_no_known_unit_opens_the_form_with_the_units_that_there_are(
    office: Office,
) -> None:
    office.bring("report")
    support = office.person("support")

    support.slash_command(INCIDENTS, "/bug snooze 1 2x")

    shown = visible_text(support.form("Snooze reminders").view)
    assert "write it as 30m, 2h or 1d from now on, or as 2026-12-31T12:15Z" in shown


def test_what_was_no_mistake_is_reported_as_it_was_typed(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    answer(support, "/bug 1 noet Rolled back")
    suggestion = support.await_message(INCIDENTS, "Did you mean")

    support.press(INCIDENTS, "Report", ts=suggestion["ts"])

    values = support.form("Report a bug").fill({})
    assert values["title"]["value"]["value"] == "1 noet Rolled back"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/bug similar 1", "No other bug shares enough with BUG-0001."),
        ("/bug history 1", "Backend Engineer: triage: P2"),
        ("/bug readiness 1", "PRODUCTION READINESS: NOT READY"),
        ("/bug metrics", "ALL BUGS"),
        ("/bug prompt 1 root-cause", "# Root cause of BUG-0001"),
        ("/bug prompt 1", "Say which prompt: “triage”"),
        ("/bug search redemtion fails", "1 bug"),
    ],
)
def test_a_bug_can_be_studied_in_chat(office: Office, line: str, told: str) -> None:
    office.bring("report", "triage")

    assert told in answer(office.person("backend"), line)
    assert len(office.subjects()) == 2


def test_an_investigation_is_shown_and_recorded_in_one_commit(office: Office) -> None:
    office.report("Coupon redemption rejected signature")
    office.report("Coupon redemption signature rejected")
    support = office.person("support")

    support.slash_command(INCIDENTS, "/bug investigate 2")
    support.await_message(INCIDENTS, "Similar past bugs")
    office.state.until(lambda: office.subjects()[-1].startswith("BUG-0002 plan"), "the commit")

    support.await_message(INCIDENTS, "names no component of the policy: no code was searched")


def test_a_file_that_cannot_be_read_is_told_beside_the_list(office: Office) -> None:
    office.bring("report")
    push_text(office, "bugs/000/BUG-0002.yaml", "schema: 1\nid: BUG-0002\n")
    support = office.person("support")

    support.slash_command(INCIDENTS, "/bug list")

    support.await_message(INCIDENTS, "bugs/000/BUG-0002.yaml:")
    support.await_message(INCIDENTS, "Redemption fails")


def test_show_and_status_go_on_with_the_bug_that_was_chosen(office: Office) -> None:
    office.report("Redemption fails")
    office.report("Login fails")
    support = office.person("support")
    answer(support, "/bug show")
    support.press(INCIDENTS, "move:show")
    support.await_message(INCIDENTS, "What is broken")

    with office.state.changing():
        url = office.state.new_response_url("C0INCIDENTS", "U0SUPPORT")
    button = {"type": "button", "action_id": "move:status", "value": BUG, "action_ts": "1.1"}
    payload = {"type": "block_actions", "actions": [button], "response_url": url}
    delivery = SignedDelivery(state=office.state, bot_url=office.bot_url)
    delivery.interaction("U0SUPPORT", payload, "a button")
    support.await_message(INCIDENTS, "BUG-0001 has no hotfix track.")


def test_a_form_that_another_command_has_to_prepare_tells_so_beside_it(office: Office) -> None:
    office.bring(*LIFE, "evidence", "release-notes")
    backend = office.person("backend")
    backend.press(INCIDENTS, "Deploy", ts=office.root().ts)
    assert "Version" in backend.form("Deploy the fix").labels
    slow = {"tests": [{"suite": "load", "name": "load", "result": "failed"}]}
    action = VERBS["evidence"].model_validate(slow)
    office.tracker.act(Request(id="slow", bug=BUG, action=action, actor=BACKEND))

    refused = backend.submit({"Version": "v2"})

    assert refused.errors
    told = backend.await_message(INCIDENTS, "Deploy is not possible yet for BUG-0001")
    backend.press(INCIDENTS, "Record tests", ts=told["ts"])
    assert "Suite" in backend.form("Record tests").labels
    assert office.subjects()[-1] == "BUG-0001 evidence: load"


def test_a_trigger_that_is_too_old_leaves_a_button(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    with office.state.changing():
        trigger = office.state.new_trigger(support.user_id)
        office.state.triggers[trigger].used = True
        fields = {
            "command": "/bug",
            "text": "note 1",
            "channel_id": "C0INCIDENTS",
            "user_id": support.user_id,
            "trigger_id": trigger,
            "response_url": office.state.new_response_url("C0INCIDENTS", support.user_id),
        }

    SignedDelivery(state=office.state, bot_url=office.bot_url).command(fields, "a late command")

    support.await_message(INCIDENTS, "This needs a form: open it with the button.")


def test_whoever_replaces_what_another_just_set_is_told_of_it_and_how_to_set_it_back(
    office: Office,
) -> None:
    office.bring(*LIFE[:3])
    told = answer(office.person("oncall"), "/bug assign 1 <@U0ONCALL|oncall>")

    assert "Assigned to On-call Engineer." in told
    assert re.search(
        r"⚠️ This replaced what Backend Engineer had set at \S+ \S+ UTC: assignee Backend"
        r" Engineer\. If that was not meant, “/bug assign BUG-0001” sets it back\.",
        told,
    )
