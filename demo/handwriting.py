"""How people type several things into one box: the syntax that the hints of the forms give."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

Row = Mapping[str, Any]
Rows = Sequence[Any]
RULE: Final = "\n---\n"
NOTHING: Final = "-"


def typed(name: str, value: object) -> str:
    """What a person types for the value of a field, named as in the action."""
    if isinstance(value, list | tuple):
        return WRITERS.get(name, _lines)(value)
    return str(value)


def _lines(items: Rows) -> str:
    return "\n".join(_line(item) for item in items)


def _line(item: object) -> str:
    return _check(item) if isinstance(item, Mapping) else str(item)


def _check(item: Row) -> str:
    return f"[{'x' if item.get('done') else ' '}] {item['text']}"


def _columns(*columns: object) -> str:
    return " | ".join(NOTHING if column in {None, ""} else str(column) for column in columns)


def _several(items: Rows) -> str:
    return "; ".join(items)


def _reproductions(rows: Rows) -> str:
    return "\n".join(
        _columns(
            row["where"],
            row["result"],
            "yes" if row["reproduced"] else "no",
            _several(row.get("steps", [])),
        )
        for row in rows
    )


def _hypotheses(rows: Rows) -> str:
    return "\n".join(
        _columns(
            row["statement"],
            row.get("verdict", "open"),
            _several(row.get("evidence_for", [])),
            _several(row.get("evidence_against", [])),
        )
        for row in rows
    )


def _steps(items: Rows) -> str:
    """Steps of an investigation, or plain lines where steps are plain."""
    return RULE.join(map(_step, items)) if isinstance(items[0], Mapping) else _lines(items)


def _step(row: Row) -> str:
    command = [f"$ {line}" for line in row.get("command", "").strip().split("\n")]
    analysis = [f"=> {line}" for line in row.get("analysis", "").strip().split("\n")]
    return "\n".join(
        (
            row["title"],
            *(command if row.get("command") else ()),
            *row.get("findings", "").strip().splitlines(),
            *(analysis if row.get("analysis") else ()),
        )
    )


def _commits(items: Rows) -> str:
    return RULE.join(items)


def _files(rows: Rows) -> str:
    return "\n".join(
        _columns(row["path"], row.get("lines"), _several(row.get("functions", []))) for row in rows
    )


def _measures(rows: Rows) -> str:
    return "\n".join(_columns(row["name"], row.get("before"), row.get("after")) for row in rows)


def _samples(rows: Rows) -> str:
    return "\n".join(_columns(row["metric"], row.get("before"), row.get("after")) for row in rows)


def _prevention(rows: Rows) -> str:
    return "\n".join(f"{row['kind']}: {row['text']}" for row in rows)


def _excerpts(rows: Rows) -> str:
    return RULE.join(
        "\n".join(
            (
                _columns(row["place"], row.get("note"), row.get("language")),
                *row.get("code", "").strip("\n").splitlines(),
            )
        )
        for row in rows
    )


def _costs(rows: Rows) -> str:
    return "\n".join(_columns(row["what"], row["amount"], row.get("detail")) for row in rows)


def _runs(rows: Rows) -> str:
    return "\n".join(line for row in rows for line in (_run(row), *_indented(row)))


def _indented(row: Row) -> list[str]:
    return [f"    {line}" for line in row.get("code", "").rstrip("\n").splitlines()]


def _run(row: Row) -> str:
    said = [row["suite"], row["name"], row["result"]]
    said += ["failed before"] if row.get("failed_before_fix") else []
    said += ["after deployment"] if row.get("after_deployment") else []
    said += [f"on {row['stage']}"] if row.get("stage") else []
    said += [row["detail"]] if row.get("detail") else []
    said += [f"$ {row['command']}"] if row.get("command") else []
    return " | ".join(said)


WRITERS: Final[Mapping[str, Callable[[Rows], str]]] = MappingProxyType(
    {
        "changelog": _prevention,
        "changes": _excerpts,
        "code": _excerpts,
        "commits": _commits,
        "costs": _costs,
        "excerpts": _excerpts,
        "files": _files,
        "hypotheses": _hypotheses,
        "measures": _measures,
        "prevention": _prevention,
        "proper_changes": _excerpts,
        "reproductions": _reproductions,
        "samples": _samples,
        "steps": _steps,
        "tests": _runs,
    }
)
