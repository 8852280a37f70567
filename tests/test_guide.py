"""The authors' guide is what the showcase makes of it, and leaves nothing out."""

import re
from pathlib import Path

from builder.course.directives import BLOCKS
from builder.course.questions import TYPES
from tools import guide


def test_the_guide_is_what_the_showcase_makes() -> None:
    made = guide.compose()
    assert guide.GUIDE.read_text("utf-8") == made.text, "Run: make guide"
    assert {file.stem for file in guide.PICTURES.iterdir()} == {one.name for one in made.pictures}


def test_it_says_nothing_twice() -> None:
    headings = re.findall(r"^##+ .+$", guide.compose().text, re.MULTILINE)
    assert len(headings) == len(set(headings))


def test_it_shows_every_type_of_question() -> None:
    assert set(re.findall(r"^  type: (.+)$", guide.compose().text, re.MULTILINE)) == set(TYPES)


def test_it_shows_every_block() -> None:
    assert set(
        re.findall(r"^:{3,} ([a-z-]+)|`::: (check) ", guide.compose().text, re.MULTILINE)
    ) == {(name, "") if name != "check" else ("", name) for name in BLOCKS if name != "to-come"}


def test_its_pictures_are_light() -> None:
    assert sum(file.stat().st_size for file in Path(guide.PICTURES).iterdir()) < 1_500_000
