"""Composes the review document of a translation: each text of the course in the source language,
and beside it its translation. Only the translation can be changed in the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from builder.course import interface, markdown
from builder.course.markdown import Texts
from builder.course.model import Course, Page
from builder.course.sources import PoEntry
from builder.course.translations import Kind, Message, messages
from builder.course.translations.checking import by_key
from builder.exporting.review.blocks import PageComposer
from builder.exporting.review.composing import PAGE, SECTION, DocumentComposer, Reviewed
from builder.exporting.review.prose import Source, TextComposer
from builder.exporting.review.tree import (
    LANGUAGE_SIGN,
    Box,
    Break,
    Cell,
    Document,
    Heading,
    Line,
    Node,
    Origin,
    Picture,
    Run,
    Spot,
    Table,
    head_cells,
    plain,
)
from builder.package.render.templates import Templates

_SOURCE_IS_FIXED = (
    "it is in the source language: change it in the course, or in the review document of the "
    "source language"
)
_IS_MISSING = "it is not translated yet: translate it in the PO file first"
_STALE = "the source text has changed since"
_MISSING = "not translated yet"
_LABELS: Mapping[Kind, str] = {
    "description": "review.description",
    "outcome": "page.cover-outcomes",
    "owner": "page.owner",
    "rights": "page.rights",
    "signatory": "review.signed-by",
    "logo": "review.logo-text",
    "picture": "review.picture",
    "organisation": "review.whose",
    "label": "review.what",
    "value": "review.value",
    "page title": "review.part-page",
    "signature": "review.signature",
    "record question": "review.part-record",
    "reading": "page.further-reading",
    "prompt": "page.question",
    "hint": "page.hint",
    "explanation": "review.explanation",
    "answers": "review.how-fill-in",
    "option feedback": "review.feedback",
    "caption": "page.captions",
}
"""The interface text that says what a text is, by its kind; other kinds need none."""


def compose_translation(reviewed: Reviewed, source: Course) -> Document:
    """Compose the review document of a translation; ``reviewed`` has the translated course, and
    ``source`` is the course in the source language."""
    return _TranslationComposer(reviewed, source).document()


class _TranslationComposer(DocumentComposer):
    """Composes a document with a table for each page, question and other part of the course, and in
    it a row for each message."""

    def __init__(self, reviewed: Reviewed, source: Course) -> None:
        super().__init__(reviewed)
        self.tag = reviewed.course.language
        self.source = source
        self.file = reviewed.sources.translations[self.tag]
        self.source_texts = PageComposer(source, Templates(source), lambda *_: ()).texts
        self._composed: set[str] = set()

    def words(self) -> Iterator[Node]:
        yield from (*self.cover(), *self.modules(), *self._values(), *self.interface_texts())

    def as_document(self, nodes: tuple[Node, ...], code: str, where: str) -> Document:
        made = super().as_document(nodes, code, where)
        return replace(made, course=f"{made.course}{LANGUAGE_SIGN}{self.tag}")

    def front(self, code: str) -> Iterator[Node]:
        course = self.course
        yield Line((plain(course.title),), "title", "c:title")
        state = [self.say("review.subtitle"), " → ".join(self._names())]
        state += [f"{self.say('page.version')} {course.version}"]
        state += [self.say("page.draft")] if course.draft else []
        tag = f"f:{course.id}{LANGUAGE_SIGN}{self.tag}/{course.version}/{code}"
        yield Line((plain(" · ".join(state)),), "subtitle", tag)
        yield Line((plain(self.say("review.how")),), "facts")

    def _names(self) -> tuple[str, str]:
        """The names of both languages, each in that language."""
        return interface.own_name(self.source.language), interface.own_name(self.tag)

    @cached_property
    def _entries(self) -> Mapping[tuple[str, str], PoEntry]:
        return by_key(self.file)

    @cached_property
    def _messages(self) -> Mapping[tuple[str, str], Sequence[Message]]:
        """The messages by the kind and the id of what shows them, such as ``page`` and
        ``welcome``."""
        found: dict[tuple[str, str], list[Message]] = {}
        for message in messages(self.sources):
            kind, _, name = message.part.partition("/")
            if kind not in ("media", "course"):
                name = name.partition("/")[0]
            found.setdefault((kind, "" if kind == "course" else name), []).append(message)
        return found

    def _table(self, kind: str, name: str, path: str = "") -> Iterator[Node]:
        """Compose the messages of a page, a question or another part; links in them are relative to
        the page at ``path``."""
        rows = tuple(self._row(one, path) for one in self._messages.get((kind, name), ()))
        if rows:
            yield Table(head_cells(self._names()), rows, (50, 50))

    def _row(self, message: Message, path: str) -> tuple[Cell, Cell]:
        origin = Origin(
            "translation",
            self.tag,
            (message.part, message.text, "inline" if message.form == "line" else "plain"),
        )
        source = tuple(self._source_text(origin, message.text, path, _SOURCE_IS_FIXED))
        entry = self._entries.get(message.key)
        if entry is None or not entry.translation.strip():
            missing = self._source_text(origin, message.text, path, _IS_MISSING)
            translated = _with_note(tuple(missing), _MISSING)
        else:
            translated = tuple(_texts_of(self.pages.texts, origin, entry.translation, path))
            translated = _with_note(translated, _STALE) if entry.fuzzy else translated
        label = self._label(message)
        before = (Line((plain(label, "quiet"),), "facts"),) if label else ()
        return Cell((*before, *source)), Cell(translated)

    def _label(self, message: Message) -> str:
        if message.kind == "feedback":
            return self.say(f"review.feedback-{message.part.rpartition('/')[2]}")
        if message.kind == "option":
            return self.say("review.right") if message.note else ""
        key = _LABELS.get(message.kind)
        return self.say(key) if key else ""

    def _source_text(self, origin: Origin, text: str, path: str, fixed: str) -> Iterator[Node]:
        """Compose a text in the source language; ``fixed`` says why it cannot be changed."""
        for node in _texts_of(self.source_texts, origin, text, path):
            if isinstance(node, Line):
                yield replace(
                    node, runs=tuple(self._fixed(run, origin, fixed) for run in node.runs)
                )

    def _fixed(self, run: Run, origin: Origin, fixed: str) -> Run:
        value = run.spot.value if run.spot else ""
        spot = Spot(origin, fixed=fixed, value=value)
        return replace(run, spot=spot, language=self.source.language)

    def cover(self) -> Iterator[Node]:
        yield from self._heading("review.cover", "c:cover")
        yield from self._table("course", "")

    def modules(self) -> Iterator[Node]:
        for number, module in enumerate(self.course.modules):
            yield Break()
            tag = f"m:{module.id}" if module.title else f"c:pages-{number}"
            title = plain(module.title or self.say("page.pages"))
            yield Heading(SECTION, Line((title,), tag=tag), tag)
            yield from self._table("module", module.id)
            for page in module.pages:
                yield from self.page(page)

    def page(self, page: Page) -> Iterator[Node]:
        yield Heading(PAGE, Line((plain(page.title),)), f"p:{page.id}")
        yield Line((plain(page.path, "quiet"),), "facts", f"p:{page.id}")
        yield from self._table("page", page.id, page.path)
        for path in page.media():
            if path not in self._composed:
                self._composed.add(path)
                yield from self._table("media", path.removeprefix("media/"))
        for question in page.questions():
            tag = f"q:{question.id}"
            if tag not in self._composed:
                self._composed.add(tag)
                kind = Line((plain(self.say("review.part-question"), "quiet"),), "facts", tag)
                yield Box("question", (kind, *self._table("question", question.id, page.path)))
        for item in page.record:
            yield from self._table("record", item.id, page.path)

    def _values(self) -> Iterator[Node]:
        if any(kind == "value" for kind, _ in self._messages):
            yield from self._heading("review.values", "c:cover", new_page=False)
        for name in self.course.variables:
            yield from self._table("value", name)


def _with_note(nodes: tuple[Node, ...], note: str) -> tuple[Node, ...]:
    """Add a note to the first line of a text, in English like the list of what is open. A line of
    its own would be the same in many rows, and lines are recognized by their words."""
    first, *others = nodes or (Line(()),)
    if not isinstance(first, Line):
        return nodes
    run = Run(f" ({note})", frozenset({"quiet"}), language="en")
    return (replace(first, runs=(*first.runs, run)), *others)


def _texts_of(texts: TextComposer, origin: Origin, text: str, path: str) -> Iterable[Node]:
    """Compose a message or its translation, without pictures; links are relative to the page at
    ``path``."""
    part, key, form = origin.steps
    if form == "inline":
        prose = markdown.inline(text.strip())
        source = Source("translation", origin.name, (part, key, form), Texts(prose), path)
        nodes = texts.line(source, prose)
        return [node for node in nodes if not isinstance(node, Picture)]
    at, lines = 0, []
    for line in text.strip().split("\n"):
        lines.append(Line((Run(line, spot=Spot(origin, at, line)),)))
        at += len(line) + 1
    return lines
