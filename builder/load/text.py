"""Bytes to text: UTF-8 with or without a byte-order mark, any line ends, nothing invisible."""

from __future__ import annotations

import codecs
import re

from builder.codes import problem
from builder.diagnostics import Diagnostic, Position

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE = "Save it again as UTF-8: in Notepad, File > Save as > Encoding: UTF-8."
# What YAML forbids, and the line ends that YAML counts and editors do not: all invisible.
_INVISIBLE = re.compile(
    "[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)


def decode(raw: bytes, path: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of a file with ``\\n`` line ends, or ``None`` and what is wrong with it."""
    if raw.startswith(_UTF16):
        words = {"guess": "; it looks like UTF-16, which Windows calls Unicode", "fix": _SAVE}
        return None, (problem("file-encoding", Position(path), **words),)
    if b"\0" in raw:
        words = {"guess": "; it looks like a file of another kind", "fix": _OTHER_KIND}
        return None, (problem("file-encoding", Position(path), **words),)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        words = {"guess": _cp1252(raw, error.start), "fix": _SAVE}
        return None, (problem("file-encoding", _position(raw, error.start, path), **words),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = tuple(_invisible(text, path))
    return (None, found) if found else (text, ())


_OTHER_KIND = "Put a text file in its place, or save it again as UTF-8."


def _cp1252(raw: bytes, start: int) -> str:
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    character = raw[start : start + 1].decode("cp1252")
    return f"; it looks like CP1252, with “{character}” here"


def _position(raw: bytes, offset: int, path: str) -> Position:
    before = raw[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n")
    return Position(path, line + 1, len(before) - before.rfind("\n"))


def _invisible(text: str, path: str) -> list[Diagnostic]:
    if not _INVISIBLE.search(text):
        return []
    return [
        problem(
            "character-invisible", Position(path, row, found.start() + 1), number=_number(found)
        )
        for row, line in enumerate(text.split("\n"), start=1)
        for found in _INVISIBLE.finditer(line)
    ]


def _number(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"
