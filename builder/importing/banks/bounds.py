"""How many parts a bank may have: what is made of each takes a thousand times the room of the few
letters that it may consist of."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec

from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.document.form import Document

MOST = 20_000
"""Questions of a bank, with the texts among them; and as many things of it that are listed."""
ROWS = 5 * MOST
"""Rows of a sheet in a file of text that have anything in them."""
LINES = 500_000
"""Lines of such a file, empty ones among them."""
COLUMNS = 1 << 14
"""Cells of a row: as many as a workbook can have."""
LETTERS = 1 << 16
"""Characters of a cell: Excel takes 32,767, Google Sheets 50,000. What is made of one text takes a
hundred times its room."""
LONG = f"more than {LETTERS:,} characters"

Read = tuple[Document | None, tuple[Diagnostic, ...]]
_UNENDING = (
    f"a cell that begins here has {LONG}, as where a quotation mark has no other one at the end of "
    "its cell"
)
_Rest = ParamSpec("_Rest")
_Reader = Callable[Concatenate[Path, _Rest], Read]


class TooManyError(Exception):
    """A bank has more parts than are read; the text says of what, in words for a diagnostic."""


class TooLongError(Exception):
    """A cell of a file of text is longer than any that somebody has written."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def bounded(read: _Reader[_Rest]) -> _Reader[_Rest]:
    """A reader that says so of a bank which has more parts than are read, or a longer cell."""

    @wraps(read)
    def reading(path: Path, /, *rest: _Rest.args, **named: _Rest.kwargs) -> Read:
        try:
            return read(path, *rest, **named)
        except TooManyError as error:
            position = Position(path.name)
            return None, (problem("bank-too-large", position, problem=str(error)),)
        except TooLongError as error:
            position = Position(path.name, error.line)
            return None, (problem("bank-damaged", position, problem=_UNENDING),)

    return reading
