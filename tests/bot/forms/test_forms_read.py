from datetime import UTC, datetime
from typing import Any

import pytest

from bot.forms.form import (
    FieldErrors,
    field_errors,
    initial_entries,
    read_form,
    slack_users,
    typed_values,
)
from tests.block_kit.validate import problems_of_view
from tests.bot.forms.filling import filled, people_of, shown
from tests.builders.full_record import full_values
from tests.builders.incident import LOGIN, NFC, POLICY, REDIS, played
from tests.builders.life import BACKEND, SENIOR, life_at
from tracker.model.documents import ActionItem, Horizon
from tracker.model.person import Person
from tracker.model.policy import Category, Policy
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decide import decide
from tracker.workflow.decision import Reason, Refused
from tracker.workflow.verbs import VERBS

GIVEN_BY_THE_TRACKER = ("key", "by", "at")
BY_EMPTYING = "clear"
"""What a form says by boxes that were emptied."""


def full_action(verb: str) -> Action:
    """Every field of an action said, without what the tracker adds itself."""
    values = {
        name: without(value, GIVEN_BY_THE_TRACKER)
        for name, value in full_values(VERBS[verb]).items()
        if name != BY_EMPTYING
    }
    return VERBS[verb].model_validate(values)


def without(node: Any, names: tuple[str, ...]) -> Any:
    if isinstance(node, dict):
        return {key: without(value, names) for key, value in node.items() if key not in names}
    return [without(value, names) for value in node] if isinstance(node, list) else node


def policy_for(action: Action) -> Policy:
    category = getattr(action, "category", None) or "Other"
    pattern = getattr(action, "pattern", None) or "Null handling"
    gate = getattr(action, "gate", None) or "staging"
    return Policy(
        categories=(Category(name=category),),
        patterns=(pattern,),
        waivers={gate: "lead"},
        incident_roles=(getattr(action, "role", None) or "scribe",),
    )


def record_for(action: Action) -> BugRecord | None:
    if action.verb == "report":
        return None
    key = getattr(action, "key", None) or "000000"
    item = ActionItem(key=key, text="Add tests", horizon=Horizon.IMMEDIATE)
    return life_at("investigating").bug.model_copy(update={"actions": (item,)})


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_entered_by_label_is_the_action_that_was_meant(verb: str) -> None:
    action = full_action(verb)
    record, policy = record_for(action), policy_for(action)

    form, state = filled(action, record, policy)

    assert problems_of_view(form.view) == []
    assert form.refusals(state) == {}
    assert slack_users(state) == set(people_of(action))
    assert read_form(verb, state, record, policy, people_of(action)) == action


@pytest.mark.parametrize("verb", VERBS)
def test_an_empty_form_never_raises_and_names_inputs_that_it_shows(verb: str) -> None:
    record = None if verb == "report" else life_at("reported").record
    form = shown(verb, record, Policy())

    result = read_form(verb, emptied(form.fill({})), record, Policy(), {})

    if isinstance(result, FieldErrors):
        assert form.by_label(result.errors)
    else:
        assert result.verb == verb


@pytest.mark.parametrize("verb", VERBS)
def test_what_slack_asks_for_is_what_the_form_misses(verb: str) -> None:
    record = None if verb == "report" else life_at("reported").record
    form = shown(verb, record, Policy())
    state = emptied(form.fill({}))
    asked = set(form.refusals(state))

    result = read_form(verb, state, record, Policy(), {})

    missing = form.by_label(result.errors) if isinstance(result, FieldErrors) else {}
    assert asked <= set(missing)


def emptied(state: dict[str, dict[str, dict[str, Any]]]) -> dict[str, dict[str, dict[str, Any]]]:
    """The state of a form in which a person deleted everything."""
    return {
        block: {
            action: {
                key: value if key == "type" else ([] if isinstance(value, list) else None)
                for key, value in entry.items()
            }
            for action, entry in entries.items()
        }
        for block, entries in state.items()
    }


@pytest.mark.parametrize("scenario", [NFC, REDIS, LOGIN])
def test_every_step_of_a_told_incident_can_be_entered(scenario: str) -> None:
    record: BugRecord | None = None
    for step in played(scenario):
        action, person = step.action, step.person
        form, state = filled(action, record, POLICY)
        assert form.refusals(state) == {}, step.verb

        entered = read_form(step.verb, state, record, POLICY, people_of(action))

        assert isinstance(entered, Action), (step.verb, entered)
        by_form = decide(record, entered, person, POLICY, step.at)
        assert not isinstance(by_form, Refused), by_form
        assert facts(by_form.record) == facts(step.record), step.verb
        record = step.record


def facts(record: BugRecord) -> dict[str, Any]:
    """The record without the order of checks, since boxes come before written lines."""
    values = record.model_dump(mode="json")
    for name in ("immediate", "short_term", "long_term"):
        values["monitoring"][name].sort(key=lambda item: item["text"])
    return values


def read(verb: str, record: BugRecord | None, **answers: Any) -> Action | dict[str, str]:
    """What a form makes of these answers, or its errors by label."""
    people = {"U0001": BACKEND, "U0002": SENIOR}
    form = shown(verb, record, Policy(), people)
    by_label = {label.replace("__", " "): answer for label, answer in answers.items()}
    result = read_form(verb, form.fill(by_label), record, Policy(), people)
    return form.by_label(result.errors) if isinstance(result, FieldErrors) else result


def test_a_reproduction_without_yes_or_no_is_told_on_its_field() -> None:
    errors = read(
        "plan", life_at("investigating").record, Attempts__to__reproduce="staging | works | maybe"
    )

    assert errors == {
        "Attempts to reproduce": ("Line 1: say whether the bug showed with yes or no, not “maybe”.")
    }


def test_a_line_with_too_few_columns_is_told_with_the_syntax() -> None:
    errors = read("plan", life_at("investigating").record, Attempts__to__reproduce="staging")

    assert isinstance(errors, dict)
    assert errors["Attempts to reproduce"].startswith("Line 1: write it as where | what was seen")


def test_a_run_that_is_begun_must_be_finished() -> None:
    errors = read("evidence", life_at("testing").record, What__was__tested="old app")

    assert errors == {"Suite": "Choose the suite.", "Result": "Choose the result."}


def test_a_command_in_a_line_of_runs_keeps_its_pipes() -> None:
    action = read(
        "evidence",
        life_at("testing").record,
        More__runs=(
            "regression | old app | passed | failed before | on staging | 5 tests | "
            "$ pytest -q | tee log\nload | Load test | waived | not for a hotfix"
        ),
    )

    assert isinstance(action, Action)
    first, second = action.model_dump()["tests"]
    assert first["command"] == "pytest -q | tee log"
    assert (first["stage"], first["detail"], first["failed_before_fix"]) == (
        "staging",
        "5 tests",
        True,
    )
    assert (second["result"], second["detail"]) == ("waived", "not for a hotfix")


def test_an_unknown_suite_is_told_with_those_there_are() -> None:
    errors = read("evidence", life_at("testing").record, More__runs="fuzz | parser | passed")

    assert isinstance(errors, dict)
    assert errors["More runs"].startswith("Line 1: “fuzz” is no suite; choose one of unit")


def test_a_line_that_is_too_long_is_told_by_its_number() -> None:
    errors = read("plan", life_at("investigating").record, Known=f"short\n{'x' * 301}")

    assert errors == {"Known": "Entry 2: Write at most 300 characters."}


def test_a_prevention_measure_needs_its_kind() -> None:
    errors = read("postmortem", life_at("verified").record, Prevention__measures="Add more tests")

    assert isinstance(errors, dict)
    assert errors["Prevention measures"].startswith("Line 1: begin it with its kind")


def test_a_number_that_is_no_bug_is_told() -> None:
    errors = read("mark-duplicate", life_at("triaged").record, The__other__bug="the other one")

    assert errors == {"The other bug": "Write a bug’s number, such as BUG-0042."}


def test_a_number_may_be_typed_short() -> None:
    action = read("mark-duplicate", life_at("triaged").record, The__other__bug="7")

    assert isinstance(action, Action)
    assert action.model_dump()["duplicate_of"] == "BUG-0007"


def test_a_person_without_an_address_is_told_on_their_field() -> None:
    record = life_at("triaged").record
    form = shown("assign", record, Policy(), {"U0009": Person(name="Guest", email="guest@x.org")})
    state = form.fill({"Assignee": "U0009", "Backup": "U0009"})

    result = read_form("assign", state, record, Policy(), {})

    assert isinstance(result, FieldErrors)
    assert set(result.errors) == {"assignee", "backup"}
    assert "e-mail" in result.errors["assignee"]


def test_only_ticked_checks_are_recorded() -> None:
    action = read(
        "monitor",
        life_at("deployed").record,
        **{
            "Immediate checks (15 minutes)": ["Error rate back to normal"],
            "Immediate checks, more (15 minutes)": "[x] Users can redeem coupons",
        },
    )

    assert isinstance(action, Action)
    ticked = {item["text"]: item["done"] for item in action.model_dump()["immediate"]}
    assert ticked == {
        "Error rate back to normal": True,
        "Users can redeem coupons": True,
    }
    assert action.model_dump()["long_term"] == ()


def test_a_check_that_is_recorded_as_done_is_not_recorded_again() -> None:
    record = life_at("deployed").usual("monitor").record

    action = read("monitor", record, **{"Error rate after": "1 %"})

    assert isinstance(action, Action)
    assert "Redemption works" not in str(action.model_dump()["immediate"])


def test_a_check_of_a_fix_that_was_rolled_back_is_ticked_anew() -> None:
    life = life_at("deployed").usual("monitor").act("roll-back", reason="Errors rose")
    for step in ("submit-fix", "approve", "pass-tests", "evidence", "deploy"):
        life.usual(step)
    box = "Immediate checks (15 minutes)"

    left = read("monitor", life.record, **{"Error rate after": "1 %"})
    ticked = read("monitor", life.record, **{box: ["Redemption works"]})

    assert isinstance(left, Action)
    assert isinstance(ticked, Action)
    assert left.model_dump()["immediate"] == ()
    assert [item["text"] for item in ticked.model_dump()["immediate"]] == ["Redemption works"]


def test_the_longest_text_that_a_record_holds_survives_the_form() -> None:
    record = life_at("investigating").usual("identify").act("note", text="x").bug
    assert record.root_cause is not None
    cause = record.root_cause.model_copy(update={"what": "y" * 20_000})
    record = record.model_copy(update={"root_cause": cause})

    action = read("identify", record)

    assert isinstance(action, Action)
    assert action.model_dump()["what"] == "y" * 20_000


def test_what_was_entered_can_be_shown_again() -> None:
    record = life_at("triaged").record
    people = {"U0001": BACKEND, "U0002": SENIOR}
    form = shown("assign", record, Policy(), people)
    moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
    state = form.fill(
        {"Assignee": BACKEND.email, "Backup": SENIOR.email, "ETA": "2h", "When it happened": moment}
    )

    again = shown("assign", record, Policy(), people, **typed_values(state))

    assert again.fill({}) == state


@pytest.mark.parametrize(
    ("verb", "field", "place"),
    [
        ("submit-fix", "risk", "risk.what_can_go_wrong"),
        ("submit-fix", "rollback_steps", "rollback_plan.steps"),
        ("deploy", "rollback_steps", "rollback_plan.steps"),
        ("deploy", "load_test", "load_test_waived"),
        ("pass-tests", "tests", "first.name"),
        ("triage", "answers", "answers.production_down"),
        ("assign", "backup", "backup"),
        ("verify", "error_rate_before", "note"),
        ("note", "at", "at"),
        ("close", None, "note"),
    ],
)
def test_a_refusal_lands_on_the_input_that_meets_it(
    verb: str, field: str | None, place: str
) -> None:
    reason = Reason(sentence="Something is missing: add it.", gate="some", field=field)

    assert field_errors((reason,), verb) == {place: "Something is missing: add it."}


def test_a_refusal_in_a_form_shows_every_reason() -> None:
    reasons = tuple(
        Reason(sentence=f"Condition {number} is not met.", gate="some", field=None)
        for number in range(5)
    )

    told = " ".join(field_errors(reasons, "close").values())

    assert all(reason.sentence in told for reason in reasons)


@pytest.mark.parametrize("verb", VERBS)
def test_a_refusal_names_inputs_that_its_form_shows(verb: str) -> None:
    record = None if verb == "report" else life_at("deployed").record
    form = shown(verb, record, Policy())
    reason = Reason(sentence="Something is missing: add it.", gate="some", field="nowhere")

    assert form.by_label(field_errors((reason,), verb))


def test_a_choice_that_the_policy_lost_meanwhile_is_asked_again() -> None:
    record = life_at("reported").record
    state = shown("triage", record, Policy()).fill({"Category": "Caching"})

    result = read_form("triage", state, record, Policy(categories=(Category(name="New"),)), {})

    assert isinstance(result, FieldErrors)
    assert result.errors["category"] == "This choice is no longer offered: choose again."


def test_boxes_of_an_earlier_fix_that_are_emptied_are_not_taken_over() -> None:
    life = life_at("deployed").act("roll-back", reason="Errors rise")
    form = shown("submit-fix", life.bug, Policy())
    state = form.fill({"Rollback steps": "", "Branch": "fix/second"})

    action = read_form(
        "submit-fix", state, life.bug, Policy(), {}, began=initial_entries(form.view)
    )
    assert isinstance(action, Action)
    fix = life.act("submit-fix", **action.model_dump(exclude_unset=True)).bug.fix

    assert fix is not None
    assert (fix.rollback_plan, fix.branch) == (None, "fix/second")


def test_a_box_that_somebody_else_filled_meanwhile_is_not_emptied() -> None:
    life = life_at("investigating").act("impact", business="critical")
    form = shown("impact", life.bug, Policy())
    state = form.fill({"Who is affected?": "Old apps"})
    life.act("impact", SENIOR, users="~5,000")

    action = read_form("impact", state, life.bug, Policy(), {}, began=initial_entries(form.view))
    assert isinstance(action, Action)
    impact = life.act("impact", **action.model_dump(exclude_unset=True)).bug.impact

    assert (impact.users, impact.affects) == ("~5,000", "Old apps")
