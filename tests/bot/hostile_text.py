"""Text that must stay text, and records that are full of it."""

from typing import Any

from tests.builders.full_record import full_record
from tracker.model.record import BugRecord

HOSTILE = (
    "<!channel> <@U0BACKEND> <https://evil.example|click> &lt;b&gt; & <script>",
    "*bold* _italics_ ~struck~ `code` ```fence``` :smile: > quote",
    "{{ 7 * 7 }} {% raw %} ${HOME} $(id) `id` '; DROP TABLE --",
    "\u2066 ж 漢字 🧨" * 20,
    "x" * 300,
    "& < >" * 60,
)


def record_saying(text: str) -> BugRecord:
    """A record whose every free text is this one."""
    line = " ".join(text.split())[:150].strip()
    values: dict[str, Any] = replaced(full_record().values, line)
    record = BugRecord.model_validate(values)
    report = record.report.model_copy(update={"what_is_broken": text * 60, "logs": text * 60})
    return record.model_copy(update={"report": report})


def replaced(node: Any, line: str) -> Any:
    """The same values with another line for each word that fills a free text."""
    if isinstance(node, dict):
        return {key: replaced(value, line) for key, value in node.items()}
    if isinstance(node, list):
        return [replaced(value, line) for value in node]
    free = isinstance(node, str) and node.startswith("Q") and node.endswith("z")
    return line if free else node
