"""``scorm-builder audit`` with its visit, as people type it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder.cli import main
from tests.audit.visit import good_player
from tests.support import chromium

pytestmark = pytest.mark.browser

CHANGE = ('tell("passed");', 'tell("incomplete");')


def typed(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> Result:
    """What the command comes to, on a machine that has the browser of the tests."""
    monkeypatch.setenv("CHROMIUM", str(chromium.find()))
    # Playwright's own Node needs libatomic, which a bare Debian lacks.
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(Path(sys.executable).with_name("node")))
    return CliRunner().invoke(main, ["audit", *map(str, arguments)])


def test_visit_finding_shows_calls_and_command_to_repeat(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = good_player.write(tmp_path / "course", good_player.TWO_PAGES)
    arguments = (package, "--lms", "moodle", "--only", "whole", "--no-sandbox")
    result = typed(monkeypatch, *arguments)
    assert result.exit_code == 1
    assert "course: error visit-never-completes\n" in result.stdout
    assert "A trainee who reached the end stays “incomplete”.\n" in result.stdout
    command = " ".join(map(str, ("scorm-builder", "audit", *arguments)))
    assert f"To see it again: {command}\n" in result.stdout
    assert (
        'visit 1: LMSSetValue("cmi.core.lesson_status", "incomplete") → "true"\n' in result.stdout
    )
    assert "The visit ran only the scenario whole. Without --only, it runs all." in result.stdout
    assert "Only the files were checked" not in result.stdout


def test_with_static_the_files_alone_are_looked_at(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = good_player.write(tmp_path / "course", CHANGE)
    result = typed(monkeypatch, package, "--lms", "moodle", "--static")
    assert result.exit_code == 0
    assert "visit-" not in result.stdout
    assert "Only the files were checked" in result.stdout


def test_a_scenario_that_there_is_not_is_bad_usage(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    result = typed(monkeypatch, tmp_path, "--only", "halfwy")
    assert result.exit_code == 2
    assert "There is no scenario “halfwy”. Did you mean “halfway”?" in result.stderr


def test_unsupported_lms_is_reported_as_not_visited(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = good_player.write(tmp_path / "course", CHANGE)
    result = " ".join(typed(monkeypatch, package, "--lms", "docebo").stdout.split())
    assert "It was not visited: Docebo cannot be simulated." in result
    assert "Only the files were checked" in result


def test_a_package_that_is_no_scorm_package_is_not_visited(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<title>A page</title>", "utf-8")
    result = " ".join(typed(monkeypatch, tmp_path, "--lms", "moodle").stdout.split())
    assert (
        "It was not visited: it has nothing that a SCORM 1.2 learning system can launch" in result
    )
