"""Groups consecutive numbered paragraphs into nested lists.

Word has no lists, only paragraphs with a list id and a level. Nesting within a list follows the
level. Nesting between two lists follows their indent, as readers see it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from builder.base.immutable import immutable
from builder.importing.document.form import Block, Item, List, Paragraph, Place
from builder.importing.word.numbering import Number

_NEAR = 60
"""Maximum difference, in twentieths of a point, of two indents that look the same."""
_DEEPEST = 9
"""Maximum depth of nested lists; Word has as many levels."""


@immutable
class Entry:
    """A block with its number, if any, and its indent in twentieths of a point. If ``follows``, it
    belongs to the entry before it, whatever its indent."""

    block: Block
    number: Number | None = None
    indent: int = 0
    follows: bool = False


@dataclass(slots=True)
class _OpenList:
    number: Number
    indent: int
    place: Place
    last: int
    items: list[tuple[str, list[Block | _OpenList]]] = field(default_factory=list)

    def to_list(self) -> List:
        items = tuple(Item(label, close_lists(blocks)) for label, blocks in self.items)
        return List(self.number.ordered, self.number.count, items, self.place)


def close_lists(blocks: Iterable[Block | _OpenList]) -> tuple[Block, ...]:
    """The blocks, with open lists turned into finished ones."""
    return tuple(one.to_list() if isinstance(one, _OpenList) else one for one in blocks)


def group_lists(entries: Iterable[Entry]) -> tuple[Block, ...]:
    """Turn the entries of a text into blocks, with numbered entries in lists."""
    found: list[Block | _OpenList] = []
    stack: list[_OpenList] = []
    for entry in entries:
        if entry.number is None:
            _add_unnumbered(entry, stack, found)
        else:
            _add_numbered(entry, entry.number, stack, found)
    return close_lists(found)


def _add_unnumbered(entry: Entry, stack: list[_OpenList], found: list[Block | _OpenList]) -> None:
    is_prose = isinstance(entry.block, Paragraph) and entry.block.level == 0
    if not entry.follows:
        while stack and not (is_prose and 0 < entry.indent >= stack[-1].indent - _NEAR):
            stack.pop()
    (stack[-1].items[-1][1] if stack else found).append(entry.block)


def _add_numbered(
    entry: Entry, number: Number, stack: list[_OpenList], found: list[Block | _OpenList]
) -> None:
    is_next_item = _close_ended_lists(entry, number, stack)
    if not is_next_item or not stack:
        if is_next_item is None and stack:
            stack.pop()
        new_list = _OpenList(number, entry.indent, _place(entry.block), number.count)
        (stack[-1].items[-1][1] if stack else found).append(new_list)
        stack.append(new_list)
    stack[-1].last = number.count
    stack[-1].items.append((number.label, [entry.block]))


def _close_ended_lists(entry: Entry, number: Number, stack: list[_OpenList]) -> bool | None:
    """Close the lists that end before an entry. ``True`` if the entry is the next item of the
    innermost list, ``None`` if it starts another list in its place, ``False`` if a nested one."""
    levels = [one.number.level for one in stack if one.number.list_id == number.list_id]
    if any(level <= number.level for level in levels):
        while stack[-1].number.list_id != number.list_id or stack[-1].number.level > number.level:
            stack.pop()
        if stack[-1].number.level == number.level:
            return True if _continues(stack[-1], number) else None
        return len(stack) >= _DEEPEST
    while stack and stack[-1].indent > entry.indent + _NEAR:
        stack.pop()
    if not stack:
        return False
    top = stack[-1]
    if abs(top.indent - entry.indent) <= _NEAR or len(stack) >= _DEEPEST:
        return True if not (top.number.ordered or number.ordered) else None
    return False


def _continues(list_: _OpenList, number: Number) -> bool:
    return not number.ordered or number.count == list_.last + 1


def _place(block: Block) -> Place:
    assert isinstance(block, Paragraph)
    return block.place
