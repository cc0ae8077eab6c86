import json
import os
import re
import subprocess
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.guards import REPOSITORY, tracked_files

MACHINE_PATH = re.compile(r"(?<![\w./:-])/(?:home/\w|root/|Users/\w|work/)")
PACKAGE_INDEX = re.compile(
    r"(?:files\.)?python[h]osted\.org|[p]ypi\.org|[r]egistry\.npmjs|[y]arnpkg"
)
LOCKS = ("requirements.lock", "package-lock.json")
PINNED_GROUPS = {"bench", "fuzz"}  # in an environment of their own, or built for few systems


def texts() -> dict[str, str]:
    """Every tracked text file by its path; a file that another writer just removed is left out."""
    found = {}
    for path in tracked_files():
        if path.is_file() and b"\0" not in (content := path.read_bytes()):
            found[str(path.relative_to(REPOSITORY))] = content.decode(errors="replace")
    return found


def read(name: str) -> str:
    return (REPOSITORY / name).read_text(encoding="utf-8")


def declared_packages() -> set[str]:
    pyproject = tomllib.loads(read("pyproject.toml"))
    groups = pyproject["dependency-groups"]
    lists = [
        pyproject["build-system"]["requires"],
        pyproject["project"]["dependencies"],
        *pyproject["project"]["optional-dependencies"].values(),
        *(lines for name, lines in groups.items() if name not in PINNED_GROUPS),
    ]
    return {canonicalize_name(Requirement(line).name) for lines in lists for line in lines}


def test_no_tracked_file_names_a_folder_of_one_machine() -> None:
    assert [name for name, text in texts().items() if MACHINE_PATH.search(text)] == []


@pytest.mark.parametrize("folder", ["home/me/x", "root/x", "Users/me", "work/x"])
def test_a_folder_of_one_machine_is_recognised(folder: str) -> None:
    assert MACHINE_PATH.search(f"see /{folder}")


def test_no_tracked_file_names_a_package_index() -> None:
    assert [name for name, text in texts().items() if PACKAGE_INDEX.search(text)] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name: str) -> None:
    assert "://" not in read(name)


def test_every_locked_python_package_has_a_hash() -> None:
    entries = re.split(r"\n(?=\S)", read("requirements.lock").strip())

    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_locked_npm_package_has_a_hash() -> None:
    packages = json.loads(read("package-lock.json"))["packages"]

    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


@pytest.mark.parametrize("group", sorted(PINNED_GROUPS))
def test_a_group_outside_of_the_lock_pins_its_packages(group: str) -> None:
    lines = tomllib.loads(read("pyproject.toml"))["dependency-groups"][group]

    assert [line for line in lines if "==" not in line] == []


def test_every_declared_python_package_is_locked() -> None:
    locked = {
        canonicalize_name(name)
        for name in re.findall(
            r"^([\w.-]+)(?:\[[^]]*\])?==", read("requirements.lock"), re.MULTILINE
        )
    }

    assert declared_packages() - locked == set()


def test_every_declared_npm_package_is_locked_at_its_version() -> None:
    declared = json.loads(read("package.json"))["optionalDependencies"]
    packages = json.loads(read("package-lock.json"))["packages"]

    assert {name: packages[f"node_modules/{name}"]["version"] for name in declared} == declared


def test_the_continuous_integration_runs_what_a_person_runs() -> None:
    script = REPOSITORY / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "exec make test"


@pytest.mark.parametrize(
    "command",
    [
        "ruff check .",
        "ruff format --check .",
        "mypy",
        "lint-imports",
        "pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder",
    ],
)
def test_the_whole_check_runs(command: str) -> None:
    plan = subprocess.run(
        ["make", "--dry-run", "test"], cwd=REPOSITORY, capture_output=True, check=True, text=True
    )

    assert f".venv/bin/{command}" in plan.stdout.splitlines()


def test_the_bare_make_lists_every_command() -> None:
    listed = subprocess.run(
        ["make"], cwd=REPOSITORY, capture_output=True, check=True, text=True
    ).stdout

    for name in ("bench", "clean", "demo", "format", "lint", "lock", "setup", "site", "test"):
        assert f"make {name} " in listed
