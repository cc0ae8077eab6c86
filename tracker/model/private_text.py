"""What is said about text that may not be kept: secrets, and personal data."""

from collections.abc import Collection
from typing import Final

CARD: Final = "payment card number"
CARD_CODE: Final = "card security code"
IBAN: Final = "bank account number"
SSN: Final = "social security number"

_PERSONAL: Final = frozenset({CARD, CARD_CODE, IBAN, SSN})


def found(kind: str) -> str:
    """Say what a text holds that has to go; a secret has leaked, a person's data cannot change."""
    if kind in _PERSONAL:
        return f"This text holds personal data ({kind}): take it out."
    return f"This text holds a secret ({kind}): take it out, and revoke it."


def allowed_too_late(kind: str) -> str:
    """Say that a text is only allowed by the very change that brings it."""
    what = "personal data" if kind in _PERSONAL else "a secret"
    return (
        f"This text looks like {what} ({kind}), and only this change allows it: merge the policy "
        "that allows it first, so that somebody else has agreed."
    )


def taken_out(kinds: Collection[str]) -> str:
    """Tell its author what was taken out of a text, and what is left to do."""
    said = f"Taken out of your text before anything was kept: {', '.join(kinds)}."
    if _PERSONAL.issuperset(kinds):
        return said
    return f"{said} Change what leaked where it is used."
