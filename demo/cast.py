"""Who and what is in the workspace that the demonstration plays in."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Member:
    """A person, known by role."""

    user_id: str
    name: str
    real_name: str

    @property
    def email(self) -> str:
        """An address in the domain that is reserved for examples."""
        return f"{self.name}@example.com"


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A public channel that everybody and every app is in."""

    channel_id: str
    name: str


@dataclass(frozen=True, kw_only=True)
class SlackApp:
    """One installation of the bot; `request_url` is set when it is reached over HTTP."""

    app_id: str
    bot_user_id: str
    name: str = "bugbook"
    request_url: str | None = None

    @property
    def bot_token(self) -> str:
        """A token that no real workspace would take."""
        return f"xoxb-stand-in-{self.app_id}"

    @property
    def app_token(self) -> str:
        """A Socket Mode token that no real workspace would take."""
        return f"xapp-stand-in-{self.app_id}"

    @property
    def signing_secret(self) -> str:
        """The key that requests to `request_url` are signed with."""
        return f"stand-in-signing-key-{self.app_id}"


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """Everything that is there before anybody types."""

    apps: tuple[SlackApp, ...]
    members: tuple[Member, ...]
    channels: tuple[Channel, ...]
    name: str = "Example Company"
    domain: str = "example-company"
    team_id: str = "T0EXAMPLE"


SOCKET_APP = SlackApp(app_id="A0SOCKET", bot_user_id="U0BUGBOOK")

MEMBERS = (
    Member(user_id="U0SUPPORT", name="support", real_name="Support Team"),
    Member(user_id="U0ONCALL", name="oncall", real_name="On-call Engineer"),
    Member(user_id="U0BACKEND", name="backend", real_name="Backend Engineer"),
    Member(user_id="U0GATEWAY", name="gateway", real_name="Gateway Engineer"),
    Member(user_id="U0SENIOR", name="senior", real_name="Senior Engineer"),
    Member(user_id="U0QA", name="qa", real_name="QA Team"),
    Member(user_id="U0RELEASE", name="release", real_name="Release Engineer"),
    Member(user_id="U0LEAD", name="lead", real_name="Engineering Lead"),
)

CHANNELS = (  # the chat window opens with the first one
    Channel(channel_id="C0INCIDENTS", name="incidents"),
    Channel(channel_id="C0GENERAL", name="general"),
    Channel(channel_id="C0RELEASES", name="releases"),
)


def workspace(*apps: SlackApp) -> Workspace:
    """The usual people and channels with these apps, or with one Socket Mode app."""
    return Workspace(apps=apps or (SOCKET_APP,), members=MEMBERS, channels=CHANNELS)
