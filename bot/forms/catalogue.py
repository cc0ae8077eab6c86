"""The form of every command."""

from types import MappingProxyType
from typing import Final

from bot.forms import (
    closing_form,
    deployment_form,
    documents_form,
    edits_form,
    exceptions_form,
    fix_form,
    follow_up_form,
    hotfix_form,
    incident_form,
    investigation_form,
    report_form,
    testing_form,
    triage_form,
)

FORMS: Final = MappingProxyType(
    {
        form.verb: form
        for module in (
            report_form,
            triage_form,
            investigation_form,
            fix_form,
            testing_form,
            deployment_form,
            documents_form,
            edits_form,
            follow_up_form,
            incident_form,
            closing_form,
            exceptions_form,
            hotfix_form,
        )
        for form in module.FORMS
    }
)
