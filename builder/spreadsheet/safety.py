"""Cells of a file of text that no spreadsheet takes for a formula, and what they were before."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_STARTS = r"(?P<start>(?:\A|;)[ \"\t\r\n\u00a0]*)"
_SIGN = "(?P<more>'*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])"
_FORMULA = re.compile(_STARTS + _SIGN)
_MADE_SAFE = re.compile(f"{_STARTS}'{_SIGN}")


def safe(cell: str) -> str:
    """A cell with an apostrophe wherever a formula could begin: at its start, and behind each
    semicolon, where many spreadsheets split a row. A number stays one."""
    if _NUMBER.fullmatch(cell):
        return cell
    return _FORMULA.sub(r"\g<start>'\g<more>", cell)


def unsafe(cell: str) -> str:
    """What ``safe`` was given."""
    return _MADE_SAFE.sub(r"\g<start>\g<more>", cell) if "'" in cell else cell
