"""The index of the search: what each page says, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser

from builder.model import Course
from builder.render.templates import Json

LIMIT = 500_000
"""Bytes of text in UTF-8 that the index holds: 10 seconds on a line of 50 kB/s."""
_INLINE = frozenset(
    ("a", "abbr", "bdi", "cite", "code", "em", "img", "q", "s", "span", "strong", "time")
)
"""Elements of templates and Markdown that do not end a paragraph."""
_UNREAD = frozenset(
    ("button", "form", "h1", "nav", "script", "select", "style", "svg", "template", "textarea")
)
_UNREAD_CLASSES = frozenset(
    (
        *("check", "count", "field", "file-facts", "hint", "new-tab", "quiz", "sheet"),
        *("term-back", "terms", "unseen"),
    )
)
"""What is not searched: the title, which stands by itself; questions, because a statement that is
false would stand among the results like any other; words of the interface; and what the glossary
says already."""
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_NOTE = "content-note"
"""The class of a note whose page shows nothing of its text before a trainee goes on."""
_VOID = frozenset(
    ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)

Part = tuple[str, str]
"""The id of a heading, empty before the first, and the text below it, one line a paragraph."""


def searchable(course: Course, html: Mapping[str, str]) -> Json:
    """What the player searches; ``html`` is each page's, by id.

    ``noted`` pages begin with a content note, so that nothing of their text is shown among results.
    ``cut`` is true where long pages are in the index with their beginning only, because everything
    would take more than ``LIMIT``.
    """
    texts = {page.id: tuple(_parts(html[page.id])) for page in course.pages}
    room = _room([_size(parts) for parts in texts.values()])
    cut = any(_size(parts) > room for parts in texts.values())
    return {
        "cut": cut,
        "pages": [
            {
                "id": page,
                "parts": tuple(_within(parts, room)) if cut else parts,
                "noted": f'class="{_NOTE}"' in html[page],
            }
            for page, parts in texts.items()
        ],
    }


def _size(parts: Iterable[Part]) -> int:
    return sum(len(text.encode()) for _, text in parts)


def _room(sizes: list[int]) -> int:
    """The most bytes of a page with which all pages together stay within ``LIMIT``."""
    left, room = LIMIT, LIMIT
    for number, size in enumerate(sorted(sizes)):
        room = left // (len(sizes) - number)
        if size > room:
            return room
        left -= size
    return LIMIT


def _within(parts: tuple[Part, ...], room: int) -> Iterator[Part]:
    for heading, text in parts:
        if room <= 0:
            return
        encoded = text.encode()
        if len(encoded) > room:
            # Not in the middle of a word.
            text = encoded[:room].decode(errors="ignore").rpartition(" ")[0]
        room -= len(encoded)
        if text:
            yield heading, text


def _parts(html: str) -> Iterator[Part]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_paragraph()
    for heading, paragraphs in reader.parts:
        if paragraphs:
            yield heading, "\n".join(paragraphs)


class _Reader(HTMLParser):
    """Reads the HTML of a page; an element without an end tag ends with the one round it."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[str, list[str]]] = [("", [])]
        self._words: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.end_paragraph()
        if tag in _VOID:
            return
        given = dict(attributes)
        classes = (given.get("class") or "").split()
        unread = self._unread or tag in _UNREAD or bool(_UNREAD_CLASSES.intersection(classes))
        if unread and tag in _INLINE and self._words:
            # The space before words that are left out.
            self._words[-1] = self._words[-1].rstrip()
        self._open.append((tag, unread))
        if tag in _HEADINGS and given.get("id") and not unread:
            self.parts.append((given["id"] or "", []))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.end_paragraph()
        while self._open and tag not in _VOID:
            opened, _ = self._open.pop()
            if opened == tag:
                break

    @property
    def _unread(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._words.append(data)

    def end_paragraph(self) -> None:
        words = " ".join("".join(self._words).split())
        self._words.clear()
        if words:
            self.parts[-1][1].append(words)
