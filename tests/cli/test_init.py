"""`bugbook init`: a folder becomes a repository that a team can work in, and nothing is lost."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from generator.command import site
from tests.guards import REPOSITORY
from tests.real_git import RealGit, new_bare, new_checkout, new_work_tree
from tracker.cli.main import command_line, run
from tracker.model.meaning import described
from tracker.model.policy import Policy
from tracker.operations.init_repository import Wishes, starter_texts
from tracker.operations.policy_text import policy_text
from tracker.settings import Settings
from tracker.store.record_file import read_policy

ME = ["--as", "Engineering Lead <lead@example.com>"]
USAGE = 2
REPORT = [
    "report", "--title", "Redemption fails", "--what-is-broken", "It fails.",
    "--environment-stage", "production", *ME,
]  # fmt: skip


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUGBOOK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)


def test_an_empty_folder_becomes_a_repository_with_one_commit_by_its_founder(
    tmp_path: Path,
) -> None:
    assert run(["init", "team", "--yes", *ME]) == 0

    git = RealGit(tmp_path / "team")
    assert git("log", "--format=%an <%ae>|%s|%D") == (
        "Engineering Lead <lead@example.com>|Keep our bugs as code|HEAD -> main"
    )
    assert git("status", "--porcelain") == ""
    assert git("ls-files").split() == sorted(starter_texts(Wishes(), "main"))


def test_without_a_terminal_it_says_which_options_answer_its_questions(tmp_path: Path) -> None:
    done = CliRunner().invoke(command_line(), ["init", "team", "--prefix", "WEB", *ME])

    assert done.exit_code == USAGE
    assert (
        "Nobody is there to answer: give `--name`, `--channel`, or `--yes` to take what is usual."
    ) in done.stderr
    assert not (tmp_path / "team").exists()


@pytest.mark.parametrize("closed", ["<&-", "</dev/null"])
def test_nothing_is_asked_where_the_input_is_closed(tmp_path: Path, closed: str) -> None:
    program = "from tracker.cli.main import main; main()"
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", sys.executable, "-c", program, "init", *ME],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
    )

    assert done.returncode == USAGE, done.stderr
    assert "Nobody is there to answer: give `--name`, `--prefix`, `--channel`" in done.stderr
    assert "Name of the knowledge base" not in done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_bug_can_be_reported_and_checked_there_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["init", "team", "--yes", "--prefix", "web", *ME])
    monkeypatch.chdir("team")

    assert run(REPORT) == 0
    assert run(["check"]) == 0
    assert (tmp_path / "team/bugs/000/WEB-0001.yaml").is_file()


@pytest.mark.slow
def test_the_site_builds_there_without_a_warning_and_brings_its_look_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(["init", "team", "--yes", "--name", 'Bugs of "Us": all', *ME])
    monkeypatch.chdir("team")

    answer = CliRunner().invoke(site, ["build", "--strict"])

    assert answer.exit_code == 0, answer.output
    front = (tmp_path / "team/site/public/index.html").read_text(encoding="utf-8")
    assert "Bugs of &#34;Us&#34;: all" in front
    assert 'href="assets/css/bugbook.css"' in front
    assert (tmp_path / "team/site/public/assets/css/bugbook.css").is_file()
    assert (tmp_path / "team/site/public/assets/fonts/inter-LICENSE.txt").is_file()


def test_questions_are_asked_and_their_answers_used(tmp_path: Path) -> None:
    answer = CliRunner().invoke(
        command_line(), ["init", "team", *ME], input="Bugs of the web team\nweb\nweb-incidents\n"
    )

    assert answer.exit_code == 0, answer.output
    policy = read_policy((tmp_path / "team/bugs/policy.yaml").read_bytes())
    assert policy.ids[0].prefix == "WEB"
    assert policy.channels.incidents == "web-incidents"
    assert "Bugs of the web team" in (tmp_path / "team/mkdocs.yml").read_text(encoding="utf-8")


def test_what_is_there_is_left_alone_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = new_work_tree(tmp_path / "team")
    git.write("README.md", "Ours\n")
    (git.path / "mkdocs.yml").symlink_to("nowhere.yml")
    (git.path / "staged.txt").write_text("half done\n", encoding="utf-8")
    git("add", "staged.txt")

    assert run(["init", "team", "--yes", *ME]) == 0

    told = capsys.readouterr().out
    assert "left      README.md" in told
    assert "left      mkdocs.yml" in told
    assert git("show", "HEAD:README.md") == "Ours"
    assert git("status", "--porcelain") == "A  staged.txt\n?? mkdocs.yml"
    assert git("log", "--format=%s").splitlines() == ["Keep our bugs as code", "Edit by hand"]


def test_a_second_time_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["init", "team", "--yes", *ME])
    before = RealGit(tmp_path / "team")("rev-parse", "HEAD")
    capsys.readouterr()

    assert run(["init", "team", "--yes", *ME]) == 0
    assert "nothing was changed" in capsys.readouterr().out
    assert RealGit(tmp_path / "team")("rev-parse", "HEAD") == before


def test_the_branch_of_the_repository_is_kept_and_the_next_step_tells_bugbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = new_work_tree(tmp_path / "team")
    git("switch", "-q", "-c", "trunk")

    assert run(["init", "team", "--yes", *ME]) == 0
    assert git("log", "-1", "--format=%D") == "HEAD -> trunk"
    settings = (git.path / ".env.example").read_text(encoding="utf-8")
    assert "\nBUGBOOK_BRANCH=trunk\n" in settings
    first = capsys.readouterr().out.partition("Next, ")[2].splitlines()[1].split()
    assert " ".join(first).startswith("cp .env.example .env tell Bugbook that records are on trunk")


def test_a_repository_with_a_remote_is_told_to_push_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = new_checkout(tmp_path / "team", new_bare(tmp_path / "shared.git"))

    assert run(["init", "team", "--yes", *ME]) == 0
    told = capsys.readouterr().out
    assert "git push -u origin main" in told
    assert "git remote add" not in told
    git("push", "-q", "-u", "origin", "main")
    run(["init", "alone", "--yes", *ME])
    assert "git remote add origin ADDRESS" in capsys.readouterr().out


def test_git_makes_no_commit_of_a_record_that_the_hook_refuses(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(["init", "team", "--yes", *ME])
    monkeypatch.chdir("team")
    run(REPORT)
    git, record = RealGit(Path.cwd()), "bugs/000/BUG-0001.yaml"
    _install_hook(git.path)
    before, text = git("rev-parse", "HEAD"), (git.path / record).read_text(encoding="utf-8")

    with pytest.raises(subprocess.CalledProcessError) as refused:
        git.write(record, text.replace("status: reported", "status: in_progress"))
    assert "BUG-0001 has no assignee: assign it" in refused.value.stdout + refused.value.stderr
    assert git("rev-parse", "HEAD") == before
    better = text.replace("title: Redemption fails", "title: Redemption of coupons fails")
    assert git.write(record, better) != before


def _install_hook(folder: Path) -> None:
    """What `pre-commit install` does with the hook that the repository brings along."""
    told = yaml.safe_load((folder / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (hook,) = told["repos"][0]["hooks"]
    script = folder / ".git/hooks/pre-commit"
    script.parent.mkdir(exist_ok=True)
    programs = Path(sys.executable).parent
    script.write_text(f'#!/bin/sh\nPATH="{programs}:$PATH" exec {hook["entry"]}\n', "utf-8")
    script.chmod(0o755)


def _some_files(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")


def _a_bare_repository(folder: Path) -> None:
    RealGit(folder)("init", "-q", "--bare")


def _a_repository_above(folder: Path) -> None:
    RealGit(folder.parent)("init", "-q")


def _no_branch(folder: Path) -> None:
    git = RealGit(folder)
    git("init", "-q", "-b", "main")
    git.write("README.md", "Ours")
    git("switch", "-q", "--detach")


def _a_file_in_the_way(folder: Path) -> None:
    RealGit(folder)("init", "-q", "-b", "main")
    (folder / "bugs").write_text("a list of bugs", encoding="utf-8")


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (_some_files, "neither empty nor a git repository"),
        (_a_bare_repository, "is a bare repository"),
        (_a_repository_above, "lies inside the repository"),
        (_no_branch, "is on no branch"),
        (_a_file_in_the_way, "is no folder, and bugs/policy.yaml belongs into it"),
    ],
)
def test_an_unfit_folder_is_refused_before_anything_is_written(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    prepare: Callable[[Path], None],
    sentence: str,
) -> None:
    folder = tmp_path / "team"
    folder.mkdir()
    prepare(folder)
    before = sorted(tmp_path.rglob("*"))

    assert run(["init", "team", "--yes", *ME]) == 1
    assert sentence in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("folder", "sentence"),
    [
        ("notes.txt", "notes.txt is a file; name a folder."),
        ("notes.txt/team", "A repository cannot be made in "),
    ],
)
def test_a_file_is_no_place_for_a_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: str, sentence: str
) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")

    assert run(["init", folder, "--yes", *ME]) == 1
    told = capsys.readouterr().err
    assert sentence in told
    assert "fault of Bugbook" not in told


def test_a_repository_that_takes_no_objects_is_left_without_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git = new_work_tree(tmp_path / "team")
    (git.path / ".git/objects").rename(tmp_path / "objects")
    (git.path / ".git/objects").write_text("no folder", encoding="utf-8")
    before = sorted(git.path.iterdir())

    assert run(["init", "team", "--yes", *ME]) == 1
    assert "fault of Bugbook" not in capsys.readouterr().err
    assert sorted(git.path.iterdir()) == before


def test_a_prefix_that_makes_an_invalid_policy_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["init", "team", "--yes", "--prefix", "INC", *ME]) == 1
    assert "`INC` is for incidents: choose another prefix" in capsys.readouterr().err
    assert not (tmp_path / "team").exists()


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (["--prefix", "1A"], "is no prefix"),
        (["--name", "two\nlines"], "is not one line of text"),
        (["--name", "n" * 61], "at most 60 characters"),
        (["--channel", ""], "is not one line of text"),
    ],
)
def test_a_wish_that_cannot_be_met_is_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], wish: list[str], sentence: str
) -> None:
    assert run(["init", "team", "--yes", *wish, *ME]) == 2
    assert sentence in capsys.readouterr().err
    assert not (tmp_path / "team").exists()


def test_the_policy_that_is_written_is_the_default_with_every_value_explained() -> None:
    text = policy_text(Policy())

    assert read_policy(text.encode()) == Policy()
    for name, field in described(Policy).items():
        assert f"# {field.description}\n" in text, name


def test_the_example_of_settings_names_every_setting() -> None:
    text = starter_texts(Wishes(), "main")[".env.example"]
    settings = Settings.model_fields
    known = {str(field.validation_alias) for field in settings.values()} - {"SLACK_API_URL"}
    assert set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE)) == known


@pytest.mark.parametrize(
    "path", ["mkdocs.yml", ".pre-commit-config.yaml", ".github/workflows/bugbook.yml"]
)
def test_a_file_for_another_program_is_valid_yaml_whatever_the_name(path: str) -> None:
    texts = starter_texts(Wishes(name='"\\: #’'), "main")
    text = texts[path].replace("!ENV ", "")
    assert yaml.safe_load(text)


@pytest.mark.slow
def test_an_installed_package_brings_everything_along(tmp_path: Path) -> None:
    """The wheel alone, without this clone: the starter, the templates and the styles are in it."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "installed")}

    def bugbook(*arguments: str, cwd: Path) -> str:
        code = "import sys; from tracker.cli.main import main; main(sys.argv[1:])"
        command = [sys.executable, "-c", code, *arguments]
        done = subprocess.run(
            command, cwd=cwd, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    bugbook("init", "team", "--yes", *ME, cwd=tmp_path)
    assert "The site is in" in bugbook("site", "build", "--strict", cwd=tmp_path / "team")
    assert (tmp_path / "team/site/public/assets/css/bugbook.css").is_file()
