"""The page of an audit in a browser: nothing for axe to find, nothing that it loads."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from builder.audit import audit
from builder.cli.report import audit_formats as report
from tests.a11y.engine import AXE
from tests.audit import packages

FAULTY = """\
@ file lib/send.php
<?php
@ file handouts.dat
x
@ edit imsmanifest.xml
- identifierref="R"
+ identifierref="R9"
"""


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1366)])
def test_axe_finds_nothing(
    scheme: str, width: int, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    package = packages.read(FAULTY).zipped(tmp_path / "course.zip")
    file = tmp_path / "report.html"
    file.write_text(report.as_page(audit(package)), "utf-8")
    viewport = {"width": width, "height": 800}
    page = new_context(color_scheme=scheme, viewport=viewport, bypass_csp=True).new_page()
    page.goto(file.as_uri())
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.add_script_tag(content=AXE)
    found = page.evaluate("async () => (await axe.run()).violations.map((one) => one.id)")
    assert found == []
    # Nothing is cut off at the side of a phone.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # No word is broken: each cell of the table is as wide as its longest.
    broken = """[...document.querySelectorAll("th, td")].filter((cell) => {
        const words = cell.cloneNode(true);
        words.style.cssText = "position: absolute; width: min-content; overflow-wrap: normal";
        cell.parentNode.append(words);
        const least = words.offsetWidth;
        words.remove();
        return least > cell.offsetWidth + 1;
    }).map((cell) => cell.textContent)"""
    assert page.evaluate(broken) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('td a[href^=\"#finding-\"]')")
