"""The lifecycle as Mermaid text, drawn from the table that the code runs on."""

from tracker.workflow.transitions import TRANSITIONS

_ANYWHERE = ("mark-duplicate", "wont-fix")


def lifecycle_diagram() -> str:
    """A `stateDiagram-v2`; the two moves that every open state allows are left to a note."""
    lines = ["stateDiagram-v2"]
    for status, row in TRANSITIONS.items():
        for verb, transition in row.items():
            if verb in _ANYWHERE:
                continue
            start = "[*]" if status is None else status.value
            lines.append(f"    {start} --> {transition.to.value}: {verb}")
    lines.append("    closed --> [*]")
    lines.append(
        "    note right of closed: mark-duplicate and wont-fix lead here from any open state"
    )
    return "\n".join(lines) + "\n"
