"""Whatever an author does to a course, the builder says something useful and never breaks."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.diagnostics.diagnostic import Severity
from tests.validate.courses import GOOD, judge

FILES = {
    path.relative_to(GOOD).as_posix(): path.read_text("utf-8").split("\n")
    for path in sorted(GOOD.rglob("*.*"))
    if path.suffix in (".md", ".yaml")
}
LINES = sorted({line for lines in FILES.values() for line in lines})
ODD = [
    *("---", ":::", "::: check", "::: callout {{ x }}", "::: nothing", "# {{", "[](", "![](a b)"),
    *("quiz:", "  draw:", "    - bank: all", "    - tag: all", "      count: 1", "  draw: [{}]"),
    *("- ", "  - id:", "pages:", "pages: {}", "variables: []", "tracking:", "kind: quiz", "id: 1"),
    *(
        "quote: []",
        "options: x",
        "record: [[]]",
        "module:",
        "  pages: [1, [2], {a: b}]",
        "a: &b *c",
    ),
    *("revision: 99999999999999999999", "weight: nan", "weight: 1e999", "limit: -1", "correct:"),
    *("kind: scenario", "start: one", "complete: good", "## One {#one}", "## Two {#two was=one}"),
    *("- [x](#one){a .good} Yes.", "- [y](#two){.poor}", "[z](#one){b .fair}", "::: ending good"),
    *("review_by: 0000-00-00", "[x](//y) [z](%2e%2e/%00)", "![](../..)", "[a](topic.md#%)", "{{}}"),
]


@st.composite
def edits(draw: st.DrawFn) -> dict[str, str]:
    """A few lines of a few files taken out, doubled, moved, indented or replaced."""
    texts = {name: list(lines) for name, lines in FILES.items()}
    for _ in range(draw(st.integers(1, 6))):
        lines = texts[draw(st.sampled_from(sorted(texts)))]
        row = draw(st.integers(0, max(0, len(lines) - 1)))
        what = draw(st.sampled_from(["cut", "replace", "insert", "indent", "swap"]))
        if what == "cut":
            del lines[row : row + draw(st.integers(1, 4))]
        elif what == "insert" or not lines:
            lines.insert(row, draw(st.sampled_from([*LINES, *ODD])))
        elif what == "replace":
            lines[row] = draw(st.sampled_from([*LINES, *ODD]))
        elif what == "indent":
            lines[row] = draw(st.sampled_from(["  ", "\t", " "])) + lines[row]
        else:
            other = draw(st.integers(0, len(lines) - 1))
            lines[row], lines[other] = lines[other], lines[row]
    return {name: "\n".join(lines) for name, lines in texts.items()}


@pytest.mark.whole
@given(edits())
@settings(max_examples=150, deadline=None)
def test_an_edited_course_is_judged(texts: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "course"
        shutil.copytree(GOOD, folder)
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8", newline="")
        course, found = judge(folder)
    wrong = [one for one in found if one.severity is Severity.ERROR]
    # A repeated key is load's to tell: the first of the two values is judged all the same.
    if {one.code for one in wrong} != {"duplicate-key"}:
        assert (course is None) == bool(wrong)
    for one in found:
        path, line, column = one.position.path, one.position.line, one.position.column
        if path in texts and line:
            lines = texts[path].split("\n")
            assert line <= len(lines)
            assert column <= len(lines[line - 1]) + 1
