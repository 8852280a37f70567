"""The runs of text of a page, and the marks of those that are new."""

import re
from dataclasses import replace

import pytest

from builder.course.model import Course, PageNews, Refresher
from builder.package.plan import plan
from builder.package.render.news import mark, runs
from builder.package.render.templates import Templates
from tests.support.courses import COURSE

TEMPLATES = Templates(COURSE)
PAGE = """<h1 tabindex="-1">Bells</h1>
<p>One <b>two</b> &amp; three</p>
<ul><li>A <em>b</em><ul><li>nested</li></ul></li>
<li><p>in a paragraph</p></li></ul>
<details class="reveal"><summary>Open me</summary><div><p>inside</p></div></details>
<section class="check"><p class="check-title">Practice</p>
<form data-question="bell"><fieldset><legend><h2>Which?</h2></legend>
<div><input><label>This</label></div></fieldset><div class="actions"><button>Check</button></div>
</form></section>
<table><tr><td>cell</td><td><img alt="a map" src="x"></td></tr></table>
<p><a href="y">link <span class="new-tab">(opens in new tab)</span></a></p>
<section class="terms"><dl><dt>term</dt></dl></section>"""
WORDS = [
    "One two & three",
    "A b",
    "nested",
    "in a paragraph",
    "Open me",
    "inside",
    "Practice",
    "Which? This",
    "cell",
    "a map",
    "link",
]


def marked(*new: int, changed: tuple[int, ...] = ()) -> str:
    marks = {**dict.fromkeys(new, "new"), **dict.fromkeys(changed, "changed")}
    return str(mark(PAGE, PageNews("changed", marks), TEMPLATES))


def test_page_text_is_split_at_blocks_with_whole_questions() -> None:
    found = runs(PAGE)
    assert [run.words for run in found] == WORDS
    assert [run.question for run in found if run.question] == ["bell"]
    starts = [PAGE[run.at :] for run in found]
    for text, start in zip(starts, ["One ", "A <em>", "nested", "in a", "Open me"], strict=False):
        assert text.startswith(start)
    assert starts[7].startswith('<form data-question="bell">')
    assert starts[9].startswith('<img alt="a map"')
    assert starts[10].startswith('<a href="y">')


@pytest.mark.parametrize("position", range(len(WORDS)))
def test_news_mark_adds_only_its_label(position: int) -> None:
    html = marked(position)
    labels = re.findall(r'<span class="news-label news-new">New</span> ', html)
    assert len(labels) == 1
    plain = re.sub(
        r'<span class="news-label[^>]*>[^<]*</span> | data-news="\w+"| open(?=>)', "", html
    )
    assert re.sub(r'\n<p class="news-note">[^<]*</p>', "", plain) == PAGE


def test_consecutive_news_share_a_label_but_are_each_announced() -> None:
    html = marked(1, 2, changed=(3,))
    assert html.count("news-label") == 2
    assert '<span class="unseen">New: </span> nested' in html
    assert '<li><span class="news-label news-new">New</span> A' in html
    assert '<li><p data-news="changed"><span class="news-label news-changed">Changed' in html
    assert html.count("data-news") == 1


def test_block_is_marked_if_all_its_text_is_new() -> None:
    assert '<p data-news="new"><span class="news-label news-new">New</span> One' in marked(0)
    quoted = PAGE.replace("<p>One", "<blockquote>Zero<p>One").replace(
        "three</p>", "three</p></blockquote>"
    )
    both = str(mark(quoted, PageNews("changed", {0: "new", 1: "changed"}), TEMPLATES))
    assert '<blockquote data-news="changed">' in both
    assert both.count("data-news") == 1
    one = str(mark(quoted, PageNews("changed", {1: "new"}), TEMPLATES))
    assert "<blockquote>Zero" in one
    assert '<p data-news="new">' in one


def test_reveal_with_new_text_is_rendered_open() -> None:
    assert '<details class="reveal" open>' in marked(5)
    assert '<details class="reveal">' in marked(3)


@pytest.mark.parametrize(
    ("news", "words"),
    [
        (PageNews("new"), "This page is new."),
        (PageNews("again"), "Please read this page again."),
        (PageNews("changed", {0: "new"}), "This page has changed. New and changed text is marked."),
        (PageNews("changed", removed=True), "Some text was removed from this page."),
        (
            PageNews("changed", {0: "new"}, removed=True),
            "This page has changed. New and changed text is marked. "
            "Some text was removed from this page.",
        ),
        (PageNews("changed"), "This page has a new title."),
    ],
)
def test_news_note_below_title_says_what_changed(news: PageNews, words: str) -> None:
    html = str(mark(PAGE, news, TEMPLATES))
    assert html.startswith(f'<h1 tabindex="-1">Bells</h1>\n<p class="news-note">{words}</p>\n')


def test_the_whole_course_has_no_trace_of_refreshers() -> None:
    assert COURSE.activity == COURSE.id
    made: Course = replace(COURSE, refresher=Refresher("a" * 64, "1.0.0", None))
    assert made.activity == "first-aid-refresher-aaaaaaaaaa"
    assert plan(made).package_name == "first-aid-1.2.0-refresher-since-1.0.0-aaaaaa.zip"
    assert plan(made).identifiers.item != plan(COURSE).identifiers.item
