"""JSON and SARIF: what programs read."""

import json
from typing import Any

import jsonschema

from tracker.checks.formats.json_report import json_report
from tracker.checks.formats.sarif_report import sarif_report
from tracker.checks.report import Report
from tracker.model.problem import Place, Problem

REPORT = Report(
    problems=(
        Problem(
            place=Place(path="bugs/000/BUG 1.yaml", line=5, column=9), message="Bad “x”.", rule="id"
        ),
        Problem(
            place=Place(path="bugs/000/BUG-2.yaml", line=1, column=1), message="Worse.", rule="gate"
        ),
    ),
    records=2,
    sources={},
)


def strict(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **optional},
        "additionalProperties": False,
    }


POSITIVE = {"type": "integer", "minimum": 1}
TEXT = {"type": "string", "minLength": 1}
SARIF = strict(
    {
        "version": {"const": "2.1.0"},
        "$schema": {"type": "string", "format": "uri", "pattern": "sarif.*2\\.1\\.0"},
        "runs": {
            "type": "array",
            "minItems": 1,
            "items": strict(
                {
                    "tool": strict(
                        {
                            "driver": strict(
                                {
                                    "name": TEXT,
                                    "semanticVersion": {"pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": strict({"id": TEXT}, name=TEXT),
                                    },
                                }
                            )
                        }
                    ),
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {
                        "type": "array",
                        "items": strict(
                            {
                                "ruleId": TEXT,
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": {"enum": ["none", "note", "warning", "error"]},
                                "message": strict({"text": TEXT}),
                                "locations": {
                                    "type": "array",
                                    "items": strict(
                                        {
                                            "physicalLocation": strict(
                                                {
                                                    "artifactLocation": strict(
                                                        {
                                                            "uri": {"pattern": "^[^ \\\\]+$"},
                                                            "uriBaseId": {"const": "%SRCROOT%"},
                                                        }
                                                    ),
                                                    "region": strict(
                                                        {
                                                            "startLine": POSITIVE,
                                                            "startColumn": POSITIVE,
                                                        }
                                                    ),
                                                }
                                            )
                                        }
                                    ),
                                },
                            }
                        ),
                    },
                }
            ),
        },
    }
)
"""The part of SARIF 2.1.0 that we use; anything else is refused."""


def test_json_tells_every_problem_with_its_place() -> None:
    told = json.loads(json_report(REPORT, 0.25))

    assert told["records"] == 2
    assert told["seconds"] == 0.25
    assert told["problems"][0] == {
        "path": "bugs/000/BUG 1.yaml",
        "line": 5,
        "column": 9,
        "rule": "id",
        "message": "Bad “x”.",
    }


def test_sarif_has_the_structure_of_its_standard() -> None:
    told = json.loads(sarif_report(REPORT, "0.1.0"))
    jsonschema.validate(told, SARIF)

    (run,) = told["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == ["id", "gate"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "bugs/000/BUG%201.yaml"
    assert place["region"] == {"startLine": 5, "startColumn": 9}


def test_sarif_without_problems_is_valid_too() -> None:
    told = json.loads(sarif_report(Report(problems=(), records=2, sources={}), "0.1.0"))

    jsonschema.validate(told, SARIF)
    assert told["runs"][0]["results"] == []
