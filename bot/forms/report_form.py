"""The report of a bug."""

from bot.forms.inputs import (
    Input,
    always,
    choice,
    line,
    lines,
    moment,
    offers_of,
    person,
    prose,
    yes_no,
)
from bot.forms.kinds import Text
from bot.forms.layout import Data, Form, Page
from bot.forms.scene import Scene
from tracker.model.bug_id import canonical_id
from tracker.model.matrix import Question
from tracker.model.report import Level

STAGE = line(
    "environment.stage",
    "Stage",
    example="production or staging",
    default="production",
    counts=False,
)
ENVIRONMENT = (
    line("environment.platform", "Platform", example="iOS 17.2, Android 13"),
    line("environment.app_version", "App version", example="2.1.0"),
    line("environment.api_version", "API version", example="v2.0"),
    lines("environment.portals", "Affected portals", "Portals, sites or tenants, one a line"),
    lines("environment.components", "Affected components"),
    line("environment.production_version", "Version in production", "A tag, image or commit"),
    moment("environment.deployed_at", "That version deployed at"),
    line("environment.last_working", "Last working state", "The last version that worked"),
)


def _finished(data: Data, scene: Scene) -> Data:
    number = data.get("id")
    return {**data, "id": canonical_id(number, scene.policy.ids) or number} if number else data


FORMS = (
    Form(
        verb="report",
        title="Report a bug",
        submit="Report",
        main="title",
        groups=("environment",),
        finish=_finished,
        at="Reported at",
        essentials=5,
        short=Page(
            title="Production is down",
            inputs=frozenset(
                {"title", "what_is_broken", "production_down", "affects", "started", "permalink"}
            ),
        ),
        inputs=(
            Input(
                name="title",
                label="Title",
                kind=Text(most=150, least=3, placeholder="What is broken, in one line"),
                required=always,
            ),
            prose("what_is_broken", "What is broken?", required=always),
            line(
                "affects",
                "Who is affected?",
                example="All users, a share, one portal, an edge case",
            ),
            moment("started", "Started", "When the trouble began, as far as known"),
            STAGE,
            prose("expected", "Expected behaviour"),
            prose("actual", "Actual behaviour"),
            lines("frequency", "Frequency", "How often and for whom, one fact a line"),
            lines("steps", "Steps to reproduce", "One step a line"),
            choice("business", "Business impact", offers_of(Level)),
            yes_no(
                "production_down",
                "Is production down?",
                "Yes calls people at once",
                worded=lambda scene: scene.policy.matrix[Question.PRODUCTION_DOWN].ask,
            ),
            line("functionality", "Broken features"),
            line("users", "How many users?", example="~5,000"),
            moment("detected", "First noticed", "When somebody or something first noticed it"),
            line("source", "Source", example="Support ticket, internal, user report, alert"),
            *ENVIRONMENT,
            prose("logs", "Logs and error messages", "As they are; they are shown as code"),
            prose("stack_trace", "Stack trace", "Where the log holds only a part of it"),
            prose(
                "minimal_reproduction", "Minimal reproduction", "The smallest command or program"
            ),
            line("reproduction_language", "Language of that program", example="python"),
            person("reporter", "Reported by", "When that was somebody else"),
            line("permalink", "Link to the message"),
            line("id", "Bug number", "Only for a bug that has one already, such as DH-789"),
        ),
    ),
)
