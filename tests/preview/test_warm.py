"""Whatever an author does, the preview shows what a build packs, and says what it says."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.course import load
from builder.preview.warm import View, Warm
from tests.preview.edits import TOGGLES, Act, acts, base, checked, contents, toggle
from tests.validate.courses import TODAY


@pytest.fixture
def trusting(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not written with the latest file is trusted to be as it was."""
    monkeypatch.setattr(load, "_GRANULARITY", 0)


@pytest.mark.whole
@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize("change", TOGGLES, ids=lambda change: " ".join(change[1].split())[:30])
def test_a_change_is_seen_and_so_is_its_undoing(
    tmp_path: Path, change: tuple[str, str, str]
) -> None:
    course = base(tmp_path / "course")
    warm = Warm(course, TODAY)
    before = first = checked(warm.refresh(), course, View())
    assert first.good
    for _ in range(2):
        toggle(course, *change)
        before = checked(warm.refresh(), course, before)
    if change[2]:
        assert contents(before.files) == contents(first.files)


def test_a_save_with_unchanged_time_and_size_is_shown(tmp_path: Path) -> None:
    """That the watch notices it, test_watch.py proves."""
    course = base(tmp_path / "course")
    warm = Warm(course, TODAY)
    before = checked(warm.refresh(), course, View())
    topic = course / "pages/topic.md"
    for old, new in (("what worries", "that worries"), ("that worries", "thus worries")):
        text = topic.read_text("utf-8")
        assert old in text
        topic.write_text(text.replace(old, new), "utf-8")
        # As network drives do that count in steps of two seconds.
        os.utime(topic, (1_769_860_800, 1_769_860_800))
        before = checked(warm.refresh(), course, before)
        assert any(new.encode() in content for content in contents(before.files).values())


@pytest.mark.whole
@given(st.lists(acts(), min_size=1, max_size=12))
@settings(max_examples=25)
def test_a_warm_course_is_that_of_a_cold_build(edits: list[Act]) -> None:
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        # What was not written with the latest file is trusted to be as it was.
        patch.setattr(load, "_GRANULARITY", 0)
        course = base(Path(place) / "course")
        warm = Warm(course, TODAY)
        before = checked(warm.refresh(), course, View())
        assert before.good
        for edit in edits:
            try:
                edit(course)
            except OSError:
                continue
            before = checked(warm.refresh(), course, before)
