"""Characters that turn the direction of writing: looked for in a time that grows with the text."""

from types import SimpleNamespace
from typing import Any

import pytest

from builder.course.validate import directions
from tests.support.growth import linear


def course(lines: int) -> Any:
    """What the rule reads of a course with one page, whose paragraph never turns back."""
    page = SimpleNamespace(path="pages/a.md", body="\u202e x\n" * lines, body_line=1)
    return SimpleNamespace(sources=SimpleNamespace(pages={"pages/a.md": page}))


@pytest.mark.whole
def test_many_in_one_paragraph_take_no_longer() -> None:
    found = list(directions.pages(course(3)))
    assert [(one.position.line, one.position.column) for one in found] == [(1, 1), (2, 1), (3, 1)]
    linear(lambda material: list(directions.pages(material)), course, 5_000)
