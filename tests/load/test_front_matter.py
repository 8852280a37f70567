"""The two parts of a page, and the line on which its body starts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.course.load import yaml
from builder.course.load.text import decode


def test_the_body_knows_its_line() -> None:
    page, found = yaml.read_page("---\ntitle: One\n---\nText\n---\nMore\n", "p.md")
    assert found == ()
    assert page is not None
    assert page.front.value == {"title": "One"}
    assert str(page.front.place.find(["title"]).at) == "p.md:2:8"
    assert (page.body, page.body_line) == ("Text\n---\nMore\n", 4)


def test_spaces_behind_the_lines_do_not_matter() -> None:
    page, _ = yaml.read_page("---  \ntitle: One\n--- \nText", "p.md")
    assert page is not None
    assert page.body == "Text"


def test_an_empty_front_matter_is_one() -> None:
    page, found = yaml.read_page("---\n---\nText\n", "p.md")
    assert found == ()
    assert page is not None
    assert (page.front.value, page.body_line) == (None, 3)


@pytest.mark.parametrize("text", ["", "\n---\ntitle: One\n---\n", "Text\n", "----\n", "--- # x\n"])
def test_a_page_starts_with_its_front_matter(text: str) -> None:
    page, [one] = yaml.read_page(text, "p.md")
    assert page is None
    assert str(one) == (
        "p.md:1:1: error front-matter The page does not start with its front matter."
    )


def test_yaml_that_is_wrong_is_shown_on_its_own_line() -> None:
    page, [one] = yaml.read_page("---\ntitle: One\nid: a: b\n---\n", "p.md")
    assert page is None
    assert str(one.position) == "p.md:3:6"


LINES = st.lists(
    st.sampled_from(["---", "title: One", "id: a", "- x", "", "a: b: c", "text", "..."])
)


@given(LINES)
def test_line_ends_and_the_mark_make_no_difference(lines: list[str]) -> None:
    raw = "\n".join(lines).encode()
    readings = []
    for variant in (raw, raw.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + raw):
        text, _ = decode(variant, "p.md")
        assert text is not None
        readings.append(yaml.read_page(text, "p.md"))
    assert readings[0] == readings[1] == readings[2]


@given(LINES)
def test_the_body_is_the_rest_of_the_file(lines: list[str]) -> None:
    page, _ = yaml.read_page("\n".join(lines), "p.md")
    if page is not None:
        assert page.body == "\n".join(lines[page.body_line - 1 :])
        assert lines[page.body_line - 2] == "---"


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_any_text_is_a_page_or_refused(text: str) -> None:
    clean, _ = decode(f"---\n{text}".encode(), "p.md")
    if clean is not None:
        page, found = yaml.read_page(clean, "p.md")
        assert page is not None or found
