"""Texts of great length, mostly broken, take time and memory by their length alone."""

import sys
import tracemalloc
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType

import pytest

from builder.course import markdown
from builder.course.load import load
from builder.course.markdown import tables
from builder.course.markdown.tables import COLUMNS
from builder.course.validate import validate
from builder.package import render
from builder.package.artifacts import Plan
from builder.package.plan import plan
from tests.support.growth import linear
from tests.validate.courses import changed

TODAY = date(2026, 1, 31)


@pytest.mark.whole
@pytest.mark.parametrize(
    "part",
    [
        *("![", "[", "![a](", "[a][", "[a](<", '![a](b "', "](", "*a ", "**", "`", "``", "<a "),
        *("{{", "{{a}} ", "}}", "{a", "___ ", "\\", "|", "> ", "- ", ": ", "~~~\n", "::: a\n"),
        *("&#", "<!--"),
    ],
)
def test_markdown_that_is_broken_all_through_takes_no_longer(part: str) -> None:
    linear(markdown.parse, lambda n: part * (n // len(part)), 500)
    linear(markdown.inline, lambda n: "a" + part * (n // len(part)), 500)


def test_addresses_that_lead_nowhere_take_no_longer() -> None:
    linear(markdown.inline, lambda n: "http://" * n, 500)


@pytest.mark.whole
def test_brackets_that_nothing_closes_are_not_looked_into() -> None:
    """By markdown-it alone, each would be parsed a hundred levels deep."""
    calls = counted(lambda: markdown.inline("![" * 10_000))
    assert calls < 50 * 10_000
    assert counted(lambda: markdown.inline("![" * 20_000)) < 2.1 * calls


def counted(work: Callable[[], object]) -> int:
    """How many calls a piece of work makes: the same on any machine."""
    count = 0

    def one(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(one)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.whole
def test_a_prompt_of_many_blanks_takes_no_longer(tmp_path: Path) -> None:
    def course(n: int) -> Plan:
        words = ("questions/all.yaml", "prompt: ", f"prompt: {'___ ' * n}")
        sources, _ = load(changed(tmp_path / str(n), words))
        assert sources
        judged = validate(sources, TODAY)
        assert judged.course, judged.diagnostics
        return plan(judged.course)

    linear(render.render, course, 1_000)


def table(columns: int, rows: int) -> str:
    return "\n".join(["|a" * columns, "|-" * columns, *["|b" * columns] * rows])


def codes(text: str) -> list[str]:
    document = markdown.parse(text)
    return [fault.code for prose in document.walk() for fault in getattr(prose, "faults", ())]


def test_a_table_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "CELLS", 1_000)
    assert codes(table(COLUMNS, 3)) == []
    assert codes(table(COLUMNS + 1, 3)) == ["table-too-large"]
    # The lines of the headers and of the hyphens count, too.
    assert codes(table(10, 98)) == []
    assert codes(table(10, 99)) == ["table-too-large"]
    assert codes(f"{table(10, 48)}\n\nText\n\n{table(10, 48)}") == []
    assert codes(f"{table(10, 48)}\n\nText\n\n{table(10, 49)}") == ["table-too-large"]
    # A line of hyphens that belongs to no table, and a table of one row for each “|”.
    assert codes("a\n---\n\n" + table(2, 2)) == []
    assert codes(f"{'|a' * 90}\n{'|-' * 90}" + "\n|" * 5_000) == ["table-too-large"]


def test_what_is_too_large_costs_no_memory() -> None:
    text = table(2_000, 500)
    tracemalloc.start()
    try:
        markdown.parse(text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 20 * len(text)
