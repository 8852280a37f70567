"""The versions, results and shown pages that the player reports among the answers of an attempt
(``templates/player/lms/version.ts``, ``templates/player/page/shown-pages.ts``)."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

from builder.course.approvals import version_code
from builder.course.test_out import PREFIX
from builder.package.outline import Outline
from builder.results.model import Answer, Seen, Shown

_ID = re.compile(r"version-\d+(?:-(?:passed|completed|failed))?")
_REPORTED = re.compile(
    r"(?P<version>\S+)(?: (?P<code>[2-9A-Z]{4}-[2-9A-Z]{4}))?"
    r"(?: (?P<status>passed|completed|failed) (?P<day>\d{4}-\d\d-\d\d))?"
)

_MORE = re.compile(r"\+([0-9]{1,6})")
"""The end of a response without room for all pages."""


def is_shown_pages(interaction: str) -> bool:
    """Whether the interaction says which pages a test-out has shown, and is no answer
    (``templates/player/page/shown-pages.ts``)."""
    return interaction.startswith(PREFIX) and "--" not in interaction


def shown_pages(answers: Sequence[Answer]) -> tuple[Shown, ...]:
    """The pages that test-outs have shown in an attempt. An LMS may have the same pages twice."""
    found = [_parse_shown(one.response) for one in answers if is_shown_pages(one.interaction)]
    return tuple(dict.fromkeys(found))


def _parse_shown(response: str) -> Shown:
    *pages, last = response.split() or [""]
    if more := _MORE.fullmatch(last):
        return Shown(tuple(pages), int(more[1]))
    return Shown(tuple(response.split()))


Cache = dict[tuple[int, str], tuple[Answer, Answer]]
"""Answers without and with a version, by the ``id`` of the former and the version, so that equal
answers stay one object."""


def is_id(interaction: str) -> bool:
    """Whether this is the id of a reported version; ids of answers contain ``--``."""
    return bool(_ID.fullmatch(interaction))


def split(answers: Sequence[Answer], cache: Cache) -> tuple[tuple[Answer, ...], tuple[Seen, ...]]:
    """Split what a report has of an attempt into the trainee's answers, with the version that they
    were given to, and the versions."""
    own: list[Answer] = []
    seen: list[Seen] = []
    version = ""
    for one in answers:
        if is_shown_pages(one.interaction):
            continue
        if is_id(one.interaction):
            if found := _REPORTED.fullmatch(one.response.strip()):
                parts = (found[name] or "" for name in ("version", "code", "status", "day"))
                seen.append(Seen(len(own), *parts))
                version = sys.intern(seen[-1].label)
        elif version:
            known = cache.get((id(one), version))
            own.append(known[1] if known else _with_version(one, version, cache))
        else:
            own.append(one)
    return tuple(own), tuple(seen)


def _with_version(answer: Answer, version: str, cache: Cache) -> Answer:
    values = (answer.interaction, answer.response, answer.pattern, answer.result)
    made = Answer(*values, answer.seconds, answer.doubtful, version)
    cache[id(answer), version] = (answer, made)
    return made


def label_of(outline: Outline) -> str:
    """The version of a package with the code of its words, as its player reports it."""
    wordings = [outline.wording, *(one.wording for one in outline.translations)]
    codes = ((one.part, one.code) for wording in wordings for one in wording)
    return version_code(outline.version, codes)


def outline_of(seen: Seen, outlines: Sequence[Outline]) -> Outline | None:
    """The package with the words that a trainee saw; ``None`` if it is not among ``outlines``.

    A course without the code of its words is told apart by its version only.
    """
    for one in outlines:
        if label_of(one) == seen.label:
            return one
    return None
