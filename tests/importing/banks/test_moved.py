"""Questions that have moved between the categories of a bank are asked once: on their new page, or
where the author has put them."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder import importing
from builder.importing.making import Imported, Merged
from tests.importing.source import TODAY

pytestmark = pytest.mark.whole
FIRST = "$CATEGORY: Fire\n\nOne?{T}\n\nTwo?{T}\n\n$CATEGORY: Water\n\nThree?{T}\n"
LATER = "$CATEGORY: Fire\n\nTwo?{T}\n\n$CATEGORY: Water\n\nThree?{T}\n\nOne?{T}\n"


def brought(folder: Path, words: str, again: bool) -> Imported:
    bank = folder / "bank.gift"
    bank.write_text(words, "utf-8")
    made, _ = importing.run(importing.Request(bank, folder / "made", None, TODAY, again))
    assert made is not None
    assert [str(one) for one in made.problems if one.severity == "error"] == []
    return made


def merged(folder: Path, words: str) -> Merged:
    found = brought(folder, words, again=True).merged
    assert found is not None
    assert found.both == ()
    return found


def quiz(title: str, *names: str) -> str:
    asked = "".join(f"  - {name}\n" for name in names)
    return f'---\nid: {title.lower()}\ntitle: "{title}"\nkind: quiz\nquestions:\n{asked}---\n'


def test_a_question_is_asked_on_its_new_page_alone(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    found = merged(tmp_path, LATER)
    pages = tmp_path / "made" / "pages"
    assert (pages / "fire.md").read_text("utf-8") == quiz("Fire", "two")
    assert (pages / "water.md").read_text("utf-8") == quiz("Water", "three", "one")
    assert [(one.path, one.line, one.source) for one in found.moved] == [
        ("pages/water.md", 7, "  - one")
    ]
    assert (found.gone, found.added) == ((), ())
    # Its tag is that of its new category.
    assert (
        '- id: one\n  type: true-false\n  prompt: "One?"\n  answer: true\n  tags:\n    - water'
        in ((tmp_path / "made" / "questions" / "questions.yaml").read_text("utf-8"))
    )
    assert merged(tmp_path, LATER) == Merged()


def test_question_moved_by_author_stays_on_reimport(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    pages = tmp_path / "made" / "pages"
    own = '---\nid: own\ntitle: "Own"\n---\n::: check one\n'
    (pages / "own.md").write_text(own, "utf-8")
    (pages / "fire.md").write_text(quiz("Fire", "two"), "utf-8")
    settings = tmp_path / "made" / "course.yaml"
    listed = settings.read_text("utf-8").replace("  - water.md\n", "  - water.md\n  - own.md\n")
    settings.write_text(listed, "utf-8")

    merged(tmp_path, LATER)

    assert (pages / "fire.md").read_text("utf-8") == quiz("Fire", "two")
    assert (pages / "water.md").read_text("utf-8") == quiz("Water", "three")
    assert (pages / "own.md").read_text("utf-8") == own


def test_removed_category_page_repeats_no_question(tmp_path: Path) -> None:
    brought(tmp_path, FIRST, again=False)
    fire = tmp_path / "made" / "pages" / "fire.md"
    own = fire.read_text("utf-8") + "My words.\n"
    fire.write_text(own, "utf-8")

    found = merged(tmp_path, "$CATEGORY: Water\n\nThree?{T}\n\nOne?{T}\n\nTwo?{T}\n")

    assert fire.read_text("utf-8") == '---\nid: fire\ntitle: "Fire"\n---\nMy words.\n'
    assert (fire.parent / "water.md").read_text("utf-8") == quiz("Water", "three", "one", "two")
    assert [(one.path, one.course) for one in found.gone] == [("pages/fire.md", "Fire")]


def test_a_question_goes_from_practice_to_a_quiz(tmp_path: Path) -> None:
    brought(tmp_path, "$CATEGORY: Fire\n\nOne?{}\n\n$CATEGORY: Water\n\nThree?{T}\n", again=False)
    merged(tmp_path, "$CATEGORY: Fire\n\nFour?{T}\n\n$CATEGORY: Water\n\nThree?{T}\n\nOne?{}\n")
    pages = tmp_path / "made" / "pages"
    assert (pages / "fire.md").read_text("utf-8") == quiz("Fire", "four")
    assert (pages / "water.md").read_text("utf-8") == quiz("Water", "three", "one")
