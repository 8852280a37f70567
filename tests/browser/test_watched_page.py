"""The fixtures themselves: each kind of fault is noticed, and a sound page has none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page


def test_sound_page(page: Page, serve: Callable[[Path], str], tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>A</title><h1>Sound</h1>")
    page.goto(serve(tmp_path) + "/index.html")
    assert page.get_by_role("heading").inner_text() == "Sound"
    # A page that is not drawn yet has no picture.
    frame = "requestAnimationFrame"
    page.evaluate(f"new Promise((drawn) => {frame}(() => {frame}(drawn)))")
    assert page.screenshot().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("throw new Error('lost')", "page error: lost"),
        ("console.error('odd')", "console: odd"),
        ("new Image().src = 'http://elsewhere.test/a.png'", "request: http://elsewhere.test/a.png"),
    ],
)
def test_fault_is_noticed(
    page: Page,
    faults: list[str],
    serve: Callable[[Path], str],
    tmp_path: Path,
    script: str,
    fault: str,
) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><script>{script}</script>")
    page.goto(serve(tmp_path) + "/index.html")
    assert any(found.startswith(fault) for found in faults), faults
    faults.clear()
