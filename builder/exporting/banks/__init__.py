"""Exports the questions of a course as a question bank for other programs: GIFT, Moodle XML or a
sheet (facts/question-banks.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from builder.course.model import Course
from builder.course.questions import TYPES
from builder.course.sources import Sources
from builder.course.targets import media
from builder.diagnostics.diagnostic import Position
from builder.exporting.banks import gift, moodle_xml, sheet
from builder.exporting.banks.entries import categorise, entries
from builder.exporting.banks.prose import BankText, Listed, Tally, file_names
from builder.package.artifacts import Member
from builder.package.render.templates import Templates

__all__ = ["Bank", "Listed", "bank"]

Format = Literal["gift", "moodle-xml", "xlsx"]
_KINDS = (*TYPES, "options", "items", "feedback", "explanations", "hints", "pictures")


@dataclass(frozen=True, slots=True)
class Bank:
    """An exported question bank: the ``text`` of its file, or the ``members`` if the file is a zip.

    ``counts`` has, for each kind such as ``choice`` or ``feedback``, the number in the course and
    the number in the bank. ``listed`` is what the bank cannot express. ``places`` are the positions
    of the questions in the course, by id.
    """

    text: str
    members: tuple[Member, ...]
    counts: Mapping[str, tuple[int, int]]
    listed: tuple[Listed, ...]
    places: Mapping[str, Position]


def bank(course: Course, sources: Sources, to: Format) -> Bank:
    """Convert the questions of a course to a question bank in the format ``to``. Raises ``OSError``
    if a picture can no longer be read."""
    tally = Tally()
    tally.inside["pictures"] = sum(
        len({*media(prose, "pages/page.md")})
        for question in course.questions
        for prose in question.prose()
    )
    files = file_names(course)
    texts = BankText(course, Templates(course), tally, files)
    asked = list(categorise(course))
    for one in asked:
        if not one.asked:
            reason = "no page asks it: its category is named after its file"
            tally.leave(one.question.id, "page", reason)
    written = dict(_written(sources))
    text, members = "", tuple[Member, ...]()
    if to == "gift":
        text = gift.write(entries(asked, texts), tally)
    elif to == "moodle-xml":
        text = moodle_xml.write(entries(asked, texts), tally, course.media, files)
    else:
        raw = {name: entry for name, (entry, _) in written.items()}
        parts = sheet.write(asked, texts, raw)
        members = tuple(Member(name, content) for name, content in parts.items())
    places = {name: at for name, (_, at) in written.items()}
    return Bank(text, members, _counts(tally), tuple(tally.listed), places)


def _counts(tally: Tally) -> Mapping[str, tuple[int, int]]:
    named = (*_KINDS, *(kind for kind in tally.written if kind not in _KINDS))
    return {
        kind: (tally.inside[kind], tally.written[kind])
        for kind in named
        if tally.inside[kind] or tally.written[kind]
    }


def _written(sources: Sources) -> Iterator[tuple[str, tuple[Mapping[str, Any], Position]]]:
    """Yield the id of each question, with its value as written in its YAML file, and its
    position."""
    for file in sources.questions.values():
        for index, entry in enumerate(file.value if isinstance(file.value, list) else ()):
            if isinstance(entry, dict) and "id" in entry:
                yield str(entry["id"]), (entry, file.place.find((index,)).at)
