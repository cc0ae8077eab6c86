"""A box that a person empties is emptied in the record, or the form says that it cannot be."""

from datetime import UTC, datetime

import pytest

from bot.forms.catalogue import FORMS
from bot.forms.emptying import STAYS
from bot.forms.form import FieldErrors, form_view, initial_entries, read_form, read_step
from demo.form import Form
from tests.bot.forms.filling import shown
from tests.builders.full_record import full_record
from tests.builders.life import BACKEND
from tracker.model.policy import Policy
from tracker.workflow.actions.edits import UpdateImpact
from tracker.workflow.actions.fix import SubmitFix
from tracker.workflow.context import Context
from tracker.workflow.revision import Revision
from tracker.workflow.verbs import VERBS

POLICY = Policy()
RECORD = full_record().record
NOW = Context(
    actor=BACKEND,
    at=RECORD.timeline[-1].at,
    now=datetime(2030, 1, 1, tzinfo=UTC),
    policy=POLICY,
)
CASES = [
    (verb, block["block_id"])
    for verb, kind in VERBS.items()
    if issubclass(kind, Revision)
    for form in (shown(verb, RECORD, POLICY),)
    for block in form.inputs
    if block["block_id"] in initial_entries(form.view)
    and block["element"]["type"] != "radio_buttons"  # which nobody can empty
]


@pytest.mark.parametrize(("verb", "name"), CASES)
def test_an_emptied_box_empties_the_record_or_is_told(verb: str, name: str) -> None:
    form = shown(verb, RECORD, POLICY)
    began = initial_entries(form.view)

    answer = read_form(verb, form.fill({name: None}), RECORD, POLICY, {}, began=began)

    if isinstance(answer, FieldErrors):
        assert name in answer.errors
        return
    said = FORMS[verb].start(answer.apply(RECORD, NOW)).get(name)
    track = RECORD.hotfix.branch if RECORD.hotfix else None
    assert said in (None, ()) or (name == "branch" and said == track)


def test_what_is_taken_out_is_told() -> None:
    action = UpdateImpact(clear=("users", "business_detail"))

    assert action.subject(action.apply(RECORD, NOW)) == "no users, no business detail any more"


def test_what_was_not_shown_stays() -> None:
    form = shown("impact", RECORD, POLICY)

    action = read_form("impact", form.fill({"cost": None}), RECORD, POLICY, {})

    assert isinstance(action, UpdateImpact)
    assert action.apply(RECORD, NOW).impact.cost == RECORD.impact.cost


def test_a_rollback_plan_of_which_nothing_is_left_is_gone() -> None:
    form = shown("submit-fix", RECORD, POLICY)
    began = initial_entries(form.view)
    plan = [name for name in began if name.startswith("rollback_plan.")]
    state = form.fill(dict.fromkeys(plan))

    action = read_form("submit-fix", state, RECORD, POLICY, {}, began=began)

    assert isinstance(action, SubmitFix)
    fix = action.apply(RECORD, NOW).fix
    assert fix is not None
    assert fix.rollback_plan is None


def test_an_earlier_step_of_a_form_tells_what_it_cannot_take_out() -> None:
    view = form_view("postmortem", RECORD, POLICY, {}, part="0")
    state = Form(view=view, directory={}).fill({"summary": None})

    told = read_step("postmortem", state, RECORD, POLICY, {}, "0", initial_entries(view))

    assert told == FieldErrors(errors={"summary": STAYS})
