"""Consent to a document: once for each person, role and version, at both doors."""

from dataclasses import replace
from typing import Any

import pytest

from tests.builders.doors import everything, told_of
from tests.builders.life import BACKEND, SENIOR, Life, life_at
from tracker.model.policy import Policy
from tracker.workflow.decision import Refused
from tracker.workflow.verbs import VERBS

CONSENT: dict[str, Any] = {"document": "release_notes", "role": "Release Manager"}


def approved() -> Life:
    """Release notes that somebody approved."""
    return life_at("deployed").act("approve-document", **CONSENT)


def test_the_same_consent_is_not_recorded_twice_at_either_door() -> None:
    life = approved()
    again = {**CONSENT, "role": "release-manager"}

    refused = life.ask("approve-document", **again)
    assert isinstance(refused, Refused)
    (reason,) = refused.reasons
    assert reason.sentence == (
        "Backend Engineer approved the release notes of BUG-0001 as Release Manager already, at "
        f"{life.bug.approvals[0].at:%Y-%m-%d %H:%M} UTC: nothing more is needed until another "
        "version is published."
    )
    assert reason.remedy == "publish"
    action = VERBS["approve-document"].model_validate(again)
    forged = told_of(life, action, "Approved again.", BACKEND)
    (found,) = [each for each in everything(life.bug, forged, life) if each.where[0] == "approvals"]
    assert found.reason.sentence == reason.sentence
    assert found.where == ("approvals", 1)


@pytest.mark.parametrize("title", ["RELEASE MANAGER", "the release manager.", "“Release-manager”"])
def test_a_title_is_one_role_in_any_case_with_articles_and_punctuation(title: str) -> None:
    policy = Policy(roles={"release_manager": (SENIOR,)})
    life = replace(approved(), policy=policy)

    assert life.refused("approve-document", document="release_notes", role=title) == (
        "role",
        "consent",
    )


@pytest.mark.parametrize("title", ["@senior", "<@U0SENIOR>", "Senior <senior@example.com>"])
def test_a_person_where_a_title_is_expected_is_told_the_roles_of_the_policy(title: str) -> None:
    policy = Policy(roles={"release_manager": (SENIOR,), "lead": (BACKEND,)})
    life = replace(life_at("deployed"), policy=policy)

    refused = life.ask("approve-document", document="release_notes", role=title)
    assert isinstance(refused, Refused)
    told = (
        f"`{title}` is a person and no role: name the role in which Backend Engineer approves, "
        "`release manager`, `lead` or another."
    )
    assert [reason.sentence for reason in refused.reasons] == [told]


def test_a_copied_row_is_refused_in_an_edited_file() -> None:
    life = approved()
    copied = life.bug.model_copy(update={"approvals": life.bug.approvals * 2})

    assert [found.where for found in everything(life.bug, copied, life)] == [("approvals", 1)]


def test_other_people_roles_and_versions_are_approved_in_turn() -> None:
    life = approved().usual("postmortem")
    life.act("approve-document", SENIOR, **CONSENT)
    life.act("approve-document", document="release_notes", role="Author")
    life.act("approve-document", document="postmortem", role="Release Manager")
    life.usual("publish-notes").act("approve-document", **CONSENT)

    assert [approval.by for approval in life.bug.approvals].count(BACKEND) == 4
    assert everything(None, life.bug, life) == []
