"""The syntax of GIFT: splits a file into categories, comments and questions, splits a question into
its parts, and parses its answers. Handles escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Literal

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
    """A line that sets the category of the questions below it. ``name`` is the category's path."""

    name: str
    line: int


@immutable
class Comment:
    """A comment line."""

    words: str
    line: int


@immutable
class Record:
    """The lines of one question. The comments above it give its tags, its ID number (``id``) and
    its doubts: sentences that say what is undecided. ``line`` is the number of its first line."""

    text: str
    line: int
    tags: tuple[str, ...]
    id: str = ""
    doubts: tuple[str, ...] = ()


@immutable
class QuestionParts:
    """The parts of a question: its name, its format, the text ``before`` and ``after`` the braces,
    and the ``answers`` in the braces, ``None`` without braces. ``fault`` is the reason if the
    question cannot be parsed. ``has_gaps`` is true if the text has gaps of Moodle's cloze."""

    name: str
    form: str
    before: str
    answers: str | None
    after: str
    fault: str = ""
    has_gaps: bool = False


def records(words: str) -> Iterator[Category | Comment | Record]:
    """Split a file into categories, comments and questions; an empty line ends a question."""
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


MISSING_BRACE = "a brace of its answers is missing"
RUN_TOGETHER = "it has several gaps, or is several questions without an empty line between them"
_GOES_ON = re.compile(r"(?<!\\)\}[ \t]*\n[^{}\n]*\S[^{}]*\{")
"""Matches a gap in a line below another gap."""


def unescape(words: str) -> str:
    """Remove the backslashes of escaped characters; ``\\n`` becomes a line break."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], words)


def parse_parts(text: str) -> QuestionParts:
    """Split the text of a question into its name, format, answers, and the texts around the
    answers."""
    name = ""
    if found := _NAME.match(text):
        name, text = " ".join(unescape(found[1]).split()), text[found.end() :]
    form, text = _read_format(text, "moodle")
    text_without_gaps = cloze.GAP.sub("", text)
    if text_without_gaps != text and not any(
        one[0] in "{}" for one in _BRACE.finditer(text_without_gaps)
    ):
        return QuestionParts(name, form, text, None, "", has_gaps=True)
    braces = [(one.start(), one[0]) for one in _BRACE.finditer(text) if one[0] in "{}"]
    signs = "".join(sign for _, sign in braces)
    if not signs:
        return QuestionParts(name, form, text, None, "")
    if signs != "{}":
        several = signs.count("{") > 1 and signs == "{}" * signs.count("{")
        fault = "it has several gaps" if several else MISSING_BRACE
        if several and _GOES_ON.search(text):
            fault = RUN_TOGETHER
        return QuestionParts(name, form, text, None, "", fault)
    start, end = braces[0][0], braces[1][0]
    return QuestionParts(name, form, text[:start], text[start + 1 : end], text[end + 1 :])


def markers(text: str) -> list[str]:
    """The formats in a question's format markers: ``html`` for ``[html]``."""
    return _MARKER.findall(text)


def _read_format(text: str, otherwise: str) -> tuple[str, str]:
    """The format that the marker at the start of a text sets, or ``otherwise`` if there is no
    marker; and the text without the marker."""
    if found := _FORMAT.match(text):
        return found[1].lower(), text[found.end() :]
    return otherwise, text


def _split_at_signs(text: str, at: str) -> list[tuple[str, str]]:
    """Split a text at each unescaped character that is in ``at``. Each piece comes with the
    character before it, which is empty for the first piece."""
    pieces: list[tuple[str, str]] = []
    sign, start = "", 0
    for found in re.finditer(rf"\\.|[{at}]", text, re.DOTALL):
        if len(found[0]) == 1:
            pieces.append((sign, text[start : found.start()]))
            sign, start = found[0], found.end()
    return [*pieces, (sign, text[start:])]


def _split_at(text: str, mark: str) -> tuple[str, str | None]:
    """Split a text at the first unescaped ``mark``; if there is no such mark, the second half is
    ``None``."""
    for found in re.finditer(rf"\\.|{re.escape(mark)}", text, re.DOTALL):
        if found[0] == mark:
            return text[: found.start()], text[found.end() :]
    return text, None


Kind = Literal["choice", "true-false", "fill-in", "numeric", "matching", "reflection", "sequencing"]
_WEIGHT = re.compile(r"\s*%\s*(-?[0-9]{1,3}(?:[.,][0-9]{1,9})?)\s*%")
_ORDER = re.compile(r"\s*>\s*([0-9]+)")
_ORDERED = {
    "take": ("ALL", "EXACT", "RANDOM", "REL", "CONTIGUOUS", "CONTIG"),
    "layout": ("HORIZONTAL", "HORI", "H", "VERTICAL", "VERT", "V"),
    "grading": (
        *("ALL_OR_NOTHING", "ABSOLUTE_POSITION", "ABSOLUTE", "ABS", "RELATIVE_TO_CORRECT"),
        *("RELATIVE_NEXT_EXCLUDE_LAST", "RELATIVE_NEXT_INCLUDE_LAST", "RELATIVE", "REL"),
        *("RELATIVE_ONE_PREVIOUS_AND_NEXT", "RELATIVE_ALL_PREVIOUS_AND_NEXT"),
        *("LONGEST_ORDERED_SUBSET", "LONGEST_CONTIGUOUS_SUBSET"),
    ),
    "details": ("SHOW", "TRUE", "YES", "HIDE", "FALSE", "NO", "0", "1"),
    "numbers": ("none", "123", "abc", "ABCD", "iii", "IIII"),
}
"""Keywords that may precede the items of an ordering question, by what they set, in the order in
which they are written (facts/question-banks.md#gift)."""
_TRUTHS = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}


@immutable
class Words:
    """An unescaped text and its format."""

    text: str
    form: str


@immutable
class Answer:
    """An answer in GIFT: its sign (`=` or `~`), its weight in percent as written, its text and its
    feedback. If it is a pair of a matching question, the text is the left-hand half, and ``match``
    the right-hand half."""

    sign: str
    weight: str
    words: Words
    feedback: Words | None
    match: Words | None = None

    @property
    def percent(self) -> float:
        """The percentage of the mark that the answer earns."""
        if self.weight:
            return float(self.weight.replace(",", "."))
        return 100.0 if self.sign == "=" else 0.0


@immutable
class AnswerBlock:
    """The parsed content of a question's braces. ``general`` is the feedback for any answer.
    ``consumed`` are words that have an effect but are not shown.

    In a true-false question, ``truth`` is the right answer, and ``truths`` has the feedback for a
    wrong and for a right answer. In an ordering question, ``grading`` is Moodle's keyword for the
    grading, and ``taken`` is the number of items that each attempt shows, 0 for all.
    """

    kind: Kind
    answers: tuple[Answer, ...] = ()
    truth: str = ""
    grading: str = ""
    taken: int = 0
    truths: tuple[Words | None, Words | None] = (None, None)
    general: Words | None = None
    consumed: tuple[str, ...] = field(default=())


def parse_answers(written: str, form: str) -> AnswerBlock:
    """Parse the content of a question's braces; ``form`` is the question's text format."""
    written, general = _split_at(written, "####")
    general_feedback = (
        _unescape_words(general, form) if general is not None and general.strip() else None
    )
    text = written.strip()
    if not text:
        return AnswerBlock("reflection", general=general_feedback)
    if found := _ORDER.match(text):
        return _order(text[found.end() :], int(found[1]), form, general_feedback)
    if text.startswith("#"):
        answers = _numbers(text[1:], form)
        return AnswerBlock(
            "numeric", answers, general=general_feedback, consumed=_written_weights(answers)
        )
    head, *feedback_pieces = [piece for _, piece in _split_at_signs(text, "#")]
    if (truth := _TRUTHS.get(head.strip().upper())) and len(feedback_pieces) < 3:
        feedback = [_unescape_words(one, form) if one.strip() else None for one in feedback_pieces]
        wrong_feedback, right_feedback = (*feedback, None, None)[:2]
        return AnswerBlock(
            "true-false",
            truth=truth,
            truths=(wrong_feedback, right_feedback),
            general=general_feedback,
            consumed=(head.strip(),),
        )
    pieces = _split_at_signs(text, "=~")
    if len(pieces) == 1:
        pieces = [("", ""), ("=", text)]
    are_pairs = all(sign == "=" and _is_pair(piece) for sign, piece in pieces if sign)
    answers = tuple(_answer(sign, piece, form, are_pairs) for sign, piece in pieces if sign)
    lead = _unescape_words(pieces[0][1], form).text.strip()
    consumed = (*_written_weights(answers), *([lead] if lead else ()))
    return AnswerBlock(_kind(answers), answers, general=general_feedback, consumed=consumed)


def _order(written: str, taken: int, form: str, general: Words | None) -> AnswerBlock:
    """Parse the answers of an ordering question: keywords, then one item a line.

    ``taken`` is the number of items that each attempt shows, as written. ``form`` is the text
    format of the question, and ``general`` its general feedback, or ``None``.
    """
    consumed, keywords = [str(taken)], dict.fromkeys(_ORDERED, "")
    for name, known in _ORDERED.items():
        found = re.match(r"\s*(\S+)", written)
        if found and found[1] in known:
            keywords[name] = found[1]
            consumed.append(found[1])
            written = written[found.end() :]
    lines = [line.strip() for line in written.split("\n") if line.strip()]
    answers = tuple(Answer("", "", _unescape_words(line, form), None) for line in lines)
    whole = keywords["take"] in ("", "ALL", "EXACT") or taken >= len(answers)
    return AnswerBlock(
        "sequencing",
        answers,
        grading=keywords["grading"],
        taken=0 if whole else taken,
        general=general,
        consumed=tuple(consumed),
    )


def _kind(answers: Sequence[Answer]) -> Kind:
    if any(answer.sign == "~" for answer in answers):
        return "choice"
    return "matching" if all(answer.match for answer in answers) else "fill-in"


def _written_weights(answers: Sequence[Answer]) -> tuple[str, ...]:
    return tuple(answer.weight for answer in answers if answer.weight)


def _unescape_words(text: str, form: str) -> Words:
    """Unescape a text, and find its format: that of the format marker at its start, else
    ``form``."""
    own, text = _read_format(text, form)
    return Words(unescape(text).strip(), own)


def _is_pair(piece: str) -> bool:
    """Whether an answer has the arrow of a pair, ``->``. The arrow is plain text unless all answers
    of the question have one."""
    text, _ = _split_at(piece, "#")
    return _split_at(text, "->")[1] is not None


def _answer(sign: str, piece: str, form: str, is_pair: bool = False) -> Answer:
    weight = ""
    if found := _WEIGHT.match(piece):
        weight, piece = found[1], piece[found.end() :]
    text, feedback = _split_at(piece, "#")
    answer_feedback = (
        _unescape_words(feedback, form) if feedback is not None and feedback.strip() else None
    )
    left, right = _split_at(text, "->")
    if is_pair and right is not None:
        return Answer(
            sign, weight, _unescape_words(left, form), answer_feedback, _unescape_words(right, form)
        )
    return Answer(sign, weight, _unescape_words(text, form), answer_feedback)


def _numbers(text: str, form: str) -> tuple[Answer, ...]:
    """Parse numeric answers: several, each after `=`, or a single one without `=`. ``form`` is the
    text format of the question."""
    pieces = _split_at_signs(text, "=~")
    if len(pieces) == 1:
        return (_answer("=", text, form),)
    lead = [("=", pieces[0][1])] if pieces[0][1].strip() else []
    return tuple(_answer(sign, piece, form) for sign, piece in (*lead, *pieces[1:]))
