"""Finds the runs of text in the HTML of a page, and marks those that are new in a refresher.

A run is the text between two tags of blocks, such as a paragraph, the text of a list item before a
nested list, or a cell of a table. A question for practice is one run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import escape
from html.parser import HTMLParser

from markupsafe import Markup

from builder.base.immutable import immutable
from builder.course.model import NewsKind, PageNews
from builder.package.render.templates import Templates

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "colgroup", "dd"),
        *("details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer"),
        *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hr", "legend", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul"),
    )
)
"""The elements that end a run of text; all others belong to the text."""
_BARRED = frozenset(
    (
        *("blockquote", "caption", "dd", "dt", "figcaption", "h2", "h3", "h4"),
        *("h5", "h6", "p", "pre", "td", "th"),
    )
)
"""The elements that get a bar beside them if all of their text is new. List items have their own
marker there."""
_VOID = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input"),
        *("link", "meta", "source", "track", "wbr"),
    )
)
_SKIPPED_CLASSES = frozenset(
    ("terms", "term-back", "new-tab", "sheet", "printed-name", "actions", "file-facts")
)
"""Classes of elements whose text is not the page's own: definitions from other pages, texts of the
interface, and the printed sheet of a record."""
_SKIPPED = frozenset({"svg", "textarea", "script", "style", "h1"})
_ATTRIBUTES = ("alt", "data-text")
"""Attributes with text that trainees can read or hear: of a picture, and captions."""
_SPACE = re.compile(r"\s+")


@immutable
class Run:
    """A run of text on a page: its ``words`` in one line, and where it begins in the HTML (``at``).

    ``question`` is the id of the practice question that the run is, or empty. ``blocks`` are the
    ends of the start tags around the run that can be marked, the innermost last. ``closed`` are the
    ends of the start tags of blocks around the run that trainees open.
    """

    words: str
    at: int
    question: str = ""
    blocks: tuple[int, ...] = ()
    closed: tuple[int, ...] = ()


def runs(html: str) -> tuple[Run, ...]:
    """The runs of text in the HTML of a page, in order, without the page's title."""
    parser = _Parser(html)
    parser.feed(html)
    parser.close()
    parser.end_run()
    return tuple(parser.found)


@immutable
class _Open:
    """An element that is open: its name, and the end of its start tag in the HTML."""

    name: str
    end: int


class _Parser(HTMLParser):
    """Collects the runs of text of HTML that the builder wrote, in which every element is
    closed."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Run] = []
        self._lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self._open: list[_Open] = []
        self._skipping = 0
        """The number of open elements when a skipped element began, or 0."""
        self._question = ""
        self._form = 0
        """The number of open elements when a question began, or 0."""
        self._words: list[str] = []
        self._at: int | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        start = self._offset()
        if tag in _BLOCKS:
            self.end_run()
        if not self._skipping and _is_skipped(tag, given) and tag not in _VOID:
            self._skipping = len(self._open) + 1
        if not self._skipping:
            if tag == "form" and "data-question" in given:
                self._form, self._question = len(self._open) + 1, given["data-question"]
                self._at = start
            self._add(" ".join(given[name] for name in _ATTRIBUTES if given.get(name)), start)
            if tag not in _BLOCKS and self._at is None and tag not in _VOID:
                # The label goes before an element around the first word, unless it stays empty.
                self._at = start
        if tag not in _VOID:
            self._open.append(_Open(tag, start + len(self.get_starttag_text() or "") - 1))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not self._open:
            return
        ends_question = len(self._open) == self._form
        if ends_question or tag in _BLOCKS:
            self.end_run(ends_question)
        if ends_question:
            self._form, self._question = 0, ""
        if len(self._open) == self._skipping:
            self._skipping = 0
        self._open.pop()

    def handle_data(self, data: str) -> None:
        text = data.lstrip()
        if text and not self._skipping:
            self._add(data, self._offset() + len(data) - len(text))

    def _add(self, words: str, at: int) -> None:
        if words.strip():
            self._words.append(words)
            if self._at is None:
                self._at = at

    def end_run(self, ends_question: bool = False) -> None:
        """End the run of text that has begun, if any; within a question only if
        ``ends_question``."""
        if self._form and not ends_question:
            self._words.append(" ")
            return
        words = _SPACE.sub(" ", "".join(self._words)).strip()
        if words and self._at is not None:
            around = self._open[: self._form - 1] if self._form else self._open
            self.found.append(
                Run(
                    words,
                    self._at,
                    self._question,
                    tuple(one.end for one in around if one.name in _BARRED),
                    tuple(one.end for one in around if one.name == "details"),
                )
            )
        self._words, self._at = [], None

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def _is_skipped(tag: str, attributes: Mapping[str, str]) -> bool:
    classes = attributes.get("class", "").split()
    return tag in _SKIPPED or not _SKIPPED_CLASSES.isdisjoint(classes) or "data-quiz" in attributes


def mark(html: str, news: PageNews, templates: Templates) -> Markup:
    """The HTML of a page of a refresher, with a note below its title, and a label before each run
    of text that is new or changed.

    Consecutive runs of one kind have one visible label; a screen reader gets a label for each.
    Blocks that trainees open are open if something in them is new.
    """
    found = runs(html)
    inserted: dict[int, str] = {}
    before: NewsKind | None = None
    for position, run in enumerate(found):
        kind = news.marks.get(position)
        if kind:
            words = escape(templates.text(f"page.news-{kind}"))
            label = "unseen" if kind == before else f"news-label news-{kind}"
            colon = ": " if kind == before else ""
            text = f'<span class="{label}">{words}{colon}</span> '
            inserted[run.at] = inserted.get(run.at, "") + text
            for end in run.closed:
                inserted[end] = " open"
        before = kind
    for end, kind in _bars(found, news.marks):
        inserted[end] = f' data-news="{kind}"'
    title = html.index("</h1>") + len("</h1>")
    inserted[title] = f"\n{_note(news, templates)}" + inserted.get(title, "")
    parts = []
    last = 0
    for at in sorted(inserted):
        parts += [html[last:at], inserted[at]]
        last = at
    return Markup("".join((*parts, html[last:])))


def _bars(found: Collection[Run], marks: Mapping[int, NewsKind]) -> Iterator[tuple[int, NewsKind]]:
    """Yield the blocks whose text is all new, by the end of their start tag, each with what to call
    it; not those within such a block."""
    inside: dict[int, list[NewsKind | None]] = {}
    for position, run in enumerate(found):
        for end in run.blocks:
            inside.setdefault(end, []).append(marks.get(position))
    whole = {end for end, kinds in inside.items() if all(kinds)}
    outer = {next((end for end in run.blocks if end in whole), None) for run in found}
    for end in sorted(end for end in outer if end is not None):
        kinds = inside[end]
        yield end, "changed" if "changed" in kinds else "new"


def _note(news: PageNews, templates: Templates) -> str:
    if news.kind == "again" and news.asks_again:
        keys: list[str] = []
    elif news.kind != "changed":
        keys = [news.kind]
    elif news.marks:
        keys = ["changed", "removed"] if news.removed else ["changed"]
    else:
        keys = ["removed" if news.removed else "title"]
    words = [templates.text(f"page.news-page-{key}") for key in keys]
    words += [templates.count("page.news-answers", news.answers)] if news.answers else []
    words += [templates.text("page.news-decisions")] if news.decisions else []
    return f'<p class="news-note">{escape(" ".join(words))}</p>'
