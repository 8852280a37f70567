"""Composes the blocks of a page, such as figures and glossaries, as nodes of the review
document."""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from builder.course import blocks as bodies
from builder.course import targets
from builder.course.blocks import Contact, Content, File, Reading
from builder.course.directives import BLOCKS, asks, level_within
from builder.course.markdown import Directive, Prose, Texts
from builder.course.media import captions
from builder.course.model import Course, Page
from builder.course.questions import Question
from builder.exporting.review.prose import FIXED_VALUE, Source, TextComposer
from builder.exporting.review.tree import (
    Box,
    Cell,
    Heading,
    Line,
    Listing,
    Mark,
    Node,
    Origin,
    Picture,
    Run,
    Spot,
    Table,
    head_cells,
    plain,
)
from builder.package.render import contacts
from builder.package.render.contacts import unnamed_organisation
from builder.package.render.templates import Templates

_MIN_TAG_LETTERS = 4
"""Minimum number of letters, from a hash of its words, that identify a block in its page's tags."""
_TITLES = {
    "objectives": "page.objectives",
    "key-points": "page.key-points",
    "content-note": "page.note-title",
    "take-a-break": "page.break-title",
}
"""Default titles of blocks, as keys of interface texts."""
Parts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Place:
    """The context in which a block is composed: the source of its texts, the level of its heading,
    and its tag."""

    source: Source
    block: Directive
    level: int
    tag: str

    @property
    def inner(self) -> int:
        """The level of the headings within the block."""
        return level_within(self.block.name, self.block.argument, self.level - 1) + 1


class PageComposer:
    """Composes the content of pages as nodes of the review document.

    ``question`` is a function that composes a question which a page asks. ``TEXT_COMPOSER`` is the
    class that composes texts.
    """

    TEXT_COMPOSER = TextComposer

    def __init__(
        self,
        course: Course,
        templates: Templates,
        question: Callable[[Page, Question, int], Iterable[Node]],
    ) -> None:
        self.course = course
        self.say = templates.text
        self.size = templates.size
        self.values = templates.values
        self.texts = self.TEXT_COMPOSER(course, templates, self._block)
        self._question = question
        self.current: Page | None = None
        self._tags: set[str] = set()

    def page(self, page: Page, level: int) -> Iterator[Node]:
        """Compose the content of a page, without its quiz and record. ``level`` is the level of the
        headings of blocks and footnotes."""
        self.begin(page)
        source = Source("body", page.path, (), Texts(page.document), page.path)
        yield from self.texts.nodes(source, page.document.blocks, level)

    def begin(self, page: Page) -> None:
        """Begin with the content of a page, to which the next blocks belong."""
        self.current, self._tags = page, set()

    def _block(self, source: Source, block: Directive, level: int) -> Iterator[Node]:
        if asks(block.name):
            yield from self._check(block, level)
            return
        place = _Place(source, block, level, self._tag(source, block))
        compose = _COMPOSERS.get(block.name, _content)
        nodes = (*self._title(place), *compose(self, place, bodies.read(block).parts))
        yield Box(block.name, nodes)

    def _check(self, block: Directive, level: int) -> Iterator[Node]:
        page = self.current
        assert page
        for question in page.checks:
            if question.id == block.argument:
                yield from self._question(page, question, level)

    def _tag(self, source: Source, block: Directive) -> str:
        """A new tag for a block at ``source``: the id of its page or question, and letters from a
        hash of the block's words."""
        words = "\n".join((block.name, block.argument, *_words(block)))
        name = b32encode(hashlib.sha256(words.encode()).digest()).decode().lower()
        kind = "q" if source.file == "question" else "p"
        owner = source.name if kind == "q" or not self.current else self.current.id
        letters = _MIN_TAG_LETTERS
        while f"{kind}:{owner}/{name[:letters]}" in self._tags:
            letters += 1
        tag = f"{kind}:{owner}/{name[:letters]}"
        self._tags.add(tag)
        return tag

    def title(self, place: _Place) -> Run:
        """The title of a block as the author wrote it, with its place in the source."""
        block = place.block
        origin = place.source.origin(place.source.texts.title(block))
        return Run(block.argument, spot=Spot(origin, 0, block.argument))

    def _title(self, place: _Place) -> Iterator[Node]:
        block = place.block
        kind = self.kind(block)
        if BLOCKS[block.name].heading and (block.argument or block.name in _TITLES):
            title = self.title(place) if block.argument else plain(self.say(_TITLES[block.name]))
            if kind:
                yield Line((plain(kind, "quiet"),), "facts")
            yield Heading(place.level, Line((title,), tag=place.tag))
        elif block.argument and block.name not in ("figure", "video", "audio", "table"):
            yield Line((plain(kind, "quiet"),), "facts")
            yield Line((self.title(place),), "label", place.tag)
        elif block.name not in ("figure", "video", "audio", "table"):
            yield Line((plain(kind, "quiet"),), "facts", place.tag)

    def kind(self, block: Directive) -> str:
        """The label that is shown above a block, such as “Warning”, in addition to its title; empty
        for most kinds of blocks."""
        if block.name == "warning":
            return self.say("page.warning")
        if block.name in ("reveal", "tabs", "flashcards", "accordion"):
            return self.say("review.opens")
        return ""

    def content(self, place: _Place, part: Content | Prose | None) -> tuple[Node, ...]:
        """Compose a part of the block at ``place``, such as the block's description; empty if
        ``part`` is ``None``."""
        if part is None:
            return ()
        blocks = part.blocks if isinstance(part, Content) else (part,)
        return self.texts.nodes(place.source, blocks, place.inner)

    def line(self, place: _Place, prose: Prose, *before: Run, **how: Any) -> tuple[Node, ...]:
        """Compose one paragraph of the block at ``place``, after the runs ``before``. ``how`` are
        further arguments of ``TextComposer.line``."""
        return self.texts.line(place.source, prose, *before, **how)

    def file(self, place: _Place, file: File) -> tuple[str, tuple[Run, ...]]:
        """The path of a linked file, and the words of its link followed by the file's name, type
        and size."""
        path = targets.read(file.link.target, place.source.path).name
        kind = PurePosixPath(path).suffix[1:].upper()
        facts = self.say("page.file-facts", kind=kind, size=self.size(self.course.media[path].size))
        words = self.texts.text(place.source, file.words)
        return path, (*words, plain(f" ({PurePosixPath(path).name}, {facts})", "quiet"))

    def help_pages(self) -> Run:
        """The line that names the pages to which every page links as help."""
        titles = " · ".join(page.title for page in self.course.help)
        return plain(f"{self.say('page.if-you-need-help')} {titles}")


def _words(block: Directive) -> Iterator[str]:
    for prose in block.prose():
        yield from (token.content for token in prose.tokens if token.type == "inline")


def _content(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield from pages.content(place, parts.get("content"))


def _note(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield from _content(pages, place, parts)
    page = pages.current
    assert page
    runs = [] if any(page.media()) else [plain(pages.say("page.note-no-media"))]
    runs.append(plain(pages.say("page.note-time", n=page.minutes)))
    runs.append(plain(pages.say("page.stop-any-time")))
    runs += [pages.help_pages()] if pages.course.help else []
    yield Listing(False, tuple((Line((run,)),) for run in runs))


def _break(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield Line((plain(pages.say("page.stop-any-time")),))
    yield from _content(pages, place, parts)
    if pages.course.help:
        yield Line((pages.help_pages(),))


def _card(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    if parts["picture"]:
        yield from pages.line(place, parts["picture"])
    yield from pages.content(place, parts["content"])
    if parts["link"]:
        yield from pages.line(place, parts["link"])


def _media(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    for name, part in parts.items():
        if name in ("picture", "text"):
            yield from pages.content(place, part)


def _figure(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield from pages.line(place, parts["image"])
    if place.block.argument:
        yield Line((pages.title(place),), "caption", place.tag)
    if parts["description"]:
        label = plain(pages.say("page.image-described"), "label")
        yield Line((label,), "label", "" if place.block.argument else place.tag)
        yield from pages.content(place, parts["description"])


def _labelled(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    places = tuple((spot["left"], spot["top"]) for spot in parts["places"])
    for node in pages.line(place, parts["image"]):
        yield replace(node, places=places) if isinstance(node, Picture) else node
    yield Listing(True, tuple(pages.line(place, spot["text"]) for spot in parts["places"]))


def _recording(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield Line((pages.title(place),), "caption", place.tag)
    if parts["poster"]:
        path, _ = pages.file(place, parts["poster"])
        yield Picture(path, "")
    files = tuple((Line(pages.file(place, file)[1], "facts"),) for file in parts["sources"])
    yield Listing(False, files)
    for track in parts["tracks"]:
        path, words = pages.file(place, track["file"])
        yield Line((plain(f"{pages.say('page.captions')}: ", "label"), *words), "label")
        yield from _cues(pages, path)
    yield Line((plain(pages.say("page.transcript"), "label"),), "label")
    yield from pages.content(place, parts["transcript"])


def _cues(pages: PageComposer, path: str) -> Iterator[Node]:
    rows = tuple(
        (Cell((Line((plain(time),), "facts"),), head=True), Cell((Line((plain(words),)),)))
        for time, words in captions.cues(pages.course.captions.get(path, ""))
    )
    if rows:
        heads = map(pages.say, ("review.time", "review.words"))
        yield Table(head_cells(heads), rows, (20, 80))


def _download(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    items = []
    for entry in parts["files"]:
        note = pages.texts.text(place.source, entry["note"])
        between = (plain(" "),) if note else ()
        items.append((Line((*pages.file(place, entry["file"])[1], *between, *note)),))
    yield Listing(False, tuple(items))


def _table(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield Line((pages.title(place),), "caption", place.tag)
    for node in pages.texts.nodes(place.source, place.block.blocks, place.inner):
        named = isinstance(node, Table)
        yield (
            replace(node, name=place.block.argument) if isinstance(node, Table) and named else node
        )


def _glossary(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    for entry in parts["entries"]:
        for one in entry["terms"]:
            yield from pages.line(place, one["words"], style="label")
        yield Box("definition", pages.line(place, entry["definition"]))


def _quotation(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield from pages.content(place, parts["content"])
    yield from pages.line(place, parts["source"], plain("— "), style="caption")


def _further(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    items = []
    for entry in parts["entries"]:
        reading: Reading = entry["reading"]
        runs = pages.texts.text(place.source, reading.words)
        target = reading.link.target
        reference = pages.course.references.get(target)
        whose = unnamed_organisation(pages.course, reading, "".join(run.text for run in runs))
        href = (reference and reference.current) or target
        line = [replace(run, href=href) for run in runs]
        line += [plain(f", {whose}")] if whose else []
        line += pages.texts.address(href, "".join(run.text for run in runs))
        note = pages.texts.text(place.source, entry["note"])
        line += [plain(" "), *note] if note else []
        if reference and reference.checked_on:
            line.append(plain(f" {pages.say('page.checked-on')} {reference.checked_on}", "quiet"))
        items.append((Line(tuple(line)),))
    yield Listing(False, tuple(items))


def _contacts(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    rows = []
    for contact in parts["entries"]:
        rows.append(tuple(_contact(pages, place, contact)))
    heads = map(pages.say, ("review.whom", "review.value"))
    yield Table(head_cells(heads), tuple(rows), (40, 60))


def _contact(pages: PageComposer, place: _Place, contact: Contact) -> Iterator[Cell]:
    variable = pages.course.variables[contact.value.name]
    label = pages.line(place, contact.label)
    own = pages.texts.written(
        contacts.label(variable), "course", "", "variables", variable.name, "label"
    )
    yield Cell(label or (Line((own,)),), head=True)
    shown = contacts.texts(pages.values[variable.name])
    unset = variable.value is None
    origin = Origin("course", "", ("variables", variable.name, "value"))
    spot = Spot(origin, fixed=FIXED_VALUE.format(name=variable.name), value=variable.name)
    marks = frozenset[Mark](("unset",) if unset else ())
    yield Cell(tuple(Line((Run(text, marks, spot=spot),)) for text in shown))


def _timeline(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    for entry in parts["entries"]:
        yield from pages.line(place, entry["time"], style="label")
        yield Box("definition", pages.content(place, entry["text"]))


def _flashcards(pages: PageComposer, place: _Place, parts: Parts) -> Iterator[Node]:
    yield Listing(
        True,
        tuple(
            (
                *pages.line(place, entry["front"], style="label"),
                *pages.content(place, entry["back"]),
            )
            for entry in parts["entries"]
        ),
    )


_Composer = Callable[[PageComposer, _Place, Parts], Iterator[Node]]
_COMPOSERS: Mapping[str, _Composer] = {
    "content-note": _note,
    "take-a-break": _break,
    "card": _card,
    "media": _media,
    "figure": _figure,
    "labelled-image": _labelled,
    "video": _recording,
    "audio": _recording,
    "download": _download,
    "table": _table,
    "glossary": _glossary,
    "quotation": _quotation,
    "further-reading": _further,
    "contacts": _contacts,
    "timeline": _timeline,
    "flashcards": _flashcards,
}
"""The functions that compose blocks, by block name; all other blocks have only a title and
content."""
