"""Converts the questions of a Moodle course backup (.mbz) to elements of Moodle XML. In a backup
they are rows of Moodle's database, written as XML (facts/question-banks.md#moodle-backup)."""

from __future__ import annotations

import gzip
import re
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import IO, cast

from lxml import etree

from builder.base import zips
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.importing.banks import files, xml
from builder.importing.banks.xml import Element

ABOUT = "moodle_backup.xml"
QUESTIONS = "questions.xml"
_MAGIC = b"\x1f\x8b"
_MOST = 2 << 30
"""Maximum size of an unpacked backup, in bytes."""
_MEMBERS = 20_000
_NULL = "$@NULL@$"
_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_GRADING = {"-1": "ALL_OR_NOTHING", "0": "ABSOLUTE_POSITION"}
_TYPES = {"match": "matching", "multianswer": "cloze"}
"""Names of question types in Moodle XML, by their different names in the database."""
_PART = re.compile(r"\{#([0-9]+)\}")
_NO_QUESTIONS = files.UnsupportedFile(
    "a backup without questions",
    "Make a backup of the course or the quiz in Moodle that includes its question bank",
)


def is_gzip(path: Path) -> bool:
    """Whether a file starts like a gzip-compressed backup."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(2) == _MAGIC
    except OSError:
        return False


def elements(path: Path) -> tuple[list[Element] | None, tuple[Diagnostic, ...]]:
    """Convert the categories and questions of a backup to elements of Moodle XML, or return the
    diagnostic that says why it has none. Never raises."""
    position = Position(path.name)
    try:
        content = questions_of(path)
    except zips.DamagedError as error:
        return None, (problem("bank-damaged", position, problem=str(error)),)
    if content is None:
        placeholders = {"kind": _NO_QUESTIONS.kind, "way": _NO_QUESTIONS.way}
        return None, (problem("bank-format", position, **placeholders),)
    words, _ = files.decode(content)
    root, problems = xml.root(words, f"{path.name}/{QUESTIONS}")
    return (None if root is None else list(_elements(root))), problems


def questions_of(path: Path) -> bytes | None:
    """The bytes of a backup's ``questions.xml``; ``None`` if it has none. Raises ``DamagedError``
    if the backup cannot be unpacked or is too large."""
    if not is_gzip(path):
        with zips.open_zip(path) as archive:
            for words in zips.safety_problems(archive):
                raise zips.DamagedError(words)
            return archive.read(QUESTIONS) if QUESTIONS in archive.files else None
    try:
        with (
            gzip.open(path) as packed,
            closing(_SizeLimitedFile(packed)) as stream,
            tarfile.open(fileobj=cast(IO[bytes], stream), mode="r|") as archive,
        ):
            return _questions_in(archive)
    except zips.DamagedError:
        raise
    # gzip, zlib and tarfile raise many kinds of exception on damaged input.
    except Exception as error:
        raise zips.DamagedError(f"it cannot be unpacked ({error})") from error


def _questions_in(archive: tarfile.TarFile) -> bytes | None:
    for number, member in enumerate(archive):
        if number > _MEMBERS:
            raise zips.DamagedError(f"it holds more than {_MEMBERS:,} files")
        if member.name.removeprefix("./") == QUESTIONS and member.isfile():
            if member.size > files.MOST:
                raise zips.DamagedError(f"“{QUESTIONS}” is larger than {files.MOST >> 20} MB")
            file = archive.extractfile(member)
            return file.read() if file else None
    return None


class _SizeLimitedFile:
    """A file-like object for reading a backup. Raises ``DamagedError`` if more is read than the
    maximum size of a backup."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile) -> None:
        self.file, self.left = file, _MOST

    def read(self, size: int = -1) -> bytes:
        found = self.file.read(min(size, self.left + 1) if size >= 0 else self.left + 1)
        self.left -= len(found)
        if self.left < 0:
            raise zips.DamagedError(f"it unpacks to more than {_MOST >> 30} GiB")
        return found

    def close(self) -> None:
        self.file.close()


def _elements(root: Element) -> Iterator[Element]:
    categories = {one.get("id"): one for one in root.iterchildren("question_category")}
    subs = {one.get("id"): one for one in root.iter("question") if _is_sub(one)}
    for category in categories.values():
        questions = list(_latest_questions(category))
        if not questions:
            continue
        path = "/".join(reversed([*_path(category, categories)]))
        element = _new_question(category, "category")
        _add_text(_add_child(element, "category"), f"top/{path}")
        _add_formatted(element, "info", category, "info")
        _add_child(element, "idnumber", _value(category, "idnumber"))
        yield element
        for question, number in questions:
            yield _question(question, number, subs)


def _path(category: Element, categories: Mapping[str | None, Element]) -> Iterator[str]:
    met: set[str | None] = set()
    one: Element | None = category
    while one is not None and one.get("id") not in met:
        met.add(one.get("id"))
        parent = categories.get(_value(one, "parent"))
        if parent is not None or _value(one, "name") != "top":
            yield _value(one, "name").replace("/", "//")
        one = parent


def _latest_questions(category: Element) -> Iterator[tuple[Element, str]]:
    """Yield the latest version of each question of a category, with the question's ID number."""
    for question in category.iterfind("questions/question"):
        if not _is_sub(question):
            yield question, _value(question, "idnumber")
    for entry in category.iterfind("question_bank_entries/question_bank_entry"):
        versions = list(entry.iterfind("question_version/question_versions"))
        if not versions:
            continue
        last = max(versions, key=lambda one: _number(_value(one, "version")))
        for question in last.iterfind("questions/question"):
            if not _is_sub(question):
                if _value(last, "status") == "hidden":
                    _add_child(question, "hidden", "1")
                yield question, _value(entry, "idnumber")


def _is_sub(question: Element) -> bool:
    """Whether a row is a gap of a cloze question, not a question of its own."""
    parent = _value(question, "parent")
    return parent not in ("", "0", question.get("id"))


def _question(question: Element, number: str, subs: Mapping[str | None, Element]) -> Element:
    kind = _value(question, "qtype")
    element = _new_question(question, _TYPES.get(kind, kind))
    own = next(question.iterchildren(f"plugin_qtype_{kind}_question"), None)
    _add_text(_add_child(element, "name"), _value(question, "name"))
    question_text = _add_formatted(element, "questiontext", question, "questiontext")
    if kind == "multianswer" and own is not None:
        _fill_gaps(question_text, _value(own.find("multianswer"), "sequence").split(","), subs)
    _add_formatted(element, "generalfeedback", question, "generalfeedback")
    for name, field in (("defaultgrade", "defaultmark"), ("penalty", "penalty")):
        _add_child(element, name, _value(question, field))
    _add_child(element, "hidden", _value(question, "hidden"))
    _add_child(element, "idnumber", number)
    if own is not None:
        _add_answers_and_settings(element, own, kind)
    for hint in question.iterfind("question_hints/question_hint"):
        _add_formatted(element, "hint", hint, "hint")
    tags = _add_child(element, "tags")
    for tag in question.iterfind("tags/tag"):
        _add_text(_add_child(tags, "tag"), _value(tag, "rawname") or _value(tag, "name"))
    return element


def _fill_gaps(
    question_text: Element, sequence: list[str], subs: Mapping[str | None, Element]
) -> None:
    inner = question_text[0]

    def gap(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        sub = subs.get(sequence[at].strip()) if 0 <= at < len(sequence) else None
        return found[0] if sub is None else _value(sub, "questiontext")

    inner.text = _PART.sub(gap, inner.text or "")


def _add_answers_and_settings(question: Element, own: Element, kind: str) -> None:
    """Add the answers and settings of a question to its element of Moodle XML. ``own`` is the part
    of the backup's row that has them, and ``kind`` the question type in Moodle's database."""
    settings = own.find({"match": "matchoptions"}.get(kind, kind))
    for name in _COMBINED:
        if settings is not None and _value(settings, name):
            _add_formatted(question, name, settings, name)
    for name, field in (("single", "single"), ("shuffleanswers", "shuffleanswers")):
        if settings is not None and (value := _value(settings, field)):
            _add_child(question, name, {"0": "false", "1": "true"}.get(value, value))
    if settings is not None and (value := _value(settings, "usecase")):
        _add_child(question, "usecase", value)
    if kind == "ordering" and settings is not None:
        _add_child(
            question, "gradingtype", _GRADING.get(_value(settings, "gradingtype"), "RELATIVE")
        )
    for name in ("graderinfo", "responsetemplate"):
        if settings is not None and _value(settings, name):
            _add_formatted(question, name, settings, name)
    true = _value(own.find("truefalse"), "trueanswer")
    tolerances = {
        _value(one, "answer"): _value(one, "tolerance")
        for one in own.iterfind("numerical_records/numerical_record")
    }
    for answer in own.iterfind("answers/answer"):
        _answer(question, answer, true if kind == "truefalse" else "", tolerances, kind)
    for pair in own.iterfind("matches/match"):
        subquestion = _add_formatted(question, "subquestion", pair, "questiontext")
        _add_text(_add_child(subquestion, "answer"), _value(pair, "answertext"))


def _answer(
    question: Element, answer: Element, true: str, tolerances: Mapping[str, str], kind: str
) -> None:
    element = _add_formatted(question, "answer", answer, "answertext", "answerformat")
    if true:
        element[0].text = "true" if answer.get("id") == true else "false"
    share = _value(answer, "fraction")
    try:
        # In an ordering question, the fraction is an item's position.
        percent = float(share) * (1 if kind == "ordering" else 100)
    except ValueError:
        percent = 0.0
    element.set("fraction", f"{percent:g}")
    if tolerance := tolerances.get(answer.get("id") or "", ""):
        _add_child(element, "tolerance", tolerance)
    if _value(answer, "feedback"):
        _add_formatted(element, "feedback", answer, "feedback")


def _new_question(source: Element, kind: str) -> Element:
    """Create a ``question`` element of Moodle XML. It gets the line number of its row in the backup
    (``source``), for messages."""
    question: Element = etree.Element("question", {"type": kind})
    question.sourceline = source.sourceline
    return question


def _add_child(parent: Element, name: str, words: str = "") -> Element:
    child: Element = etree.SubElement(parent, name)
    child.text = words
    return child


def _add_text(element: Element, words: str) -> None:
    _add_child(element, "text", words)


def _add_formatted(
    parent: Element, name: str, source: Element, field: str, form: str = ""
) -> Element:
    element = _add_child(parent, name)
    format_code = _value(source, form or f"{field}format")
    element.set("format", _FORMATS.get(format_code, "moodle_auto_format"))
    _add_text(element, _value(source, field))
    return element


def _value(row: Element | None, field: str) -> str:
    found = None if row is None else row.findtext(field)
    return "" if found is None or found == _NULL else str(found)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else 0
