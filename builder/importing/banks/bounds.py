"""Limits for the size of question banks. They are needed because parsed content can take a thousand
times the memory of its characters in the file."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.document.form import Document

MOST = 20_000
"""Maximum number of questions and texts of a bank; also of entries in the report of what is not
imported."""
ROWS = 5 * MOST
"""Maximum number of non-empty rows of a sheet in a text file."""
LINES = 500_000
"""Maximum number of lines of a sheet in a text file, including empty ones."""
COLUMNS = 1 << 14
"""Maximum number of cells in a row of a sheet: as many as Excel allows."""
LETTERS = 1 << 16
"""Maximum length of a cell of a sheet, in characters. Excel allows 32,767, Google Sheets 50,000.
Parsed text takes a hundred times the memory of its characters."""
LONG = f"more than {LETTERS:,} characters"

Read = tuple[Document | None, tuple[Diagnostic, ...]]
_UNENDING = (
    f"a cell that begins here has {LONG}, as where a quotation mark has no other one at the end of "
    "its cell"
)
_Rest = ParamSpec("_Rest")
_Reader = Callable[Concatenate[Path, _Rest], Read]


class TooManyError(Exception):
    """A bank has too many questions, rows or other parts. The message says which, for a
    diagnostic."""


class TooLongError(Exception):
    """A cell of a sheet in a text file is longer than ``LETTERS``; ``line`` is where the cell
    starts."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def bounded(read: _Reader[_Rest]) -> _Reader[_Rest]:
    """Decorator for importers: ``TooManyError`` and ``TooLongError`` are returned as
    diagnostics."""

    @wraps(read)
    def wrapper(path: Path, /, *args: _Rest.args, **kwargs: _Rest.kwargs) -> Read:
        try:
            return read(path, *args, **kwargs)
        except TooManyError as error:
            position = Position(path.name)
            return None, (problem("bank-too-large", position, problem=str(error)),)
        except TooLongError as error:
            position = Position(path.name, error.line)
            return None, (problem("bank-damaged", position, problem=_UNENDING),)

    return wrapper
