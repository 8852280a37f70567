"""Splits a GIFT file into categories, comments and questions, and a question into its parts;
handles escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.base.immutable import immutable
from builder.importing.banks import cloze
from builder.importing.banks.bank import UNSURE

CATEGORY = "$CATEGORY:"
_ESCAPE = re.compile(r"\\([\\~=#{}:]|n)")
_TAG = re.compile(r"\[tag:((?:[^\[\]<>`\\]|\\.)*)\]")
_ID = re.compile(r"\[id:((?:[^\[\]<>`\\]|\\.)*)\]")
_NAME = re.compile(r"\s*::((?:\\.|(?!::)[^\\])*)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_MARKER = re.compile(_FORMAT.pattern.removeprefix(r"\s*"), re.IGNORECASE)
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)


@immutable
class Category:
    """A line that sets the category of the questions below it."""

    name: str
    line: int


@immutable
class Comment:
    """A comment line."""

    words: str
    line: int


@immutable
class Record:
    """The lines of a question; its tags, ID number and undecided points come from the comments
    above it."""

    text: str
    line: int
    tags: tuple[str, ...]
    id: str = ""
    doubts: tuple[str, ...] = ()


@immutable
class Parts:
    """A question: its name, format, the text ``before`` and ``after`` the answers, and the
    answers, ``None`` without braces. ``fault`` is why it cannot be parsed; ``has_gaps`` is whether
    the text has gaps of Moodle's cloze."""

    name: str
    form: str
    before: str
    answers: str | None
    after: str
    fault: str = ""
    has_gaps: bool = False


def records(words: str) -> Iterator[Category | Comment | Record]:
    """Split a file into its parts; an empty line ends a question."""
    lines: list[str] = []
    tags: list[str] = []
    doubts: list[str] = []
    id_number = ""
    first = 0
    for number, line in enumerate((*words.split("\n"), ""), start=1):
        stripped = line.strip().removeprefix("\ufeff")
        is_category = stripped.startswith(CATEGORY)
        if lines and (is_category or not stripped):
            yield Record("\n".join(lines), first, tuple(tags), id_number, tuple(doubts))
            lines, tags, doubts, id_number = [], [], [], ""
        if stripped.startswith("//") and (unsure := UNSURE.fullmatch(stripped[2:])):
            doubts.append(unsure[1])
        elif stripped.startswith("//"):
            yield Comment(_ID.sub("", _TAG.sub("", stripped[2:])).strip(), number)
            tags += [unescape(tag).strip() for tag in _TAG.findall(stripped)]
            id_number = next(map(unescape, _ID.findall(stripped)), id_number).strip()
        elif is_category:
            yield Category(stripped[len(CATEGORY) :].strip(), number)
        elif stripped:
            first = first if lines else number
            lines.append(line)


MISSING = "a brace of its answers is missing"
RUN_TOGETHER = "it has several gaps, or is several questions without an empty line between them"
_GOES_ON = re.compile(r"(?<!\\)\}[ \t]*\n[^{}\n]*\S[^{}]*\{")
"""A gap in a line below another gap."""


def unescape(words: str) -> str:
    """Remove the backslashes of escaped characters; ``\\n`` becomes a line break."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], words)


def parts(text: str) -> Parts:
    """Split the text of a question into its parts."""
    name = ""
    if found := _NAME.match(text):
        name, text = " ".join(unescape(found[1]).split()), text[found.end() :]
    form, text = read_format(text, "moodle")
    text_without_gaps = cloze.GAP.sub("", text)
    if text_without_gaps != text and not any(
        one[0] in "{}" for one in _BRACE.finditer(text_without_gaps)
    ):
        return Parts(name, form, text, None, "", has_gaps=True)
    braces = [(one.start(), one[0]) for one in _BRACE.finditer(text) if one[0] in "{}"]
    signs = "".join(sign for _, sign in braces)
    if not signs:
        return Parts(name, form, text, None, "")
    if signs != "{}":
        several = signs.count("{") > 1 and signs == "{}" * signs.count("{")
        fault = "it has several gaps" if several else MISSING
        if several and _GOES_ON.search(text):
            fault = RUN_TOGETHER
        return Parts(name, form, text, None, "", fault)
    start, end = braces[0][0], braces[1][0]
    return Parts(name, form, text[:start], text[start + 1 : end], text[end + 1 :])


def markers(text: str) -> list[str]:
    """The format markers, such as ``[html]``, in a question."""
    return _MARKER.findall(text)


def read_format(text: str, otherwise: str) -> tuple[str, str]:
    """The format that a text's marker sets, else ``otherwise``; and the text without the marker."""
    if found := _FORMAT.match(text):
        return found[1].lower(), text[found.end() :]
    return otherwise, text


def split_at_signs(text: str, at: str) -> list[tuple[str, str]]:
    """Split a text at the unescaped characters of ``at``; each piece with the one before it."""
    pieces: list[tuple[str, str]] = []
    sign, start = "", 0
    for found in re.finditer(rf"\\.|[{at}]", text, re.DOTALL):
        if len(found[0]) == 1:
            pieces.append((sign, text[start : found.start()]))
            sign, start = found[0], found.end()
    return [*pieces, (sign, text[start:])]


def split(text: str, mark: str) -> tuple[str, str | None]:
    """Split a text at the first unescaped ``mark``; the second half is ``None`` without one."""
    for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL):
        if found[0] == mark:
            return text[: found.start()], text[found.end() :]
    return text, None
