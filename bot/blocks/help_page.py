"""What can be typed, by phase, and how each command works; drawn from the commands themselves."""

import inspect
from types import MappingProxyType
from typing import Final

from bot.blocks.elements import Block, context, header, ours, plain, section
from bot.blocks.message import Message, message
from bot.blocks.text import cut, one_line
from bot.blocks.words import command
from tracker.model.meaning import described
from tracker.workflow.verbs import VERBS, nearest

_EXAMPLE_ID: Final = "BUG-0042"
_NO_ID: Final = ("report",)
_READING: Final = MappingProxyType(
    {
        "show": "See one bug with all that is known.",
        "list": "See open bugs, the worst first; narrow it with status=, severity=, assignee=.",
        "search": "Find bugs by any of their words, closed ones too.",
        "similar": "See bugs like this one, and what caused them.",
        "history": "See who did what to a bug, and when.",
        "readiness": "See whether a fix may go to production, and what is missing.",
        "investigate": "Gather evidence: similar bugs, commits, code, logs.",
        "prompt": "Get a bug's facts as a prompt, as in /bug prompt 42 root-cause.",
        "metrics": "See how long things take, and how often they go well.",
        "down": "Report that production is down, in a short form.",
        "help": "See this list, or how one command works.",
    }
)
_GROUPS: Final = MappingProxyType(
    {
        "Report and triage": ("report", "triage", "assign", "mark-duplicate", "wont-fix"),
        "Root cause": ("plan", "identify", "cannot-reproduce"),
        "Fix, review and tests": (
            "submit-fix",
            "approve",
            "request-changes",
            "pass-tests",
            "fail-tests",
            "evidence",
            "proper-fix",
        ),
        "Deployment": (
            "plan-deployment",
            "deploy",
            "close-without-deploy",
            "regress",
            "monitor",
            "roll-back",
            "verify",
        ),
        "Documents and closing": (
            "release-notes",
            "postmortem",
            "approve-document",
            "publish",
            "action",
            "close",
            "reopen",
        ),
        "At any time": (
            "note",
            "mitigate",
            "impact",
            "communicate",
            "link",
            "attach",
            "quote",
            "retract",
            "take-role",
            "snooze",
        ),
        "Exceptions": ("undo", "waive", "join-incident"),
        "Hotfix": tuple(verb for verb in VERBS if verb.startswith("hotfix-")),
    }
)
_STATUS: Final = "/hotfix status: See the track, its times, and the commands of the next step."


def help_message(topic: str | None) -> Message:
    """Every command by phase, one command in detail, or what a mistyped word may have meant."""
    words = (topic or "").lower().replace("_", "-").split()
    if not words:
        return _overview("What you can do", list(_GROUPS))
    for end in range(len(words), 0, -1):  # what follows a command, nobody asked to be told of
        if (known := _about("-".join(words[:end]))) is not None:
            return known
    return _unknown("-".join(words))


def _about(wanted: str) -> Message | None:
    """What is told of a phase or a command; None where there is none of this name."""
    group = next((name for name in _GROUPS if name.lower().replace(" ", "-") == wanted), None)
    if group is not None:
        return _overview(group, [group])
    verb = wanted if wanted in VERBS else f"hotfix-{wanted}"
    if verb in VERBS:
        return _one(verb)
    text = _STATUS if wanted in {"status", "hotfix-status"} else ""
    if wanted in _READING:
        text = f"/bug {wanted}: {_READING[wanted]}"
    return message(text, [section(plain(text))]) if text else None


def summary(verb: str) -> str:
    """What a command does, in one line."""
    return one_line(inspect.getdoc(VERBS[verb]) or verb, 300)


def _overview(title: str, groups: list[str]) -> Message:
    blocks: list[Block] = [header(title)]
    for name in groups:
        lines = [f"{command(verb)}: {summary(verb)}" for verb in _GROUPS[name]]
        lines += [_STATUS] if name == "Hotfix" else []
        blocks.append(section(plain("\n".join((name.upper(), *lines)))))
    reading = [f"/bug {word}: {does}" for word, does in _READING.items()]
    blocks.append(section(plain("\n".join(("READ", *reading)))))
    blocks.append(
        context(
            plain(
                "Put the bug's number after the command, as in /bug triage 42. "
                "What you leave out, a form asks for. /bug help triage tells more."
            )
        )
    )
    return message(f"{title}. Type /bug and what is broken to report a bug.", blocks)


def _one(verb: str) -> Message:
    action = VERBS[verb]
    number = "" if verb in _NO_ID else _EXAMPLE_ID
    typed = f"{command(verb, number)} {action.example}".rstrip()
    fields = [
        f"• {name}: {one_line(info.description or '', 150)}"
        for name, info in described(action).items()
    ]
    blocks = [
        header(command(verb)),
        section(ours(summary(verb))),
        section(plain(f"For example: {typed}")),
        section(ours(cut("You can name its parts as key=value:\n" + "\n".join(fields), 2900))),
    ]
    return message(f"{command(verb)}: {summary(verb)} For example: {typed}", blocks)


def _unknown(wanted: str) -> Message:
    steps = {verb.removeprefix("hotfix-"): verb for verb in VERBS}
    meant = nearest(wanted, (*VERBS, *_READING, *steps))
    shown = one_line(wanted, 60)
    if meant is None:
        text = f"There is no command {shown}. /bug help lists all of them."
    else:
        verb = steps.get(meant, meant)
        typed = command(verb) if verb in VERBS else f"/bug {verb}"
        text = f"There is no command {shown}. Did you mean {typed}? /bug help lists all commands."
    return message(text, [section(plain(text))])
