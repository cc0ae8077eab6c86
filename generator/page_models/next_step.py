"""What may be done next with a bug, and what still stands in its way."""

from generator.page_models.cards import NextMove, NextMoves, Unmet
from generator.page_models.commands import commands_for
from generator.page_models.dossier import Dossier
from generator.page_models.inline import sentence_case
from tracker.model.record import BugRecord
from tracker.workflow import next_moves as workflow
from tracker.workflow.context import Context


def next_step(dossier: Dossier) -> NextMoves | None:
    """The next hotfix step and the usual next move, with what is unmet; `None` once closed."""
    record = dossier.record
    if not record.status.is_open:
        return None
    usual = workflow.next_moves(record, _context(dossier))[0]
    moves = [_move(usual, record)]
    step = workflow.next_hotfix_step(record)
    if step is not None:
        verb = f"hotfix-{step.value}"
        moves.insert(0, NextMove(words=_words(verb), commands=commands_for(verb, record.id)))
    return NextMoves(moves=tuple(moves))


def next_words(dossier: Dossier) -> str:
    """The next hotfix step, or the usual next move, in a few words, for lists."""
    step = workflow.next_hotfix_step(dossier.record)
    if step is not None:
        return _words(f"hotfix-{step.value}")
    return _words(workflow.next_moves(dossier.record, _context(dossier))[0].verb)


def _context(dossier: Dossier) -> Context:
    return Context(
        actor=dossier.record.reported.by,  # the gates judge the record, not the reader
        policy=dossier.policy,
        now=dossier.now,
        at=dossier.now,
    )


def _move(move: workflow.NextMove, record: BugRecord) -> NextMove:
    return NextMove(
        words=_words(move.verb),
        commands=commands_for(move.verb, record.id),
        unmet=tuple(
            Unmet(
                sentence=reason.sentence,
                commands=commands_for(reason.remedy, record.id)
                if reason.remedy != move.verb
                else (),
            )
            for reason in move.unmet
        ),
    )


def _words(verb: str) -> str:
    return sentence_case(verb.replace("hotfix-", "hotfix: ").replace("-", " "))
