"""Questions that have moved between the categories of a bank are asked once: on their new page, or
where the author has put them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import importing
from builder.importing.making import Updated
from tests.importing.source import TODAY

pytestmark = pytest.mark.whole
FIRST = "$CATEGORY: Fire\n\nOne?{T}\n\nTwo?{T}\n\n$CATEGORY: Water\n\nThree?{T}\n"
LATER = "$CATEGORY: Fire\n\nTwo?{T}\n\n$CATEGORY: Water\n\nThree?{T}\n\nOne?{T}\n"


def brought(folder: Path, words: str, again: bool) -> Updated | None:
    bank = folder / "bank.gift"
    bank.write_text(words, "utf-8")
    made, _ = importing.run(importing.Request(bank, folder / "made", None, TODAY, again))
    assert made is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    return made.updated


def quiz(title: str, *names: str) -> str:
    asked = "".join(f"  - {name}\n" for name in names)
    return f'---\nid: {title.lower()}\ntitle: "{title}"\nkind: quiz\nquestions:\n{asked}---\n'


def test_a_question_is_asked_on_its_new_page_alone(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    found = brought(tmp_path, LATER, again=True)
    pages = tmp_path / "made" / "pages"
    assert (pages / "fire.md").read_text("utf-8") == quiz("Fire", "two")
    assert (pages / "water.md").read_text("utf-8") == quiz("Water", "three", "one")
    assert found is not None
    assert (found.gone, found.beside) == ((), ())
    # Its tag is that of its new category.
    assert (
        '- id: one\n  type: true-false\n  prompt: "One?"\n  answer: true\n  tags:\n    - water'
        in ((tmp_path / "made" / "questions" / "questions.yaml").read_text("utf-8"))
    )
    assert brought(tmp_path, LATER, again=True) == Updated("bank")


def test_question_moved_by_author_stays_on_reimport(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    pages = tmp_path / "made" / "pages"
    own = '---\nid: own\ntitle: "Own"\n---\n::: check one\n'
    (pages / "own.md").write_text(own, "utf-8")
    (pages / "fire.md").write_text(quiz("Fire", "two"), "utf-8")
    settings = tmp_path / "made" / "course.yaml"
    listed = settings.read_text("utf-8").replace("  - water.md\n", "  - water.md\n  - own.md\n")
    settings.write_text(listed, "utf-8")

    found = brought(tmp_path, LATER, again=True)

    assert (pages / "fire.md").read_text("utf-8") == quiz("Fire", "two")
    assert (pages / "own.md").read_text("utf-8") == own
    # The page of the new category is the bank's own: a quiz may ask what is practised elsewhere.
    assert (pages / "water.md").read_text("utf-8") == quiz("Water", "three", "one")
    assert found is not None
    assert found.beside == ()


def test_page_of_removed_category_leaves_the_course(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    only = "$CATEGORY: Water\n\nThree?{T}\n\nOne?{T}\n\nTwo?{T}\n"
    found = brought(tmp_path, only, again=True)
    made = tmp_path / "made"
    assert "fire.md" not in (made / "course.yaml").read_text("utf-8")
    assert (made / "pages/fire.md").read_text("utf-8") == quiz("Fire", "one", "two")
    assert (made / "pages/water.md").read_text("utf-8") == quiz("Water", "three", "one", "two")
    assert found is not None
    assert [(one.path, one.words) for one in found.gone] == [("pages/fire.md", "Fire")]


def test_a_question_goes_from_practice_to_a_quiz(tmp_path: Path) -> None:
    brought(tmp_path, "$CATEGORY: Fire\n\nOne?{}\n\n$CATEGORY: Water\n\nThree?{T}\n", again=False)
    later = "$CATEGORY: Fire\n\nFour?{T}\n\n$CATEGORY: Water\n\nThree?{T}\n\nOne?{}\n"
    brought(tmp_path, later, again=True)
    pages = tmp_path / "made" / "pages"
    assert (pages / "fire.md").read_text("utf-8") == quiz("Fire", "four")
    assert (pages / "water.md").read_text("utf-8") == quiz("Water", "three", "one")
