"""Protects cells of a CSV file from being run as formulas by spreadsheets."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_STARTS = r"(?P<start>(?:\A|;)[ \"\t\r\n\u00a0]*)"
_SIGN = "(?P<more>'*)(?=[=+\\-@\uff1d\uff0b\uff0d\uff20])"
_FORMULA = re.compile(_STARTS + _SIGN)
_MADE_SAFE = re.compile(f"{_STARTS}'{_SIGN}")


def safe(cell: str) -> str:
    """Put an apostrophe wherever a spreadsheet could find a formula: at the start, and after each
    semicolon.

    Many spreadsheets split rows at semicolons. Numbers stay as they are.
    """
    if _NUMBER.fullmatch(cell):
        return cell
    return _FORMULA.sub(r"\g<start>'\g<more>", cell)


def unsafe(cell: str) -> str:
    """Undo ``safe``."""
    return _MADE_SAFE.sub(r"\g<start>\g<more>", cell) if "'" in cell else cell
