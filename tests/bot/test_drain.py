"""A bot that ends: what it took is committed and answered, or answered and kept for the next."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from demo.signed_person import SignedPerson
from tests.bot.office import INCIDENTS, Office, open_office
from tracker.store.secrets import SecretScanner

TEXTS = [f"Seen in portal {number:02}" for number in range(12)]


def type_notes(person: SignedPerson) -> None:
    """Type them all at once; each is acknowledged when this ends, and few of them are answered."""
    with ThreadPoolExecutor(len(TEXTS)) as pool:
        asked = [pool.submit(person.slash_command, INCIDENTS, f"/bug note 1 {t}") for t in TEXTS]
    assert [each.exception() for each in asked] == [None] * len(TEXTS)


def told(office: Office) -> str:
    return "\n".join(message["text"] for message in office.person("support").messages(INCIDENTS))


def test_what_is_in_hand_and_in_the_queue_is_committed_and_answered(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner) as office:
        office.bring("report")
        type_notes(office.person("support"))

    committed, answered = "\n".join(office.subjects()), told(office)
    assert [text for text in TEXTS if committed.count(text) != 1] == []
    assert [text for text in TEXTS if answered.count(f"✅ BUG-0001: {text}") != 1] == []


def test_what_cannot_be_shared_is_answered_and_brought_through_by_the_next_bot(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner) as office:
        office.bring("report")
        away = office.git.path.rename(office.git.path.with_suffix(".away"))
        type_notes(office.person("support"))

    assert told(office).count("Saved, not yet shared: “note” for BUG-0001.") == len(TEXTS)
    away.rename(office.git.path)
    with open_office(tmp_path, scanner, git=office.git) as after:
        support = after.person("support")
        for text in TEXTS:
            support.await_message(INCIDENTS, f"✅ BUG-0001: {text}")
    committed = "\n".join(after.subjects())
    assert [text for text in TEXTS if committed.count(text) != 1] == []


def test_a_form_that_is_submitted_while_the_bot_ends_is_recorded_once(
    tmp_path: Path, scanner: SecretScanner
) -> None:
    with open_office(tmp_path, scanner) as office:
        support = office.person("support")
        support.slash_command(INCIDENTS, "/bug Redemption fails")
        assert support.submit({"What is broken?": "It fails."}).closed

    assert office.subjects() == ["BUG-0001 report: Redemption fails"]
    assert told(office).count("✅ BUG-0001: Reported: Redemption fails") == 1
