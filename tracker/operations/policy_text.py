"""The policy as a file for people: every value that the rules use, each with what it means."""

import re
from collections.abc import Iterator
from typing import Final

from tracker.model.meaning import described
from tracker.model.policy import Policy, SeverityRule
from tracker.model.severity import Severity
from tracker.store.yaml_writer import render, require_meaning

POLICY_SCHEMA: Final = "policy-schema.json"

_HEAD: Final = f"""\
# yaml-language-server: $schema={POLICY_SCHEMA}
# What this team has agreed on. All values are the defaults: change what you do differently, remove
# what you leave to the product, and count `version` up with each change.
"""
_RULE: Final = re.compile(r"    (?P<key>[a-z_]+):.*")


def policy_text(policy: Policy) -> str:
    """The file, which reads back as the same policy."""
    values = policy.model_dump(mode="json", exclude_none=True)
    parts = [_HEAD]
    for name, field in described(Policy).items():
        parts.append(f"\n# {field.description}\n")
        if not values[name] and field.examples:
            parts.append(_as_comment(render({name: field.examples[0]})))
        section = render({name: values[name]})
        parts.append(_explained(section) if name == "severities" else section)
    text = "".join(parts)
    require_meaning(text, values)
    return text


def _as_comment(example: str) -> str:
    return "".join(f"#   {line}\n" for line in example.splitlines())


def _explained(section: str) -> str:
    """The severities, with the meaning of each line told once, at the first."""
    return "".join(f"{line}\n" for line in _lines(section.splitlines()))


def _lines(lines: list[str]) -> Iterator[str]:
    first = True
    for line in lines:
        first = first and not line.startswith(f"  {Severity.P1}:")
        found = _RULE.fullmatch(line)
        if found and first:
            yield f"    # {described(SeverityRule)[found['key']].description}"
        yield line
