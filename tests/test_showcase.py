"""The showcase has at least one of everything; its first view and the real course's are light."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from builder.course import load, validate
from builder.course.directives import BLOCKS
from builder.course.markdown import Directive
from builder.course.model import Course, QuizRules
from builder.course.questions import TYPES

SHOWCASE = Path(__file__).resolve().parent / "showcase"
FIRST_VIEW = 60 * 1024
"""Bytes of what the first page waits for, uncompressed (facts/policy.md#package)."""
REQUESTS = 3


def course() -> Course:
    sources, faults = load.load(SHOWCASE)
    judged = validate.validate(sources, date(2026, 11, 25))
    assert [*faults, *judged.diagnostics] == []
    assert judged.course is not None
    return judged.course


def test_it_has_every_question_type_for_practice_and_for_score() -> None:
    pages = course().pages
    assert {one.type for page in pages for one in page.checks} == set(TYPES)
    assert {one.type for page in pages for one in page.quiz} == set(TYPES)


def test_it_has_every_block() -> None:
    blocks = {
        block.name
        for page in course().pages
        for block in page.document.walk()
        if isinstance(block, Directive)
    }
    # A place for what is still to come would make the showcase a draft.
    assert blocks == set(BLOCKS) - {"to-come"}


def test_its_quizzes_go_by_every_rule() -> None:
    rules = [asdict(page.rules) for page in course().pages if page.quiz]
    usual = asdict(QuizRules())
    assert {key for one in rules for key in one if one[key] != usual[key]} == set(usual)
    feedback = {one["feedback"] for one in rules}
    assert feedback == {"at-once", "at-end", "never"}


@pytest.mark.whole
def test_its_recordings_say_how_long_they_are() -> None:
    durations = {path: file.seconds for path, file in course().media.items() if file.seconds}
    assert durations == {
        "media/doorbell.wav": 2,
        "media/watering.mp4": 4,
        "media/watering.webm": 4,
    }


@pytest.mark.whole
def test_it_has_a_page_that_is_locked() -> None:
    assert course().locks


@pytest.mark.whole
@pytest.mark.parametrize("course", ["showcase", "arabic_showcase", "unpacked"])
def test_the_first_view_is_light(course: str, request: pytest.FixtureRequest) -> None:
    folder: Path = request.getfixturevalue(course)
    page = html.parse(str(folder / "index.html"))
    waited_for = [
        *page.xpath("//script/@src"),
        *page.xpath("//link[@rel='stylesheet'][not(@media='print')]/@href"),
    ]
    files = [folder / name for name in ("index.html", *waited_for)]
    assert len(files) <= REQUESTS
    assert sum(file.stat().st_size for file in files) <= FIRST_VIEW
