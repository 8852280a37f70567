"""Prose and directives: the only user of markdown-it.

A page is CommonMark with tables, ``{{ variable }}``, ``{#id}`` after a heading, and blocks that
start with ``::: name argument`` and end with a line of as many colons. Raw HTML is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.blocks import BLOCKS

_FENCE = re.compile(r"(:{3,})[ \t]*(\S*)[ \t]*(.*)")
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})")
_VARIABLE = re.compile(r"\{\{([^{}\n]*)\}\}")
_HEADING_ID = re.compile(r"\{#([A-Za-z][A-Za-z0-9_-]*)\}$")
_NESTING = 100
"""Lists, quotations and blocks within each other. The parser drops what is nested deeper."""
_SUSPECTS = (
    ("html-ignored", "<", re.compile(r"<(?:/?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|!--)")),
    ("variable-syntax", "{{", re.compile(r"\{\{[^{}]*\}{0,2}")),
    ("variable-syntax", "}}", re.compile(r"\{?[ \t]?[A-Za-z_][\w.]*[ \t]?\}\}")),
    ("link-syntax", "](", re.compile(r"!?\[[^\[\]]*\]\(|\]\(")),
)
"""What a trainee would read as it is written, and the author hardly meant: the code, what it cannot
be without (which is found much faster), the pattern."""
_MARKUP = re.compile(r"[\\`*_{}\[\]<>&!\n]")
HEADING_PREFIX = "h-"
"""Before every heading's id in the HTML, so that no heading takes an id of the player's."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: level 1–6, text without markup, id within the page.

    ``written`` is the id that the author wrote, if any: ``id`` differs where it was taken.
    """

    level: int
    text: str
    id: str
    line: int
    written: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the author wrote it; ``target`` is not resolved."""

    target: str
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Image:
    """An image as the author wrote it; ``alt`` is empty where there is no text."""

    target: str
    alt: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class VariableUse:
    """One ``{{ name }}``."""

    name: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem found while parsing: a code of the catalogue, its place and its words."""

    code: str
    line: int
    column: int
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Prose:
    """A run of text without directives, and what is in it that has to be checked."""

    tokens: tuple[Token, ...]
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    variables: tuple[VariableUse, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Directive:
    """One block: its name, what follows the name on its line, and what is in it."""

    name: str
    argument: str
    line: int
    column: int
    blocks: tuple[Prose | Directive, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The body of one page; ``faults`` are those of its directives."""

    blocks: tuple[Prose | Directive, ...]
    faults: tuple[Fault, ...] = ()

    def walk(self) -> Iterator[Prose | Directive]:
        """Every run of prose and every directive, in the order of the page."""
        return _walk(self.blocks)


def _walk(blocks: Sequence[Prose | Directive]) -> Iterator[Prose | Directive]:
    for block in blocks:
        yield block
        if isinstance(block, Directive):
            yield from _walk(block.blocks)


@dataclass(frozen=True, slots=True)
class Resolver:
    """How names in the prose become what is shown.

    ``link`` gives the attributes of the ``a`` element for a target, ``image`` the address of a
    file, ``variable`` the HTML of a value, within a link or not; ``values`` are the values as
    text; ``after_link`` is HTML put behind the text of a link that has a ``target`` attribute.
    """

    link: Callable[[str], Mapping[str, str]]
    image: Callable[[str], str]
    variable: Callable[[str, bool], str]
    values: Mapping[str, str]
    after_link: str = ""


def _directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    # The container plugin closes an unclosed block silently and knows no block without a body.
    # The first test is for speed: the rule is tried at every line of every paragraph.
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(":::", first) or state.is_code_block(start):
        return False
    opening = _FENCE.match(state.src[first : state.eMarks[start]].rstrip())
    if not opening:
        return False
    if silent:
        return True
    fence, name, argument = opening.groups()
    block = BLOCKS.get(name)
    last, closed = start + 1, True
    if name and (block is None or block.body):
        last, closed = _closing(state, start + 1, end, fence)
    elif name and last < end and _line(state, last) == fence:
        last, closed = last + 1, True
    token = state.push("directive_open", "", 1)
    token.map = [start, last]
    token.info = name
    token.content = argument
    token.markup = fence
    token.meta = {"closed": closed}
    if name and (block is None or block.body):
        body_end = last - 1 if closed else last
        parent, line_max = state.parentType, state.lineMax
        state.parentType, state.lineMax = "directive", body_end
        state.md.block.tokenize(state, start + 1, body_end)
        state.parentType, state.lineMax = parent, line_max
    state.push("directive_close", "", -1)
    state.line = last
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()


def _closing(state: StateBlock, start: int, end: int, fence: str) -> tuple[int, bool]:
    """The line after the one that closes a block, or where the block's surroundings end."""
    code = ""
    for number in range(start, end):
        line = _line(state, number)
        if line and state.sCount[number] < state.blkIndent:
            return number, False
        found = _CODE_FENCE.match(line)
        if code:
            code = "" if line.startswith(code) and not line.strip(code[0]) else code
        elif found:
            code = found[1]
        elif line == fence:
            return number + 1, True
    return end, False


def _variable(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    found = _VARIABLE.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        state.push("variable", "", 0).content = found[1].strip()
    state.pos = found.end()
    return True


def _heading_ids(state: StateCore) -> None:
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            text = tokens[index + 1]
            found = _HEADING_ID.search(text.content)
            if found:
                text.content = text.content[: found.start()].rstrip()
                token.meta["id"] = found[1]


def _render_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    resolver: Resolver = env["resolver"]
    token = tokens[index]
    if token.nesting < 0:
        return (resolver.after_link if env["links"].pop() else "") + "</a>"
    attributes = resolver.link(str(token.attrs["href"]))
    env["links"].append("target" in attributes)
    return "<a" + "".join(f' {name}="{escape(text)}"' for name, text in attributes.items()) + ">"


def _render_image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    resolver: Resolver = env["resolver"]
    source = resolver.image(str(token.attrs["src"]))
    return (
        f'<img src="{escape(source)}" alt="{escape(_text([token], resolver.values.__getitem__))}">'
    )


def _render_variable(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    return str(env["resolver"].variable(tokens[index].content, bool(env["links"])))


def _render_heading(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    return f'<{token.tag} id="{HEADING_PREFIX}{escape(token.meta["id"])}">'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _NESTING}).enable("table")
    parser.block.ruler.before(
        "fence", "directive", _directive, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    parser.inline.ruler.before("link", "variable", _variable)
    parser.core.ruler.after("block", "heading_ids", _heading_ids)
    for name in ("link_open", "link_close"):
        parser.add_render_rule(name, _render_link)
    parser.add_render_rule("image", _render_image)
    parser.add_render_rule("variable", _render_variable)
    parser.add_render_rule("heading_open", _render_heading)
    parser.add_render_rule("table_open", lambda *_: '<div class="table-scroll"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


_PARSER = _parser()


def parse(text: str, first_line: int = 1) -> Document:
    """The body of a page, whose first line is line ``first_line`` of its file.

    Never raises: what is wrong is in the ``faults`` of the document and of its prose.
    """
    return _Reader(text.split("\n"), first_line).document(_PARSER.parse(text))


def inline(text: str, line: int = 1, column: int = 1) -> Prose:
    """One paragraph's worth of text, such as a prompt, that starts at ``line`` and ``column``."""
    if not _MARKUP.search(text):
        child = Token("text", "", 0, content=text)
        return Prose((Token("inline", "", 0, content=text, children=[child]),))
    tokens = _PARSER.parseInline(text)
    return _Reader(text.split("\n"), line, column - 1).prose(tokens)


def html(prose: Prose, resolver: Resolver) -> str:
    """The HTML of a run of prose; text and variables are escaped."""
    environment = {"resolver": resolver, "links": []}
    return str(_PARSER.renderer.render(prose.tokens, _PARSER.options, environment))


def plain(prose: Prose, variables: Mapping[str, str]) -> str:
    """The text without markup, variables replaced, one line for each block."""
    return "\n".join(
        _text(token.children or [], lambda name: variables.get(name, ""))
        for token in prose.tokens
        if token.type == "inline"
    )


def _named(tokens: Sequence[Token]) -> str:
    """The text with the name of each variable for its value, which is known only later."""
    return _text(tokens, str).strip()


def _text(tokens: Sequence[Token], value: Callable[[str], str]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(token.content)
        elif token.type == "variable":
            parts.append(value(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.children:
            parts.append(_text(token.children, value))
    return "".join(parts)


def _spellings(variable: str) -> tuple[str, ...]:
    return f"{{{{ {variable} }}}}", f"{{{{{variable}}}}}", "{{"


def _suspicious(text: str, finder: _Finder) -> Iterator[Fault]:
    for code, mark, pattern in _SUSPECTS:
        for written in pattern.findall(text) if mark in text else ():
            yield Fault(code, *finder.find(written), {"text": written})


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "section"


class _Reader:
    """Sorts markdown-it's flat tokens into prose and directives, and finds where things stand."""

    def __init__(self, lines: list[str], first_line: int, indent: int = 0) -> None:
        self.lines = lines
        self.first_line = first_line
        self.indent = indent
        self.ids: dict[str, int] = {}
        self.faults: list[Fault] = []

    def document(self, tokens: Sequence[Token]) -> Document:
        self._judge_nesting(tokens)
        blocks = self._blocks(tokens)
        return Document(blocks, tuple(self.faults))

    def _judge_nesting(self, tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.level >= _NESTING - 1 and token.map:
                line = self.first_line + token.map[0]
                self.faults.append(Fault("nesting-too-deep", line, 1, {}))
                return

    def _blocks(self, tokens: Sequence[Token]) -> tuple[Prose | Directive, ...]:
        blocks: list[Prose | Directive] = []
        start = index = 0
        while index < len(tokens):
            if tokens[index].type != "directive_open":
                index += 1
                continue
            if index > start:
                blocks.append(self.prose(tokens[start:index]))
            end = self._matching(tokens, index)
            directive = self._directive(tokens[index], tokens[index + 1 : end])
            if directive:
                blocks.append(directive)
            start = index = end + 1
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
            self.faults.append(Fault("directive-stray", line, column, {"fence": token.markup}))
            return None
        if not token.meta["closed"]:
            words = {"name": token.info, "fence": token.markup}
            self.faults.append(Fault("directive-unclosed", line, column, words))
        return Directive(token.info, token.content, line, column, self._blocks(inner))

    def prose(self, tokens: Sequence[Token]) -> Prose:
        found = _Found()
        for index, token in enumerate(tokens):
            if token.type != "inline":
                continue
            finder = _Finder(self, token.map or [0, len(self.lines)])
            self._inline(token.children or [], finder, found)
            before = tokens[index - 1] if index else None
            if before and before.type == "heading_open":
                found.headings.append(self._heading(before, token))
        return Prose(
            tokens=tuple(tokens),
            headings=tuple(found.headings),
            links=tuple(found.links),
            images=tuple(found.images),
            variables=tuple(found.variables),
            faults=tuple(found.faults),
        )

    def _heading(self, opening: Token, text: Token) -> Heading:
        words = _text(text.children or [], lambda name: "").strip()
        written = opening.meta.get("id", "")
        wanted = written or _slug(words)
        unique = wanted
        while unique in self.ids:
            self.ids[wanted] += 1
            unique = f"{wanted}-{self.ids[wanted]}"
        self.ids[unique] = 1
        opening.meta["id"] = unique
        row = opening.map[0] if opening.map else 0
        return Heading(int(opening.tag[1]), words, unique, self.first_line + row, written)

    def _inline(self, children: Sequence[Token], finder: _Finder, found: _Found) -> None:
        for index, child in enumerate(children):
            if child.type == "link_open":
                target = str(child.attrs["href"])
                words = _named(self._inside_link(children, index))
                found.links.append(Link(target, words, *finder.find(target)))
            elif child.type == "image":
                inside = [one for one in child.children or [] if one.type == "variable"]
                self._inline(inside, finder, found)
                target = str(child.attrs["src"])
                place = finder.find(target, start="![")
                found.images.append(Image(target, _named([child]), *place))
            elif child.type == "variable":
                found.variables.append(
                    VariableUse(child.content, *finder.find(*_spellings(child.content)))
                )
            elif child.type == "text":
                found.faults.extend(_suspicious(child.content, finder))

    @staticmethod
    def _inside_link(children: Sequence[Token], opening: int) -> list[Token]:
        inside = []
        for child in children[opening + 1 :]:
            if child.type == "link_close":
                break
            inside.append(child)
        return inside


@dataclass(frozen=True, slots=True)
class _Found:
    """What a run of prose holds, gathered."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    variables: list[VariableUse] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


class _Finder:
    """Finds where the parts of one block stand: markdown-it gives inline tokens no position."""

    def __init__(self, reader: _Reader, rows: Sequence[int]) -> None:
        self.reader = reader
        self.row, self.end = rows
        self.offset = 0
        self.absent: set[str] = set()

    def find(self, *needles: str, start: str = "") -> tuple[int, int]:
        """Line and column of the next needle, the first of them that is there (or of the ``start``
        before it, if given).

        Needles may be percent-encoded, as markdown-it gives addresses.
        """
        for needle in needles:
            place = self._find(needle, start) if needle not in self.absent else None
            if place:
                return place
            # The address of a reference link stands elsewhere; a page may have thousands of them.
            self.absent.add(needle)
        return self._place(self.row, 0)

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

    def _place(self, row: int, offset: int) -> tuple[int, int]:
        indent = self.reader.indent if row == 0 else 0
        return self.reader.first_line + row, offset + 1 + indent
