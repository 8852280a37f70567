"""A visit from outside: its process, its bounds, and the command."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from builder.audit import audit
from builder.audit.visit import bounds, browsers, visited, visiting
from builder.audit.visit.scenarios import PLAYS
from builder.audit.visit.visiting import Browser, visit
from tests.audit.visit import good_player
from tests.support import chromium, patience

pytestmark = pytest.mark.browser

NODE = str(Path(sys.executable).with_name("node"))


@pytest.fixture(autouse=True)
def own_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's own Node needs libatomic, which a bare Debian lacks."""
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", NODE)


def test_each_scenario_that_commands_take_is_played() -> None:
    assert list(PLAYS) == list(visiting.SCENARIOS)


def test_a_browser_is_the_one_that_is_named_or_none(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert browsers.find({"CHROMIUM": str(program), "PATH": ""}) == program
    assert browsers.find({"CHROMIUM": str(tmp_path / "none"), "PATH": str(tmp_path)}) is None
    assert browsers.find({"PATH": str(tmp_path)}) == program


def test_without_a_browser_a_visit_says_what_to_do(tmp_path: Path) -> None:
    assert visit(tmp_path, ["moodle"], Browser(None)).refused == visiting.NO_BROWSER


def test_a_browser_that_does_not_start_is_said_to_be_so(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    program.chmod(0o755)
    seen = visit(tmp_path, ["moodle"], Browser(program, sandbox=False))
    assert seen.refused.startswith("It was not visited: the browser does not start (")
    assert seen.played == {"moodle": {}}


@pytest.mark.parametrize("installed", [True, False])
def test_where_axe_is_not_installed_the_pages_are_said_not_to_be_looked_at(
    installed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = good_player.write(tmp_path / "package")
    monkeypatch.setattr(visiting, "looks_for_barriers", lambda: installed)
    monkeypatch.setattr(visiting, "visit", lambda *given: visiting.Visited({"moodle": {}}))
    audited = visited(package, audit(package, ("moodle",)), None, systems=("moodle",))
    assert (visiting.NO_AXE in audited.not_reached) is not installed


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root has no sandbox")
def test_where_there_is_no_sandbox_nothing_is_visited_unless_that_is_asked_for(
    tmp_path: Path,
) -> None:
    seen = visit(tmp_path, ["moodle"], Browser(chromium.find()))
    assert seen.refused == visiting.NO_SANDBOX


@pytest.mark.thorough
def test_a_package_that_never_ends_is_ended_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    change = ("start();\nshow();", "start();\nshow();\nif (history.length > 0) for (;;);")
    package = good_player.write(tmp_path / "package", change)
    browser = Browser(chromium.find(), sandbox=False)
    seen = visit(package, ["moodle"], browser, only=("glance",), patience=15)
    assert seen.played == {"moodle": {}}
    assert seen.missed == (
        "in moodle, a trainee who opens the course and leaves at once: it did not come to an end "
        "within 15 seconds",
    )
    assert [*temporary.iterdir()] == []
    assert running_with(str(temporary)) == []


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux says it")
def test_a_package_that_takes_all_memory_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "MEMORY", 1 << 30)
    script = "const all = [];\nfor (;;) all.push(new Uint8Array(1 << 24).fill(1));"
    change = ("start();\nshow();", f"start();\nshow();\n{script}")
    package = good_player.write(tmp_path / "package", change)
    browser = Browser(chromium.find(), sandbox=False)
    seen = visit(package, ["moodle"], browser, only=("glance",))
    assert seen.played == {"moodle": {}}
    assert seen.missed == (
        "in moodle, a trainee who opens the course and leaves at once: the course used more than "
        "1 GB of memory",
    )
    until(lambda: running_with(str(package)) == [])


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux says what runs")
def test_a_command_that_is_killed_takes_its_browser_with_it(tmp_path: Path) -> None:
    change = ("start();\nshow();", "start();\nshow();\nif (history.length > 0) for (;;);")
    package = good_player.write(tmp_path / "package", change)
    own = {"CHROMIUM": str(chromium.find()), "TMPDIR": str(tmp_path)}
    arguments = (str(package), "--lms", "moodle", "--only", "glance", "--no-sandbox")
    with subprocess.Popen(
        [sys.executable, "-m", "builder", "audit", *arguments],
        env={**os.environ, **own},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        until(lambda: any("--user-data-dir=" in one for one in running_with(str(tmp_path))))
        process.kill()
    until(lambda: running_with(str(tmp_path)) == [])


def until(true: Callable[[], bool]) -> None:
    """Wait for it, as long as a test waits for anything."""
    end = time.monotonic() + patience.MILLISECONDS / 1000 * 2
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def running_with(folder: str) -> list[str]:
    """The commands of processes that name this folder: a browser names that of its profile."""
    commands = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            commands.append(place.read_text("utf-8", "replace").replace("\0", " "))
    return [command for command in commands if folder in command]


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux says it")
def test_a_process_is_counted_and_ended_with_all_that_it_has_started() -> None:
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'input()']).wait()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        members = bounds.family(process.pid)
        while len(members) < 2:
            members = bounds.family(process.pid)
        assert bounds.memory(members) > bounds.memory(members[:1]) > 0
        bounds.end(process)
    until(lambda: not any(map(bounds.memory, ((one,) for one in members))))
