"""The home page: mine, what waits for me, what burns, search; fresh, and within Slack's limits."""

from datetime import timedelta
from typing import Any

from bot.blocks.home import Failure, Found, home_view
from bot.home_facts import burning, home_facts
from tests.block_kit.validate import problems_of_view
from tests.bot.office import INCIDENTS, LIFE, Office
from tests.builders.life import BACKEND, ONCALL, SENIOR, START, SUPPORT, life_at
from tracker.model.person import Person
from tracker.model.policy import Policy
from tracker.model.record import BugRecord
from tracker.workflow.outline import outline_of
from tracker.workflow.week import week

LEAD = Person(name="Engineering Lead", email="lead@example.com")
TEAM = Policy(
    roles={"lead": (LEAD,), "senior": (SENIOR,), "responder": (ONCALL,)},
)


def numbered(number: int, status: str, severity: str, **changes: Any) -> BugRecord:
    record = life_at(status, severity).bug
    return record.model_copy(update={"id": f"BUG-{number:04d}", **changes})


def texts(view: dict[str, Any]) -> str:
    return str(view["blocks"])


def shown(office: Office, user: str, wanted: str) -> str:
    """The page of somebody, once it says what is wanted."""

    def look() -> str | None:
        text = texts(office.state.homes.get(user, {"blocks": []}))
        return text if wanted in text else None

    return office.state.until(look, f"home with {wanted!r}")


def page(person: Person, *records: BugRecord, now: Any = START) -> str:
    bugs = [outline_of(record) for record in records]
    facts = home_facts(person, bugs, TEAM, burning(bugs, TEAM, now), week(bugs, TEAM, now))
    whole = {record.id: record for record in records}
    view = home_view(facts, TEAM, now, "https://bugs.example.com/", records=whole)
    assert problems_of_view(view) == []
    return texts(view)


def test_a_person_sees_their_bugs_and_what_waits_for_them() -> None:
    reported, review = numbered(1, "reported", "P2"), numbered(2, "code_review", "P1")

    assert "Triage BUG-0001" in page(ONCALL, reported, review)
    assert "Review the fix of BUG-0002" in page(SENIOR, reported, review)
    assert "Nothing waits for you." in page(BACKEND, reported, review)
    assert "BUG-0002" in page(BACKEND, reported, review)


def test_a_bug_is_among_those_of_whoever_reported_it_and_took_it_on() -> None:
    life = life_at("triaged", "P2")
    life.act("assign", assignee=str(SUPPORT))
    assert life.bug.reported.by == SUPPORT

    assert "No open bug is yours." not in page(SUPPORT, life.bug)
    assert "No open bug is yours." in page(BACKEND, life.bug)


def test_a_post_mortem_and_action_items_wait_for_their_people() -> None:
    life = life_at("verified", "P0")
    life.act("action", text="Add a test", horizon="immediate", due="2026-03-06", owner=str(SENIOR))

    assert "Write the post-mortem of BUG-0001" in page(BACKEND, life.bug)
    assert "Add a test (BUG-0001), due 2026-03-06" in page(SENIOR, life.bug)


def test_what_burns_is_shown_to_everybody_and_the_week_to_whoever_leads() -> None:
    record = numbered(1, "investigating", "P0")
    late = START + timedelta(hours=5)

    assert "Fix breached" in page(ONCALL, record, now=late)
    assert "Fix on track" in page(ONCALL, record)
    assert "No target is at risk." in page(ONCALL, numbered(2, "investigating", "P2"))
    assert "The week" in page(LEAD, record, now=late)
    assert "The week" not in page(BACKEND, record, now=late)


def test_a_page_of_too_much_is_within_the_limits() -> None:
    title = "🔥 <!channel> *x* " + "\u0627" * 130
    records = [numbered(number, "code_review", "P0", title=title[:150]) for number in range(1, 300)]
    late = START + timedelta(days=30)
    bugs = [outline_of(record) for record in records]
    facts = home_facts(LEAD, bugs, TEAM, burning(bugs, TEAM, late), week(bugs, TEAM, late))
    failures = [Failure(bug="BUG-0001", text="x" * 3000)] * 50
    found = Found(words="x" * 500, bugs=tuple(("BUG-0001", title) for _ in range(50)))
    whole = {record.id: record for record in records}
    view = home_view(
        facts, TEAM, late, "https://e.com/", records=whole, failures=failures, found=found
    )

    assert problems_of_view(view) == []


def test_the_page_is_shown_when_it_is_opened_and_when_a_bug_changes(office: Office) -> None:
    office.bring("report")
    office.person("support").open_home()
    assert "BUG-0001" in shown(office, "U0SUPPORT", "Your bugs")

    office.bring(*LIFE[1:3])
    office.person("backend").open_home()
    assert "Investigating" in shown(office, "U0BACKEND", "BUG-0001")
    office.person("backend").slash_command(INCIDENTS, "/bug wont-fix 1 reason=False")
    shown(office, "U0BACKEND", "No open bug is yours.")


def test_an_unchanged_page_is_not_published_again(office: Office) -> None:
    office.bring("report")
    office.person("support").open_home()
    shown(office, "U0SUPPORT", "BUG-0001")
    office.bot.voice.show_homes.stop()
    office.bot.voice.homes.refresh()
    before = len(office.calls("views.publish"))
    office.bot.voice.homes.refresh()

    assert len(office.calls("views.publish")) == before


def test_the_page_finds_bugs(office: Office) -> None:
    office.bring("report")
    office.bot.voice.homes.search("U0SUPPORT", "redemption")

    assert "Found for “redemption”" in texts(office.state.homes["U0SUPPORT"])
    assert "BUG-0001 Redemption fails" in texts(office.state.homes["U0SUPPORT"])


def test_what_was_found_stays_until_the_page_is_opened_again(office: Office) -> None:
    office.bring("report")
    office.bot.voice.show_homes.stop()
    support = office.person("support")
    support.open_home()
    shown(office, "U0SUPPORT", "Your bugs")
    office.bot.voice.homes.search("U0SUPPORT", "redemption")

    office.bring("triage")
    office.bot.voice.homes.refresh()
    assert "Found for “redemption”" in texts(office.state.homes["U0SUPPORT"])

    support.open_home()
    shown(office, "U0SUPPORT", "Triaged")
    assert "Found for" not in texts(office.state.homes["U0SUPPORT"])
