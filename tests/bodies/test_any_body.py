"""Whatever an author writes into a block, its reader says something useful and never breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course import blocks, markdown
from builder.course.directives import BLOCKS
from builder.course.markdown import Directive

PIECES = [
    *("", "", "Words", "- [A](media/a.mp4)", "- [B](media/b.en.vtt): more", "- ", "-", "1. One"),
    *("![](media/a.png)", "![A](media/a.png) and", "   Further on", "> Said", "| A | B |", "|-|-|"),
    *("| 1 | 2 |", "***", "```", "## Head", "[A](media/a.pdf)", "[x]: media/x", "{{ a }}"),
    *(
        "1. (5%, 5%) A",
        "2. (5%, 500%) B",
        ": Meaning",
        "  ::: figure A",
        "::: reveal A",
        "::: card A",
    ),
    *("- ::: callout A", "  :::", "::: tab A", ":::", "::::: callout", ":::::"),
]


@pytest.mark.whole
@given(st.sampled_from(sorted(BLOCKS)), st.lists(st.sampled_from(PIECES), max_size=8))
def test_any_body_is_read(name: str, lines: list[str]) -> None:
    text = "\n".join([f":::: {name} Title", *lines, "::::"])
    for block in markdown.parse(text).walk():
        if isinstance(block, Directive) and block.name in BLOCKS:
            read = blocks.read(block)
            assert read.parts or read.faults
            for fault in read.faults:
                assert 1 <= fault.line <= len(lines) + 2


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("1. Knock.\n   ::: callout\n   Wait.\n   :::\n2. Go in.", []),
        ("1. Knock.\n\n::: callout\nWait.\n:::\n\n2. Go in.", [1]),
        ("::: callout\nWait.\n:::\n\n1. Go in.", [1]),
        ("1. Knock.\n\nThen wait.", [1]),
    ],
)
def test_step_holds_blocks_but_nothing_stands_between_steps(text: str, lines: list[int]) -> None:
    (block,) = markdown.parse(f":::: steps\n{text}\n::::").blocks
    assert isinstance(block, Directive)
    assert [fault.line for fault in blocks.read(block).faults] == lines
