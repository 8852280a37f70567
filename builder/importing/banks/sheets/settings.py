"""Parses the columns of a sheet that are settings of a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.columns import plain
from builder.exporting.spreadsheet.types import SheetType
from builder.importing.banks.judging import parse_number

Value = str | tuple[str, ...]
_YES = ("yes", "y", "true", "1", "x", "partial")
_NO = ("no", "n", "false", "0", "all")
_FORGIVEN = {"capitals": "case", "case": "case", "spaces": "spaces", "accents": "accents"}


def is_yes(written: str) -> bool | None:
    """Parse yes or no in a cell; ``None`` if it is neither."""
    word = plain(written)
    return True if word in _YES else False if word in _NO else None


def points(written: str) -> str:
    """Parse a number of points; empty if it is invalid."""
    found = parse_number(re.sub(r"(?<=[0-9]),(?=[0-9]{1,2}$)", ".", written.strip()))
    if not found or "to" in found or "±" in found:
        return ""
    amount = Decimal(found)
    fits = Decimal("0.01") <= amount <= 100 and amount == amount.quantize(Decimal("0.01"))
    return found if fits else ""


def setting(column: columns.Column, written: str, kind: SheetType) -> tuple[str, Value] | None:
    """Parse a settings cell to a question's key and value; ``None`` if it is invalid."""
    make = SETTINGS.get(column)
    return make(written, kind) if make else None


def _shuffle(written: str, kind: SheetType) -> tuple[str, Value] | None:
    answer = is_yes(written)
    return None if answer is None else ("shuffle", "yes" if answer else "no")


def _forgive(written: str, kind: SheetType) -> tuple[str, Value] | None:
    if plain(written) in ("nothing", "none"):
        return "forgive", ()
    words = [plain(word) for word in re.split(r"[,;\s]+|\band\b", written) if word.strip()]
    if not words or any(word not in _FORGIVEN for word in words):
        return None
    return "forgive", tuple(sorted({_FORGIVEN[word] for word in words}))


def _limit(written: str, kind: SheetType) -> tuple[str, Value] | None:
    least, most = kind.limits
    fits = re.fullmatch(r"[0-9]{1,5}", written.strip()) and least <= int(written) <= most
    return ("limit", written.strip()) if fits else None


def _keep(written: str, kind: SheetType) -> tuple[str, Value] | None:
    answer = is_yes(written)
    if answer is None:
        return ("keep", "none") if plain(written) == "none" else None
    return "keep", "text" if answer else "none"


def _report(written: str, kind: SheetType) -> tuple[str, Value] | None:
    known = {"none": "none", "no": "none", "fillin": "fill-in", "performance": "performance"}
    word = known.get(plain(written))
    return ("report", word) if word else None


def _reveal(written: str, kind: SheetType) -> tuple[str, Value] | None:
    word = plain(written)
    return ("reveal", word) if word in ("always", "never") else None


def _unit(written: str, kind: SheetType) -> tuple[str, Value] | None:
    return "unit", written


SETTINGS: Mapping[columns.Column, Callable[[str, SheetType], tuple[str, Value] | None]] = {
    columns.SHUFFLE: _shuffle,
    columns.FORGIVE: _forgive,
    columns.LIMIT: _limit,
    columns.KEEP: _keep,
    columns.REPORT: _report,
    columns.REVEAL: _reveal,
    columns.UNIT: _unit,
}
"""The parser of each settings column."""
TAKES = {
    columns.SHUFFLE: "yes or no",
    columns.FORGIVE: "capitals, spaces, accents or nothing",
    columns.LIMIT: "a number of characters, 10 to 765 of a fill-in, 50 to 2000 of a reflection",
    columns.KEEP: "yes or no",
    columns.REPORT: "none, fill-in or performance",
    columns.REVEAL: "always or never",
    columns.PARTIAL: "yes or no",
    columns.POINTS: "a number from 0.01 to 100, with two decimals at most",
    columns.FORMAT: "plain or markdown",
}
"""What each settings column accepts, in words for messages."""
