"""Which bug typed words go to, when no number is typed."""

import pytest

from demo.message import visible_text
from tests.bot.office import INCIDENTS, Office


@pytest.fixture
def two(office: Office) -> Office:
    """A workspace in which QA has one open bug and support another."""
    qa = office.person("qa")
    qa.slash_command(INCIDENTS, "/bug Checkout")
    assert qa.submit({"What is broken?": "Nobody can pay."}).closed
    qa.await_message(INCIDENTS, "✅ BUG-0001: Reported: Checkout")
    assert office.report("Coupons are cut off") == "BUG-0002"
    return office


@pytest.mark.parametrize(
    ("line", "move", "told"),
    [
        ("/bug note coupons cut Rolled back", "move:note", "coupons cut Rolled back"),
        ("/bug mitigate coupons Flag off", "move:mitigate", "coupons Flag off"),
    ],
)
def test_words_that_begin_with_the_title_of_another_bug_are_recorded_once_it_is_chosen(
    two: Office, line: str, move: str, told: str
) -> None:
    qa = two.person("qa")
    qa.slash_command(INCIDENTS, line)
    question = qa.await_message(INCIDENTS, "“coupons” is in the title of BUG-0002")
    assert "this would be about BUG-0001. Which bug do you mean?" in question["text"]
    assert len(two.subjects()) == 2

    qa.press(INCIDENTS, move, ts=question["ts"])

    qa.await_message(INCIDENTS, "✅ BUG-0002: ")
    assert two.subjects()[-1].startswith("BUG-0002")
    assert told in two.subjects()[-1]


def test_what_is_meant_for_a_report_without_a_number_goes_to_no_older_bug(office: Office) -> None:
    office.bring("report")
    support = office.person("support")
    away = office.git.path.rename(office.git.path.with_suffix(".away"))
    support.slash_command(INCIDENTS, "/bug down Login")
    assert support.submit({}).closed
    support.await_message(INCIDENTS, "Saved, not yet shared: “report”.")

    support.slash_command(INCIDENTS, "/bug mitigate login Words")
    support.await_message(INCIDENTS, "“Login”, is saved and has no number yet.")
    support.slash_command(INCIDENTS, "/bug note Nothing named")
    question = support.await_message(INCIDENTS, "You can also type its number: /bug note")
    assert "“Login”, is saved and has no number yet." in question["text"]
    assert "Redemption fails" in visible_text(question)
    support.slash_command(INCIDENTS, "/bug list")
    support.await_message(INCIDENTS, "Saved and not yet shared, so without a number: “Login”.")

    support.press(INCIDENTS, "move:note", ts=question["ts"])
    support.await_message(INCIDENTS, "Saved, not yet shared: “note” for BUG-0001.")
    away.rename(office.git.path)


def test_a_first_report_without_a_number_is_told_to_whoever_adds_to_it(office: Office) -> None:
    support = office.person("support")
    away = office.git.path.rename(office.git.path.with_suffix(".away"))
    support.slash_command(INCIDENTS, "/bug down Login")
    assert support.submit({}).closed
    support.await_message(INCIDENTS, "Saved, not yet shared: “report”.")

    support.slash_command(INCIDENTS, "/bug note Since noon")

    told = support.await_message(INCIDENTS, "“Login”, is saved and has no number yet.")["text"]
    assert "Name one: /bug note" in told
    away.rename(office.git.path)


def test_words_apart_in_a_title_suffice_to_look_and_are_asked_about_before_a_change(
    two: Office,
) -> None:
    qa = two.person("qa")
    qa.slash_command(INCIDENTS, "/bug show coupons cut")
    assert "BUG-0002" in visible_text(qa.await_message(INCIDENTS, "Coupon redemption fails."))

    qa.slash_command(INCIDENTS, "/bug assign coupons cut me")

    question = qa.await_message(INCIDENTS, "Do you mean BUG-0002, whose title has the words")
    assert "“coupons cut”" in question["text"]
    assert len(two.subjects()) == 2


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("/bug take-role 1 scribe person=me", "Backend Engineer"),
        ("/bug take-role 1 scribe me", "Backend Engineer"),
        ("/bug take-role 1 scribe @lead", "Engineering Lead"),
        ("/bug take-role 1 to @lead scribe", "Engineering Lead"),
    ],
)
def test_a_role_is_given_to_whoever_is_named(office: Office, line: str, told: str) -> None:
    office.bring("report", "triage", "assign")
    backend = office.person("backend")

    backend.slash_command(INCIDENTS, line)

    answer = backend.await_message(INCIDENTS, "✅ BUG-0001: ")["text"]
    assert "cribe" in answer
    assert told in answer


@pytest.mark.parametrize("line", ["/bug 1 P9", "/bug triage 1 P9"])
def test_a_severity_that_there_is_none_of_behind_a_number_is_a_mistyped_triage(
    office: Office, line: str
) -> None:
    office.bring("report")
    oncall = office.person("oncall")

    oncall.slash_command(INCIDENTS, line)

    assert "P9" in visible_text(oncall.form("Triage").view)


def test_a_mistyped_key_is_told_before_anything_is_recorded(office: Office) -> None:
    office.bring("report")
    support = office.person("support")

    support.slash_command(INCIDENTS, "/bug note 1 sorce=https://example.com it is back")
    form = support.form("Add a note")

    assert "“sorce=” is no field and was taken as text: did you mean “source=”?" in visible_text(
        form.view
    )
    assert support.submit({}).closed
    support.await_message(INCIDENTS, "✅ BUG-0001: sorce=")
