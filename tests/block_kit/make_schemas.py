"""Make the strict Block Kit schemas beside this file from Slack's own `@slack/types`.

Run it when `@slack/types` has a new version, and commit what changes:

    .venv/bin/python tests/block_kit/make_schemas.py

It needs `npm` and installs its packages into a scratch folder. Structure comes from the TypeScript
types; lengths and counts come from the sentences that Slack keeps in their comments ("Maximum
length for the text in this field is 150 characters."); what the comments leave out is in
`UNDOCUMENTED`, each line with its source.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]

PACKAGES = ("@slack/types@3.2.0", "ts-json-schema-generator@2.4.0")
ROOTS = {"message": "Message", "modal": "Modal", "home": "Home"}
TYPES = """\
import type { HomeView, KnownBlock, ModalView } from "@slack/types";
export type Message = KnownBlock[];
export type Modal = ModalView;
export type Home = HomeView;
"""
COMPILER = {
    "compilerOptions": {"module": "node16", "moduleResolution": "node16", "strict": True},
    "files": ["types.ts"],
}
# Limits that Slack enforces although the comments do not say them.
UNDOCUMENTED: dict[tuple[str, str], Schema] = {
    ("Message", ""): {"maxItems": 50},  # docs.slack.dev/reference/block-kit/blocks
    ("PlainTextInput", "min_length"): {"maximum": 3000},  # reference/block-kit/block-elements
    ("PlainTextInput", "max_length"): {"maximum": 3000},
    ("VideoBlock", "author_name"): {"maxLength": 49},  # "must be less than 50 characters"
    ("SectionBlock", ""): {"anyOf": [{"required": ["text"]}, {"required": ["fields"]}]},
}
NEVER_EMPTY = ("elements", "fields", "option_groups", "options")
LENGTH = re.compile(r"(?:max(?:imum)?|limit)\b[^.]*?(\d[\d,]*) characters", re.IGNORECASE)
LENGTH_OF_EACH = re.compile(r"text in each item is (\d+) characters")
COUNT = re.compile(
    r"(?:max(?:imum)?|up to)\b(?: of| number of [a-z ]+ is)? `?(\d+)`?(?=[ .])", re.IGNORECASE
)


def tighten(schema: Schema) -> Schema:
    """The same schema with Slack's limits, one branch per type, and no comments."""
    definitions: Schema = schema["definitions"]
    # The bare Block of the types has no fields of its own: it would let every mistake through.
    _drop_bare_block(definitions)
    for definition in definitions.values():
        for key, value in definition.get("properties", {}).items():
            definition["properties"][key] = _limited(key, value, definitions)
    unions = [union for definition in definitions.values() for union in _unions(definition)]
    choices = [(union, _branches_by_type(union, definitions)) for union in unions]
    for union, branches in choices:
        if None not in branches and len(branches) > 1:
            _choose_by_type(union, branches)
    for (name, key), limit in UNDOCUMENTED.items():
        if name in definitions:
            (definitions[name]["properties"][key] if key else definitions[name]).update(limit)
    without_comments: Schema = _without_comments(schema)
    return without_comments


def _drop_bare_block(definitions: Schema) -> None:
    for definition in definitions.values():
        for union in _unions(definition):
            union["anyOf"] = [
                branch for branch in union["anyOf"] if branch.get("$ref") != "#/definitions/Block"
            ]


def _limited(key: str, value: Schema, definitions: Schema) -> Schema:
    comment = value.get("description", "").replace("\n", " ")
    limited = {name: part for name, part in value.items() if name != "description"}
    length = LENGTH.search(comment)
    if limited.get("type") == "array":
        return _limited_list(key, limited, comment)
    if length is None:
        return limited
    limit = {"maxLength": int(length.group(1).replace(",", ""))}
    if any("text" in target.get("properties", {}) for target in _targets(limited, definitions)):
        return {"allOf": [limited, {"properties": {"text": limit}}]}
    return limited | limit | ({"minLength": 1} if "inimum length is 1" in comment else {})


def _limited_list(key: str, limited: Schema, comment: str) -> Schema:
    count = COUNT.search(comment)
    if count is not None:
        limited["maxItems"] = int(count.group(1))
    each = LENGTH_OF_EACH.search(comment)
    if each is not None:
        text = {"properties": {"text": {"maxLength": int(each.group(1))}}}
        limited["items"] = {"allOf": [limited["items"], text]}
    if key in NEVER_EMPTY:
        limited["minItems"] = 1
    return limited


def _unions(node: object) -> Iterator[Schema]:
    if isinstance(node, dict):
        if "anyOf" in node:
            yield node
        for part in node.values():
            yield from _unions(part)
    elif isinstance(node, list):
        for part in node:
            yield from _unions(part)


def _targets(node: Schema, definitions: Schema) -> list[Schema]:
    """The object schemas that a reference or a union of references stands for."""
    if "$ref" in node:
        return _targets(definitions[node["$ref"].rsplit("/", 1)[-1]], definitions)
    if "anyOf" in node:
        return [found for branch in node["anyOf"] for found in _targets(branch, definitions)]
    return [node]


def _branches_by_type(union: Schema, definitions: Schema) -> dict[str | None, list[Schema]]:
    branches: dict[str | None, list[Schema]] = {}
    for target in _targets(union, definitions):
        name = target.get("properties", {}).get("type", {}).get("const")
        branches.setdefault(name, []).append(_reference(target, definitions))
    return branches


def _choose_by_type(union: Schema, branches: dict[str | None, list[Schema]]) -> None:
    """Rewrite a union of typed objects as if/then, so that a mistake is reported where it is."""
    del union["anyOf"]
    union["required"] = ["type"]
    union["properties"] = {"type": {"enum": list(branches)}}
    union["allOf"] = [
        {
            "if": {"properties": {"type": {"const": name}}},
            "then": targets[0] if len(targets) == 1 else {"anyOf": targets},
        }
        for name, targets in branches.items()
    ]


def _reference(target: Schema, definitions: Schema) -> Schema:
    for name, definition in definitions.items():
        if definition is target:
            return {"$ref": f"#/definitions/{name}"}
    return target


def _without_comments(node: Any) -> Any:
    if isinstance(node, dict):
        return {
            key: _without_comments(part)
            for key, part in node.items()
            if not (key == "description" and isinstance(part, str))
        }
    if isinstance(node, list):
        return [_without_comments(part) for part in node]
    return node


def generate(scratch: Path, root: str) -> Schema:
    """The schema of one root type, as the generator makes it from the installed types."""
    command = ["npx", "ts-json-schema-generator", "--path", "types.ts", "--type", root]
    made = subprocess.run(
        [*command, "--tsconfig", "tsconfig.json", "--no-type-check"],
        cwd=scratch,
        check=True,
        capture_output=True,
        text=True,
    )
    schema: Schema = json.loads(made.stdout)
    return schema


def main() -> None:
    """Write the three schema files beside this script."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        (scratch / "types.ts").write_text(TYPES, "utf-8")
        (scratch / "tsconfig.json").write_text(json.dumps(COMPILER), "utf-8")
        install = ["npm", "install", "--no-audit", "--no-fund", "--no-save", *PACKAGES]
        subprocess.run(install, cwd=scratch, check=True)
        for file_name, root in ROOTS.items():
            text = json.dumps(tighten(generate(scratch, root)), separators=(",", ":"))
            target = Path(__file__).with_name(f"{file_name}.schema.json")
            target.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
