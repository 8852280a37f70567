"""A bank that a course was exported to makes the same questions again."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from builder import importing
from builder.course.model import Course
from builder.exporting import export
from tests.exporting import banked
from tests.exporting.banked import ASKED, TODAY, Asked

NAMES = {"gift": "bank.gift", "moodle-xml": "bank.xml", "xlsx": "bank.xlsx"}


def again(folder: Path, form: str) -> tuple[Course, str]:
    """The course that an import makes of the export of a course, and the words that the report of
    the export lists."""
    bank = folder / NAMES[form]
    made = export.export(export.Export(folder / "course", form, bank, False, TODAY))  # type: ignore[arg-type]
    assert made.diagnostics == ()
    request = importing.Request(bank, folder / "again", None, TODAY, False, False)
    imported, problems = importing.run(request)
    assert (imported is not None, problems) == (True, ())
    course = banked.course(folder / "again")
    assert course
    return course, " ".join(one.words for one in made.listed)


def bare(markup: str) -> str:
    """The words of a text."""
    return re.sub(r"</?[a-z][^<>]*>", " ", markup)


def comes_back(form: str, asked: list[Asked]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = banked.course(banked.written(folder / "course", asked))
        assert course, "what was drawn has to be a course"
        after, listed = again(folder, form)
        come = {one.id: banked.said(one, form) for one in after.questions}
        # One whose answer steers in GIFT is kept as its words, as those of other types are.
        kept = {one.id for one in course.questions if one.type in ASKED[form]}
        assert come == {
            one.id: banked.said(one, form) for one in course.questions if one.id in kept
        }
        assert [one for one in after.questions if one.doubts] == []
        pages = (banked.shown(prose) or "" for page in after.pages for prose in page.prose())
        words = bare(" ".join((*pages, listed)))
        for one in course.questions:
            for prose in one.prose() if one.id not in kept else ():
                for word in re.findall(r"\w+", bare(banked.shown(prose) or "")):
                    assert word in words


@pytest.mark.whole
@pytest.mark.parametrize("form", NAMES)
@settings(max_examples=10)
@given(asked=banked.questions())
def test_the_same_questions_come_back(form: str, asked: list[Asked]) -> None:
    comes_back(form, asked)


@pytest.mark.thorough
@pytest.mark.parametrize("form", NAMES)
@settings(max_examples=250)
@given(asked=banked.questions())
def test_the_same_questions_come_back_of_many_courses(form: str, asked: list[Asked]) -> None:
    comes_back(form, asked)
