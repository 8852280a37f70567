"""The words of a run of prose, one block a line, with the marks that change their meaning.

Marks are written in Markdown: ``~~struck~~``, ``^high^``, ``~low~``, ``{{ name }}``,
``![picture]``, ``1.`` before an item, ``| cell | cell |`` for a table row, ``<target>`` after a
link. In the text itself, these characters are escaped by a backslash, so that the words are
unambiguous.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markdown_it.token import Token

from builder.base.patterns import late
from builder.course.markdown.document import Prose

Target = Callable[[str], str]
"""Converts the target of a link for the words."""

_CODE = ("fence", "code_block")
_TOKEN_MARKS = {
    **dict.fromkeys(("s_open", "s_close"), "~~"),
    **dict.fromkeys(("sup_open", "sup_close"), "^"),
    **dict.fromkeys(("sub_open", "sub_close"), "~"),
    **dict.fromkeys(("softbreak", "hardbreak"), " "),
}
_MARK_CHARACTERS = late(r"[\\~^|]|\{\{|!\[|<(?=[A-Za-z/#])")
"""Matches text that would be a mark if it were not escaped."""


def words(prose: Prose, target: Target = str) -> Iterator[str]:
    """Yield everything that a trainee can read or hear, with the text of images, the targets of
    links, and the names of local values."""
    numbers: list[int | None] = []
    row: list[str] | None = None
    before = ""
    for token in prose.tokens:
        text = ""
        if token.type == "ordered_list_open":
            numbers.append(int(token.attrs.get("start", 1)))
        elif token.type == "bullet_list_open":
            numbers.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            # A block in an item splits the prose: its list may have started in an earlier run.
            del numbers[-1:]
        elif token.type == "list_item_open" and numbers and numbers[-1] is not None:
            before += f"{numbers[-1]}. "
            numbers[-1] += 1
        elif token.type == "note_open":
            before += f"{token.meta['number']}. "
        elif token.type == "table_open":
            text = escape_words(token.meta.get("caption", ""))
        elif token.type in _CODE:
            text = escape_words(token.content)
        elif token.type == "tr_open":
            row = []
        elif row is not None and token.type in ("th_open", "td_open"):
            row.append("")
        elif row is not None and token.type == "tr_close":
            # Empty cells count: a number means something else in another column.
            text = f"| {' | '.join(row)} |"
            row = None
        elif token.type == "inline":
            text = _text(token.children or (), target)
            if row is not None:
                row[-1], text = text, ""
        if text:
            yield before + text
            before = ""


def escape_words(text: str) -> str:
    """Escape text without markup for the words."""
    return _MARK_CHARACTERS.sub(r"\\\g<0>", text) if _MARK_CHARACTERS.search(text) else text


def _text(tokens: Sequence[Token], target: Target) -> str:
    if len(tokens) == 1 and tokens[0].type == "text":
        return escape_words(tokens[0].content)
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in tokens:
        if token.type in ("text", "code_inline"):
            parts.append(escape_words(token.content))
        elif token.type == "variable":
            parts.append(f"{{{{ {token.content} }}}}")
        elif token.type in _TOKEN_MARKS:
            parts.append(_TOKEN_MARKS[token.type])
        elif token.type == "note_met":
            parts.append(f"^[{token.meta['number']}]^")
        elif token.type == "image":
            inside = _text(token.children or (), target)
            parts.append(f"![{inside}]" if inside else "")
        elif token.type == "link_open":
            opened.append((str(token.attrs["href"]), len(parts)))
        elif token.type == "link_close":
            address, start = opened.pop()
            # The text of a bare URL is its target.
            known = "".join(parts[start:]) == escape_words(address)
            parts.append("" if known else f" <{target(address)}>")
    return "".join(parts)
