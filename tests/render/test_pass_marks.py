"""What the cover and the outline say about pass marks."""

import re
from dataclasses import replace
from typing import Any

import pytest

from builder.course.model import Cover, Page
from builder.package.plan import plan
from builder.package.render import render
from tests.render.rendered import outline, text
from tests.support.courses import course, page, question, translated


def quiz(at: int, count: int, **fields: Any) -> Page:
    asked = tuple(question(f"q{at}-{number}", **fields) for number in range(count))
    return page(f"quiz-{at}", kind="quiz", quiz=asked)


@pytest.mark.parametrize(
    ("quizzes", "fact", "mark"),
    [
        ([quiz(0, 4)], "Pass mark 4 of 4", {"percent": 80, "n": 4, "of": 4}),
        (
            [quiz(0, 3, weight=1.5)],
            "Pass mark 3 of 3",
            {"percent": 80, "n": 3, "of": 3},
        ),
        (
            [replace(quiz(0, 4), quiz=(*quiz(0, 4).quiz, question("heavy", weight=0.5)))],
            "Pass mark 3.6 of 4.5 points",
            {"percent": 80, "n": 3.6, "of": 4.5, "points": True},
        ),
        ([quiz(0, 4), quiz(1, 2)], "Pass mark 80%", {"percent": 80, "shared": True}),
    ],
)
def test_cover_and_outline_say_what_the_mark_needs(
    quizzes: list[Page], fact: str, mark: dict[str, Any]
) -> None:
    members = render(plan(course(page("first"), *quizzes, cover=Cover(about="About."))))
    cover = text(members, "index.html")
    assert re.findall("<li>(Pass mark[^<]*)</li>", cover) == [fact]
    assert outline(members)["pages"][1]["mark"] == mark


def test_a_page_without_a_mark_says_nothing() -> None:
    members = render(plan(course(page("first"), quiz(0, 4))))
    assert "mark" not in outline(members)["pages"][0]


def test_points_have_the_decimal_sign_of_the_language() -> None:
    asked = (*quiz(0, 4).quiz, question("heavy", weight=0.5))
    made = course(page("first"), replace(quiz(0, 4), quiz=asked), cover=Cover(about="About."))
    polish = render(plan(replace(translated(made, "pl"), translations=())))
    assert "Próg zaliczenia: 3,6 z 4,5 pkt" in text(polish, "index.html")
