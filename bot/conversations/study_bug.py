"""Look at a bug from further away: what is like it, who did what, whether it may go live."""

from functools import partial
from pathlib import Path
from typing import Final

from slack_bolt import App, Args

from bot.asked import Asked, by_interaction
from bot.blocks.elements import code_blocks, ours, section
from bot.blocks.findings import evidence_result
from bot.blocks.message import Message, message
from bot.blocks.moves import MOVE, pressed
from bot.blocks.numbers import numbers
from bot.blocks.plan_sheet import plan_sheet
from bot.boundary import bounded
from bot.choosing import find_or_ask
from bot.command_line import CommandLine
from bot.desk import Desk
from bot.draft import Draft
from bot.going_on import go_on
from bot.judging import judge_and_record
from bot.sentence import sentence
from bot.studies import prompt_kind, study, which_prompt
from bot.typed_draft import typed_draft
from tracker.assembly import Inquiry, Request
from tracker.model.record import BugRecord
from tracker.model.trouble import TroubleError
from tracker.workflow.prompt import prompt as write_prompt

WORDS: Final = ("similar", "history", "readiness", "investigate", "prompt")

_BLOCKS: Final = 4  # of a message, which holds about 13,000 characters
_MESSAGES: Final = 4  # a response URL takes five


def by_command(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Answer privately about the bug that was named or can only be meant."""
    draft = Draft(text=line.text, at=desk.tracker.now())
    record = find_or_ask(desk, asked, line, draft)
    if record is not None:
        _answer(desk, asked, line.word, record, line.text)


def plan(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Show how far the search for the cause is; its form where nothing is noted, or more is said.

    A bug's button goes to the form at once.
    """
    draft = typed_draft(line, asked.user, desk.now())
    record = find_or_ask(desk, asked, line, draft)
    if record is None:
        return
    begun = draft.says_something or desk.draft(asked, line.word, record.id).entered
    sheet = None if begun else plan_sheet(record)
    if sheet is None:
        go_on(desk, asked, line.word, record, draft)
    else:
        asked.reply(sheet)


def tell_metrics(desk: Desk, asked: Asked, line: CommandLine) -> None:
    """Tell how long things took, over all bugs and by severity."""
    del line
    found = desk.tracker.metrics(desk.tracker.now(), sources=False)
    asked.reply(numbers(found.slices, desk.site_url))


def register(app: App, desk: Desk) -> None:
    """Listen to the buttons of a bug that was chosen."""
    for word in WORDS:
        app.action(f"{MOVE}{word}")(bounded(partial(_on_choice, desk)))


def _on_choice(desk: Desk, args: Args) -> None:
    args.ack()
    word, bug = pressed(args.payload)
    stamp = (args.body.get("container") or {}).get("message_ts", "")
    asked = by_interaction(args.body, args.client, f"{word}-{stamp}-{bug}")
    desk.tracker.catch_up()
    draft = desk.draft(asked, word, bug)
    _answer(desk, asked, word, desk.tracker.load(bug), draft.text)


def _answer(desk: Desk, asked: Asked, word: str, record: BugRecord, text: str) -> None:
    match word:
        case "investigate":
            _investigate(desk, asked, record)
        case "prompt":
            for part in _prompt(desk, record, text):
                asked.reply(part)
        case _:
            asked.reply(study(desk.tracker, word, record))


def _investigate(desk: Desk, asked: Asked, record: BugRecord) -> None:
    """Gather evidence, which may take a while, show it, and record it in one commit."""
    try:
        gathered = desk.tracker.investigate(Inquiry(record=record, folder=Path.cwd()))
        steps = gathered.plan.steps if gathered.plan else ()
        asked.reply(evidence_result(record, steps, gathered.remarks))
        if gathered.plan is not None:
            request = Request(
                id=asked.request,
                bug=record.id,
                action=gathered.plan,
                actor=desk.people.person(asked.user),
            )
            judge_and_record(desk, asked, request)
    except TroubleError as trouble:
        asked.reply(sentence(str(trouble)))


def _prompt(desk: Desk, record: BugRecord, text: str) -> list[Message]:
    """The prompt in as many messages as it needs, or which prompts there are."""
    kind = prompt_kind(text)
    if not kind:
        return [which_prompt(record.id, "/bug ")]
    whole = write_prompt(record, kind, desk.tracker.policy(), desk.tracker.without_secrets)
    blocks = code_blocks(whole)
    groups = [blocks[at : at + _BLOCKS] for at in range(0, len(blocks), _BLOCKS)]
    title = f"Prompt: {kind} of {record.id}"
    messages = [message(title, group) for group in groups[:_MESSAGES]]
    if len(groups) > _MESSAGES:
        told = (
            f"This is not all: a chat cannot hold it. `bugbook prompt {record.id} {kind}` prints"
            " the whole prompt."
        )
        messages[-1].blocks.append(section(ours(told)))
    return messages
