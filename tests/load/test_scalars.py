"""Where each letter of a text of YAML is written."""

import pytest

from builder.course.load.scalars import Scalars
from builder.diagnostics.diagnostic import Position
from tests.conftest import ROOT

WRITTEN = [
    ("plain text", "plain text", ""),
    ("two\n    lines", "two lines", ""),
    ("two\n\n    paragraphs", "two\nparagraphs", ""),
    ("'it''s'", "it's", "'"),
    ('"a \\"b\\" \\u00e9\\x41\\\n      c"', 'a "b" éAc', '"'),
    ("|\n    one\n      two\n\n    three\n", "one\n  two\n\nthree\n", "|"),
    (">-\n    one\n    two\n\n    three\n", "one two\nthree", ">"),
    ("|-\n    é ✓ 👍\n", "é ✓ 👍", "|"),
]


@pytest.mark.parametrize(("written", "value", "style"), WRITTEN, ids=[one[1] for one in WRITTEN])
def test_each_letter_has_its_place(written: str, value: str, style: str) -> None:
    text = f"- é: x\n- key: {written}\n"
    scalar = Scalars(text).all[3]
    assert (scalar.value, scalar.style) == (value, style)
    assert scalar.spans is not None
    assert len(scalar.spans) == len(value)
    for letter, (start, end) in zip(value, scalar.spans, strict=True):
        if letter.isalpha() and end - start == 1:
            assert text[start:end] == letter


def test_front_matter_scalars_end_at_the_second_marker() -> None:
    scalars = Scalars("---\ntitle: A\n---\nBody: 'no\n")
    assert [one.value for one in scalars.all] == ["title", "A"]
    assert scalars.at(Position("a.md", 2, 8)) == 1
    assert scalars.at(Position("a.md", 4, 1)) is None


@pytest.mark.parametrize("name", ["course", "tests/showcase", "templates/starter"])
def test_every_text_of_our_courses_is_found(name: str) -> None:
    files = [path for ending in ("yaml", "md") for path in (ROOT / name).rglob(f"*.{ending}")]
    assert files
    for path in files:
        lost = [one for one in Scalars(path.read_text("utf-8")).all if one.spans is None]
        assert (path, lost) == (path, [])
