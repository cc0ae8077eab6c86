"""Problems as JSON, for programs of a team's own."""

import json

from tracker.checks.report import Report


def json_report(report: Report, seconds: float) -> str:
    """Give one object: the problems in order, and what was checked."""
    problems = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "rule": problem.rule,
            "message": problem.message,
        }
        for problem in report.problems
    ]
    said = {"problems": problems, "records": report.records, "seconds": round(seconds, 3)}
    return json.dumps(said, indent=2, ensure_ascii=False)
