"""Reads the words of a course from its package, as HTML for one page.

A package may have been edited by hand, so only known elements are kept, without their attributes.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path, PurePosixPath
from typing import Any

from lxml import html

from builder.base import zips
from builder.course.media.formats import FORMATS
from builder.package.artifacts import LAUNCH
from builder.package.outline import Outline, Page, Question
from builder.results.reading.tables import ReportError

_KEPT = frozenset(
    {
        *("p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "br", "hr"),
        *("table", "thead", "tbody", "tr", "th", "td", "caption", "figure", "figcaption"),
        *("strong", "em", "b", "i", "u", "s", "sub", "sup", "code", "q", "cite", "abbr", "small"),
    }
)
_DROPPED = frozenset(
    {
        *("script", "style", "svg", "math", "template", "noscript", "nav"),
        *("input", "button", "select", "textarea", "label"),
        *("iframe", "object", "embed", "canvas"),
    }
)
_UNREAD = frozenset({"new-tab", "record", "printed-name", "check-title"})
"""Classes of elements that are no words of the course."""
_EMPTY = frozenset({"br", "hr"})
_CONTAINERS = frozenset({"div", "section", "article", "aside", "details", "main"})
_MOST_PICTURES = 60_000_000
"""Maximum number of bytes of the pictures of a version."""
_PAGE = re.compile(r'add\("page","([a-z0-9_-]+(?:@[A-Za-z0-9-]+)?)",(?=\{)')


def pages(path: Path, outline: Outline) -> Iterator[tuple[Page, str]]:
    """Yield each page of the package at ``path`` with its words as HTML, in the language of the
    source and then in the others. Raises ``ReportError``."""
    try:
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                raise zips.DamagedError(faults[0])
            data = _page_data(archive)
            first = _first_page(archive)
            reader = _Reader(archive, outline)
            for page in outline.pages:
                given = data.get(page.id, {})
                markup = str(given.get("html") or first.get(page.id, ""))
                if not markup:
                    raise ReportError(
                        f"“{path.name}” has no words for the page “{page.title}”. Use the package "
                        "as scorm-builder wrote it."
                    )
                yield (
                    page,
                    reader.page(page, markup, given)
                    + "".join(
                        reader.translation(data.get(f"{page.id}@{one.language}"), one.language)
                        for one in outline.translations
                    ),
                )
    except zips.DamagedError as error:
        raise ReportError(f"“{path.name}” cannot be read: {error}.") from error


def text_of(markup: str) -> str:
    """The text of a page as ``pages`` yields it, without its questions."""
    page = html.fragment_fromstring(markup, create_parent="div")
    for question in page.find_class("question"):
        question.drop_tree()
    return " ".join(" ".join(page.itertext()).split())


def _page_data(archive: zips.Archive) -> dict[str, Mapping[str, Any]]:
    """The data of the pages' chunks, by the id of the page."""
    found: dict[str, Mapping[str, Any]] = {}
    decoder = json.JSONDecoder()
    for name in archive.files:
        if not name.startswith("pages/") or not name.endswith(".js"):
            continue
        script = archive.read(name).decode("utf-8", "replace")
        for match in _PAGE.finditer(script):
            try:
                value, _ = decoder.raw_decode(script, match.end())
            except ValueError:
                continue
            if isinstance(value, dict):
                found[match[1]] = value
    return found


def _first_page(archive: zips.Archive) -> dict[str, str]:
    """The page that the launch page contains, by its id; none if the course has a cover."""
    if LAUNCH not in archive.files:
        return {}
    document = html.document_fromstring(archive.read(LAUNCH))
    return {
        str(one.get("data-page")): html.tostring(one, encoding="unicode", with_tail=False)
        for one in document.iter("article")
        if one.get("data-page")
    }


class _Reader:
    """Reads the pages of one package."""

    def __init__(self, archive: zips.Archive, outline: Outline) -> None:
        self.archive = archive
        self.questions = {one.id: one for one in outline.questions}
        self.room = _MOST_PICTURES

    def page(self, page: Page, markup: str, data: Mapping[str, Any]) -> str:
        """The words of a page: its text with the practice questions, then its quiz and record."""
        self.page_data = data
        shown: set[str] = set()
        parts = [self._element(html.fragment_fromstring(markup, create_parent="div"), shown)]
        asked = [name for name in (*page.checks, *page.quiz) if name not in shown]
        parts += [self._question(name) for name in asked]
        items = "".join(f"<li>{escape(item.text)}</li>" for item in page.record)
        parts += [f"<p>Record:</p><ol>{items}</ol>"] if items else []
        return "".join(parts)

    def translation(self, data: Mapping[str, Any] | None, language: str) -> str:
        """The words of a page in another language, with its questions as the data have them."""
        tag = escape(language)
        if data is None:
            return f"<h3>{tag}</h3><p>The package has no words in this language here.</p>"
        self.page_data = {}
        made = self._element(html.fragment_fromstring(str(data.get("html")), "div"), set(), False)
        parts = [made]
        for question in (data.get("questions") or {}).values():
            choices = (*(question.get("items") or ()), *(question.get("options") or ()))
            rows = "".join(f"<li>{_choice(one)}</li>" for one in choices)
            texts = (*(question.get("feedback") or {}).values(), question.get("explanation"))
            more = "".join(f"<p>{_plain(text)}</p>" for text in texts if text)
            prompt = escape(str(question.get("prompt")))
            parts.append(f'<div class="question"><p>{prompt}</p><ul>{rows}</ul>{more}</div>')
        return f'<h3>{tag}</h3><div lang="{tag}" dir="auto">{"".join(parts)}</div>'

    def _element(self, element: Any, shown: set[str], asks: bool = True) -> str:
        tag = element.tag if isinstance(element.tag, str) else ""
        name = element.get("data-question") if tag == "form" else None
        if name in self.questions:
            shown.add(name)
            return self._question(name) if asks else ""
        # The record's questions are listed after the page, without its fields.
        if tag in _DROPPED or not tag or _UNREAD & set((element.get("class") or "").split()):
            return ""
        if tag == "img":
            return self._picture(element)
        if tag in ("video", "audio"):
            source = element.get("src") or next((one.get("src") for one in element.iter()), "")
            name = PurePosixPath(source or "").name
            return f"<p>[{tag.capitalize()}: {escape(name)}]</p>"
        inside = escape(element.text or "", quote=False) + "".join(
            self._element(one, shown, asks) + escape(one.tail or "", quote=False) for one in element
        )
        if tag in _EMPTY:
            return f"<{tag}>"
        if tag in _KEPT:
            return f"<{tag}>{inside}</{tag}>"
        if tag == "h1":
            # The page of evidence has the title as its own heading.
            return ""
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "23456":
            level = min(int(tag[1]) + 1, 6)
            return f"<h{level}>{inside}</h{level}>"
        if tag == "summary":
            return f"<p><strong>{inside}</strong></p>"
        if tag == "a":
            address = element.get("href") or ""
            said = element.text_content().strip()
            if address != said and address.startswith(("http://", "https://", "mailto:", "tel:")):
                return f"{inside} ({escape(address)})"
        return f"<div>{inside}</div>" if tag in _CONTAINERS else inside

    def _picture(self, element: Any) -> str:
        source, alt = element.get("src") or "", element.get("alt") or ""
        kind = FORMATS.get(PurePosixPath(source).suffix.lower())
        file = self.archive.files.get(source)
        # An SVG in an <img> can neither run nor load anything.
        if kind is None or file is None or file.file_size > self.room:
            return f"<p>[Picture: {escape(alt or PurePosixPath(source).name)}]</p>"
        self.room -= file.file_size
        content = b64encode(self.archive.read(source)).decode()
        return f'<img src="data:{kind.mime};base64,{content}" alt="{escape(alt)}">'

    def _question(self, name: str) -> str:
        question = self.questions[name]
        given = self.page_data.get("questions", {}).get(name, {})
        feedback = _feedback_by_option(given)
        rows = [
            _row(letter, question, feedback.get(letter, ""))
            for letter in (*question.items, *question.options)
        ]
        parts = [f"<p><strong>{escape(question.prompt)}</strong></p>"]
        parts += [f"<ul>{''.join(rows)}</ul>"] if rows else []
        if question.right:
            parts.append(f"<p>Right answer: {escape(_right(question))}</p>")
        for texts in (given.get("feedback") or {}, {"explanation": given.get("explanation")}):
            parts += [f"<p>{_plain(text)}</p>" for text in texts.values() if text]
        return f'<div class="question">{"".join(parts)}</div>'


def _choice(choice: Mapping[str, Any]) -> str:
    """The words of an option or item, as HTML."""
    words = escape(f"{choice.get('id')}. {choice.get('text')}")
    return f"{words} – {_plain(choice['feedback'])}" if choice.get("feedback") else words


def _feedback_by_option(given: Mapping[str, Any]) -> dict[str, str]:
    entries = (*(given.get("options") or ()), *(given.get("items") or ()))
    return {str(one.get("id")): str(one.get("feedback") or "") for one in entries}


def _row(letter: str, question: Question, feedback: str) -> str:
    words = f"{letter}. {question.texts.get(letter, '')}"
    return f"<li>{escape(words)}{f' – {_plain(feedback)}' if feedback else ''}</li>"


def _right(question: Question) -> str:
    """The right answer; letters of options are followed by their words."""
    letters = question.right.replace(" ", "").split(",")
    if all(letter in question.texts for letter in letters):
        return "; ".join(f"{letter}. {question.texts[letter]}" for letter in letters)
    return question.right


def _plain(markup: object) -> str:
    """The text of HTML, escaped."""
    text = html.fragment_fromstring(str(markup), create_parent="div").text_content()
    return escape(" ".join(text.split()), quote=False)
