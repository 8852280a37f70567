"""A terminal says what it waits for, and is left as it was; nothing else is told."""

import io
import sys
from threading import Event

import pytest

from builder.cli import waiting
from tests.support import patience


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
    monkeypatch.setattr(waiting, "_AFTER", 0)
    with waiting.told("Building …"):
        assert stream.told.wait(patience.SECONDS)
        assert stream.getvalue() == "Building …"
    assert stream.getvalue() == f"Building …\r{' ' * 10}\r"


def test_what_is_done_at_once_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(waiting, "_AFTER", 3600)
    with waiting.told("Building …"):
        pass
    assert not stream.getvalue().strip()


def test_a_log_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(terminal=False)
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(waiting, "_AFTER", 0)
    with waiting.told("Building …"):
        pass
    assert stream.getvalue() == ""
