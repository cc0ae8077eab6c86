"""A good message and a good modal, to plant mistakes in."""

from typing import Any, TypeAlias

Payload: TypeAlias = dict[str, Any]


def plain(text: str) -> Payload:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Payload:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> Payload:
    return {"text": plain(text), "value": text}


def button(action_id: str, text: str = "Triage") -> Payload:
    return {"type": "button", "action_id": action_id, "text": plain(text), "value": "BUG-0001"}


def select(*options: Payload) -> Payload:
    return {"type": "static_select", "action_id": "severity", "options": list(options)}


def field(block_id: str, label: str, element: Payload) -> Payload:
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element}


def message() -> list[Payload]:
    return [
        {"type": "header", "text": plain("BUG-0001 Reader rejects signed tags")},
        {"type": "section", "block_id": "facts", "fields": [mrkdwn("*P1*"), mrkdwn("triaged")]},
        {"type": "section", "text": mrkdwn("*Next*"), "accessory": select(option("P0"))},
        {"type": "context", "elements": [mrkdwn("reported by Support Team")]},
        {"type": "divider"},
        {"type": "actions", "block_id": "moves", "elements": [button("triage"), button("note")]},
        {
            "type": "rich_text",
            "elements": [
                {"type": "rich_text_section", "elements": [{"type": "text", "text": "as is"}]}
            ],
        },
    ]


def modal() -> Payload:
    text = {"type": "plain_text_input", "action_id": "v", "multiline": True, "max_length": 3000}
    levels = select(option("P0"), option("P1"))
    return {
        "type": "modal",
        "callback_id": "report",
        "title": plain("Report a bug"),
        "submit": plain("Report"),
        "close": plain("Cancel"),
        "private_metadata": "{}",
        "blocks": [
            {"type": "section", "text": mrkdwn("What happened?")},
            field("broken", "What is broken?", text),
            field("level", "Severity", {**levels, "initial_option": option("P1")}),
            field("who", "Assignee", {"type": "users_select", "action_id": "v"}),
            field("since", "Since", {"type": "datetimepicker", "action_id": "v"}),
        ],
    }
