"""Every action of the incidents can be entered into its form, by hand and by label."""

import pytest

from bot.forms.form import FieldErrors, form_view, read_form, slack_users
from demo.answers import NoPlaceError, answers
from demo.cast import MEMBERS
from demo.facts import missing_facts
from demo.form import Form
from tests.builders.incident import EVERY, POLICY, played
from tracker.model.person import Person
from tracker.model.record import BugRecord
from tracker.workflow.action import Action
from tracker.workflow.decide import decide
from tracker.workflow.decision import Accepted

GATEWAY = Person(name="Gateway Engineer", email="gateway@example.com")
PEOPLE = {
    **{member.user_id: Person(name=member.real_name, email=member.email) for member in MEMBERS},
    "U0GATEWAY": GATEWAY,
}
IDS = {person.email: user_id for user_id, person in PEOPLE.items()}


def entered(before: BugRecord | None, verb: str, fields: dict[str, object]) -> Action:
    view = form_view(verb, before, POLICY, {}, user_ids=IDS)
    form = Form(view=view, directory=IDS)
    values = form.fill(answers(form, fields))
    people = {user_id: PEOPLE[user_id] for user_id in slack_users(values)}
    action = read_form(verb, values, before, POLICY, people)
    assert not isinstance(action, FieldErrors), action
    return action


@pytest.mark.parametrize("name", EVERY)
def test_what_a_person_enters_into_the_forms_makes_the_incidents_record(name: str) -> None:
    before: BugRecord | None = None
    for step in played(name):
        fields = step.action.model_dump(exclude_unset=True, exclude={"at"})

        action = entered(before, step.verb, fields).model_copy(update={"at": step.at})

        decision = decide(before, action, step.person, POLICY, step.at)
        assert isinstance(decision, Accepted), (step.verb, decision)
        assert missing_facts(step.record, decision.record)[0] == (), step.verb
        assert missing_facts(decision.record, step.record)[0] == (), step.verb
        before = decision.record


def test_a_fact_that_has_no_place_in_the_form_is_an_error() -> None:
    form = Form(view=form_view("report", None, POLICY, {}), directory={})

    with pytest.raises(NoPlaceError, match=r"'Report a bug' has no place for `weather\.sky`"):
        answers(form, {"title": "It rains", "weather": {"sky": "grey"}})
