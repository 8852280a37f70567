"""A course in every language that the interface has, turned from one to the next in one window."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as Window
from playwright.sync_api import expect

from builder.course.interface import LANGUAGES
from builder.course.model import Page, QuickExit
from builder.package.plan import plan
from tests.browser.player_course import unpacked
from tests.support.courses import course, translated
from tests.support.courses import page as page_of


def in_all_languages(folder: Path, *pages: Page, **fields: Any) -> Path:
    """Write a course with a quick exit, in English and all other languages, as an LMS unpacks
    it."""
    made = course(
        *(pages or [page_of("first"), page_of("second")]), quick_exit=QuickExit(None), **fields
    )
    others = tuple(translated(made, one.tag) for one in LANGUAGES if one.tag != made.language)
    return unpacked(folder, plan(replace(made, translations=others)))


def languages_of(page: Window) -> Iterator[str]:
    """Turn the open course into each language; gives its tag once it is on view."""
    # The styles of all buttons have arrived.
    page.wait_for_function("() => Boolean(window.scormBuilder?.turn && window.scormBuilder.again)")
    for language in LANGUAGES:
        page.evaluate("tag => window.scormBuilder.turn(tag)", language.tag)
        expect(page.locator("html")).to_have_attribute("lang", language.tag)
        yield language.tag
