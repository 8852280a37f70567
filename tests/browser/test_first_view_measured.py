"""``make bench`` measures the way to the first page: Start can be pressed, the page is painted."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from builder.course.model import Cover
from tests.browser.conftest import Sco
from tools import bench


@pytest.mark.parametrize("fields", [{"cover": Cover("What to do first.")}, {}], ids=["cover", ""])
def test_the_first_page_is_shown_after_start(
    sco: Sco, serve: Callable[[Path], str], browser: Browser, fields: dict[str, Cover]
) -> None:
    address = f"{serve(sco(fields=fields))}/index.html"
    view = bench.first_view(browser, address, slow=False)
    assert 0 < view.paint <= view.usable <= view.page
    # On a busy machine everything can be there with the first paint.
    assert view.usable < view.page or view.page == view.paint
    assert view.all_requests >= view.requests >= 3
