"""Two people at once, and triggers that open no form any more."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from demo.signed_delivery import SignedDelivery
from tests.bot.office import INCIDENTS, LIFE, Office


def test_of_two_people_who_click_at_once_one_moves_the_bug_and_the_other_hears_where_it_stands(
    office: Office,
) -> None:
    office.bring(*LIFE[:5])
    root, names = office.root(), ("senior", "lead")
    with ThreadPoolExecutor(len(names)) as pool:
        for name in names:
            pool.submit(office.person(name).press, INCIDENTS, "Approve", ts=root.ts)

    def answers() -> list[str] | None:
        found = [call["text"] for call in office.calls("response_url")]
        ended = [text for text in found if "recording" not in text.lower()]
        return ended if len(ended) == len(names) else None

    told = office.state.until(answers, "answer to both")
    assert sum("✅ BUG-0001: Approved by" in text for text in told) == 1
    assert sum("BUG-0001 stands at “testing”" in text for text in told) == 1
    assert sum("approve" in subject for subject in office.subjects()) == 1


@pytest.mark.parametrize("used", [True, False], ids=["reused", "expired"])
def test_a_trigger_that_opens_nothing_any_more_leads_to_a_button_for_the_form(
    office: Office, *, used: bool
) -> None:
    office.bring("report")
    with office.state.changing():
        trigger_id = office.state.new_trigger("U0SUPPORT")
        trigger = office.state.triggers[trigger_id]
        trigger.used, trigger.issued = used, trigger.issued - 10.0
        fields = {
            "command": "/bug",
            "text": "triage 1",
            "channel_id": "C0INCIDENTS",
            "user_id": "U0SUPPORT",
            "trigger_id": trigger_id,
            "response_url": office.state.new_response_url("C0INCIDENTS", "U0SUPPORT"),
        }

    SignedDelivery(state=office.state, bot_url=office.bot_url).command(fields, "the command")

    support = office.person("support")
    offered = support.await_message(INCIDENTS, "This needs a form: open it with the button.")
    support.press(INCIDENTS, "Triage", ts=offered["ts"])
    assert "Is production down?" in support.form().labels
