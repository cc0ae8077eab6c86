import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.guards import REPOSITORY

PACKAGES = ("benchmarks", "bot", "demo", "fuzz", "generator", "tracker")
EMPTY_WORDS = {"common", "helper", "helpers", "manager", "misc", "service", "util", "utils"}
MOCKS = {"mock", "pytest_mock", "unittest.mock"}
LONGEST_MODULE = 250
LONGEST_FUNCTION = 40


def modules(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((REPOSITORY / folder).rglob("*.py"))


def long_functions(source: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield node.name, lines


def imported_modules(source: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return names


def imported_packages(source: str) -> set[str]:
    return {name.partition(".")[0] for name in imported_modules(source)}


def test_no_module_is_too_long_to_be_read_at_once() -> None:
    lengths = {
        str(path.relative_to(REPOSITORY)): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules(*PACKAGES)
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_too_long_to_be_read_at_once() -> None:
    found = {
        f"{path.relative_to(REPOSITORY)}:{name}": lines
        for path in modules(*PACKAGES)
        for name, lines in long_functions(path.read_text(encoding="utf-8"))
    }

    assert found == {}


def test_a_function_of_forty_one_lines_is_found() -> None:
    source = "def story():\n" + "    pass\n" * LONGEST_FUNCTION

    assert list(long_functions(source)) == [("story", LONGEST_FUNCTION + 1)]


def test_every_file_is_named_for_what_it_holds() -> None:
    unnamed = [
        str(path.relative_to(REPOSITORY))
        for path in modules(*PACKAGES, "tests")
        if not EMPTY_WORDS.isdisjoint(path.stem.lower().split("_"))
    ]

    assert unnamed == []


def test_no_two_test_files_share_a_name() -> None:
    names = [path.name for path in modules("tests") if path.name != "conftest.py"]

    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_every_package_that_the_product_imports_is_declared() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = (line for lines in project["optional-dependencies"].values() for line in lines)
    declared = {
        canonicalize_name(Requirement(line).name) for line in (*project["dependencies"], *extras)
    }
    own = {*PACKAGES, *sys.stdlib_module_names}
    providers = metadata.packages_distributions()

    undeclared = {
        f"{path.relative_to(REPOSITORY)} imports {name}"
        for path in modules("bot", "demo", "generator", "tracker")
        for name in imported_packages(path.read_text(encoding="utf-8")) - own
        if declared.isdisjoint(map(canonicalize_name, providers.get(name, ())))
    }

    assert undeclared == set()


def test_no_test_replaces_what_it_tests() -> None:
    mocking = [
        str(path.relative_to(REPOSITORY))
        for path in modules("tests")
        if not imported_modules(path.read_text(encoding="utf-8")).isdisjoint(MOCKS)
    ]

    assert mocking == []


@pytest.mark.parametrize("package", ["bot", "demo", "generator", "tracker"])
def test_every_folder_of_modules_is_a_package_that_says_what_it_holds(package: str) -> None:
    folders = {path.parent for path in modules(package)}

    assert [str(folder) for folder in folders if not described(folder / "__init__.py")] == []


def described(module: Path) -> bool:
    return module.exists() and bool(ast.get_docstring(ast.parse(module.read_text("utf-8"))))


def test_the_folder_of_the_site_is_no_package() -> None:
    assert not (REPOSITORY / "site" / "__init__.py").exists()
