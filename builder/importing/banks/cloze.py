"""Imports Moodle's cloze: a text with gaps, each with its own answers
(facts/question-banks.md#cloze).

Each gap becomes a question that shows the sentence of the gap. If a sentence alone does not say
what is asked, as in a table, the whole text is imported as text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from pathlib import Path

from builder.base.immutable import immutable
from builder.diagnostics.diagnostic import Diagnostic
from builder.importing.banks import files, judging
from builder.importing.banks.bank import Bank, Draft, line_place, shorten
from builder.importing.banks.bounds import bounded
from builder.importing.banks.gaps import MOST, NotDividedError, mark, prompts, without_marks
from builder.importing.banks.texts import Reading
from builder.importing.document.form import (
    Block,
    Document,
    Inline,
    Option,
    Paragraph,
    Place,
    Question,
    words_of,
)
from builder.importing.document.question_types import can_be_asked

_TYPES = {
    "fill-in": ("SHORTANSWER", "SA", "MW"),
    "fill-in, exact": ("SHORTANSWER_C", "SAC", "MWC"),
    "numeric": ("NUMERICAL", "NM"),
    "choice": (
        *("MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH"),
        *("MULTICHOICE_S", "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"),
    ),
    "several": (
        *("MULTIRESPONSE", "MR", "MULTIRESPONSE_H", "MRH"),
        *("MULTIRESPONSE_S", "MRS", "MULTIRESPONSE_HS", "MRHS"),
    ),
}
"""Cloze's keywords for each kind of gap."""
_KINDS = {word: kind for kind, words in _TYPES.items() for word in words}
GAP = re.compile(
    r"\{(?P<weight>[0-9]*):(?P<type>"
    + "|".join(sorted(_KINDS, key=len, reverse=True))
    + r"):(?P<answers>(?:\\.|[^\\{}])*+)\}",
    re.DOTALL,
)
_SIGN = re.compile(r"\\.|&(?:amp;)?#[0-9x]|[~#]", re.DOTALL)
"""Matches the separators of answers (`~`) and feedback (`#`). Also matches escapes and the start of
entities such as `&#39;`, whose characters do not separate."""
_SHARE = re.compile(r"\s*(?:(?P<right>=)|%(?P<share>-?[0-9]{1,3}(?:[.,][0-9]{1,9})?)%)")
_ESCAPE = re.compile(r"\\([}~#=/\\\"'{:])")
_TAG = re.compile(r"<[^<>]*>")
_NO_GAP = "it has no valid gap"
_TOO_MANY = f"it has more than {MOST} gaps"


@immutable
class _Answer:
    words: str
    percent: float
    feedback: str


@immutable
class _Gap:
    kind: str
    weight: str
    answers: tuple[_Answer, ...]


@immutable
class SharedData:
    """The data that all questions made from one cloze question get: name, place, tags, feedback by
    key, and doubts, which are sentences for the author."""

    name: str
    place: Place
    tags: tuple[str, ...] = ()
    feedback: Mapping[str, tuple[Inline, ...]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()


@bounded
def read(path: Path, named: bool = False) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Import a file that is one text with gaps. ``named`` is true if the author named the format
    with ``--from``, so it need not be detected. Rejects files that are too large; never raises."""
    words, problems = files.read_bank(path, named)
    if words is None:
        return None, problems
    bank = Bank()
    add(
        bank,
        Reading(bank),
        words,
        "moodle",
        SharedData("", line_place(1, words.strip().split("\n")[0])),
    )
    return bank.document(), problems


def add(
    bank: Bank, reading: Reading, words: str, form: str, whole: SharedData, category: str = ""
) -> None:
    """Split a text with gaps and add its questions to the ``category`` of a bank; if the text
    cannot be split, add it as text. ``form`` is its format, such as `html`; ``whole`` is the data
    that all its questions get."""
    try:
        found, trailing = split(reading, words, form, whole)
    except NotDividedError as error:
        blocks = reading.blocks(words, form, whole.place)
        feedback = tuple(Paragraph(line, whole.place) for line in whole.feedback.values())
        bank.keep(whole.name, (*blocks, *feedback), whole.place, str(error), category)
        bank.consumed += whole.tags
        return
    for one in found:
        bank.ask(one, category)
    for block in trailing:
        bank.add(block, category)


def split(
    reading: Reading, words: str, form: str, whole: SharedData
) -> tuple[list[Question], Sequence[Block]]:
    """Make a question of each gap of a text. ``form`` is the format of the text, and ``whole`` the
    data that all questions get. Also returns the blocks after the last gap. Raises
    ``NotDividedError`` if a question would lose its meaning."""
    gaps = [_gap(found) for found in GAP.finditer(words)]
    if not gaps or len(gaps) > MOST:
        raise NotDividedError(_TOO_MANY if gaps else _NO_GAP)
    steering = tuple(
        part for found in GAP.finditer(words) for part in (found["weight"], found["type"])
    )
    numbers = iter(range(len(gaps)))
    marked_text = GAP.sub(lambda _: mark(next(numbers)), without_marks(words))
    blocks = reading.blocks(marked_text, form, whole.place)
    divided, trailing = prompts(blocks, len(gaps), whole.place)
    questions = [
        _question(reading, gap, prompt, whole) for gap, prompt in zip(gaps, divided, strict=True)
    ]
    for one in questions:
        if why := can_be_asked(one):
            raise NotDividedError(f"of the gap “{_gap_text(one)}” {why}")
    if len(questions) > 1:
        questions = [
            replace(one, name=f"{one.name} {number}" if one.name else "")
            for number, one in enumerate(questions, start=1)
        ]
    return [
        replace(questions[0], consumed=(*questions[0].consumed, *steering)),
        *questions[1:],
    ], trailing


def _gap_text(one: Question) -> str:
    texts = [words_of(option.inlines) for option in one.options] or [*one.answers]
    return shorten(", ".join(texts))


def _gap(found: re.Match[str]) -> _Gap:
    answers = tuple(_answer(piece) for piece in _pieces(found["answers"], "~"))
    return _Gap(
        _KINDS[found["type"]],
        found["weight"],
        tuple(one for one in answers if one.words or one.feedback),
    )


def _answer(written: str) -> _Answer:
    percent = 0.0
    if share := _SHARE.match(written):
        percent = 100.0 if share["right"] else float(share["share"].replace(",", "."))
        written = written[share.end() :]
    words, *feedback = _pieces(written, "#", once=True)
    return _Answer(_unescape(words), percent, _unescape("".join(feedback)))


def _pieces(written: str, sign: str, once: bool = False) -> list[str]:
    pieces: list[str] = []
    start = 0
    for found in _SIGN.finditer(written):
        if found[0] == sign and not (once and pieces):
            pieces.append(written[start : found.start()])
            start = found.end()
    return [*pieces, written[start:]]


def _unescape(words: str) -> str:
    return _ESCAPE.sub(r"\1", words).strip()


def _question(
    reading: Reading, gap: _Gap, prompt: tuple[Block, ...], whole: SharedData
) -> Question:
    kind = {"fill-in, exact": "fill-in", "several": "choice"}.get(gap.kind, gap.kind)
    draft = (
        _choice_draft(reading, gap, whole.place)
        if kind == "choice"
        else _typed_draft(reading, gap, whole)
    )
    for key, line in whole.feedback.items():
        draft.add_feedback(key, line)
    draft.doubts += whole.doubts
    mark = "" if gap.weight in ("", "0", "1") else gap.weight
    return draft.question(kind, prompt, whole.place, name=whole.name, tags=whole.tags, weight=mark)


def _choice_draft(reading: Reading, gap: _Gap, place: Place) -> Draft:
    options = [
        Option(
            "",
            reading.line(answer.words, "moodle", place),
            False,
            reading.line(answer.feedback, "moodle", place) if answer.feedback else (),
            f"{answer.percent:g}" if answer.percent else "",
        )
        for answer in gap.answers
    ]
    draft = judging.choice_draft(options, gap.kind == "choice")
    draft.consumed += [f"{answer.percent:g}" for answer in gap.answers]
    return draft


def _typed_draft(reading: Reading, gap: _Gap, whole: SharedData) -> Draft:
    typed_answers = [
        judging.TypedAnswer(
            html.unescape(_TAG.sub(" ", one.words)).strip(),
            one.percent,
            reading.line(one.feedback, "moodle", whole.place) if one.feedback else (),
        )
        for one in gap.answers
    ]
    is_number = gap.kind == "numeric"
    draft = (judging.numeric_draft if is_number else judging.typed_draft)(typed_answers)
    draft.consumed += [f"{one.percent:g}" for one in typed_answers]
    if gap.kind == "fill-in, exact":
        draft.settings["forgive"] = ("spaces",)
    return draft
