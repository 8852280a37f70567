"""``make bench`` measures how soon the preview shows what is saved: a page, and a question."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from builder.course import judging
from builder.preview.warm import Warm
from tests.preview.desk import TODAY, author
from tools import bench
from tools.generate import generate


def test_what_is_saved_is_seen_on_the_page(
    tmp_path: Path,
    new_context: Callable[..., BrowserContext],
    monkeypatch: pytest.MonkeyPatch,
    servers: ExitStack,
) -> None:
    monkeypatch.setattr(bench, "SAVES", 2)
    writing = servers.enter_context(author(tmp_path))
    # What asks puts functions into the page.
    desk = writing.open(new_context(bypass_csp=True))
    page, question = bench.edits(writing.preview.stage)
    assert (page.page, question.page) == ("topic", "topic")
    assert len(list(bench.saves(desk.page, page))) == 2
    assert len(list(bench.saves(desk.page, question))) == 2
    text = desk.course.text_content() or ""
    assert "Save 2. Every child can be at risk." in text
    assert text.count("Save 2.") == 2
    assert writing.preview.stage.lms.launches == 1


def test_a_change_in_five_languages_is_measured_by_its_steps(tmp_path: Path) -> None:
    generate(tmp_path, 3, ("pl", "ur"))
    course, problems = judging.course(tmp_path, TODAY)
    assert course
    assert not judging.has_errors(problems)
    assert [one.title for one in course.translations] == ["Åå çööûûŕšéé ööƒ 3 þååĝééš"] * 2
    warm = Warm(tmp_path, TODAY)
    assert warm.refresh().good
    for tag in ("en", "ur"):
        cpu, _, whole = bench.steps(warm, tmp_path / "pages" / "page-0002.md", tag)
        assert 0 < cpu < whole
