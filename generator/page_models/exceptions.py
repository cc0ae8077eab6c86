"""What was not asked of a bug, by whom and why: waivers and relaxed conditions."""

from generator.page_models.blocks import table
from generator.page_models.dossier import Dossier
from generator.page_models.inline import Code, sentence_case
from generator.page_models.page import Section, section
from tracker.workflow.gates.names import GATES
from tracker.workflow.relaxations import relaxations


def exceptions(dossier: Dossier) -> Section | None:
    """Conditions that did not hold for this bug, and the policy's version that judged it."""
    record = dossier.record
    return section(
        "Exceptions",
        table(
            "Conditions that were waived for this bug",
            ("Condition", "Asks for", "Reason", "By", "Time"),
            (
                (Code(text=item.gate), _words(item.gate), item.reason, item.by, item.at)
                for item in record.waivers
            ),
        ),
        table(
            "Conditions that the policy does not apply, and that this bug did not meet",
            ("Condition", "Asks for", "Reason", "Move", "Time"),
            (
                (
                    Code(text=item.gate),
                    _words(item.gate),
                    item.reason,
                    Code(text=item.move),
                    item.at,
                )
                for item in relaxations(record, dossier.policy)
            ),
        ),
    )


def _words(gate: str) -> str:
    return sentence_case(GATES.get(gate, gate))
