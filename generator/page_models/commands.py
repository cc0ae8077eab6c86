"""What a person types to go on, on the command line and in Slack."""

from tracker.model.bug_id import number_of

_HOTFIX = "hotfix-"


def commands_for(verb: str | None, bug_id: str) -> tuple[str, ...]:
    """``bugbook release-notes BUG-0042`` and ``/bug release-notes 42``; none without a verb."""
    if verb is None:
        return ()
    number = number_of(bug_id)
    if verb.startswith(_HOTFIX):
        step = verb.removeprefix(_HOTFIX)
        return (f"bugbook hotfix {step} {bug_id}", f"/hotfix {step} {number}")
    return (f"bugbook {verb} {bug_id}", f"/bug {verb} {number}")
