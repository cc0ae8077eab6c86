"""What is missing on the command line is told by the option that gives it."""

import pytest

from tracker.cli.main import run
from tracker.cli.options import asked_for, options_of
from tracker.model.explanation import MISSING_KEY, Explanation
from tracker.workflow.verbs import VERBS


def test_a_report_without_a_stage_names_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--title", "Login fails", "--what-is-broken", "Nobody gets in."]) == 2
    told = capsys.readouterr().err
    assert "`environment` is missing" in told
    assert "give `--environment-stage`, or another option that begins with `--environment-`" in told


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_needed_field_names_an_option_that_the_command_has(verb: str) -> None:
    kind = VERBS[verb]
    names = {option.name for option in options_of(kind)}
    for field, info in kind.model_fields.items():
        if not info.is_required():
            continue
        found = Explanation(
            location=(field,), rule=MISSING_KEY, sentence=f"`{field}` is missing: add it."
        )
        told = asked_for(kind, found)
        assert "`--from`" in told or any(f"`{name}`" in told for name in names), told
