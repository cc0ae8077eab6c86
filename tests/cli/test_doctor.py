"""`bugbook doctor` names each part of an installation that does not work, and what to do."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from bot.manifest import manifest_text
from demo.cast import SOCKET_APP, workspace
from demo.web_api import running_web_api
from tests.real_git import RealGit
from tracker.cli.main import run
from tracker.store.clone_lock import holding

TOKEN = "xoxb-1234567890-abcdefghij"
Found = dict[str, tuple[str, str]]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealGit:
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    run(["init", "team", "--yes", "--as", "Engineering Lead <lead@example.com>"])
    monkeypatch.chdir("team")
    return RealGit(tmp_path / "team")


@pytest.fixture
def found(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, Found]]:
    """The exit code, and by part its health and its sentence: the worst where there are several."""

    def ask(*options: str) -> tuple[int, Found]:
        capsys.readouterr()
        code = run(["doctor", "--json", *options])
        by_part: Found = {}
        for each in json.loads(capsys.readouterr().out):
            before = by_part.get(each["part"], ("", ""))
            worse = ("ok", "warning", "problem").index(each["health"])
            if not before[0] or worse > ("ok", "warning", "problem").index(before[0]):
                by_part[each["part"]] = (each["health"], each["sentence"])
        return code, by_part

    return ask


@pytest.mark.usefixtures("team")
def test_a_new_repository_is_well(found: Callable[..., tuple[int, Found]]) -> None:
    code, parts = found()

    assert code == 0
    assert {part for part, (health, _) in parts.items() if health == "ok"} == {
        "Python", "Git", "Identity", "Repository", "Branch", "Work tree", "Data", "Ledger",
        "Policy", "Records", "Site",
    }  # fmt: skip
    assert parts["Slack"] == (
        "warning",
        "No token is set; `bugbook bot` needs them, nothing else does.",
    )


def test_what_is_wrong_with_files_is_told_with_its_place(
    team: RealGit, found: Callable[..., tuple[int, Found]]
) -> None:
    team.write("bugs/policy.yaml", "version: one\n")
    team.write("bugs/000/BUG-0001.yaml", "id: BUG-0001\n")
    (team.path / "README.md").write_text("changed", encoding="utf-8")
    (team.path / ".gitignore").write_text("", encoding="utf-8")
    (team.path / ".env").write_text("BUGBOOK_LOG=info\n", encoding="utf-8")

    code, parts = found()

    assert code == 1
    assert "bugs/policy.yaml:1:10" in parts["Policy"][1]
    assert "bugs/000/BUG-0001.yaml:1:1" in parts["Records"][1]
    assert "uncommitted changes" in parts["Work tree"][1]
    assert parts["Settings"] == ("problem", "Git does not ignore `.env`; add it to `.gitignore`.")


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    ("setting", "part", "sentence"),
    [
        (("BUGBOOK_BRANCH", "trunk"), "Branch", "There is no branch trunk"),
        (("BUGBOOK_REPOSITORY", "nowhere"), "Repository", "There is no repository at"),
        (
            ("BUGBOOK_REPOSITORY", "http://me:secret@127.0.0.1:9/x"),
            "Repository",
            "cannot be reached",
        ),
        (("BUGBOOK_DATA_DIR", "README.md"), "Data", "cannot be written to"),
        (("BUGBOOK_DATABASE_URL", "oracle://x"), "Ledger", "only sqlite: and postgresql:"),
        (("BUGBOOK_LOG", "loud"), "Settings", "BUGBOOK_LOG cannot be used"),
        (("SLACK_BOT_TOKEN", "xoxp-secret-value"), "Slack", "SLACK_BOT_TOKEN begins with `xoxb-`"),
        (("SLACK_SIGNING_SECRET", "secret-value"), "Slack", "SLACK_SIGNING_SECRET has 32 digits"),
        (("SLACK_BOT_TOKEN", TOKEN), "Slack", "Set SLACK_APP_TOKEN for Socket Mode"),
    ],
)
def test_a_setting_that_does_not_work_is_a_problem_that_says_what_to_do(
    found: Callable[..., tuple[int, Found]],
    monkeypatch: pytest.MonkeyPatch,
    setting: tuple[str, str],
    part: str,
    sentence: str,
) -> None:
    monkeypatch.setenv(*setting)

    code, parts = found()

    assert code == 1
    assert parts[part][0] == "problem"
    assert sentence in parts[part][1]
    assert "secret" not in json.dumps(parts)


@pytest.mark.usefixtures("team")
def test_a_lock_that_somebody_holds_is_a_warning(
    tmp_path: Path, found: Callable[..., tuple[int, Found]]
) -> None:
    found()
    (folder,) = (path for path in (tmp_path / "data").iterdir() if (path / "clone.lock").exists())

    with holding(folder / "clone.lock", patience=1):
        assert found()[1]["Data"][0] == "warning"


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        (SOCKET_APP.bot_token, "Slack knows the bot as bugbook in Example Company."),
        (TOKEN, "Slack refuses the bot token (invalid_auth); install the app again."),
    ],
)
def test_slack_is_asked_only_when_that_is_wished(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], token: str, sentence: str
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", token)
    monkeypatch.setenv("SLACK_APP_TOKEN", SOCKET_APP.app_token)
    with running_web_api(workspace()) as state:
        monkeypatch.setenv("SLACK_API_URL", f"{state.base_url}/api/")

        run(["doctor", "--json"])
        assert sentence not in capsys.readouterr().out
        run(["doctor", "--json", "--online"])
        assert sentence in capsys.readouterr().out


@pytest.mark.usefixtures("team")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda scopes: scopes, "The app has the scopes that the bot needs, and no others."),
        (lambda scopes: scopes - {"pins:write"}, "The app lacks pins:write: paste what"),
        (lambda scopes: scopes | {"admin"}, "The app may do more than the bot needs: admin."),
    ],
)
def test_the_scopes_that_slack_gave_are_compared_with_the_manifest(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[set[str]], set[str]],
    sentence: str,
) -> None:
    wanted = set(yaml.safe_load(manifest_text(None))["oauth_config"]["scopes"]["bot"])
    monkeypatch.setenv("SLACK_BOT_TOKEN", SOCKET_APP.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", SOCKET_APP.app_token)
    with running_web_api(workspace()) as state:
        state.scopes = ",".join(sorted(change(wanted)))
        monkeypatch.setenv("SLACK_API_URL", f"{state.base_url}/api/")
        run(["doctor", "--json", "--online"])

    assert sentence in capsys.readouterr().out


def test_a_channel_that_the_policy_names_and_slack_does_not_know_is_a_problem(
    team: RealGit, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (team.path / "bugs" / "policy.yaml").write_text(
        "channels:\n  incidents: firefighting\n", encoding="utf-8"
    )
    team("commit", "-qam", "policy: rename the channel")
    monkeypatch.setenv("SLACK_BOT_TOKEN", SOCKET_APP.bot_token)
    monkeypatch.setenv("SLACK_APP_TOKEN", SOCKET_APP.app_token)
    with running_web_api(workspace()) as state:
        monkeypatch.setenv("SLACK_API_URL", f"{state.base_url}/api/")
        run(["doctor", "--json", "--online"])

    assert "The channel #firefighting does not exist: create it" in capsys.readouterr().out
