"""Close a bug, or open it again."""

from bot.forms.inputs import always, line, prose
from bot.forms.layout import Data, Form
from bot.forms.scene import Scene
from tracker.model.bug_id import canonical_id


def _finished(data: Data, scene: Scene) -> Data:
    other = data.get("duplicate_of")
    return (
        {**data, "duplicate_of": canonical_id(other, scene.policy.ids) or other} if other else data
    )


FORMS = (
    Form(
        verb="close",
        title="Close the bug",
        submit="Close the bug",
        main="note",
        words_suffice=True,
        bare=True,
        inputs=(prose("note", "Remarks", "Anything that a later reader should know"),),
    ),
    Form(
        verb="mark-duplicate",
        title="Mark as duplicate",
        submit="Close the bug",
        main="duplicate_of",
        words_suffice=True,
        finish=_finished,
        inputs=(line("duplicate_of", "The other bug", example="BUG-0007", required=always),),
    ),
    Form(
        verb="wont-fix",
        title="Won’t fix",
        submit="Close the bug",
        main="reason",
        words_suffice=True,
        inputs=(prose("reason", "Why it will not be fixed", required=always),),
    ),
    Form(
        verb="reopen",
        title="Reopen the bug",
        submit="Reopen",
        main="reason",
        words_suffice=True,
        inputs=(prose("reason", "Why it is opened again", required=always),),
    ),
)
