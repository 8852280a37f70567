"""A message appears in a terminal while a command works, and only there, and is removed."""

import io
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event, Timer

import pytest

from builder import cli
from builder.cli import terminal as cli_terminal
from builder.preview.running import Running
from tests.results import recorded
from tests.support import patience
from tests.support.packages import ROOT
from tools import word


class Stream(io.StringIO):
    """A stream of errors; ``written`` is set once something was written to it."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal
        self.written = Event()

    def isatty(self) -> bool:
        return self.terminal

    def flush(self) -> None:
        if self.getvalue():
            self.written.set()


def test_a_line_is_shown_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "_MESSAGE_DELAY", 0)
    with cli_terminal.show_message("Building …"):
        assert stream.written.wait(patience.SECONDS)
        assert stream.getvalue() == "Building …"
    assert stream.getvalue() == f"Building …\r{' ' * 10}\r"


def test_what_is_done_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "_MESSAGE_DELAY", 3600)
    with cli_terminal.show_message("Building …"):
        pass
    assert not stream.getvalue().strip()


def test_nothing_is_written_to_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=False)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "_MESSAGE_DELAY", 0)
    with cli_terminal.show_message("Building …"):
        pass
    assert stream.getvalue() == ""


COURSE = str(ROOT / "tests/golden/course")
REPORT = str(recorded.FOLDER / "interactions.txt")
WAITING: dict[tuple[str, ...], str] = {
    ("build", COURSE): "Building the package …",
    ("diff", COURSE, COURSE): "Comparing the courses …",
    ("rehearse", COURSE, COURSE): "Rehearsing with every trainee …",
    ("review", COURSE): "Making the review document …",
    ("export", COURSE, "--to", "gift"): "Writing the course …",
    ("translate", COURSE): "Reading the course …",
    ("approve", COURSE): "Reading the course …",
    ("preview", COURSE, "--no-open"): "Reading the course …",
    ("import", "hand-out.docx"): "Importing hand-out.docx …",
    ("audit", COURSE): "Reading the package …",
    ("results", REPORT, "--package", "course-1.1.0-0.zip"): "Reading the reports …",
}
"""Commands that read a course, a document or a package, which may be long, and their messages."""
AT_ONCE = {"new", "state", "explain", "schema"}


class NoMoment(Timer):
    """A moment that is over as soon as it begins."""

    def start(self) -> None:
        self.function(*self.args, **self.kwargs)

    def join(self, timeout: float | None = None) -> None:
        pass


@pytest.mark.whole
@pytest.mark.parametrize(("command", "line"), WAITING.items(), ids=lambda value: value[0])
def test_every_course_reading_command_shows_progress_message(
    command: tuple[str, ...], line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    word.write(tmp_path / "hand-out.docx", "# Welcome\nWe are glad that you came.\n")
    recorded.package("1.1.0", tmp_path)
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(cli_terminal, "Timer", NoMoment)
    # A preview goes on until it is ended.
    monkeypatch.setattr(Running, "wait", lambda preview: None)
    with suppress(SystemExit):
        cli.main(command)
    assert stream.getvalue() == f"{line}\r{' ' * len(line)}\r"


@pytest.mark.whole
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
    assert {command for command, *_ in WAITING} | AT_ONCE == set(cli.main.commands)
