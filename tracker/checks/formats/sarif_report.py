"""Problems as SARIF 2.1.0, which code-scanning pages of forges take."""

import json
from typing import Any, Final
from urllib.parse import quote

from tracker.checks.report import Report
from tracker.model.problem import Problem

VERSION: Final = "2.1.0"
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"


def sarif_report(report: Report, version: str) -> str:
    """Give one run of Bugbook in this version; places count in characters."""
    rules = sorted({problem.rule for problem in report.problems})
    run = {
        "tool": {
            "driver": {
                "name": "Bugbook",
                "semanticVersion": version,
                "rules": [{"id": rule, "name": rule} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, rules.index(problem.rule)) for problem in report.problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": VERSION, "runs": [run]}, indent=2)


def _result(problem: Problem, rule_index: int) -> dict[str, Any]:
    place = problem.place
    location = {
        "artifactLocation": {"uri": quote(place.path), "uriBaseId": _ROOT},
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    return {
        "ruleId": problem.rule,
        "ruleIndex": rule_index,
        "level": "error",
        "message": {"text": problem.message},
        "locations": [{"physicalLocation": location}],
    }
