"""The files for programs, read back by programs."""

import csv
import io
import json
import sqlite3
from datetime import date
from xml.etree import ElementTree as ET

from icalendar import Calendar

from generator.data_files import bug_files
from generator.page_models.dossier import Dossier
from generator.page_paths import BUGS_SQLITE
from generator.site_address import SiteAddress
from generator.wide_parts import wide_parts
from tests.builders.incident import NFC, REDIS, finished
from tests.builders.life import life_at
from tests.builders.pages import NOW, shelf_of
from tracker.model.documents import ActionItem, Horizon
from tracker.model.policy import Policy
from tracker.model.record import BugRecord

SITE = SiteAddress(name="Team", root="https://bugs.example.com/")
ATOM = "{http://www.w3.org/2005/Atom}"


def made_of(*records: BugRecord, site: SiteAddress = SITE) -> dict[str, str | bytes]:
    dossiers = tuple(Dossier(record=record, policy=Policy(), now=NOW) for record in records)
    made = [file for part in wide_parts(shelf_of(*records), site) for file in part.make().files]
    made += [file for dossier in dossiers for file in bug_files(dossier, site)]
    return {file.path: file.content for file in made}


def files(*records: BugRecord, site: SiteAddress = SITE) -> dict[str, str]:
    return {
        path: content if isinstance(content, str) else content.decode()
        for path, content in made_of(*records, site=site).items()
        if path != BUGS_SQLITE
    }


FILES = files(finished(NFC), finished(REDIS), life_at("triaged", "P0").bug)


def test_every_bug_is_in_the_list_and_has_a_file_of_its_own() -> None:
    listed = json.loads(FILES["api/bugs.json"])["bugs"]
    own = json.loads(FILES["api/bugs/BUG-0456.json"])

    assert [bug["id"] for bug in listed] == ["BUG-0456", "DH-789", "BUG-0001"]
    assert listed[0]["address"] == "https://bugs.example.com/bugs/BUG-0456/"
    assert listed[0]["record"] == "https://bugs.example.com/api/bugs/BUG-0456.json"
    assert own["record"]["title"] == finished(NFC).title
    assert own["computed"]["seconds"]["resolve"] == 11700
    assert {each["state"] for each in own["computed"]["targets"]} == {"met"}


def test_a_feed_tells_what_changed_last() -> None:
    feed = ET.fromstring(FILES["feeds/bugs.atom"])  # noqa: S314 - our own file
    titles = [node.text or "" for node in feed.iterfind(f"{ATOM}entry/{ATOM}title")]

    assert titles[0].startswith("BUG-0001 ")
    assert {title.split()[0] for title in titles} == {"BUG-0456", "DH-789", "BUG-0001"}
    told = json.loads(FILES["feeds/bugs.json"])
    assert [item["title"] for item in told["items"]] == titles
    assert told["version"] == "https://jsonfeed.org/version/1.1"


def test_a_published_document_is_told_once_for_each_revision() -> None:
    told = json.loads(FILES["feeds/documents.json"])["items"]

    assert "urn:bugbook:BUG-0456/post-mortem/1.0" in [item["id"] for item in told]
    assert told[0]["url"].startswith("https://bugs.example.com/bugs/")


def test_text_in_a_feed_is_text() -> None:
    spell = "</title><script>alert(1)</script> & \ufffe end"
    feed = ET.fromstring(  # noqa: S314 - our own file
        files(life_at("reported").bug.model_copy(update={"title": spell}))["feeds/bugs.atom"]
    )

    title = feed.findtext(f"{ATOM}entry/{ATOM}title")
    assert title is not None
    assert title.endswith("</title><script>alert(1)</script> & \N{REPLACEMENT CHARACTER} end")


def test_a_feed_has_words_and_not_the_marks_of_markdown() -> None:
    bug = life_at("reported").bug
    told = bug.timeline[-1].model_copy(update={"text": "It **failed** in `nfc`:\n\n- <b>twice</b>"})
    made = files(bug.model_copy(update={"timeline": (told,)}))

    (item,) = json.loads(made["feeds/bugs.json"])["items"]
    assert item["content_text"].endswith(". It failed in nfc: <b>twice</b>")
    feed = ET.fromstring(made["feeds/bugs.atom"])  # noqa: S314 - our own file
    assert feed.findtext(f"{ATOM}entry/{ATOM}summary") == item["content_text"]


def test_a_feed_without_a_site_address_leads_to_the_pages_beside_it() -> None:
    made = files(finished(NFC), site=SiteAddress(name="Team"))
    feed = ET.fromstring(made["feeds/bugs.atom"])  # noqa: S314 - our own file

    base = feed.get("{http://www.w3.org/XML/1998/namespace}base")
    link = feed.find(f"{ATOM}entry/{ATOM}link")
    assert base == "../"
    assert link is not None
    assert link.get("href") == "bugs/BUG-0456/"


def test_the_calendar_has_what_is_due_and_nothing_that_is_done() -> None:
    items = (
        ActionItem(key="aaaaa1", text="Open", horizon=Horizon.IMMEDIATE, due=date(2026, 4, 1)),
        ActionItem(
            key="aaaaa2", text="Done", horizon=Horizon.IMMEDIATE, due=date(2026, 4, 1), done_at=NOW
        ),
        ActionItem(key="aaaaa3", text="Undated", horizon=Horizon.IMMEDIATE),
    )
    record = life_at("triaged", "P1").bug.model_copy(update={"actions": items})

    events = Calendar.from_ical(files(record)["due-dates.ics"]).walk("VEVENT")

    found = {str(event["uid"]): event for event in events}
    assert set(found) == {"BUG-0001/fix@bugbook", "BUG-0001/actions/aaaaa1@bugbook"}
    assert found["BUG-0001/actions/aaaaa1@bugbook"].decoded("dtstart") == date(2026, 4, 1)


def test_a_calendar_in_which_nothing_is_due_is_still_one() -> None:
    record = finished(NFC).model_copy(update={"actions": ()})

    calendar = Calendar.from_ical(files(record)["due-dates.ics"])

    assert calendar.walk("VEVENT") == []
    (zone,) = calendar.walk("VTIMEZONE")
    assert str(zone["tzid"]) == "Etc/UTC"
    assert len(zone.walk("STANDARD")) == 1


def test_a_spreadsheet_runs_no_formula_of_a_title() -> None:
    for start in ("=1+1", "+1", "-1", "@SUM(A1)"):
        record = life_at("reported").bug.model_copy(update={"title": f'{start} "quoted", too'})
        (row,) = csv.DictReader(io.StringIO(files(record)["api/bugs.csv"], newline=""))
        assert row["title"] == f'\'{start} "quoted", too'


def test_the_numbers_have_their_definitions_and_rows() -> None:
    slices = json.loads(FILES["api/metrics.json"])["slices"]
    resolve = next(each for each in slices[0]["metrics"] if each["name"] == "time_to_resolve")

    assert resolve["rows"] == ["BUG-0456", "DH-789"]
    assert resolve["definition"].startswith("Median time from the report")


def test_addresses_follow_the_way_pages_are_named() -> None:
    plain = SiteAddress(name="Team", directories=False)

    assert plain.page("bugs/BUG-0001/index.md") == "bugs/BUG-0001/index.html"
    assert plain.page("bugs/BUG-0001/root-cause.md#why") == "bugs/BUG-0001/root-cause.html#why"
    assert SITE.page("index.md") == "https://bugs.example.com/"


def test_the_database_answers_questions_and_has_the_same_bytes_each_time() -> None:
    first, again = (made_of(finished(NFC), finished(REDIS))[BUGS_SQLITE] for _ in range(2))
    connection = sqlite3.connect(":memory:")
    assert isinstance(first, bytes)
    connection.deserialize(first)

    bugs = connection.execute("select id, resolve_seconds from bugs order by id").fetchall()
    components = connection.execute(
        "select component from bug_components where bug = ?", ["DH-789"]
    )
    open_items = connection.execute("select count(*) from action_items where done_at is null")
    health = connection.execute("pragma integrity_check").fetchone()[0]

    assert [bug for bug, _ in bugs] == ["BUG-0456", "DH-789"]
    assert bugs[0][1] == 11700
    assert [name for (name,) in components] == sorted(finished(REDIS).environment.components)
    assert open_items.fetchone()[0] > 0
    assert health == "ok"
    assert first == again
