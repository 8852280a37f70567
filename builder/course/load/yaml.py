"""Parses YAML to values and their positions, in one pass over libyaml's events.

Every scalar stays text, so that ``No``, ``1.10`` and ``2026-01-01`` are what the author wrote; the
shapes (``builder.course.shaping``) convert them to other types. Aliases, anchors and tags are
errors: a small file with aliases can expand without limit, and a course needs none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from yaml import CSafeLoader, YAMLError
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from builder.base.cache import Cache
from builder.base.patterns import late
from builder.course.load import syntax
from builder.course.load.discovery import misplaced_questions
from builder.course.load.syntax import Wording
from builder.course.load.text import INVISIBLE, LISTED, InvisiblePlace, invisible
from builder.course.sources import PageFile, Place, Step, YamlFile
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position

DEPTH_LIMIT = 20
"""Maximum depth of nested mappings and lists; a course needs six."""
_NEW_ENTRY = "If this is a new entry of a list, start it with a hyphen: - id: …"
_TIGHT_COMMENT = re.compile(r"\s*+(?P<comment>#[^\s#].*)")
_LOOSE_COMMENT = re.compile(r" (?P<comment># [^\s#].*)")
_MAY_START_COMMENT = frozenset(" \t#")
_QUOTED = re.compile(
    "[\u201c\u201e](?P<text>[^\u201c-\u201f]+)[\u201c\u201d]|\u00ab(?P<other>[^\u00ab\u00bb]+)\u00bb"
)
"""Matches a whole text in curly or angle quotation marks, as Word and phones insert them."""
_MAX_HINT_LENGTH = 60
"""Maximum number of characters of a text that a hint repeats."""
_PROSE = frozenset(
    {
        *("title", "module", "description", "rights", "signature", "label", "value"),
        *("prompt", "text", "quote", "feedback", "explanation", "question", "reading"),
    }
)
"""Keys whose value is text for people, in which an author may use # as a normal character."""
_ESCAPE = late(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT_ESCAPES = {
    **{"0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b"},
    **{"N": "\x85", "L": "\u2028", "P": "\u2029"},
}
"""The invisible characters of YAML's short escapes, by the letter after the backslash (YAML 1.1,
5.6)."""


def read(text: str, path: str) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    """Parse a file, which may have only one YAML document; ``None`` and the problems on error.

    ``text`` must have ``\\n`` line ends and no invisible characters. For a repeated key, an error
    is reported, but the file is still returned, with the first of the two values.
    """
    reader = _Reader(text, path)
    try:
        file = reader.document()
    except YAMLError as error:
        reader.fail(syntax.reword(error, reader.lines))
        file = None
    except _TooDeepError as error:
        reader.fail(syntax.too_deep(error.line, error.column))
        file = None
    reader.problems.extend(invisible(reader.escapes, reader.escaped))
    return (None if reader.broken else file), tuple(reader.problems)


class _TooDeepError(Exception):
    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line = line
        self.column = column


class _Reader:
    """Reads one file. ``broken`` becomes true when an error makes its value unusable.

    ``escaped`` counts the invisible characters written as escapes such as ``\\0``; ``escapes`` has
    the first of them: position, character, and how the author may have written it by mistake.
    """

    def __init__(self, text: str, path: str) -> None:
        self.path = path
        # One empty line more: libyaml may report a position on the line after the last one.
        self.lines = [*text.split("\n"), ""]
        self.problems: list[Diagnostic] = []
        self.broken = False
        self.escapes: list[InvisiblePlace] = []
        self.escaped = 0
        # The type stubs declare the marks of an event as optional, but libyaml always sets both.
        self._next: Callable[[], Any] = CSafeLoader(text).get_event

    def fail(self, wording: Wording) -> None:
        """Report a syntax error, after which the value of the file is not used."""
        self.broken = True
        position = Position(self.path, wording.line, wording.column)
        self.problems.append(
            problem("yaml-syntax", position, problem=wording.problem, fix=wording.fix)
        )

    def document(self) -> YamlFile:
        self._next()
        if isinstance(self._next(), StreamEndEvent):
            start = Position(self.path, 1, 1)
            return YamlFile(self.path, None, Place(start, start))
        value, place = self._node(self._next(), None, 0)
        self._next()
        event = self._next()
        if not isinstance(event, StreamEndEvent):
            self.fail(syntax.second_document(event.start_mark.line + 1))
        return YamlFile(self.path, value, place)

    def _node(
        self, event: Any, key: Position | None, depth: int, prose: bool = False
    ) -> tuple[object, Place]:
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event, key, prose)
        mark = event.start_mark
        at = Position(self.path, mark.line + 1, mark.column + 1)
        if depth == DEPTH_LIMIT:
            raise _TooDeepError(at.line, at.column)
        self._reject(event)
        if kind is AliasEvent:
            return None, Place(at, key or at)
        if kind is SequenceStartEvent:
            return self._sequence(at, key or at, depth, prose)
        if self.lines[mark.line].startswith("{{", mark.column):
            self.fail(syntax.starts_with("{{", at.line, at.column, self.lines))
            return self._mapping_unreported(at, key or at, depth)
        return self._mapping(at, key or at, depth)

    def _mapping_unreported(self, at: Position, key: Position, depth: int) -> tuple[object, Place]:
        # Drop the problems inside the mapping, which follow from the error just reported.
        reported = len(self.problems)
        node = self._mapping(at, key, depth)
        del self.problems[reported:]
        return node

    def _scalar(self, event: Any, key: Position | None, prose: bool) -> tuple[str | None, Place]:
        if event.anchor is not None or event.tag is not None:
            self._reject(event)
        line, column, one_line = self._extent(event)
        at = Position(self.path, line + 1, column + 1)
        value = event.value if event.value or event.style else None
        if not event.style:
            end = event.end_mark
            if not one_line and not prose:
                self._reject_tight_entries(line, end.line)
            if self.lines[end.line][end.column : end.column + 1] in _MAY_START_COMMENT:
                self._warn_of_comment(end.line, end.column, prose and bool(value))
            if prose and (quoted := _QUOTED.fullmatch(event.value)):
                from textwrap import shorten

                text = shorten(
                    quoted["text"] or quoted["other"], _MAX_HINT_LENGTH, placeholder=" …"
                )
                words = {"marks": f"{event.value[0]} {event.value[-1]}", "text": text}
                self.problems.append(problem("yaml-quotes", at, **words))
        elif event.style == '"' and not event.value.isprintable() and INVISIBLE.search(event.value):
            self._collect_escapes(event.start_mark, event.end_mark)
        return value, Place(at, key or at, one_line=one_line, literal=event.style == "|")

    def _reject_tight_entries(self, first: int, last: int) -> None:
        """Report a line that YAML reads as a part of one text, because the space after its hyphen
        is missing. The text is in the rows ``first`` to ``last``."""
        for row in range(first, min(last, len(self.lines) - 1) + 1):
            if match := syntax.TIGHT_ENTRY.match(self.lines[row]):
                self.fail(syntax.tight_entry(match, row))
                return

    def _warn_of_comment(self, row: int, column: int, prose: bool) -> None:
        """Warn about a “#” that YAML reads as a comment but the author may have meant as text.

        “number #1” is probably not a comment. Neither is “for # liquids” in text for people
        (``prose``), since authors leave more space before a comment. The text before the “#” ends
        at ``row`` and ``column``, counted from 0.
        """
        line = self.lines[row]
        match = _TIGHT_COMMENT.match(line, column) or (
            _LOOSE_COMMENT.match(line, column) if prose else None
        )
        if match:
            position = Position(self.path, row + 1, match.start("comment") + 1)
            comment = match["comment"].rstrip()
            self.problems.append(problem("yaml-comment", position, comment=comment))

    def _collect_escapes(self, start: Any, end: Any) -> None:
        """Count and collect the escapes in a double-quoted text that produce invisible characters.

        ``start`` and ``end`` are libyaml's marks of the text.
        """
        self.broken = True
        for row in range(start.line, end.line + 1):
            first = start.column if row == start.line else 0
            last = end.column if row == end.line else len(self.lines[row])
            for match in _ESCAPE.finditer(self.lines[row], first, last):
                code = match[1] or match[2] or match[3]
                character = chr(int(code, 16)) if code else _SHORT_ESCAPES.get(match[4], "")
                if INVISIBLE.match(character):
                    self.escaped += 1
                    if self.escaped <= LISTED:
                        position = Position(self.path, row + 1, match.start() + 1)
                        fix = (
                            f"Delete “{match[0]}”. If trainees should see “{match[0]}” itself, "
                            "write single quotes (') around the text instead of the double ones."
                        )
                        self.escapes.append((position, character, match[0], fix))

    def _extent(self, event: Any) -> tuple[int, int, bool]:
        """The row and column of the first character of a text, counted from 0, and whether the
        whole text is on one line. ``event`` is libyaml's event for the text."""
        start, end = event.start_mark, event.end_mark
        if event.style in ("'", '"'):
            return start.line, start.column + 1, start.line == end.line
        if not event.style:
            return start.line, start.column, start.line == end.line
        rows = range(start.line + 1, end.line + (end.column > 0))
        written = [row for row in rows if self.lines[row].strip()]
        if not event.value or not written:
            return start.line, start.column, True
        first = self.lines[written[0]]
        return written[0], len(first) - len(first.lstrip(" ")), len(written) == 1

    def _sequence(
        self, at: Position, key: Position, depth: int, prose: bool
    ) -> tuple[object, Place]:
        values: list[object] = []
        parts: dict[Step, Place] = {}
        while not isinstance(event := self._next(), SequenceEndEvent):
            value, parts[len(values)] = self._node(event, None, depth + 1, prose)
            values.append(value)
        return values, Place(at, key, parts)

    def _mapping(self, at: Position, key: Position, depth: int) -> tuple[object, Place]:
        values: dict[str, object] = {}
        parts: dict[Step, Place] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            mark = event.start_mark
            name_at = Position(self.path, mark.line + 1, mark.column + 1)
            name = self._plain_key(event) or self._node(event, None, depth + 1)[0]
            if not isinstance(event, ScalarEvent | AliasEvent):
                self.fail(syntax.key_of_many(name_at.line, name_at.column, self.lines))
            text = str(name or "")
            value, place = self._node(self._next(), name_at, depth + 1, text in _PROSE)
            if text in parts:
                fix = _NEW_ENTRY if text == "id" else "Delete one of the two."
                words = {"key": text, "first": parts[text].key.line, "fix": fix}
                self.problems.append(problem("duplicate-key", name_at, **words))
            else:
                values[text], parts[text] = value, place
        return values, Place(at, key, parts)

    def _plain_key(self, event: Any) -> str:
        """The text of a key if the key is plain and directly before its colon, as most keys are;
        else empty.

        A fast path: no position is stored for such a key, and it cannot have problems.
        """
        kind, end = type(event), event.end_mark
        if kind is not ScalarEvent or event.style or event.anchor or event.tag:
            return ""
        plain = self.lines[end.line].startswith(":", end.column)
        return str(event.value) if plain else ""

    def _reject(self, event: Any) -> None:
        """Report the alias, anchor or tag of an event, if it has one."""
        mark = event.start_mark
        position = Position(self.path, mark.line + 1, mark.column + 1)
        anchor = getattr(event, "anchor", None)
        if anchor is not None:
            self.broken = True
            repeats = isinstance(event, AliasEvent)
            sign = "*" if repeats else "&"
            quoted = f'"{sign}{anchor}"' if repeats else f'"{sign}{anchor} …"'
            words = {"sign": sign, "alias": f"{sign}{anchor}", "quoted": quoted}
            self.problems.append(problem("yaml-alias", position, **words))
        if getattr(event, "tag", None) is not None:
            self.fail(syntax.starts_with("!", position.line, position.column, self.lines))


_ENTRY = re.compile(r"^-(?=[ \n])", re.MULTILINE)
"""Matches the start of an entry of the file's top-level list."""
_NOT_A_LIST = re.compile(r"^[^\s#-]|^-[^ \n]|\t", re.MULTILINE)
"""Matches content that makes the file more than a list whose entries are indented below their
hyphens."""


def read_list(text: str, path: str, cache: Cache) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    """Parse a file like ``read``, but take unchanged entries of its list from ``cache``."""
    if not cache.stores:
        return read(text, path)
    starts = [match.start() for match in _ENTRY.finditer(text)]
    if not starts or _NOT_A_LIST.search(text) or _has_content(text[: starts[0]]):
        return read(text, path)
    values: list[object] = []
    parts: dict[Step, Place] = {}
    line = text.count("\n", 0, starts[0])
    list_start = Position(path, line + 1, 1)
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        entry = text[start:end]
        file, problems = _read_entry(entry, path, cache)
        # Parse the whole file instead: messages contain line numbers of the file, and an unclosed
        # quotation continues in the next entry.
        if problems or file is None or not isinstance(file.value, list) or len(file.value) != 1:
            return read(text, path)
        parts[len(values)] = _move_place(file.place.parts[0], line, (path, entry), cache)
        values.append(file.value[0])
        line += entry.count("\n")
    return YamlFile(path, values, Place(list_start, list_start, parts)), ()


def _read_entry(
    entry: str, path: str, cache: Cache
) -> tuple[YamlFile | None, tuple[Diagnostic, ...]]:
    return cache.get_or_compute(("entry", path, entry), (), lambda: read(entry, path))


def _move_place(place: Place, lines: int, name: tuple[str, str], cache: Cache) -> Place:
    return cache.get_or_compute(("place", *name), (place, lines), lambda: place.moved(lines))


def _has_content(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith("#") for line in text.split("\n"))


_FENCE = "---"
_FRONT_MATTER_MISSING = "The page does not start with its front matter."
_FRONT_MATTER_UNCLOSED = "The front matter is not closed: its second line --- is missing."


def read_page(text: str, path: str) -> tuple[PageFile | None, tuple[Diagnostic, ...]]:
    """Split a page (with ``\\n`` line ends) into front matter and body; ``None`` and the problems
    if its front matter is missing or invalid."""
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        if found := misplaced_questions("pages", text, path):
            return None, (found,)
        return None, (problem("front-matter", Position(path, 1, 1), problem=_FRONT_MATTER_MISSING),)
    end = next((row for row in range(1, len(lines)) if lines[row].rstrip() == _FENCE), None)
    if end is None:
        return None, (
            problem("front-matter", Position(path, 1, 1), problem=_FRONT_MATTER_UNCLOSED),
        )
    # An empty line in place of the fence keeps line numbers equal to the file's.
    front, problems = read("\n".join(["", *lines[1:end]]), path)
    if front is None:
        return None, problems
    return PageFile(path, front, "\n".join(lines[end + 1 :]), end + 2), problems
