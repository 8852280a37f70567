"""Locates the texts of a course in its files, and finds safe edits of them.

An edit is safe if, after applying it and parsing the file again, exactly the intended text has
changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from builder.course import markdown
from builder.course.load.po_strings import quoted, translation_at
from builder.course.load.scalars import Scalar, Scalars
from builder.course.load.text import decode
from builder.course.markdown import Directive, Prose, Span, Text, Texts, align_texts
from builder.course.sources import Place, PoEntry, Sources, Step
from builder.course.translations.checking import by_key
from builder.diagnostics.diagnostic import Lines, Position
from builder.exporting.review.tree import Origin

_INLINE_KEYS = frozenset(
    ("prompt", "text", "feedback", "right", "partly", "wrong", "hint", "explanation")
)
"""Keys of a question's YAML whose value is one line of Markdown."""
_RECORD_KEYS = frozenset(("question", "reading"))
_BLOCKS = "material"
_MARKDOWN_CHARACTERS = re.compile(r"([\\`*_{}\[\]<>~|&!#:])")
"""Matches characters that Markdown may interpret."""
_LEADING_MARKERS = re.compile(r"^(\s*\d*)([.)+-])(?=\s|$)")
"""Matches list markers, which Markdown interprets at the start of a text."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit that replaces the characters from ``start`` to ``end`` of the file at ``path`` by
    ``new``. The offsets count each line end as one character."""

    path: str
    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Words:
    """A text of the course in its file: its words without markup, and the span (start and end
    offset in the file) of each character.

    ``encloses`` is the span of the whole text.
    """

    path: str
    words: str
    spans: tuple[Span, ...]
    encloses: Span


class SourceTexts:
    """The texts in the files of a course. ``root`` is the folder of the course, and ``sources`` its
    parsed files."""

    def __init__(self, root: Path, sources: Sources) -> None:
        self.root = root
        self.sources = sources
        self._files: dict[str, _File] = {}
        self._entries: dict[str, Mapping[tuple[str, str], PoEntry]] = {}

    def raw(self, path: str) -> bytes:
        """The bytes of a file when it was first read."""
        return self._file(path).raw

    def text(self, path: str) -> str:
        """The text of a file with ``\\n`` line ends."""
        return self._file(path).text

    def position(self, path: str, offset: int) -> Position:
        """The line and column of the character at ``offset`` in a file."""
        return self._file(path).lines.at(offset)

    def words(self, origin: Origin) -> Words | None:
        """Locate the text at ``origin`` in its file; ``None`` if it cannot be located."""
        if origin.file == "body":
            return self._file(origin.name).body(origin.index, self._first_line(origin.name))
        if origin.file == "translation":
            return self._translated_words(origin)
        found = self._find_scalar(origin)
        if found is None:
            return None
        path, _, place = found
        return self._file(path).scalar(place.at, _text_kind(origin), origin.index)

    def _translated_words(self, origin: Origin) -> Words | None:
        path, entry = self._entry(origin)
        found = entry and translation_at(self.text(path), entry.line)
        if not entry or not found or found.value != entry.translation:
            return None
        return _scalar_words(path, found, _text_kind(origin), origin.index)

    def _entry(self, origin: Origin) -> tuple[str, PoEntry | None]:
        """The path of the PO file of a translation, and its entry; ``None`` if there is none."""
        file = self.sources.translations[origin.name]
        if origin.name not in self._entries:
            self._entries[origin.name] = by_key(file)
        part, text, _ = map(str, origin.steps)
        return file.path, self._entries[origin.name].get((part, text))

    def place(self, origin: Origin) -> Position | None:
        """The position of the text at ``origin``, or else of the YAML value or page that contains
        it."""
        known = self.words(origin)
        if known:
            return self.position(known.path, known.encloses[0])
        if origin.file == "body":
            return Position(origin.name, self._first_line(origin.name), 1)
        if origin.file == "translation":
            path, entry = self._entry(origin)
            return Position(path, entry.line if entry else 1, 1)
        owner = self._owner(origin)
        return owner[2].find(origin.steps).at if owner else None

    def edits(self, origin: Origin, start: int, end: int, new: str) -> tuple[Edit, ...] | None:
        """Find edits that replace the words from ``start`` to ``end`` of a text by ``new`` and
        change nothing else; ``None`` if there are no such edits."""
        known = self.words(origin)
        if known is None:
            return None
        expected = known.words[:start] + new + known.words[end:]
        file = self._file(known.path)
        start, end, new = _trim_edit(known.words, start, end, new)
        for candidate in _candidates(file, known, start, end, new, origin):
            if self._results_in(file, candidate, origin, known, expected):
                return candidate
        return None

    def owner(self, origin: Origin) -> tuple[str, object, Place] | None:
        """The file, the YAML value and its place, from which the steps of ``origin`` start: a
        question, the front matter of a page, or ``course.yaml``."""
        return self._owner(origin)

    def value_edit(self, path: str, place: Place, new: str) -> Edit | None:
        """The edit that replaces the YAML value at ``place`` in the file ``path``, such as a
        number, by ``new``; ``None`` if the value cannot be located."""
        scalars = self._file(path).scalars
        number = scalars.at(place.at)
        if number is None:
            return None
        return Edit(path, scalars.all[number].start, scalars.all[number].end, new)

    def key_edit(self, path: str, mapping: Place, name: str, new: str) -> Edit | None:
        """The edit that adds the key ``name`` with the value ``new`` to a YAML mapping, after the
        mapping's first key; ``None`` if there is no safe place for the new key."""
        file = self._file(path)
        first, *others = sorted(mapping.parts.values(), key=lambda place: place.key)
        start = file.offset(first.key)
        flow = file.text[:start].rstrip().endswith("{")
        apart = ", " if flow else "\n" + " " * (first.key.column - 1)
        if others:
            at = file.offset(others[0].key)
            return Edit(path, at, at, f"{name}: {new}{apart}")
        number = file.scalars.at(first.at)
        if number is None or file.scalars.all[number].style in ("|", ">"):
            return None
        at = file.scalars.all[number].end
        return Edit(path, at, at, f"{apart}{name}: {new}")

    def mapping_span(self, path: str, mapping: Place) -> Span | None:
        """The start and end offset of a YAML mapping, from its first key to the end of its last
        value; ``None`` if unknown."""
        scalars = self._file(path).scalars
        start = self._file(path).offset(min(place.key for place in mapping.parts.values()))
        ends = []
        for place in mapping.parts.values():
            number = scalars.at(place.at)
            if place.parts or number is None or scalars.all[number].style in ("|", ">"):
                return None
            ends.append(scalars.all[number].end)
        return start, max(ends)

    def _results_in(
        self, file: _File, edits: Sequence[Edit], origin: Origin, known: Words, expected: str
    ) -> bool:
        """Whether these edits, applied to ``file``, change the text at ``origin`` to ``expected``,
        and no other text."""
        made = apply_edits(file.text, edits)
        if origin.file == "body":
            return file.body_becomes(made, self._first_line(origin.name), origin.index, expected)
        if origin.file == "translation":
            entry = self._entry(origin)[1]
            assert entry
            return file.translation_becomes(made, entry.line, _text_kind(origin), expected)
        found = self._find_scalar(origin)
        assert found
        return file.scalar_becomes(made, found[2].at, _text_kind(origin), origin.index, expected)

    def _first_line(self, page: str) -> int:
        return self.sources.pages[page].body_line

    def _file(self, path: str) -> _File:
        if path not in self._files:
            self._files[path] = _File(path, (self.root / path).read_bytes())
        return self._files[path]

    def _owner(self, origin: Origin) -> tuple[str, object, Place] | None:
        if origin.file == "course":
            file = self.sources.course
            return file.path, file.value, file.place
        if origin.file == "front":
            page = self.sources.pages[origin.name]
            return page.path, page.front.value, page.front.place
        for path, bank in self.sources.questions.items():
            for index, value in enumerate(bank.value if isinstance(bank.value, list) else ()):
                if isinstance(value, dict) and value.get("id") == origin.name:
                    return path, value, bank.place.parts[index]
        return None

    def _find_scalar(self, origin: Origin) -> tuple[str, str, Place] | None:
        owner = self._owner(origin)
        if owner is None:
            return None
        path, value, place = owner
        for step in origin.steps:
            if isinstance(value, str) and step == 0:
                continue
            inner = _child(value, step)
            if inner is None or step not in place.parts:
                return None
            value, place = inner, place.parts[step]
        if isinstance(value, list) and len(value) == 1 and 0 in place.parts:
            value, place = value[0], place.parts[0]
        return (path, value, place) if isinstance(value, str) else None


def _trim_edit(words: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Shorten an edit that replaces ``words`` from ``start`` to ``end`` by ``new``: drops the
    characters at both ends that stay the same, so that markup around them is kept. Returns the new
    ``start``, ``end`` and ``new``."""
    while start < end and new and words[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    while start < end and new and words[start] == new[0]:
        start, new = start + 1, new[1:]
    return start, end, new


def _child(value: object, step: Step) -> object:
    if isinstance(value, dict):
        return value.get(step)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return None


def _text_kind(origin: Origin) -> str:
    """How a text in YAML or in a PO file is parsed: ``inline`` (one line of Markdown), ``material``
    (blocks of Markdown) or ``plain``."""
    if origin.file == "translation":
        return str(origin.steps[-1])
    key = next((step for step in reversed(origin.steps) if isinstance(step, str)), "")
    if origin.file == "question":
        return _BLOCKS if key == _BLOCKS else "inline" if key in _INLINE_KEYS else "plain"
    return "inline" if origin.file == "front" and key in _RECORD_KEYS else "plain"


class _File:
    """A file of the course: its bytes, its text, and the texts of the author in it."""

    def __init__(self, path: str, raw: bytes) -> None:
        self.path = path
        self.raw = raw
        self.text = decode(raw, path)[0] or ""
        self._bodies: list[tuple[Span, ...] | None] = []
        self._texts: list[Text] = []

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.path, self.text)

    @cached_property
    def scalars(self) -> Scalars:
        return Scalars(self.text)

    def offset(self, at: Position) -> int:
        """Convert a position to an offset in characters."""
        lines = self.text.split("\n")[: at.line - 1]
        return sum(len(line) + 1 for line in lines) + at.column - 1

    def body(self, index: int, first: int) -> Words | None:
        if not self._texts:
            self._texts = Texts(_parse_page(self.text, first)).all
            self._bodies = align_texts(self._texts, self.text)
        if index >= len(self._texts):
            return None
        return _words_in_file(self.path, self._texts[index], self._bodies[index], (0, 0))

    def scalar(self, at: Position, kind: str, index: int) -> Words | None:
        number = self.scalars.at(at)
        if number is None:
            return None
        scalar = self.scalars.all[number]
        if scalar.spans is None:
            return None
        return _scalar_words(self.path, scalar, kind, index)

    def body_becomes(self, made: str, first: int, index: int, expected: str) -> bool:
        """Whether an edit has changed only one text in the body of this page, and that text to
        ``expected``.

        ``made`` is the text of the file after the edit. ``index`` is the number of the text in the
        body, counted from 0, and ``first`` the number of the first line after the front matter.
        """
        before, after = _parse_page(self.text, first), _parse_page(made, first)
        same = self.text.count("\n") >= made.count("\n") and _structure(before) == _structure(after)
        return same and _is_expected_change(Texts(before).all, Texts(after).all, index, expected)

    def scalar_becomes(self, made: str, at: Position, kind: str, index: int, expected: str) -> bool:
        """Whether an edit has changed only one text of this file, and that text to ``expected``.

        ``made`` is the YAML of the file after the edit. The text is in the value at ``at``: if the
        value is parsed as ``kind`` (see ``_text_kind``), ``index`` is the number of the text in it,
        counted from 0.
        """
        number = self.scalars.at(at)
        before, after = self.scalars.all, Scalars(made).all
        if number is None or len(before) != len(after):
            return False
        one, other = before[number].value, after[number].value
        others = all(
            old.value == new.value
            for place, (old, new) in enumerate(zip(before, after, strict=True))
            if place != number
        )
        if kind == "plain":
            return others and _collapse_spaces(other) == _collapse_spaces(expected)
        old, new = _parse_texts(one, kind), _parse_texts(other, kind)
        framed = kind != _BLOCKS or _structure(_parse_blocks(one)) == _structure(
            _parse_blocks(other)
        )
        return others and framed and _is_expected_change(old, new, index, expected)

    def translation_becomes(self, made: str, line: int, kind: str, expected: str) -> bool:
        """Whether an edit has changed only the ``msgstr`` on this line, and its text to
        ``expected``. ``made`` is the text of the PO file after the edit; the text is parsed as
        ``kind`` (see ``_text_kind``)."""
        before, after = translation_at(self.text, line), translation_at(made, line)
        if not before or not after or self.text[: before.start] != made[: after.start]:
            return False
        if self.text[before.end :] != made[after.end :]:
            return False
        if kind == "plain":
            return _collapse_spaces(after.value) == _collapse_spaces(expected)
        old, new = _parse_texts(before.value, kind), _parse_texts(after.value, kind)
        return _is_expected_change(old, new, 0, expected)


def _parse_page(text: str, first: int) -> markdown.Document:
    return markdown.parse("\n".join(text.split("\n")[first - 1 :]), first)


def _parse_blocks(text: str) -> markdown.Document:
    return markdown.parse(text, notes=False)


def _parse_texts(text: str, kind: str) -> list[Text]:
    return Texts(_parse_blocks(text) if kind == _BLOCKS else markdown.inline(text.strip())).all


def _structure(document: markdown.Document) -> list[str]:
    """The blocks and markup of a document, without its words, for comparison."""
    return [
        part
        for block in document.walk()
        for part in (
            (f"::: {block.name}",)
            if isinstance(block, Directive)
            else tuple(f"{token.type} {token.tag}" for token in block.tokens)
            if isinstance(block, Prose)
            else ()
        )
    ]


def _is_expected_change(
    before: Sequence[Text], after: Sequence[Text], index: int, expected: str
) -> bool:
    found = markdown.changed(before, after)
    if found is None or set(found) != {index}:
        return False
    return _collapse_spaces(found[index]) == _collapse_spaces(expected)


def _collapse_spaces(text: str) -> str:
    return " ".join(text.split())


def _words_in_file(
    path: str, text: Text, spans: tuple[Span, ...] | None, outer: Span
) -> Words | None:
    if spans is None or len(spans) != len(text.words):
        return None
    encloses = (spans[0][0], spans[-1][1]) if spans else outer
    return Words(path, text.words, spans, encloses)


def _scalar_words(path: str, scalar: Scalar, kind: str, index: int) -> Words | None:
    spans = scalar.spans
    assert spans is not None
    whole = (spans[0][0], spans[-1][1]) if spans else (scalar.start, scalar.end)
    if kind == "plain":
        lead = len(scalar.value) - len(scalar.value.lstrip())
        words = scalar.value.strip()
        return Words(path, words, spans[lead : lead + len(words)], whole)
    texts = _parse_texts(scalar.value, kind)
    if index >= len(texts):
        return None
    places = align_texts(texts, scalar.value)[index]
    if places is None:
        return None
    outer = tuple((spans[start][0], spans[end - 1][1]) for start, end in places)
    return _words_in_file(path, texts[index], outer, whole)


def _candidates(
    file: _File, known: Words, start: int, end: int, new: str, origin: Origin
) -> Iterator[tuple[Edit, ...]]:
    """Yield edits of ``file`` that may replace the words from ``start`` to ``end`` of the text
    ``known``, which is at ``origin``, by ``new``; the simplest first."""
    for span in _ranges(known, start, end):
        for words in dict.fromkeys((new, _escape_markdown(new))):
            if origin.file == "body":
                yield (Edit(file.path, *span, words),)
            elif origin.file == "translation":
                yield (Edit(file.path, *span, quoted(words)),)
            else:
                yield from _yaml_edits(file, span, words)


def _ranges(known: Words, start: int, end: int) -> Iterator[Span]:
    """Yield spans of the file that an edit of the words from ``start`` to ``end`` of the text
    ``known`` may replace: first the words alone, then with the markup around them."""
    spans = known.spans
    if start == end:
        yield from ((at, at) for at in _insertion_points(known, start))
        return
    tight = spans[start][0], spans[end - 1][1]
    yield tight
    before = spans[start - 1][1] if start else known.encloses[0]
    after = spans[end][0] if end < len(spans) else known.encloses[1]
    for wide in ((before, tight[1]), (tight[0], after), (before, after)):
        if wide != tight:
            yield wide


def _insertion_points(known: Words, at: int) -> Iterator[int]:
    """Yield the offsets in the file at which words can be inserted before the character at ``at``
    of the text ``known``; the offset outside of markup comes first."""
    before = known.spans[at - 1][1] if at else known.encloses[0]
    after = known.spans[at][0] if at < len(known.spans) else known.encloses[1]
    # Markup after a space starts there, so insert before it; after a letter, it ends.
    opens = not at or known.words[at - 1].isspace()
    yield from dict.fromkeys((before, after) if opens else (after, before))


def _yaml_edits(file: _File, span: Span, words: str) -> Iterator[tuple[Edit, ...]]:
    scalar = next(
        (one for one in file.scalars.all if one.start <= span[0] and span[1] <= one.end), None
    )
    if scalar is None:
        return
    if scalar.style == "'":
        yield (Edit(file.path, *span, words.replace("'", "''")),)
    elif scalar.style == '"':
        yield (Edit(file.path, *span, _double_quoted(words)),)
    else:
        yield (Edit(file.path, *span, words),)
    if not scalar.style:
        yield _quote_scalar(file, scalar, span, words)


def _escape_markdown(text: str) -> str:
    """Escape all characters of a text that Markdown would interpret."""
    return _LEADING_MARKERS.sub(r"\1\\\2", _MARKDOWN_CHARACTERS.sub(r"\\\1", text))


def _double_quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _quote_scalar(file: _File, scalar: Scalar, span: Span, words: str) -> tuple[Edit, ...]:
    """Return the edit that replaces a plain YAML scalar by a quoted scalar, in which ``words``
    replace the text at ``span``, because the edited words would have another meaning without
    quotes."""
    before, after = file.text[scalar.start : span[0]], file.text[span[1] : scalar.end]
    whole = f'"{_double_quoted(before)}{_double_quoted(words)}{_double_quoted(after)}"'
    return (Edit(file.path, scalar.start, scalar.end, whole),)


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits to a text; the edits must not overlap."""
    for edit in sorted(edits, key=lambda one: (one.start, one.end), reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


def rewrite_bytes(raw: bytes, edits: Sequence[Edit]) -> bytes:
    """Apply edits to the bytes of a file; keeps its line ends and its byte-order mark."""
    text = raw.decode("utf-8-sig")
    mark = raw[: len(raw) - len(text.encode())]
    returns = [found.start() for found in re.finditer("\r\n", text)]
    places = _restore_carriage_returns(
        returns, sorted({at for edit in edits for at in (edit.start, edit.end)})
    )
    moved = [Edit(edit.path, places[edit.start], places[edit.end], edit.new) for edit in edits]
    return mark + apply_edits(text, moved).encode()


def _restore_carriage_returns(returns: Sequence[int], offsets: Sequence[int]) -> Mapping[int, int]:
    r"""Convert ascending offsets in a text with ``\n`` line ends to offsets in its original.
    ``returns`` are the offsets of ``\r\n`` in the original."""
    places = {}
    passed = 0
    for offset in offsets:
        while passed < len(returns) and returns[passed] - passed < offset:
            passed += 1
        places[offset] = offset + passed
    return places
