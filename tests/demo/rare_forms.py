"""Forms that no incident of the source documents needed, filled in as somebody would."""

from collections.abc import Collection, Mapping
from typing import Any, Final

from bot.forms.catalogue import FORMS
from bot.forms.form import form_view
from demo.cast import MEMBERS
from tests.builders.incident import LOGIN, POLICY, finished, until

_DEPLOYED: Final = "hotfix-deploy"
_IDS: Final = {member.email: member.user_id for member in MEMBERS if member.email}

EXAMPLES: Final[Mapping[str, Mapping[str, str]]] = {
    "attach": {
        "name": "redis-connections.png",
        "kind": "screenshot",
        "link": "https://grafana.example.com/d/redis",
        "description": "Connections to the wrong port since the deployment",
    },
    "cannot-reproduce": {
        "reproductions": "staging | every login works | no",
        "reason": "Only two users saw it, and nobody since noon.",
    },
    "close-without-deploy": {"reason": "The setting was corrected in production by hand."},
    "deploy": {
        "version": "v2.0.2",
        "method": "Rolling",
        "command": "kubectl set image deployment/api-gateway api-gateway=v2.0.2",
        "rollback_plan.steps": "Deploy v2.0.1",
        "rollback_plan.duration": "5m",
    },
    "fail-tests": {
        "reason": "Old apps are refused again.",
        "first.suite": "regression",
        "first.name": "test_old_app",
        "first.result": "failed",
    },
    "join-incident": {"incident": "INC-2026-0007"},
    "mark-duplicate": {"duplicate_of": "BUG-0456"},
    "proper-fix": {
        "summary": "The port comes from one setting that a test compares with production.",
        "pull_request": "https://github.com/example/api-gateway/pull/512",
    },
    "quote": {
        "text": "Logins work again in my portal.",
        "source": "https://example.slack.com/archives/C0INCIDENTS/p1702460000000100",
    },
    "regress": {
        "reason": "Logins time out from 400 a second on.",
        "first.suite": "load",
        "first.name": "500 logins a second",
        "first.result": "failed",
    },
    "reopen": {"reason": "Customers see it again since 14:00."},
    "request-changes": {
        "reason": "The timeout is missing.",
        "link": "https://github.com/example/api-gateway/pull/511",
    },
    "retract": {
        "source": "https://example.slack.com/archives/C0INCIDENTS/p1702460000000100",
        "reason": "It was about another portal.",
    },
    "roll-back": {"reason": "The error rate rose to 12 % within five minutes."},
    "snooze": {"until": "2025-10-21 09:00", "reason": "Waiting for the provider until tomorrow."},
    "take-role": {"role": "commander"},
    "undo": {"reason": "That was another bug."},
    "waive": {"gate": "staging", "reason": "Staging is down until tomorrow."},
    "wont-fix": {"reason": "The portal is switched off next month."},
}
"""What is typed, by command and by field."""


def rare_forms(known: Collection[str]) -> dict[str, dict[str, Any]]:
    """Each form that is not known yet, by its command; KeyError for one without an example."""
    middle, end = until(LOGIN, _DEPLOYED), finished(LOGIN)
    return {
        verb: form_view(
            verb,
            end if verb == "reopen" else middle,
            POLICY,
            EXAMPLES[verb],
            user_ids=_IDS,
            live=True,
        )
        for verb in sorted(FORMS)
        if verb not in known
    }
