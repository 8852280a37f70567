"""Parses the cells of a sheet that set settings of a question, such as whether to shuffle its
options."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from builder.base.immutable import immutable
from builder.exporting.spreadsheet import columns
from builder.exporting.spreadsheet.columns import plain
from builder.exporting.spreadsheet.types import SheetType
from builder.importing.banks.judging import parse_number

Value = str | tuple[str, ...]
_YES = ("yes", "y", "true", "1", "x", "partial")
_NO = ("no", "n", "false", "0", "all")
_FORGIVEN = {"capitals": "case", "case": "case", "spaces": "spaces", "accents": "accents"}


def is_yes(written: str) -> bool | None:
    """Whether a cell says yes; ``None`` if it says neither yes nor no."""
    word = plain(written)
    return True if word in _YES else False if word in _NO else None


def points(written: str) -> str:
    """Convert a cell to a number of points, from 0.01 to 100 with at most two decimals; empty if
    the cell is invalid."""
    found = parse_number(re.sub(r"(?<=[0-9]),(?=[0-9]{1,2}$)", ".", written.strip()))
    if not found or "to" in found or "±" in found:
        return ""
    amount = Decimal(found)
    fits = Decimal("0.01") <= amount <= 100 and amount == amount.quantize(Decimal("0.01"))
    return found if fits else ""


def _shuffle(written: str, kind: SheetType) -> Value | None:
    return (dict.fromkeys(_YES, "yes") | dict.fromkeys(_NO, "no")).get(plain(written))


def _forgive(written: str, kind: SheetType) -> Value | None:
    if plain(written) in ("nothing", "none"):
        return ()
    words = [plain(word) for word in re.split(r"[,;\s]+|\band\b", written) if word.strip()]
    if not words or any(word not in _FORGIVEN for word in words):
        return None
    return tuple(sorted({_FORGIVEN[word] for word in words}))


def _limit(written: str, kind: SheetType) -> Value | None:
    least, most = kind.limits
    fits = re.fullmatch(r"[0-9]{1,5}", written.strip()) and least <= int(written) <= most
    return written.strip() if fits else None


def _keep(written: str, kind: SheetType) -> Value | None:
    known = dict.fromkeys(_YES, "text") | dict.fromkeys((*_NO, "none"), "none")
    return known.get(plain(written))


def _report(written: str, kind: SheetType) -> Value | None:
    known = {"none": "none", "no": "none", "fillin": "fill-in", "performance": "performance"}
    return known.get(plain(written))


def _reveal(written: str, kind: SheetType) -> Value | None:
    word = plain(written)
    return word if word in ("always", "never") else None


@immutable
class Setting:
    """The setting that a column sets: its ``key`` in a question's file. ``parse`` converts the text
    of a cell to a value; ``None`` if the cell is invalid. ``takes`` says what the column accepts,
    for messages."""

    key: str
    parse: Callable[[str, SheetType], Value | None]
    takes: str = ""


SETTINGS: Mapping[columns.Column, Setting] = {
    columns.SHUFFLE: Setting("shuffle", _shuffle, "yes or no"),
    columns.FORGIVE: Setting("forgive", _forgive, "capitals, spaces, accents or nothing"),
    columns.LIMIT: Setting(
        "limit",
        _limit,
        "a number of characters, 10 to 765 of a fill-in, 50 to 2000 of a reflection",
    ),
    columns.KEEP: Setting("keep", _keep, "yes or no"),
    columns.REPORT: Setting("report", _report, "none, fill-in or performance"),
    columns.REVEAL: Setting("reveal", _reveal, "always or never"),
    columns.UNIT: Setting("unit", lambda written, kind: written),
}
TAKES = {column: setting.takes for column, setting in SETTINGS.items()} | {
    columns.PARTIAL: "yes or no",
    columns.POINTS: "a number from 0.01 to 100, with two decimals at most",
    columns.FORMAT: "plain or markdown",
}
"""What each column accepts, in words for messages."""
