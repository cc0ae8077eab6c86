"""What is counted of the bot, for Prometheus; nothing here names a person or holds a text."""

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

REGISTRY: Final = CollectorRegistry()
"""Everything below; nothing of another library."""

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST

REQUESTS: Final = Counter(
    "bugbook_requests",
    "Requests of Slack, by kind, and whether they were acknowledged.",
    ("kind", "outcome"),
    registry=REGISTRY,
)
ACKNOWLEDGED: Final = Histogram(
    "bugbook_acknowledged_seconds",
    "Seconds from a request of Slack to its acknowledgement; Slack waits for 3.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0),
    registry=REGISTRY,
)
ACTIONS: Final = Counter(
    "bugbook_actions",
    "Actions that were told about, by what became of them.",
    ("verb", "outcome"),
    registry=REGISTRY,
)
DONE: Final = Histogram(
    "bugbook_done_seconds",
    "Seconds from an accepted action to its answer “done”.",
    buckets=(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 15.0, 60.0, 600.0),
    registry=REGISTRY,
)
CALLS: Final = Counter(
    "bugbook_slack_calls",
    "Calls of Slack’s Web API, by method and by how they ended.",
    ("method", "outcome"),
    registry=REGISTRY,
)
WAITED: Final = Counter(
    "bugbook_slack_rate_limit_seconds",
    "Seconds that calls waited because Slack had said so.",
    ("method",),
    registry=REGISTRY,
)
OWED: Final = Gauge(
    "bugbook_answers_owed",
    "Answers to people that Slack has not taken yet.",
    registry=REGISTRY,
)
PENDING: Final = Gauge(
    "bugbook_outbox_pending",
    "Accepted actions that are not in the shared repository yet, 100 at most.",
    registry=REGISTRY,
)
CONNECTED: Final = Gauge(
    "bugbook_socket_connected",
    "Whether the Socket Mode connection stands.",
    registry=REGISTRY,
)
RECONNECTED: Final = Counter(
    "bugbook_socket_reconnections",
    "How often the Socket Mode connection was made anew by the health check.",
    registry=REGISTRY,
)


def exposition() -> bytes:
    """Return all of it in Prometheus' text format."""
    return generate_latest(REGISTRY)
