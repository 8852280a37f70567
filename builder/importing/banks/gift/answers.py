"""Parses the answers of a GIFT question and detects their type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from typing import Literal

from builder.base.immutable import immutable
from builder.importing.banks.gift.parts import read_format, split, split_at_signs, unescape

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
"""Keywords before the items of an ordering question, in the order in which they are written
(facts/question-banks.md#gift)."""
_TRUTHS = {"T": "true", "TRUE": "true", "F": "false", "FALSE": "false"}


@immutable
class Words:
    """An unescaped text and its format."""

    text: str
    form: str


@immutable
class Answer:
    """An answer: its sign (`=` or `~`), its weight in percent as written, its text and feedback,
    and in a pair its other half as ``match``."""

    sign: str
    weight: str
    words: Words
    feedback: Words | None
    match: Words | None = None

    @property
    def percent(self) -> float:
        """Percentage of the mark that the answer earns."""
        if self.weight:
            return float(self.weight.replace(",", "."))
        return 100.0 if self.sign == "=" else 0.0


@immutable
class Block:
    """The parsed content of the braces. ``general`` is feedback for any answer; ``consumed`` are
    words with an effect that are not shown. Of an ordering question, ``grading`` is Moodle's
    keyword, and ``taken`` the number of items that an attempt asks, 0 for all."""

    kind: Kind
    answers: tuple[Answer, ...] = ()
    truth: str = ""
    grading: str = ""
    taken: int = 0
    truths: tuple[Words | None, Words | None] = (None, None)
    general: Words | None = None
    consumed: tuple[str, ...] = field(default=())


def block(written: str, form: str) -> Block:
    """Parse the content of a question's braces; ``form`` is the question's text format."""
    written, general = split(written, "####")
    general_feedback = words(general, form) if general is not None and general.strip() else None
    text = written.strip()
    if not text:
        return Block("reflection", general=general_feedback)
    if found := _ORDER.match(text):
        return _order(text[found.end() :], int(found[1]), form, general_feedback)
    if text.startswith("#"):
        answers = _numbers(text[1:], form)
        return Block(
            "numeric", answers, general=general_feedback, consumed=_written_weights(answers)
        )
    head, *feedback_pieces = [piece for _, piece in split_at_signs(text, "#")]
    if (truth := _TRUTHS.get(head.strip().upper())) and len(feedback_pieces) < 3:
        feedback = [words(one, form) if one.strip() else None for one in feedback_pieces]
        wrong_feedback, right_feedback = (*feedback, None, None)[:2]
        return Block(
            "true-false",
            truth=truth,
            truths=(wrong_feedback, right_feedback),
            general=general_feedback,
            consumed=(head.strip(),),
        )
    pieces = split_at_signs(text, "=~")
    if len(pieces) == 1:
        pieces = [("", ""), ("=", text)]
    are_pairs = all(sign == "=" and _is_pair(piece) for sign, piece in pieces if sign)
    answers = tuple(_answer(sign, piece, form, are_pairs) for sign, piece in pieces if sign)
    lead = words(pieces[0][1], form).text.strip()
    consumed = (*_written_weights(answers), *([lead] if lead else ()))
    return Block(_kind(answers), answers, general=general_feedback, consumed=consumed)


def _order(written: str, taken: int, form: str, general: Words | None) -> Block:
    """Parse an ordering question: keywords, then one item a line."""
    consumed, keywords = [str(taken)], dict.fromkeys(_ORDERED, "")
    for name, known in _ORDERED.items():
        found = re.match(r"\s*(\S+)", written)
        if found and found[1] in known:
            keywords[name] = found[1]
            consumed.append(found[1])
            written = written[found.end() :]
    lines = [line.strip() for line in written.split("\n") if line.strip()]
    answers = tuple(Answer("", "", words(line, form), None) for line in lines)
    whole = keywords["take"] in ("", "ALL", "EXACT") or taken >= len(answers)
    return Block(
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


def words(text: str, form: str) -> Words:
    """Unescape a text and read its own format, if it has one."""
    own, text = read_format(text, form)
    return Words(unescape(text).strip(), own)


def _is_pair(piece: str) -> bool:
    """Whether an answer is a pair. In answers that are not all pairs, an arrow is plain text."""
    text, _ = split(piece, "#")
    return split(text, "->")[1] is not None


def _answer(sign: str, piece: str, form: str, is_pair: bool = False) -> Answer:
    weight = ""
    if found := _WEIGHT.match(piece):
        weight, piece = found[1], piece[found.end() :]
    text, feedback = split(piece, "#")
    answer_feedback = words(feedback, form) if feedback is not None and feedback.strip() else None
    left, right = split(text, "->")
    if is_pair and right is not None:
        return Answer(sign, weight, words(left, form), answer_feedback, words(right, form))
    return Answer(sign, weight, words(text, form), answer_feedback)


def _numbers(text: str, form: str) -> tuple[Answer, ...]:
    """Parse numeric answers, each after `=`, or a single one without it."""
    pieces = split_at_signs(text, "=~")
    if len(pieces) == 1:
        return (_answer("=", text, form),)
    lead = [("=", pieces[0][1])] if pieces[0][1].strip() else []
    return tuple(_answer(sign, piece, form) for sign, piece in (*lead, *pieces[1:]))
