"""What only Slack knows of people: guests, strangers, addresses, deactivation, user groups."""

import time
from collections.abc import Mapping
from typing import Any

import pytest

from bot.membership import Membership, membership
from demo.message import visible_text
from demo.signed_delivery import SignedDelivery
from demo.web_state import WebState
from tests.bot.office import INCIDENTS, LIFE, Office
from tests.real_git import new_checkout

MAIL = {"email": "ana@example.com"}


def user(user_id: str, **more: Any) -> dict[str, Any]:
    name = user_id.removeprefix("U0").lower()
    profile = {"real_name": f"{name.title()} Team", "email": f"{name}@example.com"}
    return {"id": user_id, "name": name, "team_id": "T0EXAMPLE", "profile": profile, **more}


def tell(office: Office, event: Mapping[str, Any]) -> None:
    SignedDelivery(state=office.state, bot_url=office.bot_url).event(event)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"profile": MAIL}, Membership.MEMBER),
        ({"profile": MAIL, "team_id": "T1"}, Membership.MEMBER),
        ({"profile": MAIL, "is_restricted": True}, Membership.GUEST),
        ({"profile": MAIL, "is_ultra_restricted": True}, Membership.GUEST),
        ({"profile": MAIL, "is_stranger": True}, Membership.STRANGER),
        ({"profile": MAIL, "team_id": "T2"}, Membership.STRANGER),
        (
            {"profile": MAIL, "team_id": "T2", "enterprise_user": {"teams": ["T1"]}},
            Membership.MEMBER,
        ),
        ({"profile": {}}, Membership.NO_EMAIL),
        ({"profile": MAIL, "deleted": True, "is_restricted": True}, Membership.DEACTIVATED),
        ({"profile": {}, "is_bot": True}, Membership.APP),
        ({"id": "USLACKBOT", "profile": {}}, Membership.APP),
    ],
)
def test_the_kind_of_an_account_is_read_from_what_slack_says(
    said: dict[str, Any], kind: Membership
) -> None:
    assert membership(said, "T1") is kind


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"is_restricted": True}, "Guests of the workspace may read bugs"),
        ({"team_id": "T0OTHER"}, "People of another organisation may read bugs"),
        ({"profile": {"real_name": "Support Team"}}, "Slack does not tell your e-mail address"),
    ],
)
def test_whoever_is_no_member_reads_and_reports_and_notes_and_changes_nothing(
    office: Office, change: dict[str, Any], told: str
) -> None:
    office.bring("report")
    tell(office, {"type": "user_change", "user": user("U0SUPPORT", **change)})
    support = office.person("support")

    support.slash_command(INCIDENTS, "/bug mitigate 1 Switched off")
    support.await_message(INCIDENTS, told)
    support.press(INCIDENTS, "Triage", ts=office.root().ts)
    support.slash_command(INCIDENTS, "/bug show 1")
    support.slash_command(INCIDENTS, "/bug note 1 Seen again")
    answer = visible_text(support.await_message(INCIDENTS, "✅ BUG-0001: Seen again"))
    assert "Add note" in answer
    assert "Triage" not in answer

    assert office.subjects()[1:] == ["BUG-0001 note: Seen again"]
    assert "U0SUPPORT" not in office.state.views


def test_a_form_that_was_open_before_somebody_became_a_guest_is_refused_in_the_form(
    office: Office,
) -> None:
    office.bring("report")
    support = office.person("support")
    support.slash_command(INCIDENTS, "/bug wont-fix 1")
    label = support.form().labels[0]
    tell(office, {"type": "user_change", "user": user("U0SUPPORT", is_restricted=True)})

    errors = support.submit({label: "The portal goes"}).errors

    assert "Guests of the workspace" in next(iter(errors.values()))


def test_a_bug_is_not_given_to_an_account_that_is_deactivated(office: Office) -> None:
    office.bring("report", "triage")
    tell(office, {"type": "user_change", "user": user("U0BACKEND", deleted=True)})
    oncall = office.person("oncall")

    oncall.slash_command(INCIDENTS, "/bug assign 1 <@U0BACKEND> eta 2h")

    oncall.await_message(INCIDENTS, "Backend Team has a deactivated account in Slack")
    assert len(office.subjects()) == 2


def add_group(state: WebState, handle: str, *members: str) -> None:
    with state.changing():
        state.user_groups[handle] = (f"S0{handle.upper()}", members)


def test_a_member_of_a_user_group_has_its_role_and_others_are_told_who_has_it(
    office: Office,
) -> None:
    add_group(office.state, "seniors", "U0SENIOR")
    office.bring(*LIFE[:5])
    checkout = new_checkout(office.git.path.parent / "checkout", of=office.git)
    policy = "user_groups:\n  reviewer: ['@seniors']\npermissions:\n  approve: reviewer\n"
    checkout.write("bugs/policy.yaml", policy)
    checkout("push", "-q", "origin", "main")
    office.tracker.refresh()
    qa, senior = office.person("qa"), office.person("senior")

    qa.slash_command(INCIDENTS, "/bug approve 1 Fine")
    qa.await_message(INCIDENTS, "ask one of a member of the Slack group @seniors")
    senior.slash_command(INCIDENTS, "/bug approve 1 Minimal and right")
    senior.await_message(INCIDENTS, "✅ BUG-0001: Approved by Senior Engineer.")
    assert "Roles: reviewer" in office.git("log", "-1", "--format=%B", "main")

    add_group(office.state, "seniors", "U0QA")
    assert office.bot.desk.user_groups.members("@seniors") == {"U0SENIOR"}
    tell(office, {"type": "subteam_members_changed", "subteam_id": "S0SENIORS"})
    for _ in range(200):  # not under the lock of Slack, which is asked
        if office.bot.desk.user_groups.members("@seniors") == {"U0QA"}:
            break
        time.sleep(0.02)
    assert office.bot.desk.user_groups.members("@seniors") == {"U0QA"}


def test_a_group_that_slack_does_not_have_gives_nobody_a_role(office: Office) -> None:
    assert office.bot.desk.user_groups.members("@nobody") == frozenset()
