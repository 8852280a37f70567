"""Encodes and decodes a saved state, in version 1 of the format (``docs/state.md``).

A state is encoded as a head with a fixed length, then sections with variable lengths, each with a
checksum. The player's codec is ``templates/player/state/codec.ts``; the tests check both codecs
with the same golden vectors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from builder.course.letters import DamagedError, letters
from builder.course.letters import text as text_of
from builder.course.state.bits import (
    ALPHABET,
    CHECK_SIZE,
    COUNT_BITS,
    MOST,
    BitReader,
    BitWriter,
    checksum,
    read_keys,
    write_keys,
)
from builder.course.state.model import (
    ATTEMPTS_LIMIT,
    BEST_LIMIT,
    INTERACTIONS_LIMIT,
    SAVES_LIMIT,
    TRIES_LIMIT,
    CheckState,
    QuizState,
    RecordState,
    Section,
    State,
    Status,
)

VERSION = "1"
_STATUSES: tuple[Status, ...] = get_args(Status)
_ATTEMPT_SIZE, _KEY_SIZE, _EDITION_SIZE = 8, 4, 2
_NO_BOOKMARK = "AAAA"
_NO_EDITION = "AA"
_SAVES_BITS, _STATUS_BITS, _SCORE_BITS, _INTERACTIONS_BITS = 20, 2, 14, 10
_HEAD_BITS = _SAVES_BITS + _STATUS_BITS + _SCORE_BITS + _INTERACTIONS_BITS + 2
_NO_SCORE = (1 << _SCORE_BITS) - 1
_TRIES_BITS, _ATTEMPTS_BITS, _DATE_BITS, _LETTER_BITS = 3, 10, 22, 6
_LANGUAGE = ALPHABET.index("L")
"""The number of the field with the language."""
_SYMBOLS = "abcdefghijklmnopqrstuvwxyz0123456789"
_EMPTY, _SHORT, _LONG = 36, 37, 63
_MIN_SHORT, _MAX_SHORT = 2, _LONG - _SHORT + 1
"""Minimum and maximum length, in letters, of a response whose length is encoded in its first six
bits."""


def encode(state: State) -> str:
    """Encode a state as printable ASCII; the result may be longer than an LMS can save.

    Raises ``ValueError`` if a count exceeds the limits of the format. No state that an LMS can save
    exceeds them.
    """
    head = _head(state)
    sections = "".join(
        _write_section(index, _payload(write, getattr(state, name)))
        for index, (name, write, _) in enumerate(_SECTIONS[: _section_count(state)])
    )
    return f"{VERSION}{head}{checksum(head)}{sections}"


def _section_count(state: State) -> int:
    """The number of sections to write: optional sections are left out only at the end."""
    if state.language:
        return len(_SECTIONS)
    if state.finished is not None:
        return _OPTIONAL + 2
    return _OPTIONAL + bool(state.late)


def _head(state: State) -> str:
    bits = BitWriter()
    bits.write(min(state.saves, SAVES_LIMIT), _SAVES_BITS)
    bits.write(_STATUSES.index(state.status), _STATUS_BITS)
    bits.write(_NO_SCORE if state.score is None else state.score, _SCORE_BITS)
    bits.write(state.reported, 1)
    bits.write(min(state.interactions, INTERACTIONS_LIMIT), _INTERACTIONS_BITS)
    bits.write(bool(state.bookmark), 1)
    ends = (state.bookmark or _NO_BOOKMARK) + (state.edition or _NO_EDITION)
    return f"{state.attempt}{bits.text()}{ends}"


def _payload(write: Callable[[BitWriter, Any], None], value: Any) -> str:
    bits = BitWriter()
    if value:
        write(bits, value)
    return bits.text()


def _write_section(index: int, payload: str) -> str:
    if len(payload) > MOST:
        raise ValueError("a section longer than any that can be saved")
    size = ALPHABET[len(payload) >> 6] + ALPHABET[len(payload) & 63]
    return f"{size}{payload}{checksum(f'{ALPHABET[index]}{size}{payload}')}"


def _write_set(bits: BitWriter, keys: Iterable[str]) -> None:
    write_keys(bits, keys)


def _write_checks(bits: BitWriter, checks: dict[str, CheckState]) -> None:
    for name in write_keys(bits, checks):
        check = checks[name]
        bits.write(min(check.tries, TRIES_LIMIT), _TRIES_BITS)
        bits.write(check.first, 1)
        _write_answer(bits, check.response)


def _write_answer(bits: BitWriter, response: str) -> None:
    """Write the response to a question; a response of one lower-case letter or digit takes only six
    bits."""
    if len(response) == 1 and response in _SYMBOLS:
        bits.write(_SYMBOLS.index(response), _LETTER_BITS)
        return
    units = letters(response)
    if not units:
        bits.write(_EMPTY, _LETTER_BITS)
    elif _MIN_SHORT <= len(units) <= _MAX_SHORT:
        bits.write(_SHORT + len(units) - _MIN_SHORT, _LETTER_BITS)
    else:
        bits.write(_LONG, _LETTER_BITS)
        bits.write(len(units), COUNT_BITS)
    _write_letters(bits, units)


def _write_letters(bits: BitWriter, units: Iterable[int]) -> None:
    for unit in units:
        bits.write(unit, _LETTER_BITS)


def _write_quizzes(bits: BitWriter, quizzes: dict[str, QuizState]) -> None:
    for name in write_keys(bits, quizzes):
        quiz = quizzes[name]
        bits.write(min(quiz.attempts, ATTEMPTS_LIMIT), _ATTEMPTS_BITS)
        bits.write(_NO_SCORE if quiz.best is None else quiz.best, _SCORE_BITS)
        bits.write(quiz.open, 1)
        for question in write_keys(bits, quiz.answers):
            _write_answer(bits, quiz.answers[question])


def _write_records(bits: BitWriter, records: dict[str, RecordState]) -> None:
    for name in write_keys(bits, records):
        record = records[name]
        if record.date:
            _write_day(bits, record.date)
        else:
            bits.write(0, _DATE_BITS)
        _write_text(bits, record.text)


def _write_text(bits: BitWriter, text: str) -> None:
    units = letters(text)
    bits.write(len(units), COUNT_BITS)
    _write_letters(bits, units)


def _write_language(bits: BitWriter, tag: str) -> None:
    bits.write(_LANGUAGE, _LETTER_BITS)
    _write_text(bits, tag)


def _write_day(bits: BitWriter, day: str) -> None:
    bits.write(date.fromisoformat(day).toordinal(), _DATE_BITS)


def decode(text: str) -> State | None:
    """Decode a state; ``None`` if its head is damaged. Never raises.

    Keeps the sections before the first damaged section; that section and all later sections are in
    ``lost`` of the state.
    """
    try:
        state, at = _read_head(text)
    except DamagedError:
        return None
    for index, (name, _, read) in enumerate(_SECTIONS):
        if index >= _OPTIONAL and at == len(text):
            break
        try:
            payload, at = _read_section(text, at, index)
            value = _read_payload(read, payload) if payload else _EMPTY_VALUES[name]()
        except DamagedError:
            return replace(state, lost=tuple(each for each, *_ in _SECTIONS[index:]))
        state = replace(state, **{name: value})
    if state.language and not state.finished:
        # The section before the language was written only because that follows.
        state = replace(state, finished=None)
    return state


def _read_head(text: str) -> tuple[State, int]:
    """Decode the head; returns a state without sections, and the offset of the first section."""
    size = _ATTEMPT_SIZE + _HEAD_BITS // 6 + _KEY_SIZE + _EDITION_SIZE
    start = len(VERSION)
    head = text[start : start + size]
    end = start + size + CHECK_SIZE
    if (
        not text.startswith(VERSION)
        or len(text) < end
        or checksum(head) != text[end - CHECK_SIZE : end]
    ):
        raise DamagedError("no head")
    ends = head[-_KEY_SIZE - _EDITION_SIZE :]
    bits = BitReader(head[_ATTEMPT_SIZE : -len(ends)])
    saves = bits.read(_SAVES_BITS)
    status = _STATUSES[bits.read(_STATUS_BITS)]
    score = _read_score(bits)
    reported = bool(bits.read(1))
    interactions = bits.read(_INTERACTIONS_BITS)
    bookmark = ends[:_KEY_SIZE] if bits.read(1) else ""
    edition = ends[_KEY_SIZE:]
    edition = "" if edition == _NO_EDITION else edition
    state = State(head[:_ATTEMPT_SIZE], saves, status, bookmark, score, edition)
    return replace(state, reported=reported, interactions=interactions), end


def _read_section(text: str, at: int, index: int) -> tuple[str, int]:
    """The payload of the section at offset ``at``, and the offset of the next section. ``index`` is
    the section's index in ``_SECTIONS``, which its checksum includes."""
    start = at + COUNT_BITS // 6
    size = text[at:start]
    end = start + BitReader(size).read(COUNT_BITS)
    payload = text[start:end]
    if text[end : end + CHECK_SIZE] != checksum(f"{ALPHABET[index]}{size}{payload}"):
        raise DamagedError("a section is not what was written")
    return payload, end + CHECK_SIZE


def _read_payload(read: Callable[[BitReader], Any], payload: str) -> Any:
    bits = BitReader(payload)
    value = read(bits)
    bits.end()
    return value


def _read_score(bits: BitReader) -> int | None:
    score = bits.read(_SCORE_BITS)
    if score == _NO_SCORE:
        return None
    if score > BEST_LIMIT:
        raise DamagedError("a score above 100 percent")
    return score


def _read_set(bits: BitReader) -> frozenset[str]:
    return frozenset(read_keys(bits))


def _read_checks(bits: BitReader) -> dict[str, CheckState]:
    return {
        name: CheckState(bits.read(_TRIES_BITS), bool(bits.read(1)), _read_answer(bits))
        for name in read_keys(bits)
    }


def _read_answer(bits: BitReader) -> str:
    tag = bits.read(_LETTER_BITS)
    if tag < len(_SYMBOLS):
        return _SYMBOLS[tag]
    if tag == _EMPTY:
        return ""
    return _read_text(bits, bits.read(COUNT_BITS) if tag == _LONG else tag - _SHORT + _MIN_SHORT)


def _read_text(bits: BitReader, size: int) -> str:
    return text_of([bits.read(_LETTER_BITS) for _ in range(size)])


def _read_quizzes(bits: BitReader) -> dict[str, QuizState]:
    return {
        name: QuizState(
            bits.read(_ATTEMPTS_BITS),
            _read_score(bits),
            bool(bits.read(1)),
            {question: _read_answer(bits) for question in read_keys(bits)},
        )
        for name in read_keys(bits)
    }


def _read_records(bits: BitReader) -> dict[str, RecordState]:
    return {
        name: RecordState(_read_date(bits), _read_text(bits, bits.read(COUNT_BITS)))
        for name in read_keys(bits)
    }


def _read_date(bits: BitReader) -> str:
    day = bits.read(_DATE_BITS)
    return _format_day(day) if day else ""


def _read_language(bits: BitReader) -> str:
    """Read the field with the language; fields of newer versions are skipped."""
    language = ""
    while bits.more():
        name = bits.read(_LETTER_BITS)
        text = _read_text(bits, bits.read(COUNT_BITS))
        if name == _LANGUAGE:
            language = text
    return language


def _read_day(bits: BitReader) -> str:
    return _format_day(bits.read(_DATE_BITS))


def _format_day(number: int) -> str:
    try:
        return date.fromordinal(number).isoformat()
    except (ValueError, OverflowError) as error:
        raise DamagedError("a day that no calendar has") from error


def empty_size() -> int:
    """Number of characters of an empty state."""
    return len(encode(_EMPTY_STATE))


def language_size(tag: str) -> int:
    """Number of characters that the choice of a language adds to a state, including the otherwise
    optional sections before it."""
    return len(encode(replace(_EMPTY_STATE, language=tag))) - empty_size()


def day_size(language: str = "") -> int:
    """Number of characters that the day of completion adds to a state, including the otherwise
    optional section before it. ``language`` is the one in the state, which has both sections."""
    without = replace(_EMPTY_STATE, language=language)
    return len(encode(replace(without, finished=date.max.isoformat()))) - len(encode(without))


_EMPTY_STATE = State("A" * _ATTEMPT_SIZE, 0, "incomplete", "")


CHECK_BITS = _TRIES_BITS + 1
"""Number of bits of a ``CheckState`` without its key and response."""
QUIZ_BITS = _ATTEMPTS_BITS + _SCORE_BITS + 1
"""Number of bits of a ``QuizState`` without its key and answers."""


def answer_bits(room: int) -> int:
    """The maximum number of bits of an encoded response with at most ``room`` letters.

    A response with at most one letter is the id of an option; typed responses have more room.
    """
    if room <= 1:
        return _LETTER_BITS
    if room <= _MAX_SHORT:
        # A single capital letter needs an explicit length, so it takes more bits than two letters.
        return max(_LETTER_BITS * (1 + room), _LETTER_BITS + COUNT_BITS + _LETTER_BITS)
    return _LETTER_BITS + text_bits(room)


def text_bits(room: int) -> int:
    """The number of bits of an encoded text with ``room`` letters."""
    return COUNT_BITS + _LETTER_BITS * room


def record_bits(room: int) -> int:
    """The maximum number of bits of a ``RecordState`` whose text has at most ``room`` letters,
    without its key."""
    return _DATE_BITS + text_bits(room)


_SECTIONS: tuple[tuple[Section, Callable[[BitWriter, Any], None], Callable[[BitReader], Any]], ...]
_SECTIONS = (
    ("visited", _write_set, _read_set),
    ("checks", _write_checks, _read_checks),
    ("quizzes", _write_quizzes, _read_quizzes),
    ("records", _write_records, _read_records),
    ("late", _write_set, _read_set),
    ("finished", _write_day, _read_day),
    ("language", _write_language, _read_language),
)
"""The sections in the order of the format: the field of the state, and the functions that write and
read its payload."""
_EMPTY_VALUES: Mapping[Section, Callable[[], Any]] = {
    "visited": frozenset,
    "checks": dict,
    "quizzes": dict,
    "records": dict,
    "late": frozenset,
    "finished": str,
    "language": str,
}
"""For each section, the function that makes its value if its payload is empty."""
_OPTIONAL = 4
"""The index in ``_SECTIONS`` of the first section that may be left out."""
