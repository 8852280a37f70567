"""The examples of ``explain``: the wrong one is wrong, the right one is right."""

import json
from collections import Counter
from pathlib import Path

import pytest

from builder import report, resources
from builder.codes import CATALOGUE
from builder.report.explained import NAMES
from tests.support import examples
from tests.support.examples import Example
from tests.support.golden import ELSEWHERE, changed, judged

BY_HAND = (
    # What is to be done is to a whole file or to a whole course, not to some lines.
    *("file-empty", "file-encoding", "file-unreadable", "file-type", "image-damaged", "media-kind"),
    *("direction-open", "nesting-too-deep", "state-near-limit", "state-too-large"),
    *("font-large", "table-too-large"),
)


MALFORMED = ("yaml-", "directive-", "unknown-", "value-", "front-matter", "block-")
"""Codes of what would make an example a bad one, whatever else its course lacks."""


@pytest.mark.parametrize("example", examples.read(), ids=lambda example: example.code)
def test_the_right_example_mends_the_wrong_one(example: Example, tmp_path: Path) -> None:
    folder = changed(example.case, tmp_path / "course")
    before = Counter((one.code, one.message) for one in judged(folder))
    if example.file == NAMES:
        (folder / example.wrong).rename(folder / example.right)
    else:
        file = folder / example.file
        lines = f"\n{file.read_bytes().decode()}"
        assert lines.count(f"\n{example.wrong}\n") == 1
        mended = lines.replace(f"\n{example.wrong}\n", f"\n{example.right}\n")
        file.write_bytes(mended[1:].encode())
    after = Counter((one.code, one.message) for one in judged(folder))
    assert [code for code, _ in before - after if code == example.code]
    new = {code for code, _ in after} - {code for code, _ in before}
    assert not [code for code in new if code.startswith(MALFORMED)]


def test_every_code_whose_lines_can_be_mended_has_an_example() -> None:
    codes = {code for code in CATALOGUE if not code.startswith((*ELSEWHERE, *BY_HAND))}
    assert {example.code for example in examples.read()} == codes


def test_the_examples_are_shipped() -> None:
    shipped = json.loads(resources.path("examples.json").read_text("utf-8"))
    assert shipped == examples.as_shipped(), "run: make documents"


def test_an_explanation_is_more_than_the_message() -> None:
    assert report.explanation(CATALOGUE["link-broken"]).endswith(
        "Wrong, in pages/topic.md:\n"
        "    You don’t need to be certain. See [the help page](www.example.org/help).\n\n"
        "Right:\n"
        "    You don’t need to be certain. See [the help page](https://www.example.org/help)."
    )
    assert "Wrong:\n    media/Site Map.png\n\nRight:\n    media/site-map.png" in (
        report.explanation(CATALOGUE["file-name"])
    )
    assert r"\x0b" in report.explanation(CATALOGUE["character-invisible"])
