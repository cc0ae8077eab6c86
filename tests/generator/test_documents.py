"""Every section of the source templates, in their order, and what is missing is shown."""

import re

import pytest

from generator.page_models.document_state import DocumentState, document_states
from generator.page_models.dossier import Dossier
from generator.page_paths import Document
from tests.builders.incident import NFC, POLICY, REDIS, finished, until
from tests.builders.life import life_at
from tests.builders.pages import NOW, models_of, pages_of
from tracker.model.policy import Policy
from tracker.model.record import BugRecord

RELEASE_NOTES = (
    "Summary",
    "Bug Description",
    "Issue",
    "Root Cause",
    "Fix Applied",
    "Solution",
    "Technical Changes",
    "Code Diff Summary",
    "Deployment Details",
    "Deployment Type",
    "Deployment Steps",
    "Actual Timeline",
    "Impact Assessment",
    "Before Fix",
    "After Fix",
    "Testing Performed",
    "Before Deployment",
    "After Deployment",
    "Breaking Changes",
    "Related Documentation",
    "Rollback Plan",
    "Success Criteria",
    "Prevention Measures",
    "Immediate Actions Taken",
    "Long-term Improvements",
    "Team",
    "Communication",
    "Stakeholders Notified",
    "Communication Timeline",
    "Timeline",
    "Related Issues",
    "Approved By",
)
POSTMORTEM = (
    "Incident Summary",
    "Timeline",
    "Root Cause",
    "What Went Well",
    "What Went Wrong",
    "Action Items",
    "Immediate (this week)",
    "Short-term (this month)",
    "Long-term (this quarter)",
    "Prevention Measures",
    "Lessons Learned",
)
BUG_REPORT = (
    "Reported By",
    "Severity Assessment",
    "Bug Description",
    "Steps to Reproduce",
    "Environment Details",
    "Severity Decision Matrix",
    "Initial Investigation",
    "Bug Assignment",
)
ROOT_CAUSE_OF_NFC = (
    "Reproduction Steps",
    "Root Cause",
    "The Problem",
    "The Cause",
    "Why It Happened",
    "Why It Wasn’t Caught",
    "Contributing Factors",
)
HOTFIX = (
    "1. Declare Incident",
    "2. Create Hotfix Branch",
    "3. Implement Fix",
    "4. Rapid Testing",
    "5. Expedited Review",
    "6. Deploy to Production",
    "7. Monitor",
    "8. Backport to Main",
)


def _headings(html: str) -> list[str]:
    return re.findall(r"<h[23] [^>]*>([^<]+)<", html)


def _in_order(wanted: tuple[str, ...], headings: list[str]) -> list[str]:
    """The wanted headings that are not found one after another."""
    rest = iter(headings)
    return [heading for heading in wanted if heading not in rest]


@pytest.mark.parametrize(
    ("incident", "document", "wanted"),
    [
        (NFC, "release-notes", RELEASE_NOTES),
        (NFC, "post-mortem", POSTMORTEM),
        (NFC, "index", BUG_REPORT),
        (NFC, "root-cause", ROOT_CAUSE_OF_NFC),
        (REDIS, "root-cause", ("Summary", "Timeline", "Root Cause", "Fix", "Prevention")),
        (REDIS, "hotfix", HOTFIX),
    ],
)
def test_a_document_has_the_sections_of_its_template_in_their_order(
    incident: str, document: str, wanted: tuple[str, ...]
) -> None:
    html = pages_of(finished(incident), POLICY)[document]

    assert _in_order(wanted, _headings(html)) == []


def _states(record: BugRecord) -> dict[Document, DocumentState]:
    dossier = Dossier(record=record, policy=Policy(), now=NOW)
    return {status.document: status.state for status in document_states(dossier)}


def test_a_new_bug_has_no_documents() -> None:
    assert _states(life_at("reported").bug) == {}


def test_release_notes_and_post_mortem_of_a_p1_are_announced_before_they_are_due() -> None:
    states = _states(life_at("triaged", "P1").bug)

    assert states[Document.RELEASE_NOTES] is DocumentState.NOT_DUE
    assert states[Document.POSTMORTEM] is DocumentState.NOT_DUE


def test_a_p3_needs_no_release_notes() -> None:
    assert Document.RELEASE_NOTES not in _states(life_at("load_test", "P3").bug)


def test_release_notes_of_a_p1_are_missing_before_its_deployment_with_the_command() -> None:
    record = life_at("load_test", "P1").bug
    page = pages_of(record)["release-notes"]

    assert _states(record)[Document.RELEASE_NOTES] is DocumentState.MISSING
    assert "bb-missing" in page
    assert "<code>bugbook release-notes BUG-0001</code>" in page
    assert "<code>/bug release-notes 1</code>" in page


def test_the_root_cause_of_a_bug_in_progress_is_missing_with_the_command() -> None:
    record = life_at("in_progress").bug.model_copy(update={"root_cause": None})
    page = pages_of(record)["root-cause"]

    assert "The root cause of BUG-0001 is not identified yet." in page
    assert "<code>bugbook identify BUG-0001</code>" in page


def test_a_p0_without_an_incident_says_how_to_declare_one() -> None:
    page = pages_of(life_at("triaged", "P0").bug)["hotfix"]

    assert "<code>bugbook hotfix declare BUG-0001</code>" in page
    assert "<code>/hotfix declare 1</code>" in page


def test_a_written_document_is_a_draft_until_somebody_consents() -> None:
    record = until(NFC, "release-notes")
    consented = until(NFC, "approve-document")

    assert _states(record)[Document.RELEASE_NOTES] is DocumentState.DRAFT
    assert _states(consented)[Document.RELEASE_NOTES] is DocumentState.IN_REVIEW


def test_a_published_document_shows_its_version_and_who_approved_it() -> None:
    page = pages_of(finished(NFC), POLICY)["index"]

    assert "Published 1.0" in page
    assert "approved by Engineering Lead" in page


def test_a_duplicate_asks_for_no_documents() -> None:
    record = life_at("triaged", "P1").act("mark-duplicate", duplicate_of="BUG-0002").bug

    assert _states(record) == {}


def test_the_next_step_of_an_open_bug_names_what_is_missing() -> None:
    page = pages_of(life_at("reported").bug)["index"]

    assert "<strong>Triage</strong>" in page
    assert "BUG-0001 has no severity: triage it first." in page


def test_a_closed_bug_shows_how_it_ended_in_place_of_the_next_step() -> None:
    overview = models_of(finished(NFC), POLICY)[0]

    assert [section.heading for section in overview.glance] == [
        "What Happened",
        "Impact",
        "Resolution",
        "Clocks",
    ]


def test_a_page_names_its_record_and_its_commit() -> None:
    page = pages_of(life_at("reported").bug)["index"]

    assert "bugs/000/BUG-0001.yaml" in page
    assert "as of commit <code>0123456789abcdef0123456789abcdef01234567</code>" in page


def test_checks_of_a_fix_that_was_rolled_back_are_shown_open() -> None:
    life = life_at("deployed").usual("monitor")
    done = '<li class="bb-checklist__item--done"><span class="bb-visually-hidden">Done: </span>'
    ticked = f"{done}Redemption works"

    assert ticked in pages_of(life.bug)["index"]
    shown = pages_of(life.act("roll-back", reason="Errors rose").bug)["index"]
    assert ticked not in shown
    assert "Redemption works" in shown
    assert "Open again: the tick is not of the present deployment. Backend Engineer" in shown


def test_a_closed_bug_without_a_resolution_has_no_next_step() -> None:
    record = finished(NFC).model_copy(update={"resolution": None})
    overview = models_of(record, POLICY)[0]

    assert [block.kind for block in overview.glance[2].blocks] == ["facts"]


def test_an_analysis_before_any_fix_has_no_fix() -> None:
    record = finished(NFC).model_copy(update={"fix": None})
    pages = pages_of(record, POLICY)

    assert "Fix" not in _headings(pages["root-cause"])
    assert "Fix Applied" not in _headings(pages["release-notes"])
    assert "There is no rollback plan yet" in pages["release-notes"]
    assert "Fix Strategy" not in _headings(pages["hotfix"])


def test_an_investigation_makes_a_draft_of_the_analysis() -> None:
    record = until(NFC, "plan")

    assert _states(record)[Document.ROOT_CAUSE] is DocumentState.DRAFT


def test_a_hotfix_is_a_draft_until_it_is_backported() -> None:
    assert _states(until(NFC, "verify"))[Document.HOTFIX] is DocumentState.DRAFT
    assert _states(finished(NFC))[Document.HOTFIX] is DocumentState.COMPLETE
