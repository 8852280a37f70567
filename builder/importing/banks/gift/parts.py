"""A file in GIFT as its parts: categories, and questions with their lines; and how what is escaped
is told from what steers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from builder.base.immutable import immutable
from builder.importing.banks import cloze
from builder.importing.banks.making import UNSURE

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
    """A line that says which category the questions below it have."""

    name: str
    line: int


@immutable
class Comment:
    """A line that its author wrote for authors."""

    words: str
    line: int


@immutable
class Record:
    """The lines of a question, and the tags, the ID number and what is still to be decided of the
    comments among them."""

    text: str
    line: int
    tags: tuple[str, ...]
    id: str = ""
    doubts: tuple[str, ...] = ()


@immutable
class Parts:
    """A question: its name, its format, its words before and behind the answers, and these,
    ``None`` where there are none. ``wrong`` says why it is no question that can be read;
    ``gapped`` is whether its words have gaps as Moodle's cloze has them."""

    name: str
    form: str
    before: str
    answers: str | None
    behind: str
    wrong: str = ""
    gapped: bool = False


def records(words: str) -> Iterator[Category | Comment | Record]:
    """The parts of a file: an empty line ends a question."""
    lines: list[str] = []
    tags: list[str] = []
    doubts: list[str] = []
    identified = ""
    first = 0
    for number, line in enumerate((*words.split("\n"), ""), start=1):
        said = line.strip().removeprefix("\ufeff")
        is_category = said.startswith(CATEGORY)
        if lines and (is_category or not said):
            yield Record("\n".join(lines), first, tuple(tags), identified, tuple(doubts))
            lines, tags, doubts, identified = [], [], [], ""
        if said.startswith("//") and (unsure := UNSURE.fullmatch(said[2:])):
            doubts.append(unsure[1])
        elif said.startswith("//"):
            yield Comment(_ID.sub("", _TAG.sub("", said[2:])).strip(), number)
            tags += [unescaped(tag).strip() for tag in _TAG.findall(said)]
            identified = next(map(unescaped, _ID.findall(said)), identified).strip()
        elif is_category:
            yield Category(said[len(CATEGORY) :].strip(), number)
        elif said:
            first = first if lines else number
            lines.append(line)


MISSING = "a brace of its answers is missing"
RUN_TOGETHER = "it has several gaps, or is several questions without an empty line between them"
_GOES_ON = re.compile(r"(?<!\\)\}[ \t]*\n[^{}\n]*\S[^{}]*\{")
"""A gap in a line below that of another one."""


def unescaped(words: str) -> str:
    """Words without the backslashes that only say what steers nothing."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], words)


def parts(text: str) -> Parts:
    """A question's lines as its parts."""
    name = ""
    if found := _NAME.match(text):
        name, text = " ".join(unescaped(found[1]).split()), text[found.end() :]
    form, text = formed(text, "moodle")
    gapped = cloze.GAP.sub("", text)
    if gapped != text and not any(one[0] in "{}" for one in _BRACE.finditer(gapped)):
        return Parts(name, form, text, None, "", gapped=True)
    braces = [(one.start(), one[0]) for one in _BRACE.finditer(text) if one[0] in "{}"]
    signs = "".join(sign for _, sign in braces)
    if not signs:
        return Parts(name, form, text, None, "")
    if signs != "{}":
        several = signs.count("{") > 1 and signs == "{}" * signs.count("{")
        wrong = "it has several gaps" if several else MISSING
        if several and _GOES_ON.search(text):
            wrong = RUN_TOGETHER
        return Parts(name, form, text, None, "", wrong)
    start, end = braces[0][0], braces[1][0]
    return Parts(name, form, text[:start], text[start + 1 : end], text[end + 1 :])


def markers(text: str) -> list[str]:
    """The formats that texts in a question say they have."""
    return _MARKER.findall(text)


def formed(text: str, otherwise: str) -> tuple[str, str]:
    """The format that a text says it has, and the text without that."""
    if found := _FORMAT.match(text):
        return found[1].lower(), text[found.end() :]
    return otherwise, text


def cut(text: str, at: str) -> list[tuple[str, str]]:
    """A text in pieces, each with the letter of ``at`` before it; the first has none."""
    pieces: list[tuple[str, str]] = []
    sign, start = "", 0
    for found in re.finditer(rf"\\.|[{at}]", text, re.DOTALL):
        if len(found[0]) == 1:
            pieces.append((sign, text[start : found.start()]))
            sign, start = found[0], found.end()
    return [*pieces, (sign, text[start:])]


def split(text: str, mark: str) -> tuple[str, str | None]:
    """What stands before and behind the first ``mark`` that is not escaped."""
    for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL):
        if found[0] == mark:
            return text[: found.start()], text[found.end() :]
    return text, None
