"""What the bot writes to its log: lines for people, or JSON for programs."""

import json
import logging
from datetime import UTC, datetime

from tracker.settings import LogStyle


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, logger, message and, for an error, its trace."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_log(level: str, style: LogStyle) -> None:
    """Send the log of this process to standard error."""
    handler = logging.StreamHandler()
    lines = logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if style is LogStyle.JSON else lines)
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    if level != "debug":
        for name in ("slack_bolt", "slack_sdk"):  # they tell every request, with its text
            logging.getLogger(name).setLevel(logging.WARNING)
