"""What people write who report that production is down."""

import re
from typing import Final

_OUTAGE: Final = re.compile(
    r"\b(?:prod|production|everything|the\s+site|site|checkout|payments?)\s+(?:is|are)\s+down\b",
    re.IGNORECASE,
)


def tells_of_outage(text: str) -> bool:
    """Whether a report says that production is down, which needs few words and many hands."""
    return _OUTAGE.search(text) is not None
