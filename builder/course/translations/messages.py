"""The messages of a course: every text that is translated, once, in the order of the course."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import immutable
from builder.base.patterns import late
from builder.course import markdown
from builder.course.markdown import Rows, TextKind
from builder.course.media import captions
from builder.course.sources import PageFile, Place, Sources, YamlFile
from builder.course.translations import values
from builder.course.translations.media import of_languages
from builder.course.translations.values import Form, Kind, Value
from builder.diagnostics.diagnostic import Position

_VARIABLE = re.compile(r"\{\{[^{}\n]*\}\}")
_TARGET = late(r"\]\((?:[^()\\]|\\.|\([^()]*\))*\)|\]\[[^\[\]]*\]|\[\^[^\[\]\s]+\]")
_CODE = late(r"(`+)(?!`).+?(?<!`)\1(?!`)")
_WORD = re.compile(r"[^\W_]")


@immutable
class Message:
    """One text of the course in the source language, with its inline Markdown.

    - ``part``: the id of the part of the course that shows it, such as ``page/welcome`` or
      ``question/first-thing/a``; never a position. Together with ``text`` it identifies the
      message.
    - ``kind``: what the text is. ``note``: more that a translator should know, or empty.
    - ``position``: its first place in the course.
    - ``limit``: the maximum number of characters of a translation; ``None`` for no limit. For
      accepted answers, of each line.
    - ``form``: how the text is read. ``lines``: the number of lines of its first place.
    """

    part: str
    text: str
    kind: Kind
    position: Position
    note: str = ""
    limit: int | None = None
    form: Form = "line"
    lines: int = 1

    @property
    def key(self) -> tuple[str, str]:
        """What identifies the message: its part and text."""
        return self.part, self.text


def messages(sources: Sources, cache: Cache = NO_CACHE) -> tuple[Message, ...]:
    """Every message of a course in the source language, once: the texts of ``course.yaml``, of the
    listed pages, of the questions, and of the captions."""
    found: dict[tuple[str, str], Message] = {}
    for unit in units(sources, cache):
        for message in unit:
            found.setdefault(message.key, message)
    return tuple(found.values())


def units(sources: Sources, cache: Cache = NO_CACHE) -> Iterator[tuple[Message, ...]]:
    """Yield the messages of each file of a course, at each place where they occur.

    The messages of an unchanged file are the same object as in the last call with the same
    ``cache``.
    """

    def kept(path: str, given: object, make: Callable[[], Iterator[Message]]) -> Any:
        return cache.get_or_compute(("messages", path), (given,), lambda: tuple(make()))

    course = sources.course
    yield kept(course.path, course, lambda: _of_values(values.of_course(course), course.place))
    for path in _listed_pages(course):
        if page := sources.pages.get(path):
            yield kept(path, page, partial(of_page, page))
    for file in sources.questions.values():
        yield kept(file.path, file, partial(of_questions, file))
    language, translated = source_language(sources), of_languages(sources)
    for path, text in sources.captions.items():
        if path not in translated and are_of_language(path, language):
            yield kept(path, text, partial(of_captions, path, text))


def source_language(sources: Sources) -> str:
    """The tag of the source language, as ``course.yaml`` has it."""
    value = sources.course.value
    written = value.get("language") if isinstance(value, dict) else None
    return written.strip() if isinstance(written, str) else "en"


def _listed_pages(course: YamlFile) -> Iterator[str]:
    """Yield the path of each page in the list of pages, in order; a page may not exist."""
    value = course.value if isinstance(course.value, dict) else {}
    for entry in _entries(value.get("pages")):
        if isinstance(entry, str):
            yield f"pages/{entry}"


def _entries(listed: object) -> Iterator[object]:
    for entry in listed if isinstance(listed, list) else ():
        if isinstance(entry, dict) and "pages" in entry:
            yield from _entries(entry["pages"])
        else:
            yield entry.get("page") if isinstance(entry, dict) else entry


def of_page(page: PageFile) -> Iterator[Message]:
    """Yield the messages of a page: those of its front matter, then those of its text."""
    yield from _of_values(values.of_page(page), page.front.place)
    parts = values.parts_of(page)
    for text, kind, (first, end) in _blocks(page.body, notes=True):
        at = Position(page.path, page.body_line + first, 1)
        yield Message(parts.at(first), text, kind, at, form=_form(kind), lines=end - first)


def of_questions(file: YamlFile) -> Iterator[Message]:
    """Yield the messages of the questions of a file."""
    for index, entry in enumerate(file.value if isinstance(file.value, list) else ()):
        yield from _of_values(values.of_question(entry), file.place.find([index]))


def _of_values(found: Iterator[Value], place: Place) -> Iterator[Message]:
    for value in found:
        at = place.find(value.steps).at
        if value.form == "blocks":
            for text, kind, (first, end) in _blocks(value.text, notes=False):
                position = Position(at.path, at.line + first, at.column)
                form, lines = _form(kind), end - first
                yield Message(value.part, text, kind, position, form=form, lines=lines)
            continue
        text = markdown.unwrap(value.text) if value.form == "line" else value.text
        if has_words(text, marked=value.form == "line"):
            note, limit = value.note, value.limit
            yield Message(value.part, text, value.kind, at, note, limit, value.form)


def _form(kind: TextKind) -> Form:
    return "plain" if kind == "title" else "line"


def _blocks(text: str, notes: bool) -> Iterator[tuple[str, TextKind, Rows]]:
    """Yield the texts of the blocks of Markdown, each with its kind and its rows."""
    for found in markdown.block_texts(text, notes):
        words, kind, _ = found
        if has_words(words, marked=kind != "title"):
            yield found


def has_words(text: str, marked: bool) -> bool:
    """Whether a text has something to translate.

    In Markdown (``marked``), the targets of links, local values, code and web addresses are not
    translated.
    """
    return bool(_WORD.search(without_targets(text) if marked else text))


def without_targets(text: str, keep_code: bool = False) -> str:
    """A text of Markdown without what is not translated: targets of links, local values, web
    addresses and, unless it is kept, code."""
    if markdown.is_plain(text):
        return text
    for pattern in (_VARIABLE, _TARGET) if keep_code else (_CODE, _VARIABLE, _TARGET):
        text = pattern.sub("", text)
    if "://" not in text:
        return text
    end, parts = 0, []
    for first, last in markdown.addresses(text):
        parts.append(text[end:first])
        end = last
    return "".join((*parts, text[end:]))


def are_of_language(path: str, language: str) -> bool:
    """Whether a file of captions is in the language ``language``: its name names this language, as
    in ``film.en.vtt``, or none."""
    written = PurePosixPath(PurePosixPath(path).stem).suffix.removeprefix(".")
    return not written or written.partition("-")[0].lower() == language.partition("-")[0].lower()


def of_captions(path: str, text: str) -> Iterator[Message]:
    """Yield the messages of a file of captions: the text of each caption."""
    for line, words in captions.texts(text):
        if has_words(words, marked=False):
            at, lines = Position(path, line, 1), words.count("\n") + 1
            yield Message(path, words, "caption", at, form="plain", lines=lines)
