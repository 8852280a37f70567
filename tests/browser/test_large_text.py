"""Text at 200 % on a phone: the header stays low, and no word of it or of a title is broken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from builder.course.model import Cover, Theme
from tests.browser.languages import in_all_languages, languages_of
from tests.browser.odd_lms import holding
from tests.support.courses import page as page_of
from tests.support.courses import picture
from tests.support.ways import SUBMIT
from tools.scenes import Course
from tools.walks import firstly

PHONE = {"width": 390, "height": 844}
LARGE = """
addEventListener("DOMContentLoaded", () => { document.documentElement.style.fontSize = "200%"; });
"""
# The height of the header, and the words of it and of titles that stand on two lines.
SEEN = r"""() => {
  const broken = [];
  for (const place of document.querySelectorAll(".bar, h1, main :is(h2, h3)")) {
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{M}\p{N}'’]+/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return [document.querySelector(".bar").getBoundingClientRect().height, broken];
}"""

# The words of a page, and of the buttons below it, that stand on two lines. Addresses and codes may
# end a line anywhere.
BROKEN = r"""() => {
  const broken = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = node.parentElement;
    if (!around.closest("main, #pager")) continue;
    if (around.closest("code") || /www\.|:\/\//.test(node.data)) continue;
    // For screen readers only.
    if (around.getBoundingClientRect().width < 2) continue;
    for (const { 0: word, index } of node.data.matchAll(/[\p{L}\p{M}\p{N}'’]+[.,;:!?”’)]*/gu)) {
      const range = document.createRange();
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const lines = new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom)));
      if (lines.size > 1) broken.push(word);
    }
  }
  return broken;
}"""

TITLES = """
## Definition of vulnerabilities

::: warning Vulnerabilities and safeguarding
Tell somebody.
:::

::: callout Vulnerabilities: an introduction
Read on.
:::

::: key-points Vulnerabilities
- One.
- Two.
:::

### Recommendations for practitioners
"""


@pytest.mark.parametrize("logo", [True, False], ids=["logo", "no logo"])
def test_header_takes_at_most_a_fifth_of_phone(
    new_context: Callable[..., BrowserContext],
    serve: Callable[[Path], str],
    tmp_path: Path,
    logo: bool,
) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="80" height="80"/>'
    (tmp_path / "media").mkdir()
    (tmp_path / "media/logo.svg").write_bytes(drawing)
    file = picture("media/logo.svg", drawing, tmp_path)
    fields = {
        "title": "Safeguarding and Vulnerabilities",
        "cover": Cover("What to do first."),
        **({"theme": Theme(logo=file.path, logo_alt="Logo"), "media": (file,)} if logo else {}),
    }
    pages = [page_of("definition"), page_of("key-vulnerabilities", TITLES)]
    context = new_context(viewport=PHONE)
    context.add_init_script(holding({"cmi.core.student_id": "sam"}) + LARGE)
    page = context.new_page()
    page.goto(f"{serve(in_all_languages(tmp_path / 'sco', *pages, **fields))}/index.html")
    views = {
        "#/": "article.cover",
        "#/definition": "article[data-page=definition] h1",
        "#/key-vulnerabilities": "article[data-page=key-vulnerabilities] h1",
        "#end": ".band",
    }
    for view, shown in views.items():
        page.evaluate("view => (location.hash = view)", view)
        page.locator(f"main {shown}").wait_for()
        page.locator("#exit-button").wait_for()
        for language in languages_of(page):
            height, broken = page.evaluate(SEEN)
            assert (language, view, broken) == (language, view, [])
            assert height <= PHONE["height"] / 5, (language, view)


def test_header_without_lms_takes_a_fifth_of_phone(
    new_context: Callable[..., BrowserContext], serve: Callable[[Path], str], tmp_path: Path
) -> None:
    context = new_context(viewport=PHONE)
    context.add_init_script(LARGE)
    page = context.new_page()
    page.goto(f"{serve(in_all_languages(tmp_path / 'sco', title='First aid'))}/index.html")
    expect(page.locator("#save-status")).not_to_be_empty()
    for language in languages_of(page):
        height, broken = page.evaluate(SEEN)
        assert (language, broken) == (language, [])
        assert height <= PHONE["height"] / 5, language


LOOKS = {"390 px, text at 200 %": (390, "200%"), "320 px": (320, "")}


def broken_words(page: Page) -> dict[str, list[str]]:
    """The words that stand on two lines, by the width of the phone and the size of its text."""
    found = {}
    for look, (width, size) in LOOKS.items():
        page.set_viewport_size({"width": width, "height": 844})
        page.evaluate("size => (document.documentElement.style.fontSize = size)", size)
        if words := page.evaluate(BROKEN):
            found[look] = words
    return found


def test_no_word_of_the_first_course_is_broken(
    page: Page, serve: Callable[[Path], str], unpacked: Path
) -> None:
    course = Course.at(unpacked)
    page.add_init_script(holding({"cmi.core.student_id": "sam"}))
    page.goto(f"{serve(course.folder)}/index.html")
    page.locator("#begin").wait_for()
    broken = {"cover": broken_words(page)}
    for entry in course.pages:
        page.evaluate("id => (location.hash = `#/${id}`)", entry["id"])
        page.locator(f"article[data-page='{entry['id']}']").wait_for()
        for form in page.locator("main form[data-question]").all():
            firstly(form, course.question(str(form.get_attribute("data-question"))))
            form.locator(SUBMIT).click()
            form.locator(".feedback:not([hidden])").wait_for()
        page.evaluate(
            "for (const one of document.querySelectorAll('main details')) one.open = true"
        )
        broken[entry["id"]] = broken_words(page)
    assert broken == {view: {} for view in broken}
