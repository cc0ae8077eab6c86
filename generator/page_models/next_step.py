"""What may be done next with a bug, and what still stands in its way."""

from generator.page_models.cards import NextMove, NextMoves, Unmet
from generator.page_models.commands import commands_for
from generator.page_models.dossier import Dossier
from generator.page_models.inline import sentence_case
from tracker.model.record import BugRecord
from tracker.workflow import next_moves as workflow
from tracker.workflow.context import Context


def next_step(dossier: Dossier) -> NextMoves | None:
    """What the hotfix track waits for and the usual move, with what is unmet; `None` once closed.

    A track that waits for the usual move names it once.
    """
    record = dossier.record
    if not record.status.is_open:
        return None
    usual = workflow.next_moves(record, _context(dossier))[0]
    moves = [_move(usual, record)]
    due = due_on_track(dossier)
    if due is not None and due != usual.verb:
        moves.insert(0, NextMove(words=command_words(due), commands=commands_for(due, record.id)))
    return NextMoves(moves=tuple(moves))


def next_words(dossier: Dossier) -> str:
    """What the hotfix track waits for, or the usual next move, in a few words, for lists."""
    due = due_on_track(dossier)
    return command_words(due or workflow.next_moves(dossier.record, _context(dossier))[0].verb)


def due_on_track(dossier: Dossier) -> str | None:
    """The command that the hotfix track waits for, if there is one."""
    return workflow.next_on_track(dossier.record, _context(dossier))


def _context(dossier: Dossier) -> Context:
    return Context(
        actor=dossier.record.reported.by,  # the gates judge the record, not the reader
        policy=dossier.policy,
        now=dossier.now,
        at=dossier.now,
    )


def _move(move: workflow.NextMove, record: BugRecord) -> NextMove:
    return NextMove(
        words=command_words(move.verb),
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


def command_words(verb: str) -> str:
    """A command as a heading says it: `hotfix-review` is `Hotfix: review`."""
    return sentence_case(verb.replace("hotfix-", "hotfix: ").replace("-", " "))
