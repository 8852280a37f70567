"""Decodes files to text: accepts UTF-8 with or without BOM and any line ends, and rejects
invisible characters."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from builder.base.patterns import late
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE = "Save it again as UTF-8: in Notepad, File > Save as > Encoding: UTF-8."
INVISIBLE = late("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Matches invisible characters: those that YAML forbids, and line ends that YAML counts as such
but editors do not."""
LISTED = 5
"""Maximum number of invisible characters reported per file; the rest are counted."""
_DELETE_INVISIBLE = (
    "Delete it: put the cursor after it and press backspace, or type the line again; such "
    "characters often come from text copied from Word or a PDF."
)


InvisiblePlace = tuple[Position, str, str, str]
"""An invisible character: its position, the character, its escape in YAML or nothing, and how to
delete it."""


def decode(raw: bytes, path: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Decode the content of the file at ``path`` to text with ``\\n`` line ends; ``None`` and the
    problems if it is not valid."""
    if raw.startswith(_UTF16):
        words = {"guess": "; it looks like UTF-16, which Windows calls Unicode", "fix": _SAVE}
        return None, (problem("file-encoding", Position(path), **words),)
    if b"\0" in raw:
        words = {"guess": "; it looks like another type of file", "fix": _OTHER_KIND}
        return None, (problem("file-encoding", Position(path), **words),)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        words = {"guess": _guess_cp1252(raw, error.start), "fix": _SAVE}
        return None, (problem("file-encoding", _position(raw, error.start, path), **words),)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # Fast path: printable text has no invisible characters, and nearly all text is printable.
    if text.replace("\n", "").isprintable() or not INVISIBLE.search(text):
        return text, ()
    reported = islice(INVISIBLE.finditer(text), LISTED)
    places = [
        (_at(text, match.start(), path), match[0], "", _DELETE_INVISIBLE) for match in reported
    ]
    return None, tuple(invisible(places, len(text) - len(INVISIBLE.sub("", text))))


_CONFLICT = late(r"<<<<<<< .*\n(?:.*\n)*?=======\n")
_FENCE = late(r"^ {0,3}(?:```|~~~)")


def merge_conflict(text: str) -> int:
    """The line number of the first unresolved Git merge conflict in a text; 0 if it has none.

    Ignores conflict markers in Markdown code blocks, which are examples.
    """
    if "<<<<<<< " not in text:
        return 0
    fenced, at = False, 0
    for number, line in enumerate(text.split("\n"), start=1):
        if _FENCE.match(line):
            fenced = not fenced
        if not fenced and _CONFLICT.match(text, at):
            return number
        at += len(line) + 1
    return 0


def not_utf_8(raw: bytes, path: str) -> tuple[Diagnostic, ...]:
    """Report an XML file that is not UTF-8, or that declares another encoding.

    XML readers support different encodings: what one reads as text, another may read as markup or
    as a script.
    """
    if raw.startswith(_UTF16):
        words = {"guess": "; it looks like UTF-16, which Windows calls Unicode", "fix": _SAVE}
        return (problem("file-encoding", Position(path), **words),)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    try:
        content = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        words = {"guess": _guess_cp1252(raw, error.start), "fix": _SAVE_XML}
        return (problem("file-encoding", _position(raw, error.start, path), **words),)
    declared = _DECLARED_ENCODING.match(content)
    if not declared or _UTF_8.fullmatch(declared["name"]):
        return ()
    words = {"guess": f"; it says that it is “{declared['name']}”", "fix": _SAVE_XML}
    return (problem("file-encoding", _at(content, declared.start("name"), path), **words),)


_SAVE_XML = (
    "Export it again as UTF-8 from the program that made it. Or open it in Notepad, write "
    'encoding="UTF-8" in its first line, and save it: File > Save as > Encoding: UTF-8.'
)
_DECLARED_ENCODING = late(r"""<\?xml[^>]*?encoding[\s=]*+["']?(?P<name>[^"'>\s]*)""", re.IGNORECASE)
_UTF_8 = re.compile("utf-?8", re.IGNORECASE)


def invisible(places: Iterable[InvisiblePlace], count: int) -> Iterator[Diagnostic]:
    """Report the first invisible characters of a file that has ``count`` of them."""
    for index, (position, character, escape, fix) in enumerate(places, start=1):
        number = f"U+{ord(character):04X}"
        if index == LISTED < count:
            number += f"; this file has {count - index} more"
        cause = f"There is an invisible character here ({number})"
        if escape:
            cause = f"Here “{escape}” stands for an invisible character ({number})"
        yield problem("character-invisible", position, problem=cause, fix=fix)


_OTHER_KIND = "Replace it with a text file, or save it again as UTF-8."


def _guess_cp1252(raw: bytes, start: int) -> str:
    try:
        raw.decode("cp1252")
    except UnicodeDecodeError:
        return ""
    character = raw[start : start + 1].decode("cp1252")
    return f"; it looks like CP1252, with “{character}” here"


def _position(raw: bytes, offset: int, path: str) -> Position:
    before = raw[:offset].decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _at(before, len(before), path)


def _at(text: str, offset: int, path: str) -> Position:
    line = text.count("\n", 0, offset)
    return Position(path, line + 1, offset - text.rfind("\n", 0, offset))
