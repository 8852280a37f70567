"""Limits for question banks. A few characters of a file can take a thousand times their size once
parsed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.document.form import Document

MOST = 20_000
"""Maximum number of questions and texts of a bank; also of entries in its report."""
ROWS = 5 * MOST
"""Maximum number of non-empty rows of a sheet in a text file."""
LINES = 500_000
"""Maximum number of lines of such a file, including empty ones."""
COLUMNS = 1 << 14
"""Maximum number of cells of a row: as many as Excel allows."""
LETTERS = 1 << 16
"""Maximum length of a cell, in characters: Excel allows 32,767, Google Sheets 50,000. Parsed text
takes a hundred times its size."""
LONG = f"more than {LETTERS:,} characters"

Read = tuple[Document | None, tuple[Diagnostic, ...]]
_UNENDING = (
    f"a cell that begins here has {LONG}, as where a quotation mark has no other one at the end of "
    "its cell"
)
_Rest = ParamSpec("_Rest")
_Reader = Callable[Concatenate[Path, _Rest], Read]


class TooManyError(Exception):
    """A bank has too many parts; the message says of what, for a diagnostic."""


class TooLongError(Exception):
    """A cell of a text file is longer than ``LETTERS``."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def bounded(read: _Reader[_Rest]) -> _Reader[_Rest]:
    """Decorator: an importer reports ``TooManyError`` and ``TooLongError`` as diagnostics."""

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
