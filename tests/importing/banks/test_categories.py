"""A bank with more categories than a course has room for quizzes."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import importing
from builder.importing import formats
from builder.importing.document.form import Document, words_of
from builder.importing.writing import capacity
from tests.importing.source import TODAY


def bank(folder: Path, names: list[str], each: int = 1) -> Path:
    asked = "\n\n".join("Is it so?{T}" for _ in range(each))
    path = folder / "bank.gift"
    path.write_text("\n\n".join(f"$CATEGORY: {name}\n\n{asked}" for name in names), "utf-8")
    return path


def read(path: Path) -> Document:
    form = formats.format_of(path)
    assert form is not None
    document, _ = form.read(path)
    assert document is not None
    return document


def heads(document: Document) -> list[str]:
    return [words_of(one.inlines) for one in document.blocks if getattr(one, "level", 0)]


def test_categories_below_one_share_its_page(tmp_path: Path) -> None:
    names = [f"Part {at % 4}/Topic {at // 8}/Detail {at}" for at in range(160)]
    found = capacity.join_categories(read(bank(tmp_path, names, 2)))
    # With the second step there are 80 of them, with the first four.
    assert heads(found) == ["Part 0", "Part 1", "Part 2", "Part 3"]
    told = found.rest[1]
    assert (told.kind, told.place.paragraph, told.words) == (
        *("category", 7, "Part 1 / Topic 0 / Detail 1"),
    )
    assert told.reason == (
        "a course has room for 48 quizzes: its questions are on the page “Part 1”, with this "
        "category as a tag"
    )


def test_those_that_stand_beside_each_other_share_one(tmp_path: Path) -> None:
    found = capacity.join_categories(read(bank(tmp_path, [f"T{at}" for at in range(250)])))
    assert heads(found)[:2] == ["T0 – T5", "T6 – T11"]
    assert (len(heads(found)), heads(found)[-1]) == (42, "T246 – T249")


def test_few_questions_keep_their_pages(tmp_path: Path) -> None:
    document = read(bank(tmp_path, [f"T{at}" for at in range(90)]))
    assert capacity.join_categories(document) is document


@pytest.mark.whole
def test_three_hundred_categories_become_a_course_that_builds(tmp_path: Path) -> None:
    path = bank(tmp_path, [f"T{at}" for at in range(300)], 2)
    made, problems = importing.run(importing.Request(path, tmp_path / "made", None, TODAY))
    assert made is not None
    assert problems == ()
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    assert made.words.share == 1.0
    assert len(made.made.pages) == 43
    assert "      count: 5\n" in (tmp_path / "made" / made.made.pages[0].path).read_text("utf-8")
