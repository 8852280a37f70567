"""Plans the pages of a course (their ids, the ids of headings, and the targets of bookmarks), and
writes each page: its front matter and its body. Notes in which line each block starts."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field

from builder.base.immutable import immutable
from builder.base.slugs import slug
from builder.course.markdown import escaping
from builder.importing.document.form import (
    Block,
    Box,
    Contact,
    Exit,
    Image,
    NoteMark,
    Paragraph,
    Place,
    Question,
    Record,
    Rest,
    flat,
    heading_words,
    inner_blocks,
    is_blank,
    one_line,
)
from builder.importing.writing import inlines, yaml
from builder.importing.writing.context import Context, id_from_words
from builder.importing.writing.division import is_scenario, records
from builder.importing.writing.flow import Flow
from builder.importing.writing.part import Part
from builder.importing.writing.written_course import Heading, PartCounts

_DEFAULT_ID = "section"
_TITLE_LINE = 3
"""The number of the line of a page's file that has its title."""
"""The id of a heading that has no Latin letters or digits (``builder.course.markdown``)."""


@immutable
class Plan:
    """A page to write: its id, title and path. ``ids`` are the ids of all its headings in order.
    ``headings`` has those ids that must be written into the page, by the index of the heading,
    because a link leads there or the Markdown parser would give another id."""

    id: str
    title: str
    path: str
    headings: dict[int, str]
    ids: tuple[str, ...]


class Anchors:
    """Plans the pages of a course; ``plan`` has to be called for them in order. ``title`` is the
    course's title, also used for a page without a heading."""

    def __init__(self, context: Context, title: str) -> None:
        self.context, self.title = context, title

    def plan(self, part: Part, level: int) -> Plan:
        """The plan for a page. ``level`` is that of the headings that start pages. Also stores in
        the context the link targets for the bookmarks on the page."""
        words = heading_words(part.heading) if part.heading else self.title
        title = escaping.title(words) or "…"
        # Without the heading's number, which changes when other headings are added or removed.
        named = one_line(part.heading.inlines) if part.heading else words
        name = self.context.names.new("page", named, "page")
        path = self.context.names.path(name)
        file = path.removeprefix("pages/")
        for bookmark in part.heading.bookmarks if part.heading else ():
            self.context.places[bookmark] = file
        headings = [block for block in part.blocks if _is_heading(block)]
        ids, written = self._headings(name, headings, is_scenario(part.blocks))
        self._record_bookmarks(file, part.blocks, ids, written)
        return Plan(name, title, path, written, tuple(ids))

    def _headings(
        self, page: str, headings: Sequence[Block], scenes: bool
    ) -> tuple[list[str], dict[int, str]]:
        """The ids of the headings of a page in order; and by index, those that must be written into
        the page since the Markdown parser would give another id. ``scenes`` is whether they are the
        headings of scenes, whose ids have at most 48 characters and start with a letter."""
        kind = f"heading {page}"
        ids, written = [], {}
        seen: dict[str, int] = {}
        for at, block in enumerate(headings):
            assert isinstance(block, Paragraph)
            words = escaping.clean(heading_words(block))
            own = (_scene_id(words) if scenes else slug(words)) or _DEFAULT_ID
            seen[own] = seen.get(own, 0) + 1
            automatic = own if seen[own] == 1 else ""
            name = self.context.names.heading(kind, own)
            if name != automatic:
                # An id that an author writes must start with a letter.
                name = name if name[0].isalpha() else f"{_DEFAULT_ID}-{name}"
                written[at] = name
            ids.append(name)
        return ids, written

    def _record_bookmarks(
        self, file: str, blocks: Sequence[Block], ids: Sequence[str], written: dict[int, str]
    ) -> None:
        at = -1
        for block in blocks:
            if _is_heading(block):
                at += 1
            for bookmark in _bookmarks_in(block):
                self.context.places[bookmark] = f"{file}#{ids[at]}" if at >= 0 else file
                if at >= 0 and ids[at][0].isalpha():
                    # Write the id, so that links do not depend on words that may change.
                    written[at] = ids[at]


def _scene_id(words: str) -> str:
    name = id_from_words(words)
    return name if name[:1].isalpha() else f"scene-{name}".strip("-")


def _is_heading(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(block.level and heading_words(block))


def _bookmarks_in(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield from block.bookmarks
    for inner in inner_blocks(block):
        yield from _bookmarks_in(inner)


_WORDS_PER_MINUTE = 200
"""Reading speed in words per minute."""
_MINUTES_KEY = "minutes: "


@immutable
class PageLines:
    """A page as it was written. ``places`` are the places in the document of its blocks, with the
    lines of the page where they start. ``listed`` is content that was not imported, or imported
    with changes, with the line where it is or would be. ``counted`` has the words and parts of the
    page, ``record`` maps the ids of the questions in its record to their text, and ``module`` is
    the id of its group of pages, or empty."""

    id: str
    title: str
    path: str
    lines: tuple[str, ...]
    counted: PartCounts
    places: tuple[tuple[Place, int], ...]
    listed: tuple[tuple[Rest, int], ...]
    headings: tuple[Heading, ...]
    record: Mapping[str, str] = field(default_factory=dict)
    module: str = ""
    questions: tuple[str, ...] = ()


@immutable
class PageContext:
    """What ``write_page`` needs from the writer of the course. ``write_question`` and
    ``write_contact`` are those of ``Flow``. ``limit`` is the character limit for an answer in a
    record. ``values`` returns the values of the variables that have been written so far, by name.
    ``quiz_front_matter`` returns the front matter that makes the page a quiz; it is called after
    the blocks of the page have been written."""

    context: Context
    write_question: Callable[[Question, Flow], list[str]]
    write_contact: Callable[[Contact], list[tuple[str, str]]]
    limit: int
    values: Callable[[], Mapping[str, str]]
    quiz_front_matter: Callable[[], list[str]]


def write_page(part: Part, plan: Plan, level: int, work: PageContext) -> PageLines:
    """Write the page that ``plan`` describes with the content of ``part``. ``level`` is that of the
    headings that start pages, and ``work`` has what all pages share."""
    context = work.context
    context.page_notes.clear()
    base = part.heading.level if part.heading else level
    flow = Flow(context, base, work.write_question, work.write_contact, plan.headings)
    body = _Body(context)
    blocks: list[Block] = [block for block in part.blocks if not isinstance(block, Record)]
    if part.heading:
        blocks = [*_heading_extras(part.heading), *blocks]
    for block, lines in flow.parts(blocks):
        body.add(block, lines)
    record_lines, found = _record(records(part), context, work.limit)
    for record in records(part):
        body.places.append((record.place, -1))
        _count_moved_text(part.blocks, record, context)
    _notes(body, flow)
    counted = PartCounts()
    counted.title(plan.title)
    counted.passage("\n".join(body.lines), work.values())
    counted.lines(record_lines)
    counted.kinds["record questions"] += len(found)
    front = [f"id: {plan.id}", f"title: {yaml.text(plan.title)}"]
    minutes = math.ceil(len(counted.words) / _WORDS_PER_MINUTE)
    front += [f"{_MINUTES_KEY}{min(minutes, 600)}"] if minutes > 1 else []
    front = [
        "---",
        *front,
        *(["kind: scenario"] if is_scenario(part.blocks) else []),
        *work.quiz_front_matter(),
        *_unsure_lines(part.blocks),
        *record_lines,
        "---",
    ]
    return PageLines(
        id=plan.id,
        title=plan.title,
        path=plan.path,
        lines=(*front, *body.lines),
        counted=counted,
        places=(
            *([(part.heading.place, _TITLE_LINE)] if part.heading else []),
            *((place, len(front) + at + 1) for place, at in body.places),
        ),
        listed=tuple((rest, len(front) + at + 1) for rest, at in body.listed),
        headings=tuple(_page_headings(blocks, plan)),
        record=found,
    )


def _unsure_lines(blocks: Sequence[Block]) -> list[str]:
    doubts = [block.undecided for block in blocks if isinstance(block, Box) and block.undecided]
    doubts += [doubt for block in blocks if isinstance(block, Exit) for doubt in block.doubts]
    plain = [" ".join(escaping.clean(doubt).split()) for doubt in doubts]
    return yaml.text_list("unsure", list(dict.fromkeys(plain)))


class _Body:
    """The lines of a page below its front matter. ``places`` and ``listed`` are those of
    ``PageLines`` with indexes of these lines."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.lines: list[str] = []
        self.places: list[tuple[Place, int]] = []
        self.listed: list[tuple[Rest, int]] = []
        self._rest_count = len(context.rest)

    def add(self, block: Block, lines: Sequence[str]) -> None:
        """Append the lines of a block after an empty line, with the content that was listed as not
        imported since the block before."""
        if self.lines and lines:
            self.lines.append("")
        at = len(self.lines)
        self.places.append((block.place, at))
        self.listed += [(rest, at) for rest in self.context.rest[self._rest_count :]]
        self._rest_count = len(self.context.rest)
        self.lines += lines


def _heading_extras(heading: Paragraph) -> Iterator[Block]:
    """A paragraph with the images and note marks in the heading of a page, if there are any, since
    the title of a page cannot contain them."""
    rest = tuple(one for one in heading.inlines if isinstance(one, Image | NoteMark))
    if rest:
        yield Paragraph(rest, heading.place)


def _page_headings(blocks: Sequence[Block], plan: Plan) -> Iterator[Heading]:
    found = [
        block
        for block in blocks
        if isinstance(block, Paragraph) and block.level and heading_words(block)
    ]
    for block, name in zip(found, plan.ids, strict=True):
        yield Heading(heading_words(block), name)


def _record(
    found: Sequence[Record], context: Context, limit: int
) -> tuple[list[str], dict[str, str]]:
    """The front matter for all records of a page, and the text of their questions by id. ``limit``
    is the character limit for an answer."""
    rows = [row for record in found for row in record.rows]
    if not rows:
        return [], {}
    lines, named = ["kind: record"], {}
    signed = escaping.title(" / ".join(sign for record in found for sign in record.signatures))
    if signed:
        lines.append(f"signature: {yaml.text(signed)}")
    lines.append("record:")
    for row in rows:
        question = flat(row.question)
        words = " ".join(one_line(question).split())
        name = context.names.new("record", words, "question")
        named[name] = words
        prompt = inlines.line(question, context, row.place, "field").strip() or "…"
        entry = [f"id: {name}", f"question: {yaml.text(prompt)}"]
        reading = flat(row.reading)
        if not is_blank(reading):
            reading_text = inlines.line(reading, context, row.place, "field").strip()
            entry.append(f"reading: {yaml.text(reading_text)}")
        if limit < 500:
            entry.append(f"limit: {limit}")
        lines += yaml.indent(yaml.list_item(entry))
    return lines, named


def _count_moved_text(blocks: Sequence[Block], record: Record, context: Context) -> None:
    following = blocks[list(blocks).index(record) + 1 :]
    if any(not isinstance(block, Record) for block in following):
        context.changed["text below a record, now above it"] += 1


def _notes(body: _Body, flow: Flow) -> None:
    context, written = flow.context, set[str]()
    # A note may contain the mark of another note.
    while waiting := [note for note in context.page_notes if note not in written]:
        note = waiting[0]
        written.add(note)
        lines = flow.blocks(context.notes[note], top=False) or ["…"]
        first, *others = lines
        if body.lines:
            body.lines.append("")
        body.lines += [
            f"[^{context.page_notes[note]}]: {first}",
            *(f"  {line}".rstrip() for line in others),
        ]
