"""A visit from outside: its process, its bounds, and the command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Queue

import pytest

from builder.audit import Limit, audit
from builder.audit.visit import browsers, rules, visited, visiting
from builder.audit.visit.driver import CLOCK
from builder.audit.visit.record import Play
from builder.audit.visit.scenarios import PLAYS
from builder.audit.visit.unpacking import parts
from builder.audit.visit.visiting import STALL, Browser, Listener, in_order, visit
from tests.audit.visit import good_player
from tests.support import chromium, patience

pytestmark = pytest.mark.browser

OPENS, PRESSES = {"at": "the course opens"}, {"at": "the trainee presses “Next”"}
STARTS = "start();\nshow();"
NODE = str(Path(sys.executable).with_name("node"))


def further(files: Mapping[str, str]) -> tuple[str, str]:
    """The change of the manifest that adds these SCOs: their titles, and the files that open."""
    items, resources = "", ""
    for title, address in files.items():
        href, _, asked = address.partition("?")
        name = title.lower()
        query = f' parameters="?{asked}"' if asked else ""
        items += (
            f'<item identifier="{name}" identifierref="{name}-res" isvisible="true"{query}>'
            f"<title>{title}</title></item>\n"
        )
        resources += (
            f'<resource identifier="{name}-res" type="webcontent" adlcp:scormtype="sco" '
            f'href="{href}"/>\n'
        )
    end = "    </organization>\n"
    rest = "  </organizations>\n  <resources>\n"
    return f"{end}{rest}", f"{items}{end}{rest}{resources}"


@pytest.fixture(autouse=True)
def own_node(monkeypatch: pytest.MonkeyPatch) -> None:
    """Playwright's own Node needs libatomic, which a bare Debian lacks."""
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", NODE)


def test_each_scenario_that_commands_take_is_played() -> None:
    assert list(PLAYS) == list(visiting.SCENARIOS)


def test_browser_is_found_by_variable_or_path(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\n", "utf-8")
    program.chmod(0o755)
    assert browsers.find({"CHROMIUM": str(program), "PATH": ""}) == program
    assert browsers.find({"CHROMIUM": str(tmp_path / "none"), "PATH": str(tmp_path)}) is None
    assert browsers.find({"PATH": str(tmp_path)}) == program


def test_without_a_browser_a_visit_says_what_to_do(tmp_path: Path) -> None:
    assert visit(tmp_path, ["moodle"], Browser(None)).refused == visiting.NO_BROWSER


def test_a_browser_that_does_not_start_is_reported(tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    program.chmod(0o755)
    seen = visit(tmp_path, ["moodle"], Browser(program, sandbox=False))
    assert seen.refused.startswith("It was not visited: the browser does not start (")
    assert seen.played == {"moodle": {}}


@pytest.mark.parametrize("installed", [True, False])
def test_without_axe_the_report_says_that_pages_were_not_checked(
    installed: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = good_player.write(tmp_path / "package")
    monkeypatch.setattr(visiting, "looks_for_barriers", lambda: installed)
    monkeypatch.setattr(visiting, "visit", lambda *given: visiting.Visited({"moodle": {}}))
    audited = visited(package, audit(package, ("moodle",)), None, systems=("moodle",))
    assert (visiting.NO_AXE in audited.not_reached) is not installed


def test_a_file_that_the_visit_has_asked_for_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = good_player.write(tmp_path / "package")
    for name in ("zebra-crossing.mp4", "umbrella.mp4"):
        (package / name).write_bytes(bytes(1_500_000))
    found = audit(package, ("moodle",))

    def unused(*requested: str, limit: Limit) -> list[tuple[str, ...]]:
        play = Play("moodle", "whole", requested=requested)
        seen = visiting.Visited({"moodle": {"whole": play}})
        monkeypatch.setattr(visiting, "visit", lambda *given: seen)
        audited = visited(package, found, None, systems=("moodle",), limit=limit)
        return [one.evidence for one in audited.findings if one.code == "file-unused"]

    assert unused(limit=Limit()) == [("umbrella.mp4", "zebra-crossing.mp4")]
    assert unused("zebra-crossing.mp4", limit=Limit()) == [("umbrella.mp4",)]
    assert unused("zebra-crossing.mp4", "umbrella.mp4", limit=Limit()) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root has no sandbox")
def test_root_without_sandbox_visits_nothing_unless_requested(
    tmp_path: Path,
) -> None:
    seen = visit(tmp_path, ["moodle"], Browser(chromium.find()))
    assert seen.refused == visiting.NO_SANDBOX


@dataclass
class Clock:
    """A clock that goes on by so many seconds each time that somebody looks."""

    step: float = 0.0
    now: float = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


class Lines(Queue[str]):
    """What a process has written; nobody waits for more."""

    def get(self, block: bool = True, timeout: float | None = None) -> str:
        return super().get(block=False)


def listening(*lines: object, step: float = 0.0, used: int = 0) -> Listener:
    """What hears these lines, with a clock of its own and so much memory in use."""
    queue = Lines()
    for line in lines:
        queue.put(json.dumps(line) if line else "")
    clock = Clock(step)
    # A page that does not respond works as long as it is waited for.
    return Listener(0, queue, clock, memory=lambda pid: used, work=lambda pid: clock.now)


def test_scenario_result_is_read_after_progress_messages() -> None:
    listener = listening({"at": "the course opens"}, {"at": ""}, {"play": 1})
    assert listener.next(Limit()) == {"play": 1}


@pytest.mark.parametrize(
    ("lines", "step", "used", "stuck", "opening", "why"),
    [
        ([OPENS], 20, 0, True, True, "it does not respond within 40 seconds"),
        ([OPENS, PRESSES], 20, 0, True, False, "it does not respond within 40 seconds"),
        # The course has not been opened yet: it is not to blame.
        ([], 20, 0, False, True, "it does not respond within 40 seconds"),
        # The course has not done this, but the visit.
        (
            *([OPENS, PRESSES, {"at": CLOCK}], 20, 0, False, False),
            "it does not respond within 40 seconds, after the visit had set its clock forward",
        ),
        (
            *([OPENS, PRESSES], 1.5, 5 << 29, True, False),
            "it does not respond, and uses more than 2 GB of memory",
        ),
        # What goes on and needs much is ended by the limit of the visit.
        ([OPENS, PRESSES], 0.1, 4 << 30, False, False, "the course used more than 2 GB of memory"),
        (
            *([OPENS, {"dialogs": 25, "words": "1"}], 0, 0, True, True),
            "it opens one dialog after another (“1”)",
        ),
        ([OPENS, ""], 0, 0, False, True, "the browser ended"),
    ],
)
def test_unresponsive_course_is_distinguished_from_visit_limit(
    lines: list[object], step: float, used: int, stuck: bool, opening: bool, why: str
) -> None:
    listener = listening(*lines, step=step, used=used)
    assert listener.next(Limit()) is None
    assert (listener.stuck, listener.opening, listener.why) == (stuck, opening, why)


def test_page_starved_of_processor_time_gets_longer_wait() -> None:
    listener = listening(OPENS, step=10)
    listener.work = lambda pid: 0.0
    assert listener.next(Limit()) is None
    assert (listener.stuck, listener.why) == (True, "it does not respond within 90 seconds")


def test_visit_stops_waiting_when_time_limit_is_over() -> None:
    listener = listening()
    limit = Limit(5, clock=Clock(2))
    assert listener.next(limit) is None
    assert (listener.stuck, listener.why) == (False, "")
    assert limit.reason.startswith("The time limit of 0.0833333 minutes was reached")


def test_every_sco_is_visited_after_the_opening_scenarios(tmp_path: Path) -> None:
    package = good_player.write(tmp_path, manifest=further({"Second": "two.html?x=1"}))
    (tmp_path / "two.html").write_text(good_player.PAGE, "utf-8")
    assert [one.title for one in parts(package)] == ["Small course", "Second"]
    asked = [
        (one.lms, one.scenario, one.part.href, one.further)
        for one in in_order(["moodle", "strict"], (), parts(package))
    ]
    assert asked[:6] == [
        ("moodle", "glance", "index.html", False),
        ("moodle", "whole", "index.html", False),
        ("moodle", "whole", "two.html?x=1", True),
        ("strict", "glance", "index.html", False),
        ("strict", "whole", "index.html", False),
        ("moodle", "halfway", "index.html", False),
    ]
    assert ("strict", "whole", "two.html?x=1", True) in asked
    # A frame of another site is rare: it is played where somebody asks for it.
    assert "foreign" not in {scenario for _, scenario, _, _ in asked}


DEAF = 'document.getElementById("next").addEventListener("click", () => {'
HEARS = 'document.getElementById("next").addEventListener("{event}", () => {{'
SHOWS = "function show() {\n"
DIALOGS = f"{SHOWS}  for (let count = 0; count < 9; count += 1) alert(count);\n"
SHORT = (good_player.TWO_PAGES, good_player.PASSES)
OTHERS = {
    "Second": ("two.html", good_player.TWO_PAGES),
    "Keyboard": ("keyboard.html", *SHORT, (DEAF, HEARS.format(event="keydown"))),
    "Touch": ("touch.html", *SHORT, (DEAF, HEARS.format(event="touchstart"))),
    "Deaf": ("deaf.html", good_player.TWO_PAGES, (DEAF, HEARS.format(event="never"))),
}
"""Further SCOs of a package, by their title: the file, and what differs from the good player."""


def test_each_sco_is_visited_and_judged_by_itself(tmp_path: Path) -> None:
    files = {title: name for title, (name, *_) in OTHERS.items()}
    package = good_player.write(tmp_path, (SHOWS, DIALOGS), manifest=further(files))
    for name, *changes in OTHERS.values():
        (tmp_path / name).write_text(good_player.page(*changes), "utf-8")
    browser = Browser(chromium.find(), sandbox=False)
    seen = visit(package, ["moodle"], browser, ("whole",), Limit(600), 300)
    assert (seen.refused, seen.missed, seen.scos) == ("", (), 1 + len(OTHERS))
    # The good player has no finding, and dialogs on many pages are no dialogs without end.
    assert seen.stuck == ()
    assert seen.played["moodle"]["whole"].end == "the course says “The end”"
    second, keyboard, touch, deaf = seen.parts["moodle"]
    # A press without effect is tried by other means.
    for play, means in ((keyboard, "by keyboard"), (touch, "by touch")):
        assert play.steps[0].words == f"presses “Next” ({means})"
        assert play.end == "the course says “The end”"
        assert play.missed == ()
    found = [
        (one.code, one.evidence[0])
        for one in rules.findings("course.zip", seen.played, "", seen.parts)
    ]
    assert found == [
        (
            "visit-never-completes",
            'SCO “Second”: visit 1: LMSSetValue("cmi.core.lesson_status", "incomplete") → "true"',
        )
    ]
    without_deaf = {"moodle": [second, keyboard, touch]}
    assert rules.not_reached(seen.played, without_deaf, len(OTHERS)) == ()
    # A control without effect is reported, and its SCO is not judged.
    assert deaf.steps[0].words == "presses “Next”, in vain"
    alone = {"moodle": {"whole": replace(deaf, sco="")}}
    assert [*rules.findings("course.zip", alone)] == []
    assert rules.not_reached(alone) == (
        "Whether it completes in Moodle: it is not certain that the end was reached, 2 actions: no "
        "verdict.",
        "Not reached in Moodle: what “Next” leads to, which no press has an effect on.",
    )


def test_a_page_whose_script_is_missing_never_becomes_ready(tmp_path: Path) -> None:
    package = good_player.write(tmp_path)
    (package / "index.html").write_text('<script src="player.js"></script>', "utf-8")
    browser = Browser(chromium.find(), sandbox=False)
    seen = visit(package, ["moodle", "strict"], browser, (), Limit(600), ready=2)
    [found] = rules.findings("course.zip", seen.played)
    assert (found.code, found.message) == (
        "visit-not-ready",
        "The course does not start: “player.js” is not in the package (404).",
    )
    # There is nothing more to see in the same learning system.
    assert {lms: [*plays] for lms, plays in seen.played.items()} == {
        "moodle": ["glance"],
        "strict": ["glance"],
    }
    assert seen.missed == (
        "14 of 16 scenarios of the visit were not played. The next was, in Moodle, a trainee who "
        "does the whole course, and looks back.",
    )


LATE = """show();
(async () => {
  const { port1, port2 } = new MessageChannel();
  for (let count = 0; count < 60_000; count += 1)
    await new Promise((then) => {
      port2.onmessage = then;
      port1.postMessage("");
    });
  start();
})();"""
"""Begins long after the page is on view, as a large course does on a machine that is busy."""


def test_a_course_that_begins_late_is_waited_for(tmp_path: Path) -> None:
    package = good_player.write(tmp_path, (STARTS, LATE))
    browser = Browser(chromium.find(), sandbox=False)
    seen = visit(package, ["moodle"], browser, ("window",), Limit(600))
    assert [*rules.findings("course.zip", seen.played)] == []
    for scenario in ("glance", "window"):
        calls = seen.played["moodle"][scenario].calls
        assert [one.name for one in calls if one.name == "LMSInitialize"] == ["LMSInitialize"]


class Impatient(Listener):
    """Waits for the browser as long as it takes to start."""

    def _stops(self, silent: float) -> bool:
        return self.at != visiting._STARTS and super()._stops(silent)


def test_a_page_that_is_busy_without_end_never_becomes_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visiting, "STALL", 3)
    monkeypatch.setattr(visiting, "Listener", Impatient)
    package = good_player.write(tmp_path, (STARTS, f"{STARTS}\nfor (;;);"))
    browser = Browser(chromium.find(), sandbox=False)
    seen = visit(package, ["moodle"], browser, ("glance",), Limit(600))
    [found] = rules.stuck("course.zip", seen.stuck)
    assert found.code == "visit-not-ready"
    assert found.message.startswith("The course does not start: it does not respond within ")


def test_endless_dialogs_are_an_error_and_leave_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    package = good_player.write(tmp_path / "package", (STARTS, f"for (;;) alert(1);\n{STARTS}"))
    audited = visited(
        *(package, audit(package, ("moodle",)), chromium.find()),
        sandbox=False,
        systems=("moodle",),
        limit=Limit(600),
    )
    assert [(one.code, one.message) for one in audited.findings if one.basis == "visit"] == [
        (
            "visit-not-ready",
            "The course does not start: it opens one dialog after another (“1”).",
        )
    ]
    assert audited.cut_short == {"moodle"}
    assert [*temporary.iterdir()] == []
    assert running_with(str(temporary)) == []


@pytest.mark.skipif(os.name != "posix", reason="Windows has no TERM")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_visit_with_report_of_findings(number: int, tmp_path: Path) -> None:
    # The page never responds: without the signal the visit would wait for it.
    package = good_player.write(tmp_path / "package", (STARTS, f"{STARTS}\nfor (;;);"))
    own = {"CHROMIUM": str(chromium.find()), "TMPDIR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    (package / "send.php").write_text("<?php", "utf-8")
    arguments = (str(package), "--lms", "docebo,moodle", "--no-sandbox", "--format", "json")
    with subprocess.Popen(
        [sys.executable, "-m", "builder", "audit", *arguments],
        env={**os.environ, **own},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        until(lambda: any("--user-data-dir=" in one for one in running_with(str(tmp_path))))
        process.send_signal(number)
        began = time.monotonic()
        out, _ = process.communicate(timeout=patience.MILLISECONDS / 1000 * 2)
        took = time.monotonic() - began
    output = json.loads(out)
    assert [one["code"] for one in output["findings"] if one["severity"] == "error"] == [
        "server-file"
    ]
    assert output["not_reached"][0].startswith("The audit was stopped by ")
    assert any(
        one.startswith("8 of 8 scenarios of the visit were not played. The next was, in Moodle, a ")
        for one in output["not_reached"]
    )
    assert (output["complete"], process.returncode) == (False, 1)
    # What it costs to end is a matter of the machine; that nothing is waited for, is not.
    assert took < STALL
    until(lambda: running_with(str(tmp_path)) == [])


@pytest.mark.thorough
@pytest.mark.skipif(not Path("/proc/self").exists(), reason="Linux says what runs")
def test_killed_command_ends_its_browser(tmp_path: Path) -> None:
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
def test_process_memory_and_end_include_child_processes() -> None:
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'input()']).wait()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        members = browsers.process_tree(process.pid)
        while len(members) < 2:
            members = browsers.process_tree(process.pid)
        assert browsers.memory(members) > browsers.memory(members[:1]) > 0
        browsers.end(process)
    until(lambda: not any(map(browsers.memory, ((one,) for one in members))))
