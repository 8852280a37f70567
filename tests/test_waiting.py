"""A terminal says what it waits for, and is left as it was; nothing else is told."""

import io
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer

import pytest

from builder import cli
from builder.cli import terminal as cli_terminal
from builder.preview.running import Running
from tests.support import patience
from tests.support.packages import ROOT
from tools import word


class Stream(io.StringIO):
    """A stream of errors; ``told`` is set once something was written to it."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal
        self.told = Event()

    def isatty(self) -> bool:
        return self.terminal

    def flush(self) -> None:
        if self.getvalue():
            self.told.set()


def test_a_line_is_shown_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "_DELAY", 0)
    with cli_terminal.show_message("Building …"):
        assert stream.told.wait(patience.SECONDS)
        assert stream.getvalue() == "Building …"
    assert stream.getvalue() == f"Building …\r{' ' * 10}\r"


def test_what_is_done_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "_DELAY", 3600)
    with cli_terminal.show_message("Building …"):
        pass
    assert not stream.getvalue().strip()


def test_a_log_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=False)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "_DELAY", 0)
    with cli_terminal.show_message("Building …"):
        pass
    assert stream.getvalue() == ""


COURSE = str(ROOT / "tests/golden/course")
READING = {
    "build": ("build", COURSE),
    "diff": ("diff", COURSE, COURSE),
    "rehearse": ("rehearse", COURSE, COURSE),
    "review": ("review", COURSE),
    "export": ("export", COURSE, "--to", "gift"),
    "approve": ("approve", COURSE),
    "preview": ("preview", COURSE, "--no-open"),
    "import": ("import", "hand-out.docx"),
    "audit": ("audit", COURSE, "--static"),
}
"""Commands that read a course, a document or a package, which may be long."""
WORDS = {
    "build": "Building the package …",
    "diff": "Comparing the courses …",
    "rehearse": "Rehearsing with every trainee …",
    "review": "Making the review document …",
    "export": "Writing the course …",
    "approve": "Reading the course …",
    "preview": "Reading the course …",
    "import": "Importing hand-out.docx …",
    "audit": "Reading the package …",
}
"""What each of them says."""
AT_ONCE = {"new", "state", "explain", "schema"}


class NoMoment(Timer):
    """A moment that is over as soon as it begins."""

    def start(self) -> None:
        self.function(*self.args, **self.kwargs)

    def join(self, timeout: float | None = None) -> None:
        pass


@pytest.mark.parametrize("command", READING.values(), ids=READING)
def test_every_command_that_reads_a_course_says_that_it_is_at_work(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    word.write(tmp_path / "hand-out.docx", "# Welcome\nWe are glad that you came.\n")
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "Timer", NoMoment)
    # A preview goes on until it is ended.
    monkeypatch.setattr(Running, "wait", lambda preview: None)
    with suppress(SystemExit):
        cli.main(command)
    line = WORDS[command[0]]
    assert stream.getvalue() == f"{line}\r{' ' * len(line)}\r"


def test_a_document_that_came_back_is_waited_for_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back = tmp_path / "back.docx"
    with suppress(SystemExit):
        cli.main(("review", COURSE, "-o", str(back)))
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "Timer", NoMoment)
    with suppress(SystemExit):
        cli.main(("review", COURSE, "--read", str(back)))
    assert stream.getvalue().startswith("Reading back.docx …\r")


def test_no_command_is_forgotten() -> None:
    assert set(READING) | AT_ONCE == set(cli.main.commands)
