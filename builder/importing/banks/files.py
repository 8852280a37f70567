"""Reads a bank's file as text: limits its size, decodes it, and detects its format from the
content."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from html.entities import html5
from pathlib import Path
from typing import Literal

from builder.base.immutable import immutable
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks.sheets import text as sheets

MOST = 64 << 20
"""Maximum size of a bank's file, with its embedded images, in bytes."""
WORDS = 8 << 20
"""Maximum length of a bank's text without embedded files, in characters. Parsed text takes many
times the memory of its characters."""
_EMBEDDED_FILE = re.compile(r"base64(?:,|[\"'][^<>]*>)[A-Za-z0-9+/=\s]*+")
"""Matches a file in base64 inside a text."""
_BEGINNING = 1 << 18
"""Length of the start of a file from which its format is detected, in characters."""

Kind = Literal[
    "aiken", "cloze", "gift", "h5p", "mbz", "moodle-xml", "qti-1", "qti-2", "sheet", "twee", "xlsx"
]


@immutable
class UnsupportedFile:
    """What a file is that is not a bank (``kind``), and what the author can do (``way``), for a
    message."""

    kind: str
    way: str


_BANKS = (
    "Write it as Aiken, GIFT or Moodle XML, or export it so, or as "
    "QTI, from the program that it comes from"
)
_EMPTY = UnsupportedFile("empty", "Check that it is the right file, and that it was saved")
_BINARY = UnsupportedFile("no text", _BANKS)
PROSE = UnsupportedFile("text without recognisable questions", _BANKS)
"""A text of which nothing is known."""
_DOCUMENT = UnsupportedFile("a document of a Word processor", "Save it as .docx or as plain text")
_WORKBOOK = UnsupportedFile(
    "a workbook", "Give it back its file extension, such as .xlsx, and leave out “--from”"
)
_ZIP = UnsupportedFile(
    "a zip", "If it has questions in QTI, rename it to .zip, and leave out “--from”"
)
_PAGE = UnsupportedFile("a web page", _BANKS)
_XML = UnsupportedFile("XML of another kind", _BANKS)
_TABLE = UnsupportedFile(
    "a table with unknown columns",
    "Name its columns in its first row, such as “Question”, “Right answer” and “Option A” "
    "(scorm-builder new --sheet FILE.csv makes a sheet that has them all)",
)
_KAHOOT = UnsupportedFile(
    "a Kahoot quiz without the headings of its columns",
    "Write “Question;Answer 1;Answer 2;Answer 3;Answer 4;Time limit;Right answer” above its first "
    "question, with the separator that its lines have",
)
_KAHOOT_OTHER = UnsupportedFile(
    "a text of Kahoot without the columns of a quiz",
    "Fill in Kahoot’s template for quizzes (KahootQuizTemplate.xlsx), which can be imported",
)
_LATEX = UnsupportedFile(
    "LaTeX",
    "Write its questions as Aiken or GIFT or into a sheet (scorm-builder new --sheet FILE.xlsx "
    "makes one); or, if they are typed with the LaTeX package “moodle”, use the file "
    "NAME-moodle.xml that it writes",
)
_JSON = UnsupportedFile("JSON", _BANKS)
_CODE = UnsupportedFile("program code", _BANKS)
_UNREADABLE = UnsupportedFile(
    "text in an encoding that is not recognised, such as Big5 or Windows-1251",
    "Open it in the program that it comes from, and save it as UTF-8 (in Excel “CSV UTF-8”, in "
    "Notepad “Save as” with the encoding UTF-8)",
)
_UNANSWERED = UnsupportedFile(
    "questions with lettered answers and no line “ANSWER:”",
    "Write “ANSWER: B” below the answers of each question, with the letter of the right one",
)
_BEFORE = re.compile(r"\A(?>\s|<!--(?>.*?-->)|<\?(?>.*?\?>))*+", re.DOTALL)
"""Matches white space, comments and processing instructions before the root of an XML file."""
_DECLARED = re.compile(
    r"\A(?P<before>(?>\s|<!--(?>.*?-->)|<\?(?!xml\s)(?>.*?\?>))*+)<\?xml\s[^>]*\?>", re.DOTALL
)
_MOODLE = re.compile(r"<quiz[\s/>]")
_MOODLE_WITHOUT_ROOT = re.compile(r"<question\s[^<>]*\btype\s*=", re.IGNORECASE)
_OF_MOODLE = re.compile(r"<(?:questiontext|category)[\s>]")
"""Matches an element that questions of Moodle XML have, and those of other formats do not."""
_LATEX_START = re.compile(
    r"(?:\s|%[^\n]*\n)*+\\(?:documentclass|documentstyle|usepackage|begin|input|include|section"
    r"|chapter|question|titledquestion|element|newcommand|def)\*?\s*[\[{]"
)
_LATEX_LINE = re.compile(
    r"^[ \t]*\\(?:documentclass|documentstyle|begin[ \t]*\{document\}|usepackage)\s*[\[{]?",
    re.MULTILINE,
)
"""Matches a line that only a document in LaTeX has; formulas have other commands."""
_JSON_START = re.compile(r"(?:\[\s*)*+\{\s*\"[^\"\n]*\"\s*:")
_KAHOOT_SECONDS = "5|10|20|30|60|90|120|240"
_KAHOOT_ROW = re.compile(
    rf"^[^\n]*[;,\t]\"?(?:{_KAHOOT_SECONDS})\"?[;,\t]\"?[1-4](?:[,;][1-4])*\"?[;,\t]*$",
    re.MULTILINE,
)
"""Matches a question of Kahoot's template: its last cells are the seconds to answer, of which
Kahoot has these, and the numbers of the right answers."""
_QTI = re.compile(
    r"(?:<!doctype[^\[>]*(?:\[[^\]]*\]\s*)?>(?>\s|<!--(?>.*?-->))*+)?<(?:[\w.-]+:)?(?:(questestinterop|"
    r"(?:item|section|assessment|objectbank)\s[^<>]*\bident\s*=[^<>]*)|"
    r"(?:qti-)?assessment-?(?:item|test|section|stimulus))[\s/>]",
    re.DOTALL,
)
"""Matches the root element of a QTI file, in lower case; group 1 matches only in QTI 1.2. In QTI
1.2 the root may be missing, for example if somebody has cut an item out of a file."""
_WITHOUT_ROOT = re.compile(
    r"<(?:item|section|assessment|objectbank)\s[^<>]*\bident\s*=", re.IGNORECASE
)
_ANSWER = re.compile(r"^[ \t]*ANSWER[ \t]*:", re.IGNORECASE | re.MULTILINE)
_OPTION = re.compile(r"^[ \t]*[A-Za-z](?:\)|\.(?=[ \t]))", re.MULTILINE)
_BRACES = re.compile(r"(?<!\\)\{(?:[^{}\\]|\\.)*\}", re.DOTALL)
_GIFT_ANSWERS = re.compile(
    r"(?<!\\)\{\s*(?:[=~]|#\s*[-+=.0-9]|(?:T|F|TRUE|FALSE)\s*[#}]|>\s*[0-9])", re.IGNORECASE
)
"""Matches the start of GIFT answers in braces, but not of a mere word in braces."""
_CLOZE = re.compile(
    r"\{[0-9]*:(?:SHORTANSWER|SA|MW|NUMERICAL|NM|MULTICHOICE|MULTIRESPONSE|M[CR])[A-Z_]*:"
)
_STATEMENT = re.compile(
    r"[ \t]*(?:import\s+\w|from\s+[\w.]+\s+import\b|def\s+\w+\s*\(|class\s+\w+\s*[:({]"
    r"|for\s+\w[\w, ]*\sin\s.*:\s*$|(?:while|if|elif|with)\s.*:\s*$|(?:else|try):\s*$"
    r"|return\b|print\s*\(|#include\b|(?:const|let|var)\s+\w+\s*=|function\s+\w+\s*\("
    r"|(?:public|private|static)\s+\w|(?:package|using)\s+[\w.]+;|<\?php|#!/|```)"
)
"""Matches a line of program code, in languages that people use for scripts that generate
questions."""
_STATEMENTS = 4
"""Minimum number of lines of code for a text without GIFT answers to count as a program."""
_GIFT_LINE = re.compile(r"^[ \t]*(?:\$CATEGORY:|::(?!:))", re.MULTILINE)
_STORY = re.compile(r"^::[ \t]*Story(?:Title|Data)[ \t]*(?:[\[{].*)?$", re.MULTILINE)
"""Matches the header of a passage that only a file in Twee has."""
_COLUMNS = re.compile(r"^[^,;\t\n]+[,;\t][^,;\t\n]+[,;\t][^\n]*\n", re.MULTILINE)
_DOCUMENT_NAMES = re.compile(rb"word/document|application/vnd\.oasis\.opendocument\.text")
"""Matches names inside a zip that only a word processor's document has."""
_BEGINNINGS: tuple[tuple[str, UnsupportedFile], ...] = (
    ("{\\rtf", _DOCUMENT),
    ("%pdf-", UnsupportedFile("a PDF", "Ask for the file that it was made from")),
    ("<!doctype html", _PAGE),
    ("<html", _PAGE),
)


def read_text(path: Path, most: int = WORDS) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Read and decode a file, or report why it cannot be read. ``most`` is the maximum length in
    characters, without embedded files. Never raises.

    The encoding is UTF-8, or UTF-16 with or without a byte order mark, or else Windows' CP1252 with
    a warning. Line ends become line feeds.
    """
    position = Position(path.name)
    try:
        if path.stat().st_size > MOST:
            return _too_large(position, f"it is larger than {MOST >> 20} MB")
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        return None, (problem("file-unreadable", position, reason=reason),)
    found, is_guessed = decode(content)
    if other := _detect_binary(content, found) or (
        _UNREADABLE if is_guessed and _is_garbled(found) else None
    ):
        return None, (problem("bank-format", position, kind=other.kind, way=other.way),)
    if len(found) > most and len(_EMBEDDED_FILE.sub("", found)) > most:
        return _too_large(position, f"it has more than {most >> 20} MB of text")
    problems = (problem("bank-encoding", position),) if is_guessed else ()
    return found, problems


def _too_large(position: Position, much: str) -> tuple[None, tuple[Diagnostic, ...]]:
    return None, (problem("bank-too-large", position, problem=much),)


def decode(content: bytes) -> tuple[str, bool]:
    """Decode bytes to text with line feeds as line ends. Also returns whether the encoding was
    guessed."""
    is_guessed = False
    if encoding := _utf_16(content):
        # Programs that append lines also write the byte order mark of each.
        words = content.decode(encoding, "replace").replace("\ufeff", "")
    else:
        try:
            words = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # CP1252 does not define some bytes, such as 0x81.
            words, is_guessed = content.decode("cp1252", "replace"), True
    return words.replace("\r\n", "\n").replace("\r", "\n"), is_guessed


def _utf_16(content: bytes) -> str:
    """The name of the encoding of a text in UTF-16; empty for other encodings. Without a byte order
    mark, it is UTF-16 if most characters at its start are of ASCII, which have a zero byte."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if content[0] == 0xFF else "utf-16-be"
    start = content[:_UTF_16_START]
    zeros = [start[at::2].count(0) for at in (0, 1)]
    if min(zeros) or max(zeros) * 4 < len(start) or not max(zeros):
        return ""
    encoding = "utf-16-le" if zeros[1] else "utf-16-be"
    # Other bytes beside the zeros show that it is not a text.
    return "" if min(start.decode(encoding, "ignore")) < "\t" else encoding


_UTF_16_START = 4096
"""Length of the start of a file in which UTF-16 is detected, in bytes."""
_RUN = re.compile(r"[^\x00-\x7f]{3,}")


def _is_garbled(words: str) -> bool:
    """Whether text is garbled because its encoding was guessed and its language is not a western
    one. Then most of its non-ASCII letters are in runs of three or more, as in multi-byte or
    Cyrillic encodings."""
    beyond = sum(letter > "\x7f" for letter in words)
    runs = [run for run in _RUN.findall(words) if len({*run}) > 1 and any(map(str.isalpha, run))]
    return beyond > 5 and sum(map(len, runs)) * 2 > beyond


def strip_declaration(words: str) -> str:
    """Remove the XML declaration from a text, but keep the line numbers. The text is already
    decoded, so the parser must not apply the declared encoding again."""
    words = words.lstrip("\ufeff")
    if not (found := _DECLARED.match(words)):
        return words
    lines = found[0].count("\n") - found["before"].count("\n")
    return found["before"] + "\n" * lines + words[found.end() :]


_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?P<name>[A-Za-z][\w.-]*+;)?", re.DOTALL
)
_OF_XML = ("amp;", "lt;", "gt;", "quot;", "apos;")


def add_missing_root(words: str) -> str:
    """Add a root element around items of QTI 1.2 or questions of Moodle XML that have none; keeps
    the line numbers."""
    start = _BEFORE.match(words)
    at = start.end() if start else 0
    for items, root in ((_WITHOUT_ROOT, "questestinterop"), (_MOODLE_WITHOUT_ROOT, "quiz")):
        if items.match(words, at):
            return f"{words[:at]}<{root}>{words[at:]}</{root}>"
    return words


def replace_html_entities(words: str) -> tuple[str, dict[str, int]]:
    """Replace HTML entities by their characters, and escape unknown ones so that they stay as text.
    Also returns the line where each unknown entity first occurs."""
    unknown: dict[str, int] = {}
    if "&" not in words:
        return words, unknown

    def replace(found: re.Match[str]) -> str:
        written, name = found[0], found["name"]
        follows = words[found.end() : found.end() + 1]
        if written[0] == "<" or name in _OF_XML or (written == "&" and follows == "#"):
            return written
        if name and name in html5:
            return escape(html5[name], quote=False)
        if name:
            unknown.setdefault(written, words.count("\n", 0, found.start()) + 1)
        return f"&amp;{written[1:]}"

    return _REFERENCE.sub(replace, words), unknown


def _detect_binary(content: bytes, words: str) -> UnsupportedFile | None:
    if content.startswith(b"PK\x03\x04") and b"xl/workbook." in content:
        return _WORKBOOK
    if content.startswith(b"PK\x03\x04"):
        return _DOCUMENT if _DOCUMENT_NAMES.search(content) else _ZIP
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _DOCUMENT
    if not words.strip():
        return _EMPTY
    return _BINARY if "\0" in words else None


def detect_format(words: str) -> Kind | UnsupportedFile:
    """Detect the format of a bank's text; an ``UnsupportedFile`` if the text is not a bank."""
    begins = words[:_BEGINNING]
    start = begins.lstrip("\ufeff \t\n").lower()
    for beginning, other in _BEGINNINGS:
        if start.startswith(beginning):
            return other
    inside = _BEFORE.sub("", start)
    if found := _QTI.match(inside):
        return "qti-1" if found[1] else "qti-2"
    if _MOODLE_WITHOUT_ROOT.match(inside) and _OF_MOODLE.search(begins):
        return "moodle-xml"
    if start.startswith("<?xml") or _MOODLE.match(inside):
        return _detect_xml(begins)
    if _LATEX_START.match(start) or _JSON_START.match(start):
        return _JSON if start[0] in "[{" else _LATEX
    detected = next((kind for kind, shows in _DETECTORS if shows(begins)), None)
    return detected or _detect_other(begins)


def _detect_xml(begins: str) -> Kind | UnsupportedFile:
    if _MOODLE.search(begins):
        return "moodle-xml"
    return _PAGE if "<html" in begins.lower() else _XML


def _is_story(begins: str) -> bool:
    return bool(_STORY.search(begins))


def _is_aiken(begins: str) -> bool:
    return bool(_ANSWER.search(begins) and _OPTION.search(begins))


def _is_cloze(begins: str) -> bool:
    return bool(_CLOZE.search(begins)) and not _GIFT_LINE.search(begins)


def _is_gift(begins: str) -> bool:
    shows = _GIFT_LINE.search(begins) or _BRACES.search(begins)
    return bool(shows) and not _LATEX_LINE.search(begins) and not _is_program(begins)


def _is_program(begins: str) -> bool:
    """Whether a text that starts with ``begins`` is program code, whose braces are not GIFT
    answers."""
    lines = [line for line in begins.split("\n") if line.strip()]
    is_statement = [bool(_STATEMENT.match(line)) for line in lines]
    if _GIFT_LINE.search(begins) or _GIFT_ANSWERS.search(begins):
        return is_statement[:1] == [True] and sum(is_statement) > 1
    return sum(is_statement) >= _STATEMENTS or (
        is_statement[:1] == [True] and sum(is_statement) > 1
    )


_DETECTORS: tuple[tuple[Kind, Callable[[str], bool]], ...] = (
    # First, since the cells of a sheet can contain any other format.
    ("sheet", sheets.is_sheet),
    ("twee", _is_story),
    ("aiken", _is_aiken),
    ("cloze", _is_cloze),
    ("gift", _is_gift),
)


def _detect_other(begins: str) -> UnsupportedFile:
    if _LATEX_LINE.search(begins):
        return _LATEX
    if len(_KAHOOT_ROW.findall(begins)) > 1:
        return _KAHOOT
    if "kahoot" in begins.lower():
        return _KAHOOT_OTHER
    if _is_program(begins):
        return _CODE
    if len(_OPTION.findall(begins)) > 1:
        return _UNANSWERED
    return _TABLE if len(_COLUMNS.findall(begins)) > 1 else PROSE


def read_bank(path: Path, named: bool = False) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Read the text of a bank's file, or return the diagnostic that says what else the file is.
    ``named`` is true if the author named the format with ``--from``, so the content need not be
    checked."""
    found, problems = read_text(path)
    if found is None or named:
        return found, problems
    detected = detect_format(found)
    if isinstance(detected, UnsupportedFile):
        position = Position(path.name)
        return None, (problem("bank-format", position, kind=detected.kind, way=detected.way),)
    return found, problems
