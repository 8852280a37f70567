"""Converts the flat tokens of a parser to prose and directives, with positions and faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import chain, groupby, islice
from urllib.parse import unquote

from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.base.slugs import slug
from builder.course.directives import BLOCKS
from builder.course.markdown.document import (
    Directive,
    Document,
    Fault,
    Heading,
    Image,
    Link,
    Prose,
    Term,
    VariableUse,
)
from builder.course.markdown.fences import explain_fences, fix_stray
from builder.course.markdown.inline_tokens import is_plain, named, share_tokens, text_of
from builder.course.markdown.inlines import AUTOMATIC
from builder.course.markdown.rendering import UNDESCRIBED
from builder.course.markdown.rules import NESTING
from builder.course.markdown.tables import CELLS, COLUMNS
from builder.course.markdown.translating import SOURCE_WORDS

_ESCAPABLE = (
    *("attribute-unknown", "emphasis-syntax", "note-unknown"),
    *("html-ignored", "variable-syntax", "link-syntax"),
    "address-plain",
)
"""Codes of problems that are not reported for text after a backslash, which marks it as literal."""
_ATTRIBUTES = r"\{:?[ \t]*(?:[.#][A-Za-z][\w-]*|[A-Za-z][\w-]*[ \t]*=)[^{}]*\}"
_TARGET = (
    r"(?:(?:https?://|www\.|mailto:|tel:)[^\s()]+|#[a-z][\w-]*"
    r"|[^\s()]*[^\s().]\.[a-z][a-z0-9]{1,4}(?:#[\w-]+)?)"
)
"""What the target of a link looks like; text between brackets without a target is not matched."""
_FAILED_MARKUP = (
    ("html-ignored", "<", re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--)")),
    ("variable-syntax", "{{", re.compile(r"\{\{[^{}]*\}{0,2}")),
    ("variable-syntax", "}}", re.compile(r"\{?[ \t]?[A-Za-z_][\w.]*[ \t]?\}\}")),
    ("variable-syntax", "{", re.compile(r"(?<!\{)\{[ \t]*[A-Za-z_][\w.]*[ \t]*\}(?!\})")),
    ("attribute-unknown", "{", re.compile(_ATTRIBUTES)),
    ("emphasis-syntax", "*", re.compile(r"\*\*[^*]*(?:\*\*)?|\*[^\s*][^*]*\*")),
    ("note-unknown", "[^", re.compile(r"\[\^[^\[\]\s]+\]")),
    ("link-syntax", "](", re.compile(r"!?\[[^\[\]]*\]\(|\]\(")),
    ("link-syntax", "] (", re.compile(rf"!?\[[^\[\]]+\] \({_TARGET}\)", re.IGNORECASE)),
    ("link-syntax", ")[", re.compile(rf"\([^()\[\]]+\)\[{_TARGET}\]", re.IGNORECASE)),
    (
        "address-plain",
        "www.",
        re.compile(r"(?<![\w./@-])www(?:\.[\w-]+){2,}(?:/(?:[^\s<>\"()]*[\w/&=#%-])?)?"),
    ),
)
"""Text that looks like failed markup: the code of its problem, a substring of every match (faster
to search for), and the pattern."""
_LINK_BEFORE = re.compile(r"!?\[[^\[\]]+\] \($")
_FOREIGN_LINE_STARTS = (
    ("task-list", re.compile(r"\[[ xX]\](?=\s)")),
    ("alert-syntax", re.compile(r"\[!([A-Za-z]+)\]")),
)
"""Unsupported markup of other tools at the start of a line: the code of its problem, and the
pattern."""
_FAULT_TOKENS = frozenset({"table_open", "tr_open", "table_refused", "note_fault", "code_block"})
"""Types of tokens that may have a fault."""
_BULLETS = (*"•‣▪▫◦●○■□∙·\uf0a7\uf0b7\uf0d8", "o\t", "–\t", "§\t")
"""Bullets that other programs write at the start of a line, including those of Word's symbol
fonts."""
_DASHES = ("– ", "— ")
"""Dashes that are treated as bullets if several lines start with them."""
_SAID = re.compile(r"[^\w\s,;](?:\\| {2,})$")
"""Matches the end of a line that is a sentence, before a line break that the author wrote."""
_FRAGMENT = re.compile(r"[\w,;]$")
"""Matches the end of text that is no sentence."""
_ODD_SPACE = r"\xa0\u2007\u202f"
_ODD_ENTRY = re.compile(
    rf"(?P<odd>[{_ODD_SPACE}]*)(?P<mark>[-*+]|\d{{1,9}}[.)])(?P<space>[ {_ODD_SPACE}]+)(?=\S)"
)
"""Matches the start of an entry of a list that Markdown reads as text, because of a no-break space
or because the line is indented too far."""
_JOINED_ENTRY = re.compile(r"(\d{1,2})([.)])(?=[^\W\d_])")
"""Matches a number at the start of a line, directly followed by a word."""
_ENTRY = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)]) ")
"""Matches the start of a line that is an entry of a list."""
_SUSPICIOUS_STARTS = ("#", ":", "|", "-", "+", "\xa0", *"0123456789", *_BULLETS, *_DASHES)
"""First characters of text that may be failed markup."""
_PROSE = re.compile(r"[^\W\d_][^{}<>=;$|\\/#_`]{30,}[.!?]", re.DOTALL)
"""Matches an indented text that is not code: words that end like a sentence."""
_SENTENCE = re.compile(r"\.$|\n")
"""Matches a paragraph that is too long for a heading, or ends like a sentence."""
_HEADING = re.compile(r"(#{2,6})([^\s#].*)")
_DEFAULT_ID = "section"
"""The id of a heading or term whose text has no letters for an id."""

DECORATIVE = "decorative"
"""The title that marks an image as decorative: ``![](media/a.png "decorative")``."""


class Reader:
    """Reads the tokens of one text, whose ``lines`` start at ``first_line`` of its file.

    ``indent`` is the number of characters before the text on its first line.
    """

    def __init__(self, lines: list[str], first_line: int, indent: int = 0) -> None:
        self.lines = lines
        self.first_line = first_line
        self.indent = indent
        self.ids: dict[str, int] = {}
        self.faults: list[Fault] = []
        self.defining = False
        self._around: list[tuple[str, int]] = []

    def document(self, tokens: Sequence[Token]) -> Document:
        """Convert the tokens of a whole text to a document, and store the line of each token in its
        ``meta``."""
        self._check_nesting(tokens)
        line = self.first_line
        for token in tokens:
            line = self.first_line + token.map[0] if token.map else token.meta.get("line", line)
            if "line" not in token.meta:
                token.meta["line"] = line
        blocks = self._blocks(tokens)
        return Document(blocks, tuple(explain_fences(self.lines, self.first_line, self.faults)))

    def _check_nesting(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.level >= NESTING - 1 and token.map:
                line = self.first_line + token.map[0]
                self.faults.append(Fault("nesting-too-deep", line, 1, {}))
                return

    def _blocks(self, tokens: Sequence[Token]) -> tuple[Prose | Directive, ...]:
        blocks: list[Prose | Directive] = []
        start = 0
        for index in [at for at, token in enumerate(tokens) if token.type == "directive_open"]:
            if index < start:
                continue
            if index > start:
                blocks.append(self.prose(tokens[start:index]))
            end = self._matching(tokens, index)
            directive = self._directive(tokens[index], tokens[index + 1 : end])
            if directive:
                blocks.append(directive)
            start = end + 1
        if start < len(tokens):
            blocks.append(self.prose(tokens[start:]))
        return tuple(blocks)

    @staticmethod
    def _matching(tokens: Sequence[Token], opening: int) -> int:
        depth = 0
        for index in range(opening, len(tokens)):
            if tokens[index].type == "directive_open":
                depth += 1
            elif tokens[index].type == "directive_close":
                depth -= 1
                if not depth:
                    return index
        raise AssertionError("every directive_open has its directive_close")

    def _directive(self, token: Token, inner: Sequence[Token]) -> Directive | None:
        row = token.map[0] if token.map else 0
        line = self.first_line + row
        column = self.lines[row].find(token.markup) + 1
        if not token.info:
            words = {"fence": token.markup, "fix": fix_stray(self.lines[:row], self.first_line)}
            self.faults.append(Fault("directive-stray", line, column, words))
            return None
        # A block with an unknown name may need no end: validation reports only the name.
        if not token.meta["closed"] and token.info in BLOCKS:
            fix = f"Add a line {token.markup} after its last line{self._inside()}"
            words = {"name": token.info, "problem": "never closed", "fix": fix}
            self.faults.append(Fault("directive-unclosed", line, column, words))
        around = self.defining
        self.defining = token.info in BLOCKS and BLOCKS[token.info].defines
        self._around.append((token.info, line))
        blocks = self._blocks(inner)
        self._around.pop()
        self.defining = around
        return Directive(token.info, token.content, line, column, blocks)

    def _inside(self) -> str:
        """What to say about the block around an unclosed block: often that one lacks its end."""
        if not self._around:
            return ""
        name, line = self._around[-1]
        return f", or after that of “::: {name}” in line {line} if this block is not part of it"

    def prose(self, tokens: Sequence[Token]) -> Prose:
        """Convert tokens to a run of prose, with the elements and faults in it."""
        contents = _Contents()
        columns = 0
        for index, token in enumerate(tokens):
            if token.type in _FAULT_TOKENS:
                columns = token.meta["columns"] if token.type == "table_open" else columns
                contents.faults.extend(self._faults(token, columns))
            if token.type != "inline":
                continue
            children = token.children or []
            before = tokens[index - 1] if index else None
            if not _is_clean(children):
                finder = _Finder(self, token.map or [0, len(self.lines)])
                finder.in_paragraph = bool(before and before.type == "paragraph_open")
                self._inline(children, finder, contents)
            if before and before.type == "heading_open":
                contents.headings.append(self._heading(before, token))
                if before.markup == "-" and _SENTENCE.search(token.content):
                    contents.faults.append(Fault("heading-rule", self._line(before), 1, {}))
            elif before and before.type == "dt_open" and self.defining:
                contents.terms.append(self._term(before, token))
        return Prose(
            tokens=tuple(share_tokens(tokens)),
            headings=tuple(contents.headings),
            terms=tuple(contents.terms),
            links=tuple(contents.links),
            images=tuple(contents.images),
            variables=tuple(contents.variables),
            faults=tuple(contents.faults),
        )

    def _faults(self, token: Token, columns: int) -> Iterator[Fault]:
        """Yield the faults of a token; ``columns`` is the number of columns of its table."""
        meta, line = token.meta, self._line(token)
        if token.type == "table_open" and meta["unnamed"]:
            yield Fault("table-header", line, 1, {})
        elif token.type == "tr_open" and meta["cells"] > columns:
            has = "1 column" if columns == 1 else f"{columns} columns"
            yield Fault("table-cells", line, 1, {"cells": str(meta["cells"]), "columns": has})
        elif token.type == "tr_open" and meta["cells"] < columns:
            yield Fault("table-row-short", line, 1, self._short_row(line, meta["cells"], columns))
        elif token.type == "table_refused":
            words = {"columns": str(COLUMNS), "cells": f"{CELLS:,}"}
            yield Fault("table-too-large", line, 1, words)
        elif token.type == "code_block" and _PROSE.fullmatch(token.content.strip()):
            yield Fault("code-indented", line, 1, {})
        elif token.type == "note_fault":
            yield Fault(meta["code"], line, 1, {"name": meta["name"]})

    def _short_row(self, line: int, cells: int, columns: int) -> dict[str, str]:
        row = self.lines[line - self.first_line].strip()
        missing = columns - cells
        fix = f"Add the missing cell{'s' * (missing > 1)}. An empty cell is a space between two |."
        if "|" not in row:
            fix = "If this line is not part of the table, leave an empty line above it."
        has = "1 cell" if cells == 1 else f"{cells} cells"
        return {"cells": has, "columns": f"{columns} columns", "fix": fix}

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _heading(self, opening: Token, text: Token) -> Heading:
        words, name, written = self._assign_id(opening, text)
        was = opening.meta.get("was", ())
        heading = Heading(int(opening.tag[1]), words, name, self._line(opening), written, was)
        opening.meta["meaning"] = heading
        return heading

    def _term(self, opening: Token, text: Token) -> Term:
        words, name, written = self._assign_id(opening, text)
        term = Term(words, name, self._line(opening), written)
        opening.meta["meaning"] = term
        return term

    def _assign_id(self, opening: Token, text: Token) -> tuple[str, str, str]:
        """Give a heading or a term a unique id; returns its text, this id, and the id that the
        author wrote or an empty text."""
        words = text_of(text.children or [], lambda name: "").strip()
        written = opening.meta.get("id", "")
        wanted = written or slug(opening.meta.get(SOURCE_WORDS, words)) or _DEFAULT_ID
        unique = wanted
        while unique in self.ids:
            self.ids[wanted] += 1
            unique = f"{wanted}-{self.ids[wanted]}"
        self.ids[unique] = 1
        opening.meta["id"] = unique
        return words, unique, written

    def _inline(self, children: Sequence[Token], finder: _Finder, contents: _Contents) -> None:
        behind: list[tuple[int, int]] = []
        for index, child in enumerate(children):
            if child.type == "link_close":
                finder.row, finder.offset = behind.pop()
            elif child.type == "link_open":
                start = finder.row, finder.offset
                target = str(child.attrs["href"])
                words = named(self._inside_link(children, index))
                choice = child.meta.get("choice")
                child.meta["meaning"] = Link(target, words, *finder.find(target), choice)
                contents.links.append(child.meta["meaning"])
                # The text of a link is before its URL.
                behind.append((finder.row, finder.offset))
                finder.row, finder.offset = start
            elif child.type == "image":
                inside = [inner for inner in child.children or [] if inner.type == "variable"]
                self._inline(inside, finder, contents)
                target = str(child.attrs["src"])
                place = finder.find(target, start="![")
                title = str(child.attrs.get("title", ""))
                child.meta["meaning"] = Image(
                    target, named([child]), *place, title == DECORATIVE, title == UNDESCRIBED
                )
                contents.images.append(child.meta["meaning"])
                if title not in ("", DECORATIVE, UNDESCRIBED):
                    contents.faults.append(Fault("image-title", *place, {"title": title}))
            elif child.type == "variable":
                place = finder.find(*_variable_spellings(child.content))
                child.meta["meaning"] = VariableUse(child.content, *place)
                contents.variables.append(child.meta["meaning"])
            elif child.type == "code_inline":
                # Moves the finder behind the code, so that equal text is found after it.
                finder.try_find(child.content)
            elif child.type == "text":
                starting: list[Fault] = []
                if _starts_line(children, index):
                    starting = list(_failed_line_start(child.content, finder, not index))
                contents.faults.extend(starting)
                # The text of a link may be an address, and a failed heading may have an id.
                ignored = {"address-plain"} if behind else set()
                if any(fault.code == "heading-syntax" for fault in starting):
                    ignored.add("attribute-unknown")
                for fault in _failed_markup(child.content, finder):
                    if fault.code not in ignored:
                        contents.faults.append(fault)
                if child.content.endswith("] (") and _is_bare(children[index + 1 : index + 2]):
                    contents.faults.extend(_failed_link(child.content, children[index + 1], finder))

    @staticmethod
    def _inside_link(children: Sequence[Token], opening: int) -> list[Token]:
        inside = []
        for child in children[opening + 1 :]:
            if child.type == "link_close":
                break
            inside.append(child)
        return inside


@immutable
class _Contents:
    """Collects the elements of a run of prose that are validated."""

    headings: list[Heading] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    variables: list[VariableUse] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Finder:
    """Finds the positions of inline elements in one block, since markdown-it gives inline tokens no
    position."""

    def __init__(self, reader: Reader, rows: Sequence[int]) -> None:
        self.reader = reader
        self.row, self.end = rows
        self.offset = 0
        self.absent: set[str] = set()
        self.in_paragraph = False

    def find(self, *needles: str, start: str = "") -> tuple[int, int]:
        """The line and column of the next occurrence of the first of ``needles`` that occurs in the
        rest of the block; if none occurs, those of the start of the current line. If ``start`` is
        given, the position of ``start`` before the needle is returned instead.

        Needles may be percent-encoded, as in markdown-it's URLs.
        """
        for needle in needles:
            place = self._find(needle, start) if needle not in self.absent else None
            if place:
                return place
            # The URL of a reference link is elsewhere; a page may have thousands of such links.
            self.absent.add(needle)
        return self._place(self.row, 0)

    def try_find(self, needle: str) -> tuple[int, int] | None:
        """The line and column of the next occurrence of a needle; ``None`` if the source spells it
        in another way, for example with a backslash."""
        if needle in self.absent:
            return None
        place = self._find(needle, "")
        if place is None:
            # It does not occur later either: the next search need not scan all lines again.
            self.absent.add(needle)
        return place

    def is_listed(self, sign: str) -> bool:
        """Whether a line that starts with a dash (``sign``) is probably an entry of a list, and not
        what somebody says: several lines of the rest of the block start so, a line beside it is an
        entry of a list, or it is the first of several paragraphs that start with a short dash and
        end without a full stop or another sign of a sentence."""
        lines = self.reader.lines
        rows = range(self.row, min(self.end, len(lines)))
        starts = [at for at in rows if lines[at].lstrip().startswith(sign)]
        if len(starts) > 1:
            return not all(_SAID.search(lines[at - 1]) for at in starts[1:])
        row = starts[0] if starts else self.row
        above, below = lines[max(row - 1, 0) : row], lines[row + 1 : row + 2]
        if any(_ENTRY.match(line) for line in (*above, *below)):
            return True
        # Only the first entry is reported.
        before = next((line.lstrip() for line in reversed(lines[:row]) if line.strip()), "")
        if sign != _DASHES[0] or before.startswith(sign):
            return False
        first, second = islice(chain(self._paragraphs(row), ("", "")), 2)
        return second.startswith(sign) and all(map(_FRAGMENT.search, (first, second)))

    def _paragraphs(self, row: int) -> Iterator[str]:
        """Yield the text of the paragraphs from this row on."""
        lines = islice(self.reader.lines, row, None)
        for filled, group in groupby(lines, lambda line: bool(line.strip())):
            if filled:
                yield "\n".join(group).strip()

    def _find(self, needle: str, start: str) -> tuple[int, int] | None:
        lines = self.reader.lines
        for row in range(self.row, min(self.end, len(lines))):
            after = self.offset if row == self.row else 0
            offset = max(lines[row].find(needle, after), lines[row].find(unquote(needle), after))
            if offset >= 0:
                self.row, self.offset = row, offset + 1
                before = lines[row].rfind(start, 0, offset) if start else offset
                return self._place(row, before if before >= 0 else offset)
        return None

    def is_escaped(self, line: int, column: int) -> bool:
        """Whether a backslash marks the text at this position as literal."""
        row = line - self.reader.first_line
        offset = column - 1 - (self.reader.indent if row == 0 else 0)
        return self.reader.lines[row].endswith("\\", 0, max(offset, 0))

    def _place(self, row: int, offset: int) -> tuple[int, int]:
        indent = self.reader.indent if row == 0 else 0
        return self.reader.first_line + row, offset + 1 + indent


def _is_clean(children: Sequence[Token]) -> bool:
    """Whether a text has no markup and nothing that looks like failed markup."""
    if len(children) != 1 or children[0].type != "text":
        return False
    text = children[0].content
    return not text.startswith(_SUSPICIOUS_STARTS) and is_plain(text)


def _starts_line(children: Sequence[Token], index: int) -> bool:
    return not index or children[index - 1].type in ("softbreak", "hardbreak")


def _variable_spellings(variable: str) -> tuple[str, ...]:
    return f"{{{{ {variable} }}}}", f"{{{{{variable}}}}}", "{{"


def _failed_line_start(text: str, finder: _Finder, first: bool) -> Iterator[Fault]:
    """Yield a fault for each piece of failed markup at the start of a line of text; ``first`` is
    whether it is the first line of its block."""
    heading = _HEADING.match(text)
    if heading:
        place = finder.find(heading[1])
        words = {"text": heading[0].rstrip(), "mended": f"{heading[1]} {heading[2].rstrip()}"}
        if not finder.is_escaped(*place):
            yield Fault("heading-syntax", *place, words)
    elif text.startswith(": "):
        place = finder.find(": ")
        if not finder.is_escaped(*place):
            yield Fault("definition-stray", *place, {})
    elif text.startswith("[") and (found := _foreign_line_start(text)):
        code, written = found
        place = finder.find(written)
        if not finder.is_escaped(*place):
            yield Fault(code, *place, {"text": written})
    elif not first and (joined := _JOINED_ENTRY.match(text)):
        yield from _joined_entry(text, joined, finder)
    elif "list" not in finder.absent and _is_entry(text, finder, first):
        yield from _failed_entry(text, finder)
        # Only the first line of a list is reported.
        finder.absent.add("list")
    elif text.startswith("|") and "|" not in finder.absent:
        place = finder.find("|")
        if not finder.is_escaped(*place):
            yield Fault("table-syntax", *place, {})
        # Only the first line of a table is reported.
        finder.absent.add("|")


def _joined_entry(text: str, found: re.Match[str], finder: _Finder) -> Iterator[Fault]:
    """Yield the fault of a line that starts with a number without a space after it, below the entry
    of a list with the number before."""
    place = finder.try_find(found[0])
    row = place[0] - finder.reader.first_line if place else 0
    above = finder.reader.lines[row - 1].lstrip() if row else ""
    if place and above.startswith(f"{int(found[1]) - 1}{found[2]} "):
        words = {"text": found[0], "mended": f"{found[0]} {text[found.end() :]}", "joined": "yes"}
        yield Fault("list-syntax", *place, words)


def _is_entry(text: str, finder: _Finder, first: bool) -> bool:
    """Whether a line of text is probably meant as an entry of a list; ``first`` is whether it is
    the first line of its block."""
    if text.startswith(_BULLETS):
        return text[1:2].isspace()
    if text.startswith(_DASHES):
        return finder.is_listed(text[:2])
    odd = _ODD_ENTRY.match(text)
    if not odd or not finder.in_paragraph:
        return False
    # Only 1 starts a list within a paragraph, so that a sentence can end in a number.
    return first or not odd["mark"][0].isdigit() or bool(odd["odd"] or odd["space"].strip(" "))


def _failed_entry(text: str, finder: _Finder) -> Iterator[Fault]:
    """Yield the fault of a line of text that is meant as an entry of a list."""
    from textwrap import shorten

    odd = _ODD_ENTRY.match(text)
    sign, mark = (odd["mark"], odd["mark"]) if odd else (text[0], "-")
    # The sign is not found if it is written as an entity, which marks it as literal.
    place = finder.try_find(odd[0] + text[odd.end() :].split()[0] if odd else sign)
    if not place or (odd and finder.is_escaped(*place)):
        return
    mended = f"{mark} {shorten(text[odd.end() if odd else 1 :], 40, placeholder=' …')}"
    yield Fault("list-syntax", *place, {"text": sign, "mended": mended})


def _is_bare(tokens: Sequence[Token]) -> bool:
    """Whether the first token opens a link that was made from an address in the text."""
    return any(token.type == "link_open" and token.info == AUTOMATIC for token in tokens)


def _failed_link(text: str, link: Token, finder: _Finder) -> Iterator[Fault]:
    """Yield the fault of a ``text`` that ends with the first part of a link, and a space before the
    bracket of the address of ``link``."""
    match = _LINK_BEFORE.search(text)
    place = finder.try_find(match[0]) if match else None
    if match and place and not finder.is_escaped(*place):
        yield Fault("link-syntax", *place, {"text": f"{match[0]}{link.attrs['href']})"})


def _foreign_line_start(text: str) -> tuple[str, str] | None:
    found = ((code, pattern.match(text)) for code, pattern in _FOREIGN_LINE_STARTS)
    return next(((code, match[0]) for code, match in found if match), None)


def _failed_markup(text: str, finder: _Finder) -> Iterator[Fault]:
    found = [
        (match.start(), code, match[0])
        for code, mark, pattern in _FAILED_MARKUP
        if mark in text
        for match in pattern.finditer(text)
    ]
    for _, code, written in sorted(found):
        place = finder.try_find(written)
        if code not in _ESCAPABLE:
            yield Fault(code, *(place or finder.find(written)), {"text": written})
        # If the text is not found, the source has a backslash in it, which marks it as literal.
        elif place and not finder.is_escaped(*place):
            yield Fault(code, *place, {"text": written})
