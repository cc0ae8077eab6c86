"""The smallest bot with a form, an error under a field, a corrected form and a button."""

from typing import Any, TypeAlias

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from demo.cast import SlackApp

Body: TypeAlias = dict[str, Any]


def tiny_bot(base_url: str, identity: SlackApp) -> App:
    client = WebClient(identity.bot_token, base_url=f"{base_url}/api/")
    app = App(client=client, signing_secret=identity.signing_secret)
    app.command("/bug")(on_command)
    app.view("report")(on_report)
    app.view("details")(on_details)
    app.action("claim")(on_claim)
    app.event("message")(on_message)
    app.event("reaction_added")(on_reaction)
    return app


def plain(text: str) -> Body:
    return {"type": "plain_text", "text": text}


def report_form(text: str) -> Body:
    levels = [{"text": plain(level), "value": level[:2]} for level in ("P0 Critical", "P1 High")]
    broken = {"type": "plain_text_input", "action_id": "v"}
    return {
        "type": "modal",
        "callback_id": "report",
        "title": plain("Report a bug"),
        "submit": plain("Report"),
        "blocks": [
            {
                "type": "input",
                "block_id": "broken",
                "label": plain("What is broken?"),
                "element": {**broken, "initial_value": text} if text else broken,
            },
            {
                "type": "input",
                "block_id": "severity",
                "label": plain("Severity"),
                "element": {"type": "static_select", "action_id": "v", "options": levels},
            },
            {
                "type": "input",
                "block_id": "owner",
                "optional": True,
                "label": plain("Owner"),
                "element": {"type": "users_select", "action_id": "v"},
            },
        ],
    }


def details_form() -> Body:
    checks = [{"text": plain(text), "value": text} for text in ("logs", "metrics")]
    return {
        "type": "modal",
        "callback_id": "details",
        "title": plain("Details"),
        "submit": plain("Save"),
        "blocks": [
            {
                "type": "input",
                "block_id": "seen",
                "label": plain("Seen in"),
                "element": {"type": "checkboxes", "action_id": "v", "options": checks},
            }
        ],
    }


def card(text: str) -> list[Body]:
    claim = {"type": "button", "action_id": "claim", "text": plain("Claim"), "value": "1"}
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": text}},
        {"type": "actions", "block_id": "moves", "elements": [claim]},
    ]


def on_command(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
    if body["text"] == "silence":
        return
    if body["text"] == "list":
        ack(response_type="ephemeral", text="No bug is open.")
        return
    ack()
    if body["text"] == "help":
        respond(text="Type /bug and what is broken.", response_type="ephemeral")
        return
    client.views_open(trigger_id=body["trigger_id"], view=report_form(body["text"]))


def on_report(ack: Ack, view: Body, client: WebClient) -> None:
    values = view["state"]["values"]
    broken = values["broken"]["v"]["value"]
    if broken == "it":
        ack(response_action="errors", errors={"broken": "Say which part is broken."})
        return
    if broken == "details":
        ack(response_action="update", view=details_form())
        return
    ack()
    severity = values["severity"]["v"]["selected_option"]["value"]
    owner = values["owner"]["v"]["selected_user"] or "nobody"
    text = f"{severity}: {broken} ({owner})"
    client.chat_postMessage(channel="C0INCIDENTS", text=text, blocks=card(text))


def on_details(ack: Ack, view: Body, body: Body, client: WebClient) -> None:
    ack()
    seen = view["state"]["values"]["seen"]["v"]["selected_options"]
    text = "Seen in " + ", ".join(option["value"] for option in seen)
    client.chat_postMessage(channel=body["user"]["id"], text=text)


def on_claim(ack: Ack, body: Body, client: WebClient, respond: Respond) -> None:
    ack()
    message = body["message"]
    text = f"{message['text']}, claimed by <@{body['user']['id']}>"
    channel = body["channel"]["id"]
    client.chat_update(channel=channel, ts=message["ts"], text=text, blocks=card(text))
    client.chat_postMessage(channel=channel, thread_ts=message["ts"], text="Claimed.")
    respond(text="You have it.", response_type="ephemeral", replace_original=False)


def on_message(body: Body, client: WebClient) -> None:
    event = body["event"]
    if "ping" in event["text"]:
        client.chat_postMessage(channel=event["channel"], thread_ts=event["ts"], text="pong")


def on_reaction(body: Body, client: WebClient) -> None:
    event = body["event"]
    text = f":{event['reaction']}: noted"
    item = event["item"]
    client.chat_postMessage(channel=item["channel"], thread_ts=item["ts"], text=text)
