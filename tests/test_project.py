"""The project's own housekeeping: what a reader, an author and a packager rely on."""

import ast
import json
import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.support.commands import run

ROOT = Path(__file__).resolve().parent.parent
COMMAND_LINE = [sys.executable, "-m", "builder"]
LOCKS = ("requirements.lock.txt", "requirements-dev.lock.txt", "requirements-uv.txt")

# Written in pieces, or this file would find itself.
MACHINE = re.compile("/" + r"(?:root|home/\w+|work)/|\b[A-Z]:" + r"\\Users\\")
REGISTRY = re.compile(
    r"pypi\.org|python" + r"hosted\.org|registry\." + r"npmjs|npmjs\.org|deb\.debian" + r"\.org"
)


def tracked_texts() -> list[Path]:
    """Every file that is or would be committed, unless it is binary."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("not a clone: what is tracked cannot be told")
    listed = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    assert listed.returncode == 0, listed.stderr
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file() and b"\0" not in path.read_bytes()]


def test_readme_starts_with_the_two_commands() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", readme, re.MULTILINE | re.DOTALL)
    lines = [line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines()]
    commands = [line.split("#")[0].strip() for line in lines if line and not line.startswith("#")]
    assert commands[:2] == ["make build", "make test"]


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text("utf-8").splitlines()[-1]
    assert os.access(ROOT / ".ci/run", os.X_OK)


@pytest.mark.whole
def test_no_file_names_a_registry_or_a_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in tracked_texts()
        for pattern in (MACHINE, REGISTRY)
        for match in [pattern.search(path.read_text("utf-8"))]
        if match
    ]
    assert found == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name: str) -> None:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", "")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    assert lines
    assert [line for line in lines if "--hash=sha256:" not in line] == []


def test_every_locked_node_package_has_a_hash() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    packages.pop("")
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_both_lock_files_agree() -> None:
    build, dev = (
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in LOCKS[:2]
    )
    assert build <= dev


@pytest.mark.whole
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_heavy_libraries_are_not_loaded_for(option: str) -> None:
    heavy = {"lxml", "markdown_it", "jinja2", "yaml"}
    result = run(sys.executable, "-X", "importtime", "-m", "builder", option)
    assert result.returncode == 0, result.stderr
    loaded = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert "builder.cli" in loaded
    assert heavy & loaded == set()


@pytest.mark.whole
def test_a_unit_test_runs_without_the_libraries_of_the_browser() -> None:
    unit_tests = (
        "import sys; sys.modules.update(playwright=None, brotli=None); import pytest;"
        "sys.exit(pytest.main(['-n', '0', '-q', '-p', 'no:cacheprovider', 'tests/questions']))"
    )
    result = run(sys.executable, "-c", unit_tests)
    assert " passed" in result.stdout, result.stdout + result.stderr
    assert result.returncode == 0


def test_version_is_that_of_the_package() -> None:
    source = (ROOT / "builder/__init__.py").read_text("utf-8")
    [version] = re.findall(r'^__version__ = "(.+)"$', source, re.MULTILINE)
    assert version in run(*COMMAND_LINE, "--version").stdout


def imports(path: Path) -> set[str]:
    """The modules, and what could be modules of them, that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {str(node.module), *(f"{node.module}.{one.name}" for one in node.names)}
    return found


@pytest.mark.whole
@pytest.mark.parametrize("folder", ["tests", "tools"])
def test_what_tests_share_is_in_no_test_module(folder: str) -> None:
    modules = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in (ROOT / "tests").rglob("test_*.py")
    }
    assert "tests.test_project" in modules
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in (ROOT / folder).rglob("*.py")
        for name in sorted(imports(path) & modules)
    ]
    assert found == []
