"""Renders prose as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from builder.base.immutable import immutable
from builder.course.interface import Typography
from builder.course.markdown.inline_tokens import text_of
from builder.course.markdown.inlines import AUTOMATIC
from builder.course.markdown.tables import columns
from builder.course.markdown.translating import LANGUAGE
from builder.course.markdown.typography import Direction

HEADING_PREFIX = "h-"
"""Prefix of the HTML ids of headings, which keeps them apart from the ids of the player."""

_SLASH = re.compile(r"(?<=[^\W\d_]{4})/(?=[^\W\d_]{4})")
"""Matches a slash between two words, such as in “risks/vulnerabilities”."""

UNDESCRIBED = "undescribed"
"""The title that marks an image whose alternative text is still to be written."""


def _key(key: str, **words: object) -> str:
    return key


@immutable
class Resolver:
    """Converts targets, variables and keys in prose to HTML and text.

    - ``link``: returns the attributes of the ``a`` element for a link's target.
    - ``image``: returns the attributes of the ``img`` element for an image's target, without
      ``alt``.
    - ``variable``: returns the HTML of a variable, by its name and whether it is inside a link.
    - ``values``: the values of variables as text, by name.
    - ``after_link``: HTML that follows the text of a link with a ``target`` attribute.
    - ``table``: returns the accessible name of a table without a caption, by its headers.
    - ``say``: returns the interface text of a key.
    - ``here``: the start of the address of a link to a footnote of the same page.
    - ``marked``: whether references to footnotes get HTML ids.
    - ``typography``: how straight quotes and dashes are printed; ``None`` for unchanged.
    - ``direction``: the writing direction of the course; text in the opposite direction is marked.
      ``None`` marks no text.
    - ``anchors``: the HTML ids that elements of the prose are to have, as in ``anchors.py``. Those
      that are rendered are removed.
    """

    link: Callable[[str], Mapping[str, str]]
    image: Callable[[str], Mapping[str, str]]
    variable: Callable[[str, bool], str]
    values: Mapping[str, str]
    after_link: str = ""
    table: Callable[[str], str] = str
    say: Callable[..., str] = _key
    here: str = "#"
    marked: bool = True
    typography: Typography | None = None
    direction: Direction | None = None
    anchors: set[str] = field(default_factory=set)


class Renderer(RendererHTML):
    """Renders the same HTML as markdown-it's renderer, with a fast path for common tokens."""

    def render(self, tokens: Sequence[Token], options: Any, env: Any) -> str:
        """Render a run of tokens as HTML."""
        written: list[str] = []
        for index, token in enumerate(tokens):
            children = token.children
            if token.type == "inline" and children:
                plain = len(children) == 1 and children[0].type == "text"
                html = (
                    breakable(escapeHtml(children[0].content))
                    if plain
                    else self.renderInline(children, options, env)
                )
                written.append(_in_language(html, token) if token.meta else html)
            elif token.type in self.rules:
                written.append(self.rules[token.type](tokens, index, options, env))
            elif token.block and token.nesting == -1 and not token.attrs:
                written.append("" if token.hidden else f"</{token.tag}>\n")
            elif token.nesting == 1 and _opens_text(tokens, index):
                written.append(f"<{token.tag}>")
            elif token.type != "inline" and not token.hidden:
                written.append(self.renderToken(tokens, index, options, env))
        return "".join(written)

    def text(self, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
        """Render text."""
        return breakable(escapeHtml(tokens[index].content))


def breakable(html: str) -> str:
    """Text without elements, as HTML in which a line may end after a slash between two words: a
    browser would break a word instead."""
    return _SLASH.sub("/<wbr>", html) if "/" in html else html


def _in_language(html: str, token: Token) -> str:
    """The HTML of an inline token, in a ``span`` with its language if it is not translated."""
    if LANGUAGE not in token.meta:
        return html
    language, direction = token.meta[LANGUAGE]
    return f'<span lang="{escape(language)}" dir="{direction}">{html}</span>'


def _opens_text(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token at ``index`` opens an element without attributes, directly followed by its
    text on the same line."""
    token = tokens[index]
    if token.attrs or token.hidden or not token.block or index + 1 == len(tokens):
        return False
    after = tokens[index + 1]
    return (after.type == "inline" or after.hidden) and not (index and tokens[index - 1].hidden)


def add_rendering(parser: MarkdownIt) -> None:
    """Add rules to a parser that render links, images, variables, headings and tables."""
    for name in ("link_open", "link_close"):
        parser.add_render_rule(name, _render_link)
    parser.add_render_rule("image", _render_image)
    parser.add_render_rule("variable", _render_variable)
    parser.add_render_rule("heading_open", _render_heading)
    parser.add_render_rule("dt_open", _render_term)
    parser.add_render_rule("table_open", _render_table)
    # Strikethrough becomes “del”, which means deleted text; “s” only means no longer relevant.
    parser.add_render_rule("s_open", lambda *_: "<del>")
    parser.add_render_rule("s_close", lambda *_: "</del>")
    parser.add_render_rule("table_close", lambda *_: "</table></section>\n")


def _render_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    resolver: Resolver = env["resolver"]
    token = tokens[index]
    if token.nesting < 0:
        return (resolver.after_link if env["links"].pop() else "") + "</a>"
    attributes = dict(resolver.link(str(token.attrs["href"])))
    if token.info == AUTOMATIC:
        # When printed, a link without this class is followed by its URL.
        attributes["class"] = "address"
    env["links"].append("target" in attributes)
    return _start("a", attributes)


def _start(tag: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' {name}="{escape(text)}"' for name, text in attributes.items())
    return f"<{tag}{written}>"


def _render_image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    resolver: Resolver = env["resolver"]
    alternative = text_of([token], resolver.values.__getitem__)
    if not alternative and token.attrs.get("title") == UNDESCRIBED:
        # Screen readers skip images without a text as decorative.
        alternative = resolver.say("page.undescribed")
    attributes = {**resolver.image(str(token.attrs["src"])), "alt": alternative}
    if "width" in token.meta:
        # On a phone, half the width may be too little to see anything.
        attributes["style"] = f"width:max({token.meta['width']}%,min(100%,12rem))"
    return _start("img", attributes)


def _render_variable(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    return str(env["resolver"].variable(tokens[index].content, bool(env["links"])))


def _render_heading(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    name = {"id": f"{HEADING_PREFIX}{token.meta['id']}"}
    return _start(token.tag, name | _attributes(token))


def _render_term(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    token = tokens[index]
    name = {"id": f"{HEADING_PREFIX}{token.meta['id']}"} if token.meta.get("id") else {}
    return _start("dt", _attributes(token) | name)


def _attributes(token: Token) -> dict[str, str]:
    names = ("id", "dir", "style")
    return {name: str(token.attrs[name]) for name in names if name in token.attrs}


def _render_table(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any
) -> str:
    # A scrollable area must be reachable by keyboard and have a name (WCAG 2.1.1, 4.1.2).
    resolver: Resolver = env["resolver"]
    heads = (
        text_of(column.children or [], resolver.values.__getitem__)
        for column in columns(tokens, index)
    )
    caption = tokens[index].meta.get("caption", "")
    name = escape(caption or resolver.table(", ".join(filter(None, heads))))
    shown = f"<caption>{escape(caption)}</caption>\n" if caption else ""
    return f'<section class="table-scroll" aria-label="{name}" tabindex="0"><table>\n{shown}'
