"""The examples of ``explain``: the wrong one has the problem, the right one does not."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from builder.base import resources
from builder.cli import explain
from builder.cli.explain import FILE_NAMES
from builder.diagnostics.codes import CATALOGUE, Rule
from builder.importing import formats
from tests.support import examples
from tests.support.examples import Example
from tests.support.golden import BY_NAME, ELSEWHERE, OF_FILES, changed, judged

BY_HAND = (
    # What is to be done is to a whole file or to a whole course, not to some lines.
    *("file-empty", "file-encoding", "file-unreadable", "file-type", "image-damaged", "media-kind"),
    *("direction-open", "nesting-too-deep", "state-near-limit", "state-too-large"),
    *("font-large", "table-too-large", "course-busy", "course-undone", "image-large"),
    "picture-large",
)


MALFORMED = ("yaml-", "directive-", "unknown-", "value-", "front-matter", "block-")
"""Codes of what would make an example a bad one, whatever else its course lacks."""


@pytest.mark.whole
@pytest.mark.parametrize("example", examples.read(), ids=lambda example: example.code)
def test_the_right_example_mends_the_wrong_one(example: Example, tmp_path: Path) -> None:
    folder = changed(BY_NAME[example.case], tmp_path / "course")
    before = Counter((one.code, one.message) for one in judged(folder))
    if example.file == FILE_NAMES:
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


def test_every_code_about_course_lines_has_an_example() -> None:
    codes = {code for code in CATALOGUE if not code.startswith((*ELSEWHERE, *BY_HAND))}
    assert {example.code for example in examples.read()} == codes


def test_every_code_about_imported_files_has_an_example() -> None:
    codes = {code for code in CATALOGUE if code.startswith(OF_FILES)}
    assert {example.code for example in examples.of_files()} == codes


AROUND = {
    "bank.xml": '<quiz><question type="essay"><questiontext>{}</questiontext></question></quiz>'
}
"""What stands around the lines of an example, by the name of its file."""


@pytest.mark.parametrize("code", ["bank-format", "bank-damaged", "bank-line"])
def test_corrected_bank_example_removes_the_documented_problem(code: str, tmp_path: Path) -> None:
    example = next(one for one in examples.of_files() if one.code == code)
    found = []
    for lines in (example.wrong, example.right):
        path = tmp_path / example.file
        path.write_text(AROUND.get(example.file, "{}").format(lines), "utf-8")
        form = formats.format_of(path)
        assert form is not None
        found.append([one.code for one in form.read(path)[1]])
    assert found == [[code], []]


def test_the_examples_are_shipped() -> None:
    shipped = json.loads(resources.path("examples.json").read_text("utf-8"))
    assert shipped == examples.as_shipped(), "run: make documents"


def test_an_explanation_is_more_than_the_message() -> None:
    assert explain.explanation(CATALOGUE["link-broken"]).endswith(
        "Wrong, in pages/topic.md:\n"
        "    You don’t need to be certain. See [the help page](www.example.org/help).\n\n"
        "Right:\n"
        "    You don’t need to be certain. See [the help page](https://www.example.org/help)."
    )
    assert "Wrong:\n    media/Site Map.png\n\nRight:\n    media/site-map.png" in (
        explain.explanation(CATALOGUE["file-name"])
    )
    assert r"\x0b" in explain.explanation(CATALOGUE["character-invisible"])


GAP = "[“”:/ ]*…[“”]*"
"""What a diagnostic fills in, with the signs around it."""
SENTENCE_OF_A_GAP = re.compile(rf"(^|[.!?] |” ){GAP}([.,]|$)")


def says_something(text: str) -> bool:
    """Whether a text says something without what a diagnostic fills in: has a word of its own, and
    no sentence, and no predicate, that is a gap."""
    words = re.sub(GAP, " ", text)
    return bool(re.search("[a-z]{3}", words)) and not SENTENCE_OF_A_GAP.search(text)


@pytest.mark.whole
@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=lambda rule: rule.code)
def test_explain_describes_problem_and_advice_for_every_code(rule: Rule) -> None:
    head, *output = explain.explanation(rule).split("\n\n")
    assert head.startswith(f"{rule.code} (")
    [listed] = [
        line.partition(" ")[2].strip()
        for line in explain.catalogue(CATALOGUE.values()).split("\n")
        if line.startswith(f"{rule.code} ")
    ]
    assert output[:2] == [listed, rule.explanation]
    assert says_something(listed)
    lead, _, advice = output[2].partition(": ")
    assert lead == "What to do"
    assert says_something(advice)


@pytest.mark.parametrize("code", ["state-too-large", "state-near-limit"])
def test_explain_of_full_state_says_how_to_shorten(code: str) -> None:
    output = explain.explanation(CATALOGUE[code])
    assert "lower the “limit:” of record questions and reflections" in output
    assert "“pages: none”" in output
