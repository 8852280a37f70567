"""Finds where a saved state is damaged (docs/state.md, "When a string is damaged")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from builder.course.state import LIMIT, Section, State
from builder.course.state.bits import ALPHABET

_VERSION = "1"
_HEAD = 26
"""Number of characters of version, head and checksum."""
_FRAME = 5
"""Number of characters of a section's length and checksum."""
_SECTIONS: tuple[Section, ...] = get_args(Section)
_SECTION_NAMES = {
    "visited": "the pages visited",
    "checks": "the practice answers",
    "quizzes": "the quizzes",
    "records": "the record answers",
    "late": "which answers still have to be reported to the LMS",
    "finished": "the date on which the course was finished",
}


@dataclass(frozen=True, slots=True)
class Damage:
    """What is damaged in a saved state.

    ``problem`` is a sentence that describes the damage; ``kept`` and ``lost`` name the parts that
    can and cannot be read.
    """

    problem: str
    kept: tuple[str, ...]
    lost: tuple[str, ...]


def damage(text: str, state: State | None, keeps_day: bool = False) -> Damage | None:
    """Describe the damage of a text that was decoded to ``state``; ``None`` if there is none.

    If the course does not keep the day of completion, a missing day is no damage.
    """
    if state is None:
        return Damage(_head_problem(text), (), ("everything",))
    if not state.lost:
        return None
    kept = [name for name in _SECTIONS if name not in state.lost]
    lost = [name for name in state.lost if name != "finished" or keeps_day]
    if not lost:
        return None
    return Damage(
        _section_problem(text, len(kept)),
        ("status, score and bookmark", *(_SECTION_NAMES[name] for name in kept)),
        tuple(_SECTION_NAMES[name] for name in lost),
    )


def _head_problem(text: str) -> str:
    if not text:
        return "It is empty: the trainee has not started, or the LMS saved nothing."
    if not text.startswith(_VERSION):
        if text[0].isdigit():
            return f"It has version {text[0]} of the format; this program reads only version 1."
        return "It does not begin with “1”, so it is not a saved state of scorm-builder."
    if foreign := _invalid_character(text[:_HEAD], 0):
        return foreign
    if len(text) < _HEAD:
        return f"It ends after {len(text)} of the {_HEAD} characters of its header."
    return f"Its first {_HEAD} characters do not match their checksum: at least one has changed."


def _section_problem(text: str, index: int) -> str:
    start = _HEAD
    for _ in range(index):
        start += _FRAME + _decode_length(text[start : start + 2])
    name = _SECTION_NAMES[_SECTIONS[index]]
    size = text[start : start + 2]
    if foreign := _invalid_character(size, start):
        return foreign
    end = start + _FRAME + (_decode_length(size) if len(size) == 2 else 0)
    if foreign := _invalid_character(text[start:end], start):
        return foreign
    if len(text) < end or len(size) < 2:
        cut = f"It is cut short after {len(text)} characters, within {name}."
        return f"{cut} SCORM 1.2 saves at most {LIMIT}." if len(text) >= LIMIT else cut
    return f"The part with {name} does not match its checksum: at least one character has changed."


def _invalid_character(part: str, start: int) -> str:
    for at, character in enumerate(part, start + 1):
        if character not in ALPHABET:
            printable = character if character.isprintable() else ascii(character)[1:-1]
            return f"Character {at} is “{printable}”, which is not used in saved states."
    return ""


def _decode_length(size: str) -> int:
    return ALPHABET.index(size[0]) * 64 + ALPHABET.index(size[1])
