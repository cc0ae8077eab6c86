"""Words that made-up bugs are told with; plain ones, which YAML needs no quotes for."""

from random import Random
from typing import Final

COMPONENTS: Final = ("coupon-redemption", "nfc-service", "datahub-gateway", "ratelimit")
_PLACES: Final = (
    "checkout",
    "login",
    "search",
    "billing",
    "reports",
    "uploads",
    "notifications",
    "exports",
    "profile",
    "gateway",
    "webhooks",
    "invoices",
    "calendar",
    "inventory",
    "shipping",
    "refunds",
    "sessions",
    "permissions",
    "imports",
)
_SYMPTOMS: Final = (
    "fails with a server error",
    "times out under load",
    "shows stale data",
    "loses the last change",
    "returns the wrong total",
    "rejects valid tokens",
    "counts requests twice",
    "hangs after a retry",
    "drops every second message",
    "refuses old clients",
)
_CIRCUMSTANCES: Final = (
    "after the failover",
    "for new tenants",
    "on slow networks",
    "since the last deployment",
    "when two people save at once",
    "in the night batch",
    "behind the proxy",
    "with an empty cache",
    "at the end of the month",
    "for accounts with many items",
)
_ERRORS: Final = ("KeyError", "TimeoutError", "ConnectionError", "ValueError", "PermissionError")
_CONSONANTS: Final = "bdfghklmnprstvwz"
_VOWELS: Final = "aeiou"


def title(random: Random) -> str:
    """What is broken, where and when."""
    return " ".join(
        (
            random.choice(_PLACES).capitalize(),
            random.choice(_SYMPTOMS),
            random.choice(_CIRCUMSTANCES),
        )
    )


def error(random: Random) -> str:
    """An error message of its own, as a log tells it."""
    return f"{random.choice(_ERRORS)} {word(random)}_{random.randrange(10_000)} not found"


def sentence(random: Random, words: int = 18) -> str:
    """So many words, half of them rare, as names in real texts are."""
    told = [
        random.choice(_PLACES) if random.random() < 0.5 else word(random)  # noqa: PLR2004
        for _ in range(words)
    ]
    return f"The {' '.join(told)}."


def word(random: Random) -> str:
    """One of 512,000 made-up words of six letters."""
    return "".join(random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(3))
