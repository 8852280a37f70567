"""The questions of a backup of a Moodle course (.mbz), as elements of Moodle XML: the backup says
the same as rows of Moodle's database (facts/question-banks.md#moodle-backup)."""

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
"""Bytes of a backup, unpacked, that are gone through."""
_MEMBERS = 20_000
_NULL = "$@NULL@$"
_FORMATS = {"0": "moodle_auto_format", "1": "html", "2": "plain_text", "4": "markdown"}
_COMBINED = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
_GRADING = {"-1": "ALL_OR_NOTHING", "0": "ABSOLUTE_POSITION"}
_TYPES = {"match": "matching", "multianswer": "cloze"}
"""By Moodle's names of its types, what they are called in Moodle XML."""
_PART = re.compile(r"\{#([0-9]+)\}")
_NO_QUESTIONS = files.Other(
    "a backup without questions",
    "Make a backup of the course or the quiz in Moodle that includes its question bank",
)


def is_packed(path: Path) -> bool:
    """Whether a file begins as a packed backup does."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(2) == _MAGIC
    except OSError:
        return False


def elements(path: Path) -> tuple[list[Element] | None, tuple[Diagnostic, ...]]:
    """The categories and questions of a backup as elements of Moodle XML, or ``None`` and why there
    are none. Never raises."""
    position = Position(path.name)
    try:
        content = questions_of(path)
    except zips.DamagedError as error:
        return None, (problem("bank-damaged", position, problem=str(error)),)
    if content is None:
        told = {"kind": _NO_QUESTIONS.kind, "way": _NO_QUESTIONS.way}
        return None, (problem("bank-format", position, **told),)
    words, _ = files.decoded(content)
    root, said = xml.root(words, f"{path.name}/{QUESTIONS}")
    return (None if root is None else list(_elements(root))), said


def questions_of(path: Path) -> bytes | None:
    """The part of a backup that has its questions; ``None`` where it has none. ``DamagedError``
    where it cannot be read, or unpacks to more than is gone through."""
    if not is_packed(path):
        with zips.open_zip(path) as archive:
            for words in zips.safety_problems(archive):
                raise zips.DamagedError(words)
            return archive.read(QUESTIONS) if QUESTIONS in archive.files else None
    try:
        with (
            gzip.open(path) as packed,
            closing(_Bounded(packed)) as stream,
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


class _Bounded:
    """Bytes of a packed file, of which no more are read than a backup may have."""

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
        asked = list(_asked(category))
        if not asked:
            continue
        path = "/".join(reversed([*_path(category, categories)]))
        made = _made(category, "category")
        _text(_child(made, "category"), f"top/{path}")
        _formatted(made, "info", category, "info")
        _child(made, "idnumber", _value(category, "idnumber"))
        yield made
        for question, number in asked:
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


def _asked(category: Element) -> Iterator[tuple[Element, str]]:
    """The questions of a category with their ID numbers; of several versions, the last one."""
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
                    _child(question, "hidden", "1")
                yield question, _value(entry, "idnumber")


def _is_sub(question: Element) -> bool:
    """Whether a question is a gap of another one."""
    parent = _value(question, "parent")
    return parent not in ("", "0", question.get("id"))


def _question(question: Element, number: str, subs: Mapping[str | None, Element]) -> Element:
    kind = _value(question, "qtype")
    made = _made(question, _TYPES.get(kind, kind))
    own = next(question.iterchildren(f"plugin_qtype_{kind}_question"), None)
    _text(_child(made, "name"), _value(question, "name"))
    told = _formatted(made, "questiontext", question, "questiontext")
    if kind == "multianswer" and own is not None:
        _fill_gaps(told, _value(own.find("multianswer"), "sequence").split(","), subs)
    _formatted(made, "generalfeedback", question, "generalfeedback")
    for name, field in (("defaultgrade", "defaultmark"), ("penalty", "penalty")):
        _child(made, name, _value(question, field))
    _child(made, "hidden", _value(question, "hidden"))
    _child(made, "idnumber", number)
    if own is not None:
        _own(made, own, kind)
    for hint in question.iterfind("question_hints/question_hint"):
        _formatted(made, "hint", hint, "hint")
    tags = _child(made, "tags")
    for tag in question.iterfind("tags/tag"):
        _text(_child(tags, "tag"), _value(tag, "rawname") or _value(tag, "name"))
    return made


def _fill_gaps(told: Element, sequence: list[str], subs: Mapping[str | None, Element]) -> None:
    inner = told[0]

    def gap(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        sub = subs.get(sequence[at].strip()) if 0 <= at < len(sequence) else None
        return found[0] if sub is None else _value(sub, "questiontext")

    inner.text = _PART.sub(gap, inner.text or "")


def _own(made: Element, own: Element, kind: str) -> None:
    """What is of one type alone: its answers and settings."""
    settings = own.find({"match": "matchoptions"}.get(kind, kind))
    for name in _COMBINED:
        if settings is not None and _value(settings, name):
            _formatted(made, name, settings, name)
    for name, field in (("single", "single"), ("shuffleanswers", "shuffleanswers")):
        if settings is not None and (value := _value(settings, field)):
            _child(made, name, {"0": "false", "1": "true"}.get(value, value))
    if settings is not None and (value := _value(settings, "usecase")):
        _child(made, "usecase", value)
    if kind == "ordering" and settings is not None:
        _child(made, "gradingtype", _GRADING.get(_value(settings, "gradingtype"), "RELATIVE"))
    for name in ("graderinfo", "responsetemplate"):
        if settings is not None and _value(settings, name):
            _formatted(made, name, settings, name)
    true = _value(own.find("truefalse"), "trueanswer")
    tolerances = {
        _value(one, "answer"): _value(one, "tolerance")
        for one in own.iterfind("numerical_records/numerical_record")
    }
    for answer in own.iterfind("answers/answer"):
        _answer(made, answer, true if kind == "truefalse" else "", tolerances, kind)
    for pair in own.iterfind("matches/match"):
        half = _formatted(made, "subquestion", pair, "questiontext")
        _text(_child(half, "answer"), _value(pair, "answertext"))


def _answer(
    made: Element, answer: Element, true: str, tolerances: Mapping[str, str], kind: str
) -> None:
    element = _formatted(made, "answer", answer, "answertext", "answerformat")
    if true:
        element[0].text = "true" if answer.get("id") == true else "false"
    share = _value(answer, "fraction")
    try:
        # The place of an item of an order is no share.
        percent = float(share) * (1 if kind == "ordering" else 100)
    except ValueError:
        percent = 0.0
    element.set("fraction", f"{percent:g}")
    if tolerance := tolerances.get(answer.get("id") or "", ""):
        _child(element, "tolerance", tolerance)
    if _value(answer, "feedback"):
        _formatted(element, "feedback", answer, "feedback")


def _made(source: Element, kind: str) -> Element:
    """A question in the line of the row that it is made of."""
    made: Element = etree.Element("question", {"type": kind})
    made.sourceline = source.sourceline
    return made


def _child(parent: Element, name: str, words: str = "") -> Element:
    child: Element = etree.SubElement(parent, name)
    child.text = words
    return child


def _text(element: Element, words: str) -> None:
    _child(element, "text", words)


def _formatted(parent: Element, name: str, source: Element, field: str, form: str = "") -> Element:
    element = _child(parent, name)
    told = _value(source, form or f"{field}format")
    element.set("format", _FORMATS.get(told, "moodle_auto_format"))
    _text(element, _value(source, field))
    return element


def _value(row: Element | None, field: str) -> str:
    found = None if row is None else row.findtext(field)
    return "" if found is None or found == _NULL else str(found)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else 0
