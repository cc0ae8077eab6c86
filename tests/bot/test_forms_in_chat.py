"""Forms in chat: live, in steps, kept when they are closed, and whole after a crash."""

import pytest

from bot.draft import draft_key
from demo.message import visible_text
from demo.signed_person import SignedPerson
from tests.bot.office import BUG, INCIDENTS, LIFE, Office
from tests.bot.open_form import choose, give_up, press_inside
from tests.bot.slack_life import TRIAGE


def value(person: SignedPerson, name: str) -> object:
    """What an input of the open form holds."""
    return person.form().fill({})[name]["value"]["value"]


def test_a_form_that_is_closed_is_kept_and_offered(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1")
    give_up(support, {"What happened": "Seen in the second portal"})

    offered = support.await_message(INCIDENTS, "without submitting it")
    support.press(INCIDENTS, "Add note", ts=offered["ts"])

    assert value(support, "text") == "Seen in the second portal"
    assert "did not submit" in visible_text(support.form().view)
    assert support.submit({}).closed
    support.await_message(INCIDENTS, "✅ BUG-0001: Seen in the second portal")
    support.slash_command(INCIDENTS, "/bug note 1")
    assert value(support, "text") is None


def test_people_who_are_typed_in_a_title_are_called_by_their_names(office: Office) -> None:
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug Login of @senior fails")

    assert value(support, "title") == "Login of @Senior Engineer fails"


def test_a_form_that_is_closed_untouched_says_nothing(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1")
    before = len(support.messages(INCIDENTS))

    give_up(support, {})
    support.slash_command(INCIDENTS, "/bug show 1")
    support.await_message(INCIDENTS, "What is broken")

    assert len(support.messages(INCIDENTS)) == before + 1


def test_what_is_kept_can_be_discarded(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1")
    give_up(support, {"What happened": "Nonsense"})
    offered = support.await_message(INCIDENTS, "without submitting it")

    support.press(INCIDENTS, "Discard it", ts=offered["ts"])
    support.await_message(INCIDENTS, "is discarded")

    support.slash_command(INCIDENTS, "/bug note 1")
    assert value(support, "text") is None


def test_every_choice_keeps_what_is_typed_beside_it(office: Office) -> None:
    office.bring("report")
    oncall = office.person("oncall")
    oncall.slash_command(INCIDENTS, "/bug triage 1")
    entered = {"Is production down?": "No", "Initial findings": "Only the old app"}
    choose(oncall, "Is production down?", entered)
    key = draft_key(oncall.user_id, "triage", BUG)
    office.state.until(lambda: office.bot.desk.drafts.get(key), "draft")

    with office.state.changing():  # the window is closed without a word, as by a crash
        office.state.views.pop(oncall.user_id)
    oncall.slash_command(INCIDENTS, "/bug triage 1")

    assert value(oncall, "initial_findings") == "Only the old app"


def test_triage_shows_the_clocks_of_the_severity_and_bugs_that_may_be_the_same(
    office: Office,
) -> None:
    office.report("Coupon redemption rejected signature", **{"Actual behaviour": "Invalid"})
    office.report("Coupon redemption signature rejected", **{"Actual behaviour": "Invalid"})
    oncall = office.person("oncall")
    oncall.slash_command(INCIDENTS, "/bug triage 2")
    first = visible_text(oncall.form().view)
    choose(oncall, "Is production down?", {**TRIAGE, "Is production down?": "Yes"})

    shown = office.state.until(
        lambda: text if "make it" in (text := visible_text(oncall.form().view)) else None,
        "P0",
    )

    assert "⚪ BUG-0001 Coupon redemption rejected signature" in first
    assert "/bug mark-duplicate BUG-0002" in first
    assert "Respond within 15 min (by 20" in shown
    assert "Fix within 4 h (by 20" in shown


def test_a_postmortem_is_written_in_steps_and_survives_a_restart_of_the_form(
    office: Office,
) -> None:
    office.bring(*LIFE)
    backend = office.person("backend")
    backend.slash_command(INCIDENTS, "/bug postmortem 1")
    second = backend.submit({"Summary": "Old apps were refused."}, title="Post-mortem 1 of 3")
    assert second.view is not None
    give_up(backend, {"What went well": "Quick triage"})

    backend.slash_command(INCIDENTS, "/bug postmortem 1")
    assert value(backend, "summary") == "Old apps were refused."
    assert backend.submit({}).view is not None
    assert value(backend, "went_well") == "Quick triage"
    press_inside(backend, "Back", {"Lessons learned": "Test old apps"})
    office.state.until(lambda: backend.form("Post-mortem 1 of 3"), "the first step")
    assert backend.submit({}).view is not None
    assert value(backend, "lessons") == "Test old apps"
    assert backend.submit({}).view is not None
    refused = backend.submit({"Prevention measures": "no kind"})
    assert "begin it with its kind" in refused.errors["Prevention measures"]
    assert backend.submit({"Prevention measures": "testing: Test old apps"}).closed

    backend.await_message(INCIDENTS, "✅ BUG-0001")
    written = office.tracker.load(BUG).postmortem
    assert written is not None
    assert written.summary == "Old apps were refused."
    assert written.went_well == ("Quick triage",)
    assert written.lessons == ("Test old apps",)


def test_what_is_entered_can_be_kept_and_thrown_away_in_the_form(office: Office) -> None:
    office.bring(*LIFE[:3])
    backend = office.person("backend")
    backend.slash_command(INCIDENTS, "/bug identify 1")
    press_inside(backend, "Keep as draft", {"The problem in one sentence": "Two algorithms"})
    office.state.until(lambda: "did not submit" in visible_text(backend.form().view), "the note")

    press_inside(backend, "Start over", {})
    office.state.until(
        lambda: "did not submit" not in visible_text(backend.form().view),
        "a new form",
    )

    assert value(backend, "summary") is None


def test_what_is_typed_wins_over_what_was_entered_before_and_the_rest_stays(
    office: Office,
) -> None:
    office.bring(*LIFE[:3])
    backend = office.person("backend")
    backend.slash_command(INCIDENTS, "/bug identify 1")
    entered = {"The problem in one sentence": "Two algorithms", "Root cause": "Old apps"}
    press_inside(backend, "Keep as draft", entered)
    office.state.until(lambda: "did not submit" in visible_text(backend.form().view), "the note")

    backend.slash_command(INCIDENTS, "/bug identify 1 The cache key")
    office.state.until(lambda: value(backend, "summary") == "The cache key", "the new form")

    assert value(backend, "what") == "Old apps"


def test_an_outage_is_reported_in_a_short_form_and_triaged_with_what_is_known(
    office: Office,
) -> None:
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug production is down, nobody can pay")
    form = support.form("Production is down")
    assert len(form.labels) <= 6
    assert value(support, "title") == "production is down, nobody can pay"

    assert support.submit({}).closed
    support.await_message(INCIDENTS, "✅ BUG-0001")
    oncall = office.person("oncall")  # whoever it is that goes on
    oncall.slash_command(INCIDENTS, "/bug triage 1")

    form = oncall.form("Triage")
    answers = form.fill({})
    assert answers["answers.production_down"]["value"]["selected_option"]["value"] == "yes"
    assert "These answers make it 🔴 P0 Critical." in visible_text(form.view)
    assert oncall.submit({"Is data at risk?": "No", "Category": "Other"}).closed
    oncall.await_message(INCIDENTS, "Triaged as P0 (Critical)")


def test_the_short_form_grows_into_the_whole_one(office: Office) -> None:
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug down Checkout")

    press_inside(support, "All fields", {"Who is affected?": "Everybody"})
    office.state.until(lambda: "Stage" in support.form().labels, "all fields")

    assert value(support, "title") == "Checkout"
    assert value(support, "affects") == "Everybody"


def test_a_long_text_is_edited_in_several_boxes_and_recorded_whole(office: Office) -> None:
    office.bring("report")
    backend = office.person("backend")
    told = "\n\n".join(f"Paragraph {number} " + "of the story " * 30 for number in range(20))
    backend.slash_command(INCIDENTS, f"/bug note 1 source=https://example.com text={told}")

    backend.await_message(INCIDENTS, "✅ BUG-0001")
    assert office.tracker.load(BUG).timeline[-1].text == told.strip()


@pytest.mark.parametrize("callback", ["form:annotate", "old_form"])
def test_a_form_of_an_older_version_says_how_to_go_on(office: Office, callback: str) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1")
    support.form()
    with office.state.changing():
        office.state.views[support.user_id][-1]["callback_id"] = callback

    refused = support.submit({"What happened": "Seen again"})

    assert "of another version of Bugbook" in refused.errors["What happened"]
    assert office.subjects() == ["BUG-0001 report: Redemption fails"]


def test_a_form_whose_inputs_have_other_names_now_says_how_to_go_on(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1")
    support.form()
    with office.state.changing():
        for block in office.state.views[support.user_id][-1]["blocks"]:
            if block["type"] == "input":
                block["block_id"] = f"old_{block['block_id']}"

    refused = support.submit({"What happened": "Seen again"})

    assert "of another version of Bugbook" in refused.errors["What happened"]
    assert office.subjects() == ["BUG-0001 report: Redemption fails"]


def test_the_text_of_an_input_that_is_no_more_is_given_back(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug note 1")
    support.form()
    with office.state.changing():
        blocks = office.state.views[support.user_id][-1]["blocks"]
        box = next(block for block in blocks if block["block_id"] == "source")
        box["block_id"] = "mood"

    assert support.submit({"What happened": "Seen again", "mood": "Calm"}).closed

    support.await_message(INCIDENTS, "no place any more and were not recorded: mood: Calm")
    support.await_message(INCIDENTS, "✅ BUG-0001: Seen again")
    assert office.subjects()[-1] == "BUG-0001 note: Seen again"
