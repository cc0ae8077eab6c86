from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blocks.answers import choose_bug, done, recording, refusal, thread_note
from bot.blocks.bug_list import bug_list
from bot.blocks.card import bug_details, root_message
from bot.blocks.elements import actions, code_blocks, plain, section
from bot.blocks.help_page import help_message
from bot.blocks.hotfix_sheet import hotfix_status
from bot.blocks.message import Message, message
from bot.blocks.moves import choices, move_button, pressed
from bot.blocks.readiness_sheet import readiness_sheet
from bot.blocks.words import clock_words
from demo.message import visible_text
from tests.block_kit.validate import problems_of_blocks
from tests.bot.hostile_text import HOSTILE, record_saying
from tests.builders.incident import EVERY, LOGIN, NFC, POLICY, played, until
from tests.builders.life import BACKEND, ONCALL, SENIOR, START, USUAL, life_at
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.changes import Change, ChangeKind, changes
from tracker.workflow.clocks import ClockState, Target
from tracker.workflow.decide import decide
from tracker.workflow.decision import Reason, Refused
from tracker.workflow.readiness import readiness
from tracker.workflow.verbs import VERBS

SITE = "https://bugs.example.com"
USER_IDS = {BACKEND.email: "U0BACKEND"}
NOW = START + timedelta(days=3)
EVERY_STATE = [(status, level) for status in Status for level in ("P0", "P1", "P3")]


def messages_about(record: BugRecord) -> Iterator[Message]:
    """Every message that is made from a record."""
    yield root_message(record, POLICY, NOW, SITE, USER_IDS)
    yield bug_details(record, POLICY, NOW, SITE, {})
    yield hotfix_status(record, POLICY, NOW)
    yield bug_list([record] * 60, POLICY, NOW)
    yield choose_bug([record] * 60, "triage")
    yield done(record, record.title, POLICY, NOW)
    yield from (thread_note(change) for change in changes(None, record))


def problems(message: Message) -> list[str]:
    empty = [] if message.text.strip() else ["There is no text for notifications."]
    return [*problems_of_blocks(message.blocks), *empty]


def seen(message: Message) -> str:
    return visible_text({"blocks": message.blocks})


def buttons(message: Message) -> list[str]:
    return [element["action_id"] for element in elements(message)]


def elements(message: Message) -> Iterator[dict[str, Any]]:
    for block in message.blocks:
        if "accessory" in block:
            yield block["accessory"]
        if block["type"] == "actions":
            yield from block["elements"]


def card(record: BugRecord, now: datetime = NOW) -> Message:
    return root_message(record, Policy(), now, SITE, USER_IDS)


@pytest.mark.parametrize(("status", "level"), EVERY_STATE)
def test_slack_takes_every_message_in_every_state(status: Status, level: str) -> None:
    record = life_at(status.value, level).bug

    assert [problem for message in messages_about(record) for problem in problems(message)] == []


@pytest.mark.parametrize("scenario", EVERY)
def test_slack_takes_every_message_of_a_told_incident(scenario: str) -> None:
    told = [
        problem
        for step in played(scenario)
        for message in messages_about(step.record)
        for problem in problems(message)
    ]

    assert told == []


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_and_long_text_stays_text_within_the_limits(text: str, status: Status) -> None:
    record = record_saying(text).model_copy(update={"status": status})

    for sent in messages_about(record):
        assert problems(sent) == []
        assert_nothing_is_markup(sent)


def assert_nothing_is_markup(message: Message) -> None:
    """Control sequences in mrkdwn and in notifications are ours: links to the site, mentions."""
    marked = list(mrkdwn_texts(message.blocks))
    for text in [message.text, *marked]:
        for sequence in text.split("<")[1:]:
            assert sequence.startswith((SITE, "@U0BACKEND>")), text
    for text in marked:
        if not text.startswith("```"):
            assert not {
                mark for mark in ("*bold*", "_italics_", "`code`", ":smile:") if mark in text
            }


def mrkdwn_texts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            yield node["text"]
        for value in node.values():
            yield from mrkdwn_texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from mrkdwn_texts(value)


@given(sentences=st.lists(st.text(min_size=1, max_size=2000), max_size=70))
def test_slack_takes_any_refusal(sentences: list[str]) -> None:
    reasons = [
        Reason(sentence=sentence, gate="some", remedy=remedy)
        for sentence, remedy in zip(sentences, [*VERBS, *VERBS], strict=False)
    ]

    assert problems(refusal(reasons, "BUG-0001", "deploy")) == []


@given(topic=st.text(max_size=300))
def test_slack_takes_help_about_anything(topic: str) -> None:
    assert problems(help_message(topic)) == []


@pytest.mark.parametrize("topic", [None, "", *VERBS, "hotfix", "show", "at any time", "dance"])
def test_slack_takes_every_help(topic: str | None) -> None:
    assert problems(help_message(topic)) == []


def test_a_card_says_what_matters_at_a_glance() -> None:
    life = life_at("investigating", "P1")

    text = seen(card(life.bug, life.bug.timeline[-1].at + timedelta(hours=1)))

    for told in (
        "BUG-0001 Redemption fails",
        "🟠 P1 High",
        "Investigating",
        "2 of 5 · Root cause",
        "<@U0BACKEND>, backup Senior Engineer",
        "🟢 Fix: on track, 13 h left, due 2026-03-03 09:00 UTC.",
        "Coupon redemption fails.",
        "Assigned to Backend Engineer",
        f"<{SITE}/bugs/BUG-0001/|Open the page>",
    ):
        assert told in text


@pytest.mark.parametrize(
    ("level", "words"),
    [("P0", "🔴 P0 Critical"), ("P1", "🟠 P1 High"), ("P2", "🟡 P2 Medium"), ("P3", "🔵 P3 Low")],
)
def test_a_severity_has_one_colour_and_one_word_everywhere(level: str, words: str) -> None:
    record = life_at("triaged", level).bug

    for sent in (card(record), bug_list([record], Policy(), NOW), hotfix_card(record)):
        assert words in seen(sent)


def hotfix_card(record: BugRecord) -> Message:
    decision = decide(
        record,
        VERBS["hotfix-declare"].model_validate({"reason": "A customer waits"}),
        BACKEND,
        Policy(),
        NOW,
    )
    assert not isinstance(decision, Refused)
    return hotfix_status(decision.record, Policy(), NOW)


@pytest.mark.parametrize(
    ("status", "primary"),
    [
        ("reported", "move:triage"),
        ("triaged", "move:assign"),
        ("investigating", "move:identify"),
        ("in_progress", "move:submit-fix"),
        ("code_review", "move:approve"),
        ("testing", "move:pass-tests"),
        ("load_test", "move:evidence"),
        ("deployed", "move:monitor"),
        ("verified", "move:publish"),
        ("closed", "move:reopen"),
    ],
)
def test_what_can_be_done_first_is_the_button_that_stands_out(status: str, primary: str) -> None:
    message = card(life_at(status, "P2").bug)

    styled = [element["action_id"] for element in elements(message) if "style" in element]
    assert styled == [primary]


def test_a_closed_bug_can_only_be_reopened() -> None:
    assert buttons(card(life_at("closed").bug)) == ["move:reopen"]


def test_rare_and_final_moves_are_behind_the_menu() -> None:
    message = card(life_at("deployed").bug)
    menu = next(element for element in elements(message) if element["type"] == "overflow")

    values = [option["value"] for option in menu["options"]]
    assert values[:3] == ["roll-back BUG-0001", "mark-duplicate BUG-0001", "wont-fix BUG-0001"]
    assert not {"move:roll-back", "move:wont-fix"} & set(buttons(message))


def test_a_command_that_has_a_button_is_not_in_the_menu_too() -> None:
    life = life_at("verified").act("action", text="Add tests", horizon="immediate")
    message = card(life.bug)
    menu = next(element for element in elements(message) if element["type"] == "overflow")

    values = [option["value"] for option in menu["options"]]
    assert "move:action" in buttons(message)
    assert "action BUG-0001" not in values


def test_what_the_next_move_waits_for_is_told_with_its_button() -> None:
    message = card(life_at("load_test", "P1").bug)

    assert "Still missing for “Deploy”" in seen(message)
    assert "P1 needs release notes before the deployment: write them." in seen(message)
    assert "move:release-notes" in buttons(message)


def test_a_p0_is_offered_its_incident() -> None:
    assert buttons(card(life_at("triaged", "P0").bug))[0] == "move:hotfix-declare"
    assert "move:hotfix-declare" not in buttons(card(life_at("triaged", "P2").bug))


def test_the_waiting_hotfix_step_takes_the_place_of_the_move_that_it_makes() -> None:
    record = until(NFC, "hotfix-branch")
    message = root_message(record, POLICY, NOW, SITE, {})

    expected = "move:hotfix-implement" if record.status is Status.IN_PROGRESS else "move:identify"
    assert buttons(message)[0] == expected
    assert "move:submit-fix" not in buttons(message)


def test_a_hotfix_step_that_would_be_refused_now_waits_behind_what_it_needs() -> None:
    life = life_at("in_progress", "P1").act("hotfix-declare")
    life.act("hotfix-branch", branch="hotfix/redeem").act("hotfix-implement", **USUAL["submit-fix"])
    life.act("hotfix-test", **USUAL["pass-tests"]).act("hotfix-review", SENIOR)
    found = choices(life.bug, POLICY, life.now).usual

    assert life.bug.status is Status.LOAD_TEST
    assert (found[0], found.index("note") < found.index("hotfix-deploy")) == ("evidence", True)


@pytest.mark.parametrize(
    ("action", "move"),
    [
        ({"action_id": "move:triage", "value": "BUG-0001"}, ("triage", "BUG-0001")),
        (
            {"action_id": "more", "selected_option": {"value": "roll-back BUG-0001"}},
            ("roll-back", "BUG-0001"),
        ),
    ],
)
def test_a_pressed_button_says_what_to_do_to_which_bug(
    action: dict[str, Any], move: tuple[str, str]
) -> None:
    assert pressed(action) == move


def test_a_refusal_tells_every_reason_with_the_button_that_helps() -> None:
    life = life_at("verified", "P1")
    decision = life.ask("close")
    assert isinstance(decision, Refused)

    message = refusal(decision.reasons, "BUG-0001", "close")

    for reason in decision.reasons:
        assert reason.sentence in seen(message)
        assert reason.sentence in message.text
    helping = [f"move:{reason.remedy}" for reason in decision.reasons if reason.remedy]
    assert buttons(message) == list(dict.fromkeys(helping))
    assert "Nothing was changed." in seen(message)


def test_a_button_that_meets_several_conditions_is_shown_once() -> None:
    reasons = [
        Reason(sentence=f"Condition {number}.", gate="some", remedy=remedy)
        for number, remedy in enumerate(["identify", "identify", None, "assign", "identify"])
    ]

    assert buttons(refusal(reasons, "BUG-0001", "identify")) == ["move:identify", "move:assign"]
    page = readiness(life_at("in_progress", "P1").bug, POLICY, NOW)
    sheet = buttons(readiness_sheet(life_at("in_progress", "P1").bug, page))
    assert sheet
    assert len(set(sheet)) == len(sheet) < len(page.unmet)


def test_a_refusal_shows_no_backticks_which_plain_text_does_not_read() -> None:
    decision = life_at("load_test", "P1").ask("approve")
    assert isinstance(decision, Refused)

    message = refusal(decision.reasons, "BUG-0001", "approve")

    assert "“approve” is recorded already, by Senior Engineer" in seen(message)
    assert "`" not in message.text + seen(message)


def test_what_is_recorded_already_is_not_said_to_become_possible() -> None:
    life = life_at("deployed").act("approve-document", document="release_notes", role="Lead")
    again = life.ask("approve-document", document="release_notes", role="lead")
    early = life.ask("publish", document="postmortem")
    assert isinstance(again, Refused)
    assert isinstance(early, Refused)

    told = refusal(again.reasons, "BUG-0001", "approve-document").text
    assert told.startswith("Approve document is not possible for BUG-0001. Nothing was changed.")
    assert (
        " is not possible yet for BUG-0001." in refusal(early.reasons, "BUG-0001", "publish").text
    )


def test_more_reasons_than_blocks_are_counted() -> None:
    reasons = [Reason(sentence=f"Reason {number}.", gate="some") for number in range(60)]

    message = refusal(reasons, "BUG-0001", "close")

    assert "And 16 more" in seen(message)
    assert problems(message) == []


def test_what_was_done_is_told_with_what_comes_next() -> None:
    message = done(life_at("triaged").bug, "Triaged as P1 (High), Caching.", POLICY, NOW)

    assert seen(message).startswith("✅ BUG-0001: Triaged as P1 (High), Caching.")
    assert buttons(message) == ["move:assign"]
    assert buttons(done(life_at("closed").bug, "Closed.", POLICY, NOW)) == []


def test_an_approval_that_does_not_suffice_says_what_is_missing_and_who_may_give_it() -> None:
    named = POLICY.model_copy(update={"roles": {"senior": (SENIOR,)}})
    life = life_at("code_review", "P0", named)

    answer = seen(done(life.act("approve", who=ONCALL).bug, "Approve: by Ann.", named, NOW))
    enough = life.act("approve", who=SENIOR).bug

    stands = "BUG-0001 still stands in code review, approved so far by On-call Engineer."
    assert f"Approve: by Ann. {stands} P0 needs" in answer
    assert "ask one to review. Seniors are Senior Engineer." in answer
    assert "still stands" not in seen(done(enough, "Approve: by Cy.", named, NOW))


@pytest.mark.parametrize(
    ("status", "first", "refused"),
    [
        ("load_test", "evidence", "deploy"),
        ("deployed", "monitor", "verify"),
        ("verified", "publish", "close"),
    ],
)
def test_what_would_be_refused_now_is_offered_last(status: str, first: str, refused: str) -> None:
    life = life_at(status, "P1")
    found = choices(life.bug, POLICY, life.now).usual

    assert found[0] == first
    assert found.index("note") < found.index(refused)
    assert buttons(done(life.bug, "Said.", POLICY, life.now)) == [f"move:{first}"]


def test_nobody_is_offered_to_approve_their_own_fix_first() -> None:
    record = life_at("code_review").bug

    def first(reader: Person) -> str:
        return buttons(bug_details(record, POLICY, NOW, SITE, {}, reader))[0]

    assert (first(SENIOR), first(BACKEND)) == ("move:approve", "move:note")
    assert buttons(done(record, "Fix submitted.", POLICY, NOW)) == ["move:note"]


def test_until_when_production_is_watched_is_told_without_a_button() -> None:
    life = life_at("deployed", "P1").act("monitor", **USUAL["monitor"])
    now = life.bug.deployments[-1].at
    message = card(life.bug, now)

    assert "The monitoring window of a P1 lasts until" in seen(message)
    assert "lasts until" in seen(done(life.bug, "Checked.", POLICY, now))
    assert buttons(message)[0] == "move:note"
    primary = [each["action_id"] for each in elements(message) if each.get("style") == "primary"]
    assert primary == []


def test_an_answer_comes_before_the_work_is_done() -> None:
    assert seen(recording("BUG-0001", "triage")) == "⏳ Recording “Triage” for BUG-0001…"


def test_an_empty_list_says_what_to_do() -> None:
    assert seen(bug_list([], Policy(), NOW)).startswith("No bug matches.")
    assert "Name one" in seen(choose_bug([], "triage"))


def test_a_choice_of_bugs_goes_on_with_what_was_asked_for() -> None:
    record = life_at("reported").bug

    message = choose_bug([record], "note")

    assert buttons(message) == ["move:note"]
    assert next(elements(message))["value"] == record.id


def test_a_change_in_the_thread_says_who_and_when() -> None:
    record = life_at("triaged").bug
    note = thread_note(changes(None, record)[-1])

    assert seen(note).splitlines() == [
        "Triaged as P1 (High), Caching.",
        "On-call Engineer, 2026-03-02 14:00 UTC",
    ]


def test_the_hotfix_sheet_has_the_commands_of_the_next_step_ready_to_copy() -> None:
    record = until(NFC, "hotfix-declare")

    text = seen(hotfix_status(record, POLICY, NOW))

    assert "✅ declare" in text
    assert "⬜ branch" in text
    assert "```git fetch --tags origin" in text
    assert f"Then record it: /hotfix branch {record.id}" in text


def test_the_hotfix_sheet_shows_times_against_targets() -> None:
    record = played(NFC)[-1].record

    text = seen(hotfix_status(record, POLICY, NOW))

    assert "review" in text
    assert "target " in text
    assert f"{record.id} is closed, and its track with it." in text


def test_the_end_of_a_track_names_the_boxes_that_nobody_ticked() -> None:
    record = until(NFC, "hotfix-backport")
    assert record.hotfix is not None
    unticked = tuple(item.model_copy(update={"done": False}) for item in record.hotfix.checklist)
    left = record.model_copy(
        update={"hotfix": record.hotfix.model_copy(update={"checklist": unticked})}
    )

    ticked, open_still = (hotfix_status(each, POLICY, NOW) for each in (record, left))

    assert "Nothing is left to do on this track." in seen(ticked)
    assert "All eight steps are taken, but 2 items of the checklist are open." in seen(open_still)
    assert f"Tick what is done: /hotfix monitor {record.id}" in seen(open_still)
    assert buttons(open_still) == ["move:hotfix-monitor"]


def test_the_step_of_watching_is_done_when_its_time_is_over() -> None:
    steps = {step.verb: step for step in played(LOGIN)}
    monitor, deployed = steps["hotfix-monitor"], steps["hotfix-deploy"]
    ends = deployed.at + POLICY.rule(monitor.record.severity).monitor_for
    deployed_still = monitor.record.model_copy(update={"status": Status.DEPLOYED})
    begun = deployed.at + timedelta(minutes=3)

    watching = seen(hotfix_status(deployed_still, POLICY, begun))
    over = seen(hotfix_status(deployed_still, POLICY, ends))

    assert "7. ⏳ monitor · " in watching
    assert f" · until {ends:%H:%M %Z}, target " in watching
    assert "7. ✅ monitor · " in over


def test_a_bug_without_a_track_is_offered_one() -> None:
    message = hotfix_status(life_at("triaged").bug, Policy(), NOW)

    assert buttons(message) == ["move:hotfix-declare"]
    assert "/hotfix declare BUG-0001" in seen(message)


def test_the_hotfix_sheet_names_all_that_the_next_step_still_needs() -> None:
    life = life_at("in_progress", "P0").act("hotfix-declare")
    life.act("hotfix-branch", branch="hotfix/a")
    fix = {key: USUAL["submit-fix"][key] for key in ("summary", "risk", "regression_test")}
    life.act("hotfix-implement", **fix)
    life.act("hotfix-test", tests=[{"suite": "unit", "name": "unit", "result": "passed"}])
    before_review = seen(hotfix_status(life.bug, Policy(), life.now))
    assert "Next: review. Then record it: /hotfix review BUG-0001\n" in before_review
    assert "• No regression test is recorded that failed before the fix" in before_review

    life.act("hotfix-test", tests=USUAL["pass-tests"]["tests"]).act("hotfix-review", SENIOR)
    sheet = seen(hotfix_status(life.bug, Policy(), life.now))
    assert "Next: deploy. Then record it: /hotfix deploy BUG-0001 (it opens a form)" in sheet
    assert (
        "• The load test has not passed: record its result, or waive it with a reason when" in sheet
    )
    assert "• There is no rollback plan: say how to go back." in sheet
    assert "regression test" not in sheet


def test_help_names_every_command() -> None:
    text = seen(help_message(None))

    for verb in VERBS:
        step = verb.removeprefix("hotfix-")
        typed = f"/hotfix {step}:" if step != verb else f"/bug {verb}:"
        assert typed in text, verb


def test_help_about_a_command_has_an_example_and_its_parts() -> None:
    text = seen(help_message("deploy"))

    assert "/bug deploy BUG-0042 v2.0.2" in text
    assert "version: What was deployed: a version, tag or image." in text


@pytest.mark.parametrize(
    ("topic", "told"),
    [
        ("triage extra", "/bug triage BUG-0042"),
        ("roll back now", "/bug roll-back BUG-0042"),
        ("hotfix deploy it", "/hotfix deploy BUG-0042"),
        ("search what", "/bug search"),
        ("status", "/hotfix status"),
    ],
)
def test_words_behind_a_command_are_no_part_of_what_help_is_asked_about(
    topic: str, told: str
) -> None:
    assert told in seen(help_message(topic))


def test_help_about_a_hotfix_step_needs_no_prefix() -> None:
    assert "/hotfix backport BUG-0042 PR #512" in seen(help_message("backport"))


def test_a_mistyped_topic_is_answered_with_the_nearest() -> None:
    assert "Did you mean /bug triage?" in seen(help_message("traige"))
    assert "There is no command" in seen(help_message("xyzzy"))


def test_times_are_read_in_the_zone_of_now() -> None:
    record = life_at("triaged").bug
    today = record.timeline[-1].at.replace(tzinfo=UTC) + timedelta(minutes=5)

    assert "14:00  Triaged as P1" in seen(card(record, today))
    assert "2026-03-02 14:00  Triaged as P1" in seen(card(record, today + timedelta(days=1)))


@pytest.mark.parametrize(
    ("left", "state", "words"),
    [
        (timedelta(hours=2), ClockState.MET, "✅ Fix: met with 2 h to spare."),
        (timedelta(0), ClockState.MET, "✅ Fix: met just in time."),
        (-timedelta(hours=1), ClockState.MISSED, "❌ Fix: missed by 1 h."),
    ],
)
def test_a_clock_that_stopped_says_how_it_went(
    left: timedelta, state: ClockState, words: str
) -> None:
    target = Target(name="Fix", due=NOW, done=NOW - left, state=state, left=left)

    assert clock_words(target) == words


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ClockState.BREACHED, "🔴 Fix: breached 1 h ago, due 2026-03-05 09:00 UTC."),
        (ClockState.AT_RISK, "🟡 Fix: at risk, 1 h left, due 2026-03-05 09:00 UTC."),
    ],
)
def test_a_running_clock_says_what_is_left_and_when_it_is_due(
    state: ClockState, words: str
) -> None:
    target = Target(name="Fix", due=NOW, done=None, state=state, left=timedelta(hours=1))

    assert clock_words(target) == words


def test_what_no_message_can_hold_is_left_out_and_said_so() -> None:
    paragraphs = [section(plain("x" * 3000)) for _ in range(6)]
    row = actions([move_button("note", "BUG-0001")])

    fitted = message("Much", [*paragraphs, row])

    assert problems(fitted) == []
    assert fitted.blocks[-2] == row
    assert "There is more than a message can hold" in seen(fitted)


def test_a_duplicate_names_the_other_bug_and_needs_no_site() -> None:
    record = life_at("triaged").act("mark-duplicate", duplicate_of="BUG-0007").bug

    text = seen(root_message(record, Policy(), NOW, "", {}))

    assert "Closed: duplicate BUG-0007" in text
    assert "Open the page" not in text


def test_a_long_list_of_what_is_missing_is_cut() -> None:
    life = life_at("verified")
    for number in range(8):
        life.act("action", text=f"Improve part {number}", horizon="immediate")

    assert "• And " in seen(card(life.bug))
    assert problems(card(life.bug)) == []


def test_a_hand_made_change_has_nobody_to_name() -> None:
    note = thread_note(Change(kind=ChangeKind.STATUS, sentence="Now verified."))

    assert seen(note) == "Now verified."


def test_commands_with_a_fence_of_their_own_are_shown_as_they_are() -> None:
    block = code_blocks("echo '```' <it>")[0]

    assert block["text"]["type"] == "plain_text"
    assert code_blocks("echo <it>")[0]["text"]["text"] == "```echo &lt;it&gt;```"


@given(st.text(alphabet="ab&<>` \n", max_size=4000), st.integers(1, 4))
def test_commands_are_never_cut(line: str, times: int) -> None:
    text = "\n".join([line] * times)
    blocks = code_blocks(text)

    shown = "".join(block["text"]["text"].replace("```", "") for block in blocks)
    for sign, name in (("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
        shown = shown.replace(name, sign)
    if "```" not in text:
        assert shown.replace("\n", "") == text.replace("\n", "")
    assert all(len(block["text"]["text"]) <= 3000 for block in blocks)


def test_the_hotfix_sheet_names_what_the_next_step_waits_for() -> None:
    life = life_at("triaged", "P0").act("hotfix-declare").act("hotfix-branch", branch="hotfix/a")
    life.act("assign", **USUAL["assign"])
    sheet = hotfix_status(life.bug, Policy(), life.now)

    assert "Next: Identify cause, before the step implement: /bug identify BUG-0001" in seen(sheet)
    assert buttons(sheet) == ["move:identify"]
    assert "/hotfix implement" not in seen(done(life.bug, "Assigned.", Policy(), life.now))


def test_the_answer_to_a_hotfix_test_names_the_tests_that_are_needed_next() -> None:
    record = until(NFC, "hotfix-test")

    told = seen(done(record, "Rapid tests.", POLICY, NOW))
    listed = seen(hotfix_status(record, POLICY, NOW))

    assert "Tests still needed to deploy: the load test" in told
    assert "The load test has not passed" in listed


def test_a_move_that_was_made_beside_the_track_is_ticked_and_half_a_review_is_not() -> None:
    life = life_at("in_progress", "P1").act("hotfix-declare", reason="x")
    life.act("hotfix-branch", branch="hotfix/x").usual("submit-fix").usual("approve")
    beside = seen(hotfix_status(life.bug, life.policy, life.now))
    assert " implement · Backend Engineer" in beside
    assert " review · Senior Engineer" in beside

    policy = Policy(roles={"senior": (SENIOR,)})
    half = life_at("in_progress", "P1", policy).act("hotfix-declare", reason="x")
    half.act("hotfix-branch", branch="hotfix/x").act("hotfix-implement", **USUAL["submit-fix"])
    half.act("hotfix-test", **USUAL["pass-tests"])
    half.act("hotfix-review", Person(name="Peer Engineer", email="peer@example.com"))
    assert half.bug.status == "code_review"
    assert "⏳ review · Peer Engineer" in seen(hotfix_status(half.bug, policy, half.now))


def test_a_deployment_that_was_rolled_back_is_shown_as_one() -> None:
    life = life_at("deployed").act("roll-back", reason="Errors again")

    told = visible_text({"blocks": bug_details(life.bug, POLICY, NOW, SITE, {}).blocks})
    assert "v2 (rolled back)" in told
