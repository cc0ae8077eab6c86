"""Photograph every form and message of the bot: `python -m tests.demo.take_slack_screens [FOLDER]`.

The forms are filled in as the incidents of the source documents fill them in; the stand-in shows
them. Without a folder, the pictures of the Slack guide are taken anew. A font with coloured emoji
and `pngquant` make them as they are kept.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from shutil import which
from typing import Any, Final

from playwright.sync_api import Page, ViewportSize
from slack_bolt import Ack, App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from bot.blocks.answers import choose_bug, done, recording, refusal
from bot.blocks.bug_list import bug_list
from bot.blocks.card import bug_details, root_message
from bot.blocks.elements import plain
from bot.blocks.findings import evidence_result, history_result, similar_result
from bot.blocks.help_page import help_message
from bot.blocks.home import home_view
from bot.blocks.hotfix_sheet import hotfix_status
from bot.blocks.message import Message
from bot.blocks.plan_sheet import plan_sheet
from bot.blocks.readiness_sheet import readiness_sheet
from bot.blocks.room_card import room_card
from bot.forms.form import form_view, typed_values
from bot.forms.layout import SHORT
from bot.home_facts import burning, home_facts
from demo.cast import CHANNELS, MEMBERS, SOCKET_APP, workspace
from demo.local_http import post_json
from demo.ports import free_port
from demo.repository import PROJECT
from demo.stand_in import running_stand_in, stand_in_program
from demo.window import chat_window
from tests.bot.forms.filling import filled
from tests.browser import running_browser
from tests.builders.incident import EVERY, LOGIN, NFC, POLICY, Played, finished, played
from tests.builders.life import BACKEND, life_at
from tests.demo.rare_forms import rare_forms
from tests.demo.rare_messages import rare_messages
from tracker.model.severity import Severity
from tracker.model.status import Status
from tracker.workflow.decision import Refused
from tracker.workflow.outline import outline_of
from tracker.workflow.readiness import readiness
from tracker.workflow.trait import SimilarBug, Trait
from tracker.workflow.week import week

SCREENS: Final = PROJECT / "site" / "docs" / "assets" / "screens" / "slack"
SITE: Final = "https://bugs.example.com"
SIZE: Final[ViewportSize] = {"width": 900, "height": 1100}
TALL: Final[ViewportSize] = {"width": 900, "height": 2600}
"""For messages: what a picture of a part has to scroll for comes out broken."""
# The stand-in forgets line breaks, which Slack keeps.
STYLE: Final = """
.modal { max-height: 1000px !important }
.modal-body *, .msg-body * { white-space: pre-line; overflow-wrap: anywhere }
.code-block {
  display: block; padding: 6px 8px; border: 1px solid #ddd; border-radius: 4px;
  background: #f6f6f6; font: 12px/1.5 monospace;
}
.modal-body input[hidden] { display: none }
.modal-body textarea {
  width: 420px; max-width: 100%; box-sizing: border-box; padding: 6px 8px; border: 1px solid #aaa;
  border-radius: 4px; font: inherit; resize: none; white-space: pre-wrap;
}
"""
AS_SLACK_SHOWS: Final = (PROJECT / "tests" / "demo" / "as_slack_shows.js").read_text("utf-8")
BEHIND: Final = ".msg { visibility: hidden }"
"""What stands behind a form shows at its round corners, and is another at each time."""
COLOURS: Final = "32"
MOMENT: Final = 400  # milliseconds until the page stands still
LIKE: Final = (
    SimilarBug(
        bug="BUG-0458",
        title="User login fails with 500 Internal Server Error",
        status=Status.CLOSED,
        severity=Severity.P0,
        score=0.41,
        shared=((Trait.COMPONENT, "api-gateway"), (Trait.WORD, "redemption")),
        root_cause="Production points to the wrong Redis port",
    ),
)
IDS: Final = {member.email: member.user_id for member in MEMBERS if member.email}


def forms() -> dict[str, dict[str, Any]]:
    """Each form by the name of its picture, with what an incident entered."""
    found: dict[str, dict[str, Any]] = {}
    for name in (NFC, *EVERY):
        before = None
        for step in played(name):
            if step.verb not in found:
                found[step.verb] = _form(step, before)
            before = step.record
    found |= rare_forms(found)
    told = {"title": "Production is down", "what_is_broken": "Nobody can log in."}
    outage = {**told, "production_down": "yes"}
    found["outage"] = form_view("report", None, POLICY, outage, live=True, part=SHORT)
    return found


def _form(step: Played, before: Any) -> dict[str, Any]:
    _, state = filled(step.action, before, POLICY)
    entered = {
        key: IDS.get(text, text) if not text.startswith("<@") else _mention(step, text)
        for key, text in typed_values(state).items()
    }
    part = "0" if step.verb == "postmortem" else ""
    similar = ("🟠 P1 BUG-0458 Login fails after the deployment · investigating",)
    return form_view(
        step.verb,
        before,
        POLICY,
        entered,
        user_ids=IDS,
        live=True,
        part=part,
        similar=similar if step.verb == "triage" else (),
    )


def _mention(step: Played, text: str) -> str:
    """The person whom the action names, by the id that the workspace knows."""
    fields = [
        getattr(step.action, name)
        for name in ("assignee", "backup", "commander", "owner")
        if hasattr(step.action, name)
    ]
    number = int(text.strip("<@U>")) - 1
    people = list(dict.fromkeys(person for person in fields if person))
    return f"<@{IDS[people[number].email]}>" if number < len(people) else ""


def messages() -> dict[str, Message]:
    """Each message by the name of its picture."""
    steps = {step.verb: step for step in played(LOGIN)}
    middle = steps["hotfix-branch"]
    now = middle.at + timedelta(minutes=5)
    record, end = middle.record, finished(NFC)
    records = [finished(name) for name in EVERY]
    still_open = [each for each in records if each.status.is_open]
    life = life_at("load_test")
    refused = life.ask("deploy", version="v2.0.2")
    reasons = refused.reasons if isinstance(refused, Refused) else ()
    commits = [
        (step.at, step.person.name, f"{step.verb}: {step.action.subject(step.record)}")
        for step in played(LOGIN)
    ]
    plan = steps["plan"].record.investigation if "plan" in steps else record.investigation
    return {
        "room": room_card(record, POLICY, now, SITE, IDS),
        "plan": plan_sheet(steps["identify"].record) or done(record, "", POLICY, now),
        "root": root_message(record, POLICY, now, SITE, IDS),
        "show": bug_details(end, POLICY, now, SITE, IDS),
        "done": done(record, "Hotfix branch created.", POLICY, now),
        "recording": recording(record.id, "note"),
        "refusal": refusal(reasons, life.bug.id, "deploy"),
        "choice": choose_bug(records[:3], "note"),
        "list": bug_list([record, *still_open], POLICY, now),
        "hotfix-status": hotfix_status(record, POLICY, now),
        "readiness": readiness_sheet(record, readiness(record, POLICY, now)),
        "similar": similar_result(end, LIKE),
        "history": history_result(record, commits[:12]),
        "investigate": evidence_result(record, plan.steps[:4], ()),
        "help": help_message(None),
        "help-triage": help_message("triage"),
        **rare_messages(SITE),
    }


def home() -> dict[str, Any]:
    """A lead's home page, in the frame of a form: the stand-in shows its search nowhere else."""
    middle = {step.verb: step for step in played(LOGIN)}["hotfix-branch"]
    now = middle.at + timedelta(minutes=5)
    review = life_at("code_review", "P1").bug.model_copy(update={"id": "BUG-0456"})
    untouched = life_at("triaged", "P2").bug.model_copy(
        update={"id": "BUG-0461", "title": "The receipt shows the wrong month"}
    )
    records = [middle.record, review, untouched]
    policy = POLICY.model_copy(update={"roles": {**POLICY.roles, "lead": (BACKEND,)}})
    bugs = [outline_of(record) for record in records]
    numbers = week(bugs, policy, now.replace(minute=0))
    facts = home_facts(BACKEND, bugs, policy, burning(bugs, policy, now), numbers)
    whole = {record.id: record for record in records}
    blocks = home_view(facts, policy, now, SITE, records=whole)["blocks"]
    return {"type": "modal", "title": plain("Bugbook"), "submit": plain("–"), "blocks": blocks}


@contextmanager
def showing(views: Mapping[str, dict[str, Any]]) -> Iterator[tuple[str, Page, WebClient]]:
    """The stand-in with an app that opens a form by its name, and a window on it."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        base_url = stack.enter_context(
            running_stand_in(
                program=stand_in_program(PROJECT),
                scratch=scratch,
                port=free_port(),
                workspace=workspace(),
            )
        )
        client = WebClient(SOCKET_APP.bot_token, base_url=f"{base_url}/api/")
        app = App(client=client, signing_secret=SOCKET_APP.signing_secret)

        def on_command(ack: Ack, body: Mapping[str, Any]) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=views[body["text"]])

        app.command("/bug")(on_command)
        app.view_closed(re.compile(".*"))(lambda ack: ack())
        token = WebClient(SOCKET_APP.app_token, base_url=f"{base_url}/api/")
        listener = SocketModeHandler(app, SOCKET_APP.app_token, web_client=token)
        listener.connect()  # type: ignore[no-untyped-call]
        stack.callback(listener.close)
        browser = stack.enter_context(running_browser())
        page = browser.new_page(viewport=SIZE)
        page.goto(stack.enter_context(chat_window(base_url)))
        page.add_style_tag(content=STYLE)
        yield base_url, page, client


def photograph(folder: Path) -> Callable[[Page, str, str], None]:
    """Takes a picture of what fits a selector last."""

    def take(page: Page, selector: str, name: str) -> None:
        page.mouse.move(0, 0)
        page.wait_for_timeout(MOMENT)
        page.evaluate(AS_SLACK_SHOWS)
        page.locator(selector).last.screenshot(path=folder / f"{name}.png")

    return take


def main(folder: Path) -> None:
    """Take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    take, views = photograph(folder), {"home": home(), **forms()}
    channel, person = CHANNELS[0].channel_id, MEMBERS[0].user_id
    with showing(views) as (base_url, page, client):
        page.set_viewport_size(TALL)
        for name, message in messages().items():
            client.chat_postMessage(channel=channel, text=message.text, blocks=message.blocks)
            take(page, ".msg", f"message-{name}")
        page.set_viewport_size(SIZE)
        page.add_style_tag(content=BEHIND)
        for name in views:
            asked = {"channel": channel, "user": person, "command": "/bug", "text": name}
            post_json(f"{base_url}/_control/command", asked)
            page.locator(".modal").wait_for()
            if name == "home":
                take(page, ".modal-body", name)
            else:
                take(page, ".modal", f"form-{name}")
            page.locator(".modal-x").click()
            page.locator(".modal").wait_for(state="detached")
    make_small(folder)


def make_small(folder: Path, colours: str = COLOURS) -> None:
    """Take colours away that nobody misses, where a program for it is installed."""
    program = which("pngquant")
    if program is not None:
        pictures = sorted(map(str, folder.glob("*.png")))
        options = ("--force", "--ext", ".png", "--speed", "1", "--strip", colours)
        subprocess.run((program, *options, *pictures), check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else SCREENS)
