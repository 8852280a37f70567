"""Reads PO files, the translations of a course; only this module reads them for a build."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from builder.base.patterns import late
from builder.course.sources import PoEntry, PoFile
from builder.diagnostics.codes import Known, problem
from builder.diagnostics.diagnostic import Diagnostic, Position

if TYPE_CHECKING:
    from polib import POFile

MESSAGES_LIMIT = 100_000
"""Maximum number of messages of a PO file; a course of 1,000 pages has some tens of thousands."""
_KEYWORDS = ("msgctxt", "msgid_plural", "msgid", "msgstr")
_KEYWORD = rf"(?:{'|'.join(_KEYWORDS)}(?:\[[0-9]\])?)"
_QUOTED = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_LINE = late(rf"(?:#~[ \t]*)?(?:{_KEYWORD}[ \t]*)?{_QUOTED}[ \t]*")
_CHARSET = re.compile(r"charset=([^\s;]*)", re.IGNORECASE)
_UTF_8 = re.compile("utf-?8|(?:us-)?ascii|charset", re.IGNORECASE)
"""Matches the charsets whose content can be read as UTF-8; ``CHARSET`` is gettext's placeholder."""
_SYNTAX_LINE = re.compile(r"line (\d+)")
_MAX_QUOTED = 60
"""Maximum number of characters of a line that a message quotes."""


def read(content: str, path: str) -> tuple[PoFile | None, tuple[Diagnostic, ...]]:
    """Parse the content of a PO file, which has ``\\n`` line ends; ``None`` and the problems if it
    is not valid.

    The tag of its language is its file name without the extension.
    """
    lines = content.split("\n")
    # The messages are counted by their lines first, since parsing takes a while.
    count = sum(line.startswith("msgid ") for line in lines)
    if count > MESSAGES_LIMIT:
        cause = f"This file has {count:,} messages; at most {MESSAGES_LIMIT:,} are read"
        return None, (_syntax(Position(path), cause, _SIZE_FIX),)
    import polib

    simple, rest = _simple_entries(content, polib.unescape)
    others = rest.split("\n")
    if found := _malformed_line(others, path):
        return None, (found,)
    try:
        # polib opens a text that is the path of a file; none ends with a line break.
        parsed = polib.pofile(f"{rest}\n", encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError) as error:
        line = _SYNTAX_LINE.search(str(error))
        at = Position(path, int(line[1]) if line else 0, 1 if line else 0)
        cause = "The order of the lines is wrong here"
        return None, (_syntax(at, cause, _ORDER_FIX),)
    if found := _wrong_charset(parsed.metadata, lines, path):
        return None, (found,)
    entries = sorted((*simple, *_entries(parsed, others)), key=lambda entry: entry.line)
    tag = PurePosixPath(path).stem
    plurals_line = _line_with('"Plural-Forms:', lines)
    return PoFile(path, tag, tuple(entries), dict(parsed.metadata), plurals_line), ()


_TEXT_OR_NONE = r'"([^"\\\n]*+(?:\\[^\n][^"\\\n]*+)*+)"'
_TEXT = _TEXT_OR_NONE.replace("(", '((?!")', 1)
_SIMPLE = late(rf"(?:#[.:][^\n]*\n)*+msgctxt {_TEXT}\nmsgid {_TEXT}\nmsgstr {_TEXT_OR_NONE}")
"""Matches an entry of one line each, up to date, and with generated comments only: most entries of
most files."""


def _simple_entries(content: str, unescape: Callable[[str], str]) -> tuple[Sequence[PoEntry], str]:
    """Read the simple entries of a file, which takes a third of polib's time. Returns them and the
    content without them, in which the other entries have the same lines.

    Reads none if empty lines do not divide the entries.
    """
    found: list[PoEntry] = []
    blocks = content.split("\n\n")
    line = 1
    for index, block in enumerate(blocks):
        count = block.count("\n")
        if match := _SIMPLE.fullmatch(block):
            part, text, translation = (
                unescape(one) if "\\" in one else one for one in match.groups()
            )
            found.append(PoEntry(part, text, translation, False, False, line + count))
            blocks[index] = "\n" * count
        elif not _is_whole(block):
            return (), content
        line += count + 2
    return found, "\n\n".join(blocks)


def _is_whole(block: str) -> bool:
    """Whether the lines between two empty lines are whole entries."""
    has_end = block.rstrip("\n").endswith('"') and ("\nmsgstr" in block or "\n#~" in block)
    return has_end and block.startswith(("#", "msgctxt", "msgid"))


_SIZE_FIX = "Check that it is the translation of a course, and not of a program."
_ORDER_FIX = (
    "Write the lines of a message in this order: comments, msgctxt, msgid, msgstr. Or open the "
    "file in Poedit and save it again."
)
_LINE_FIX = (
    'Write a keyword and a text in straight quotation marks, such as msgstr "…". Within the text, '
    "write a backslash before each straight quotation mark."
)


def _syntax(at: Position, cause: str, fix: str) -> Diagnostic:
    return problem("translation-syntax", at, problem=cause, fix=fix)


def _malformed_line(lines: Sequence[str], path: str) -> Diagnostic | None:
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or (text.startswith("#") and not text.startswith("#~ ")):
            continue
        if not _LINE.fullmatch(text) and not text.startswith(("#~ #", "#~|")):
            quoted = text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"
            cause = f"This is not a line of a PO file: {quoted}"
            word = text.partition(" ")[0]
            near = Known(_KEYWORDS).near(word)
            fix = f"Write “{near}” instead of “{word}”." if near not in (None, word) else _LINE_FIX
            return _syntax(Position(path, number, 1), cause, fix)
    return None


def _wrong_charset(headers: dict[str, str], lines: Sequence[str], path: str) -> Diagnostic | None:
    declared = _CHARSET.search(headers.get("Content-Type", ""))
    if not declared or _UTF_8.fullmatch(declared[1]):
        return None
    at = Position(path, _line_with(declared[0], lines), 1)
    return problem("translation-charset", at, charset=declared[1])


def _line_with(text: str, lines: Sequence[str]) -> int:
    """The number of the first line with this text, 1 if there is none."""
    return next((row for row, line in enumerate(lines, start=1) if text in line), 1)


def _entries(parsed: POFile, lines: Sequence[str]) -> Iterator[PoEntry]:
    for entry in parsed:
        forms = entry.msgstr_plural or {}
        yield PoEntry(
            part=entry.msgctxt or "",
            text=entry.msgid,
            translation=entry.msgstr,
            fuzzy="fuzzy" in entry.flags,
            obsolete=bool(entry.obsolete),
            line=_translation_line(lines, entry.linenum or 1),
            previous=entry.previous_msgid or "",
            plural=entry.msgid_plural or "",
            forms=tuple(forms[index] for index in sorted(forms)),
        )


def _translation_line(lines: Sequence[str], first: int) -> int:
    """The number of the line with the ``msgstr`` of the entry that starts at the line ``first``."""
    for row in range(first - 1, len(lines)):
        if lines[row].removeprefix("#~").lstrip().startswith("msgstr"):
            return row + 1
    return first
