"""Help, completion and colours: a person finds every command, and pays for none but the asked."""

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete

from tracker.cli.action_command import ActionCommand
from tracker.cli.catalogue import GROUPS
from tracker.cli.entry import BY_NAME
from tracker.cli.hotfix_catalogue import HOTFIX
from tracker.cli.main import command_line, run
from tracker.cli.options import merged
from tracker.workflow.verbs import VERBS

ENTRIES = [entry for group in GROUPS for entry in group.entries]
EXAMPLES = [line for entry in (*ENTRIES, *HOTFIX) for line in entry.examples]
HEAVY = ("pydantic", "pygit2", "rich", "sqlalchemy", "slack_bolt", "mkdocs", "yaml")
PROGRAM = "import sys; from tracker.cli.main import main; main(sys.argv[1:])"
ME = ["--as", "Support Team <support@example.com>"]


def _commands() -> Iterator[tuple[str, click.Command]]:
    """Every command with its words, the groups among them."""
    waiting: list[tuple[str, click.Command]] = [("bugbook", command_line())]
    while waiting:
        words, command = waiting.pop()
        yield words, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for name in command.list_commands(context):
                found = command.get_command(context, name)
                assert found is not None, name
                waiting.append((f"{words} {name}", found))


COMMANDS = dict(_commands())


def test_every_action_has_its_place_in_the_help_once() -> None:
    listed = [entry.name for entry in ENTRIES if entry.code == BY_NAME]
    steps = [f"hotfix-{entry.name}" for entry in HOTFIX]
    assert sorted(listed + steps) == sorted(VERBS)


def test_no_name_stands_twice_in_the_help() -> None:
    names = [entry.name for entry in ENTRIES]
    assert sorted(names) == sorted(set(names))


def test_the_help_groups_commands_and_keeps_each_to_a_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(["--help"])
    told = capsys.readouterr().out
    lines = told.splitlines()
    headings = [line[:-1] for line in lines if line.endswith(":") and not line.startswith(" ")]
    assert headings == ["Options", *(group.heading for group in GROUPS)]
    for entry in ENTRIES:
        assert re.search(rf"^  {entry.name} +{re.escape(entry.summary)}$", told, re.MULTILINE)


@pytest.mark.parametrize("words", sorted(COMMANDS))
def test_a_command_says_what_it_does_how_and_how_it_ends(words: str) -> None:
    command = COMMANDS[words]
    told = command.get_help(click.Context(command, info_name=words))
    assert command.help
    assert "Exit codes: 0 done, 1 refused" in told
    if words != "bugbook":
        assert "Examples:\n    bugbook " in told


@pytest.mark.parametrize("words", sorted(COMMANDS))
def test_every_option_says_what_it_is_for(words: str) -> None:
    options = [param for param in COMMANDS[words].params if isinstance(param, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_can_be_typed_as_it_stands(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program, *typed = shlex.split(example.partition(" > ")[0].partition(" >> ")[0])
    for word in typed:
        if word.endswith((".log", ".yaml")):
            Path(word).touch()
    assert program == "bugbook"

    words = ["bugbook"]
    while isinstance(COMMANDS[" ".join(words)], click.Group):
        words.append(typed.pop(0))
    command = COMMANDS[" ".join(words)]
    with command.make_context(words[-1], typed) as parsed:
        given = {
            option.name: parsed.params[option.name]
            for option in command.params
            if isinstance(command, ActionCommand) and option.name in {*command.fields, "at"}
        }
        if isinstance(command, ActionCommand) and parsed.params["source_file"] is None:
            VERBS["-".join(words[1:])].model_validate(merged({}, given))


@pytest.mark.parametrize("typed", [["--help"], ["--version"], ["hotfix", "--help"]])
def test_help_waits_for_no_part_that_it_does_not_need(typed: list[str]) -> None:
    code = f"import sys; from tracker.cli.main import run; run({typed}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = set(done.stdout.splitlines()[-1].split())
    assert loaded & set(HEAVY) == set()


@pytest.mark.parametrize(
    ("words", "begun", "found"),
    [
        ([], "tri", ["triage"]),
        ([], "hot", ["hotfix"]),
        (["hotfix"], "b", ["branch", "backport"]),
        (["triage", "42"], "--sev", ["--severity"]),
        (["triage", "42", "--severity"], "", ["P0", "P1", "P2", "P3"]),
        (["list", "--status"], "dep", ["deployed"]),
        (["show"], "BUG", ["BUG-0107", "BUG-0042", "BUG-0007"]),
        (["note"], "bug-0", ["BUG-0107", "BUG-0042", "BUG-0007"]),
        (["schema"], "", ["record", "policy"]),
    ],
)
def test_completion_knows_commands_options_choices_and_ids(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], begun: str, found: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    records = tmp_path / "bugs" / "000"
    records.mkdir(parents=True)
    for name in ("BUG-0042", "BUG-0007", "BUG-0107"):
        (records / f"{name}.yaml").touch()
    complete = BashComplete(command_line(), {}, "bugbook", "_BUGBOOK_COMPLETE")

    assert [item.value for item in complete.get_completions(words, begun)] == found


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_completion_script_is_printed(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["completion", shell]) == 0
    assert f"_BUGBOOK_COMPLETE={shell}_complete" in capsys.readouterr().out


def test_bash_takes_the_script(capfd: pytest.CaptureFixture[str]) -> None:
    run(["completion", "bash"])
    script = f"{capfd.readouterr().out}\ncomplete -p bugbook\n"
    done = subprocess.run(
        ["bash", "--norc"], input=script, capture_output=True, check=True, text=True
    )
    assert "bugbook" in done.stdout


def test_colours_end_at_pipes_and_with_no_color(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    run(["init", "team", "--yes", *ME])
    monkeypatch.chdir("team")
    run(["report", "--title", "It fails", "--what-is-broken", "All", *_STAGE, *ME])
    run(["triage", "1", "--severity", "P0", "--reason", "x", "--category", "Other", *_NO, *ME])

    for command in (["list"], ["doctor"]):
        assert _COLOUR.search(_on_a_terminal(command, {}))
        assert not _COLOUR.search(_on_a_terminal(command, {"NO_COLOR": "1"}))
        piped = subprocess.run(
            [sys.executable, "-c", PROGRAM, *command], capture_output=True, check=True, text=True
        )
        assert "\x1b" not in piped.stdout


_COLOUR = re.compile(r"\x1b\[[0-9;]*3[0-9]m")
_STAGE = ["--environment-stage", "production"]
_NO = [
    "--no-answers-production-down", "--no-answers-data-at-risk", "--no-answers-workaround",
    "--no-answers-core-feature-broken", "--no-answers-all-users-affected",
    "--no-answers-business-impact",
]  # fmt: skip


def _on_a_terminal(command: list[str], settings: dict[str, str]) -> str:
    """What a command writes to a terminal with colours."""
    terminal, inside = pty.openpty()
    kept = {name: text for name, text in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *command],
        stdout=inside,
        stderr=subprocess.DEVNULL,
        env={**kept, "TERM": "xterm-256color", **settings},
    )
    os.close(inside)
    written = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other end is closed, as Linux tells it
            break
        if not part:
            break
        written += part
    assert process.wait() == 0
    os.close(terminal)
    return written.decode()
