"""Keys that are taken out of a file, line by line."""

import pytest

from builder.approving import moved
from builder.load.yaml import read

NAMES = ("approved_by", "approved_on")


def taken(text: str) -> tuple[str, int]:
    file, _ = read(text.removeprefix("\ufeff").replace("\r\n", "\n"), "all.yaml")
    assert file is not None
    assert isinstance(file.value, list)
    keys = [
        (file.place.parts[at], name)
        for at, one in enumerate(file.value)
        for name in NAMES
        if name in one
    ]
    result = moved(text, keys)
    return result.text, len(result.left)


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("- id: a\n  approved_by: S\n  approved_on: 2026-01-31\n", "- id: a\n"),
        ("- id: a\n  approved_by:   # who\n  b: c # d\n", "- id: a\n  b: c # d\n"),
        ("- approved_by: S\n  id: a\n", "- id: a\n"),
        ("- approved_by: S\n  approved_on: D\n  id: a\n", "- id: a\n"),
        ("- id: a\r\n  approved_on: D\r\n", "- id: a\r\n"),
        ("\ufeff- approved_on: D\n  id: a\n", "\ufeff- id: a\n"),
        ("- id: a\n  approved_by: S", "- id: a\n"),
    ],
)
def test_a_key_goes_with_its_line(text: str, without: str) -> None:
    assert taken(text) == (without, 0)


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, approved_by: S, approved_on: D}\n",
        "- id: a\n  approved_by:\n    S\n",
        "- id: a\n  approved_by: >-\n    S\n",
        "- approved_by: S\n  # a note\n  id: a\n",
        '- id: a\n  "approved_by": S\n',
    ],
)
def test_what_has_no_line_to_itself_is_left(text: str) -> None:
    assert taken(text) == (text, 2 if "approved_on" in text else 1)
