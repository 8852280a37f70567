"""The result of parsing a page: a ``Document`` of ``Prose`` and ``Directive`` blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property
from operator import attrgetter

from markdown_it.token import Token

from builder.base.immutable import immutable, unfolding

_TYPE = attrgetter("type")


@immutable
class Heading:
    """A heading of a page: level 1–6, text without markup, id within the page.

    ``written`` is the id that the author wrote, or empty; ``id`` differs from it if another heading
    or term of the page already has it. ``was`` are earlier ids, which only the heading of a scene
    may have.
    """

    level: int
    text: str
    id: str
    line: int
    written: str = ""
    was: tuple[str, ...] = ()


@immutable
class Term:
    """A term that a glossary defines: its text without markup, and its id within the page.

    ``written`` is the id that the author wrote, or empty; ``id`` differs from it if another heading
    or term of the page already has it.
    """

    text: str
    id: str
    line: int
    written: str = ""


@immutable
class Link:
    """A link as the author wrote it; ``target`` is its address or path, not resolved.

    ``choice`` is the id and the quality in the mark of a choice after the link, such as
    ``{a .good}``; each may be empty. ``None`` without a mark.
    """

    target: str
    text: str
    line: int
    column: int
    choice: tuple[str, str] | None = None


@immutable
class Image:
    """An image as the author wrote it; ``alt`` is its alternative text, or empty.

    ``decorative``: the author marked the image as decorative. ``undescribed``: the author marked it
    as an image whose alternative text is still to be written.
    """

    target: str
    alt: str
    line: int
    column: int
    decorative: bool = False
    undescribed: bool = False


@immutable
class VariableUse:
    """A use of a variable in the text: one ``{{ name }}``."""

    name: str
    line: int
    column: int


@immutable
class Fault:
    """A problem found while parsing: the code of its diagnostic, such as ``table-header``, its
    position, and what was found there (``words``)."""

    code: str
    line: int
    column: int
    words: dict[str, str]

    def message_words(self, in_body: bool) -> Mapping[str, str]:
        """The values for the placeholders in the message of this fault; for a variable or a
        footnote, also the fix. ``in_body`` is whether the fault is in the body of a page, where
        footnotes are allowed."""
        if self.code == "variable-syntax":
            return {**self.words, "name": self.words["text"].strip("{} \t") or "name"}
        if self.code in _FIXES:
            return {**self.words, **_FIXES[self.code](self.words)}
        if self.code != "note-unknown":
            return self.words
        mark = self.words["text"]
        reason = "only the text of a page can have footnotes"
        fix = f"Delete “{mark}”, and write the note into the text itself."
        if in_body:
            reason = "this page has no such footnote, or the mark is in the text of a link"
            fix = (
                f"Write the footnote on a separate line of this page, with a colon: {mark}: What "
                "it says. In the text of a link, delete the mark."
            )
        return {**self.words, "reason": reason, "fix": fix}


def _fix_link(words: Mapping[str, str]) -> Mapping[str, str]:
    text = words["text"]
    is_image = text.startswith("!")
    if text.startswith("("):
        shown, _, target = text[1:-1].partition(")[")
        return {"reason": "its brackets are swapped", "fix": f"Write [{shown}]({target})"}
    if "] (" in text:
        what = "image" if is_image else "link"
        reason = f"a space separates the two parts of this {what}"
        return {"reason": reason, "fix": f"Delete the space: {text.replace('] (', '](')}"}
    example = "![what it shows](media/name.png)" if is_image else "[text](address)"
    fix = f"Write {example}, without a space in the address and without a variable in it."
    return {"reason": f"this {'image' if is_image else 'link'} is incomplete", "fix": fix}


def _fix_emphasis(words: Mapping[str, str]) -> Mapping[str, str]:
    text = words["text"]
    marks = text[: len(text) - len(text.lstrip("*"))]
    inside = text.strip("*")
    if inside != inside.strip() and inside.strip() and text.endswith(marks):
        return {"fix": f"Delete the spaces inside the asterisks: {marks}{inside.strip()}{marks}"}
    if inside and not text.endswith(marks):
        return {"fix": f"Write {marks} also where the emphasis ends: {marks}this{marks}"}
    return {
        "fix": "Put the closing asterisks before the punctuation, or add a space after them: "
        "**Note**: this"
    }


_HTML_IMAGE = re.compile(r"<img\b.*?\bsrc\s*=\s*[\"']?(?P<file>[^\"'\s>]+)", re.I | re.S)
_HTML_LINK = re.compile(r"<a\b.*?\bhref\s*=\s*[\"']?(?P<target>[^\"'\s>]+)", re.I | re.S)


def _fix_html(words: Mapping[str, str]) -> Mapping[str, str]:
    text = words["text"]
    if image := _HTML_IMAGE.match(text):
        described = re.search(r"\balt\s*=\s*([\"'])(?P<alt>.*?)\1", text, re.I | re.S)
        alt = described["alt"] if described and described["alt"] else "what it shows"
        return {"fix": f"Write ![{alt}]({image['file']})"}
    if link := _HTML_LINK.match(text):
        return {"fix": f"Write [text]({link['target']})"}
    return {"fix": "Use Markdown"}


def _fix_entry(words: Mapping[str, str]) -> Mapping[str, str]:
    sign, mended = words["text"], words["mended"]
    if "joined" in words:
        return {"fix": f"Write a space after “{sign}”: “{mended}”."}
    if mended.startswith(sign):
        return {
            "fix": "Delete everything before the first letter of this line, and type it again, in "
            f"the same column as other entries: “{mended}”. Copied text may have special spaces."
        }
    fix = f"Start each entry with a hyphen and a space instead of “{sign}”: “{mended}”."
    if sign in "–—":
        fix += " If people speak here, leave an empty line after the words of each."
    return {"fix": fix}


_FIXES: Mapping[str, Callable[[Mapping[str, str]], Mapping[str, str]]] = {
    "link-syntax": _fix_link,
    "emphasis-syntax": _fix_emphasis,
    "html-ignored": _fix_html,
    "list-syntax": _fix_entry,
}
"""Functions that make the fix of failed markup from the words of its fault, by code."""


@immutable
class Prose:
    """A run of text without directives: its markdown-it tokens, and the elements in it that are
    validated, in the order of the text."""

    tokens: Sequence[Token]
    headings: tuple[Heading, ...] = ()
    terms: tuple[Term, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Image, ...] = ()
    variables: tuple[VariableUse, ...] = ()
    faults: tuple[Fault, ...] = ()

    def has_table(self) -> bool:
        """Whether the text contains a table."""
        return "table_open" in map(_TYPE, self.tokens)

    def has_notes(self) -> bool:
        """Whether the text contains the list of the page's footnotes."""
        return "notes_open" in map(_TYPE, self.tokens)


@immutable
class Directive:
    """A block, ``::: name argument``, and its content."""

    name: str
    argument: str
    line: int
    column: int
    blocks: tuple[Prose | Directive, ...]

    def prose(self) -> Iterator[Prose]:
        """Yield every run of prose in the block, nested blocks included."""
        return (block for block in walk(self.blocks) if isinstance(block, Prose))


@unfolding
class Document:
    """The parsed body of a page; ``faults`` are the problems of its directives."""

    blocks: tuple[Prose | Directive, ...]
    faults: tuple[Fault, ...] = ()

    def walk(self) -> Iterator[Prose | Directive]:
        """Iterate over every run of prose and every directive, in the order of the page."""
        return iter(self._walked)

    @cached_property
    def _walked(self) -> tuple[Prose | Directive, ...]:
        # Cached, since nearly every rule iterates over all of them.
        return tuple(walk(self.blocks))


def walk(blocks: Sequence[Prose | Directive]) -> Iterator[Prose | Directive]:
    """Yield blocks with all nested ones, in the order of the page."""
    for block in blocks:
        yield block
        if isinstance(block, Directive):
            yield from walk(block.blocks)


@immutable
class Element:
    """An element of a run of prose, which starts on ``line`` of its file.

    ``kind`` is the name that markdown-it uses: ``paragraph``, ``heading``, ``bullet_list``,
    ``ordered_list``, ``list_item``, ``blockquote``, ``table``, ``dl``, ``dt``, ``dd``, ``fence``,
    ``code_block``, ``hr``.
    """

    kind: str
    line: int
    prose: Prose

    def inside(self) -> tuple[Element, ...]:
        """The child elements: the items of a list, the content of an item or a quotation."""
        return elements(part(self.prose.tokens[1:-1]))

    def text(self) -> Prose:
        """The text of a paragraph or a heading, without the element around it."""
        return part([token for token in self.prose.tokens if token.type == "inline"])

    def leading_link(self) -> tuple[Link, Prose, Prose] | None:
        """The link at the start of a paragraph, the text of the link, and the text after the link;
        ``None`` if the paragraph does not start with a link."""
        (inline,) = self.text().tokens
        children = inline.children or []
        if not children or children[0].type != "link_open":
            return None
        end = next(at for at, child in enumerate(children) if child.type == "link_close")
        words, behind = copy(inline), copy(inline)
        words.children = children[1:end]
        behind.children = [copy(child) for child in children[end + 1 :]]
        for child in behind.children[:1]:
            # A colon or a dash after the link.
            child.content = child.content.lstrip(" :–—-")
        return children[0].meta["meaning"], part([words]), part([behind])

    def behind(self, pattern: re.Pattern[str]) -> tuple[tuple[str, ...], Prose] | None:
        """Match ``pattern`` at the start of a paragraph: the groups of the match, and the text
        after the match; ``None`` if the pattern does not match."""
        (inline,) = self.text().tokens
        children = inline.children or []
        found = pattern.match(children[0].content) if children[:1] else None
        if not found or children[0].type != "text":
            return None
        text, first = copy(inline), copy(children[0])
        first.content = first.content[found.end() :]
        text.children = [first, *children[1:]]
        return found.groups(), part([text])

    def trailing_variable(self) -> tuple[Prose, VariableUse] | None:
        """The text before the variable at the end of a paragraph, and the variable; ``None`` if the
        paragraph does not end with a variable."""
        (inline,) = self.text().tokens
        children = [
            child for child in inline.children or [] if child.content or child.type != "text"
        ]
        if not children or children[-1].type != "variable":
            return None
        before = copy(inline)
        before.children = [copy(child) for child in children[:-1]]
        for child in before.children[-1:]:
            # A colon or a dash before the value.
            child.content = child.content.rstrip(" :–—-")
        return part([before]), children[-1].meta["meaning"]


def elements(prose: Prose) -> tuple[Element, ...]:
    """The elements of a run of prose, in order.

    A directive inside a list splits the list, so a run may end or start within it. The incomplete
    list at such an end is an element of kind ``rest``.
    """
    parts = []
    start = depth = 0
    for index, token in enumerate(prose.tokens):
        depth += token.nesting
        if depth <= 0:
            kind = "rest" if depth else prose.tokens[start].type.removesuffix("_open")
            parts.append(_element(kind, prose.tokens[start : index + 1]))
            start, depth = index + 1, 0
    if depth:
        parts.append(_element("rest", prose.tokens[start:]))
    return tuple(parts)


def _element(kind: str, tokens: Sequence[Token]) -> Element:
    return Element(kind, tokens[0].meta["line"], part(tokens))


def is_blank(prose: Prose) -> bool:
    """Whether a text is empty: without words, images and variables."""
    children = (child for token in prose.tokens for child in token.children or ())
    return all(child.type == "text" and not child.content.strip() for child in children)


def join_prose(runs: Iterable[Prose]) -> Prose:
    """Concatenate runs of prose."""
    return part([token for run in runs for token in run.tokens])


def part(tokens: Sequence[Token]) -> Prose:
    """A new run of prose with some tokens of another run, and the elements in these tokens.

    The new run has no faults; they stay with the original run.
    """
    parts = list(_meanings(tokens))
    if not parts:
        return Prose(tuple(tokens))
    return Prose(
        tokens=tuple(tokens),
        headings=tuple(part for part in parts if isinstance(part, Heading)),
        terms=tuple(part for part in parts if isinstance(part, Term)),
        links=tuple(part for part in parts if isinstance(part, Link)),
        images=tuple(part for part in parts if isinstance(part, Image)),
        variables=tuple(part for part in parts if isinstance(part, VariableUse)),
    )


def _meanings(tokens: Sequence[Token]) -> Iterator[object]:
    for token in tokens:
        if "meaning" in token.meta:
            yield token.meta["meaning"]
        if token.children:
            yield from _meanings(token.children)
