import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.catalogue import FORMS
from bot.forms.form import form_view, has_form, typed_values
from demo.message import visible_text
from tests.block_kit.validate import problems_of_view
from tests.bot.forms.filling import shown
from tests.bot.hostile_text import HOSTILE, record_saying
from tests.builders.full_record import full_record
from tests.builders.life import life_at
from tracker.model.checklists import Checklists
from tracker.model.matrix import MatrixQuestion, Question
from tracker.model.policy import Category, Policy
from tracker.model.record import BugRecord
from tracker.model.status import Status
from tracker.workflow.verbs import VERBS

EVERY_VERB = pytest.mark.parametrize("verb", VERBS)


def view_problems(verb: str, record: BugRecord | None, policy: Policy) -> list[str]:
    return problems_of_view(form_view(verb, record, policy, {}, metadata="{}"))


def test_every_verb_has_a_form_and_no_form_is_left_over() -> None:
    assert set(FORMS) == set(VERBS)
    assert has_form("triage")
    assert not has_form("dance")


@EVERY_VERB
@pytest.mark.parametrize("status", Status)
def test_slack_takes_every_form_in_every_state(verb: str, status: Status) -> None:
    assert view_problems(verb, life_at(status.value).record, Policy()) == []


@EVERY_VERB
def test_slack_takes_a_form_for_a_record_with_every_field(verb: str) -> None:
    assert view_problems(verb, full_record().record, Policy()) == []


@EVERY_VERB
def test_labels_are_short_and_name_one_input_each(verb: str) -> None:
    labels = shown(verb, life_at("deployed").record, Policy()).labels

    assert len(set(labels)) == len(labels)
    assert max(map(len, labels)) <= 48


@EVERY_VERB
def test_a_form_knows_its_command_and_keeps_what_the_caller_needs(verb: str) -> None:
    view = form_view(verb, life_at("triaged").record, Policy(), {}, metadata='{"bug":"BUG-0001"}')

    assert view["callback_id"] == f"form:{verb}"
    assert view["private_metadata"] == '{"bug":"BUG-0001"}'


@EVERY_VERB
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_and_long_text_stays_within_a_form(verb: str, text: str) -> None:
    assert view_problems(verb, record_saying(text), Policy()) == []


@given(text=st.text(min_size=1, max_size=400), verb=st.sampled_from(list(VERBS)))
def test_whatever_was_typed_before_slack_takes_the_form(text: str, verb: str) -> None:
    prefill = {"text": text, "severity": text, "reason": text, "eta": text, "stage": text}

    view = form_view(verb, life_at("triaged").record, Policy(), prefill, metadata="{}")

    assert problems_of_view(view) == []


@pytest.mark.parametrize("count", [0, 1, 10, 11, 100, 101])
def test_lists_of_the_policy_may_be_empty_or_long(count: int) -> None:
    names = tuple(f"{number} {string.ascii_letters * 3}" for number in range(count))
    policy = Policy(
        categories=tuple(Category(name=name, classes=names[:9]) for name in names),
        patterns=names,
        checklists=Checklists(immediate=names, short_term=names, long_term=names, hotfix=names),
    )
    record = life_at("deployed").record

    for verb in ("triage", "monitor", "hotfix-monitor"):
        assert view_problems(verb, record, policy) == []


@pytest.mark.parametrize("verb", FORMS)
def test_what_is_changed_later_happens_then_and_not_when_it_was_recorded_first(verb: str) -> None:
    for status in ("deployed", "closed"):
        assert FORMS[verb].start(life_at(status).bug).get("at") is None


def test_a_text_that_is_too_long_for_one_box_has_several() -> None:
    record = life_at("code_review").bug
    assert record.fix is not None
    told = "\n\n".join(f"Paragraph {number}: " + "word " * 90 for number in range(9)).strip()
    fix = record.fix.model_copy(update={"summary": told})
    form = shown("submit-fix", record.model_copy(update={"fix": fix}), Policy())
    boxes = [block for block in form.inputs if block["block_id"].partition("~")[0] == "summary"]

    assert [block["label"]["text"] for block in boxes] == [
        "What was changed",
        "What was changed, part 2",
    ]
    assert boxes[1]["optional"]
    assert typed_values(form.fill({}))["summary"] == told
    assert problems_of_view(form.view) == []


def test_a_text_that_no_form_can_hold_is_left_to_the_record() -> None:
    record = life_at("code_review").bug
    assert record.fix is not None
    fix = record.fix.model_copy(update={"summary": "x" * 24_001})
    form = shown("submit-fix", record.model_copy(update={"fix": fix}), Policy())
    block = next(block for block in form.inputs if block["block_id"] == "summary")

    assert block["optional"]
    assert "initial_value" not in block["element"]
    assert "too long for a form" in block["hint"]["text"]
    assert "bugs/000/BUG-0001.yaml" in block["hint"]["text"]


def test_the_report_form_takes_what_was_typed_as_its_title() -> None:
    form = shown("report", None, Policy(), text="NFC redemption fails", stage="staging")

    state = form.fill({})

    assert state["title"]["value"]["value"] == "NFC redemption fails"
    assert state["environment.stage"]["value"]["value"] == "staging"


def test_a_long_report_is_kept_whole_below_its_title() -> None:
    typed = "NFC redemption fails " * 20

    state = shown("report", None, Policy(), text=typed).fill({})

    assert state["title"]["value"]["value"].endswith("…")
    assert state["what_is_broken"]["value"]["value"] == typed.strip()


def test_the_triage_form_shows_what_the_answers_make() -> None:
    form = shown("triage", life_at("triaged", "P1").record, Policy())

    assert "These answers make it 🟠 P1 High." in str(form.view["blocks"])


def test_a_live_form_reports_its_answers() -> None:
    view = form_view("triage", life_at("reported").record, Policy(), {}, metadata="{}", live=True)

    reporting = [block["block_id"] for block in view["blocks"] if block.get("dispatch_action")]
    assert len(reporting) == 10  # six questions and four menus; text is told with the next choice
    assert problems_of_view(view) == []


def test_a_strategy_is_offered_with_what_speaks_for_it_and_against_it() -> None:
    view = str(shown("identify", life_at("investigating").record, Policy()).view["blocks"])

    assert "Instant fix" in view
    assert "Temporary solution only" in view


def test_lists_that_only_grow_show_what_they_hold() -> None:
    record = life_at("verified").act("postmortem", went_well=["Quick triage"]).bug

    view = shown("postmortem", record, Policy()).view

    assert "Recorded already under “What went well”: Quick triage" in str(view["blocks"])


def test_a_live_form_shows_what_the_answers_of_the_moment_make() -> None:
    record = life_at("reported").record
    form = shown("triage", record, Policy())
    labels = form.labels[:12:2]
    state = form.fill({**dict.fromkeys(labels, "No"), "Is production down?": "Yes"})

    again = shown("triage", record, Policy(), None, **typed_values(state))

    assert "These answers make it" not in str(form.view["blocks"])
    assert "These answers make it 🔴 P0 Critical." in str(again.view["blocks"])
    assert again.fill({}) == state


def test_the_triage_form_asks_in_the_words_of_the_policy() -> None:
    asked = {**Policy().matrix, Question.PRODUCTION_DOWN: MatrixQuestion(ask="Is the shop shut?")}
    view = shown("triage", life_at("reported").record, Policy(matrix=asked)).view

    labels = [block["label"]["text"] for block in view["blocks"] if "label" in block]
    assert labels[0] == "Is the shop shut?"
    assert "Is data at risk? Yes: P0." in str(view["blocks"])


def test_the_form_of_a_waiver_offers_what_the_policy_lets_somebody_waive() -> None:
    policy = Policy(waivers={"staging": "release_manager"})
    view = str(shown("waive", life_at("load_test").record, policy).view["blocks"])

    assert "the smoke test on staging; by the role release manager" in view


def test_the_form_of_undo_tells_which_move_is_taken_back() -> None:
    view = str(shown("undo", life_at("investigating").record, Policy()).view["blocks"])

    assert "The last move: assign, Backend Engineer" in view


@pytest.mark.parametrize("verb", ["submit-fix", "hotfix-implement"])
def test_a_form_for_the_next_fix_says_that_the_one_before_is_over(verb: str) -> None:
    life = life_at("deployed")
    before = visible_text({"blocks": shown(verb, life.bug, Policy()).view["blocks"]})
    life.act("roll-back", reason="Errors rise")
    after = visible_text({"blocks": shown(verb, life.bug, Policy()).view["blocks"]})

    assert "The fix before is over" not in before
    assert "The fix before is over" in after
