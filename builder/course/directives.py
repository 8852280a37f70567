"""The table of blocks (``::: name``): one row for each, with its template in ``templates/blocks/``.

A block whose template needs more than text also has a reader in ``builder/course/blocks/``.
"""

from __future__ import annotations

from typing import Literal

from builder.base.immutable import immutable


@immutable
class Block:
    """The rules for a block.

    - ``argument``: what may follow ``::: name`` on its line; ``quality`` is that of the ending of
      a scenario.
    - ``body``: it has content and an end line; otherwise it is only its first line.
    - ``heading``: its title is rendered as a heading.
    - ``inside``: the name of the block that it must be directly inside; empty for any place.
    - ``hides``: its content may be shown on request only; ``vital``: it must not be inside a block
      that hides its content.
    - ``first``: it must be first on its page; ``empty``: its content may be empty.
    - ``defines``: its terms can be targets of links.
    - ``material``: it may be used in a question's material, since it has no heading.
    - ``announced``: its name is part of the words that people approve, since it is read out or
      shown as a default heading.
    """

    name: str
    argument: Literal["title", "title or nothing", "question", "quality", "nothing"]
    body: bool = True
    heading: bool = True
    inside: str = ""
    hides: bool = False
    vital: bool = False
    first: bool = False
    empty: bool = False
    defines: bool = False
    material: bool = False
    announced: bool = False


def asks(name: str) -> bool:
    """Whether the block with this name shows a question, rather than a title and text."""
    return name in BLOCKS and BLOCKS[name].argument == "question"


def titled(name: str) -> bool:
    """Whether the text after the name of a block is its title, for readers; also for unknown
    names."""
    return name not in BLOCKS or BLOCKS[name].argument not in ("question", "quality")


def announced(name: str) -> bool:
    """Whether the kind of the block with this name is part of the words that are approved."""
    return name in BLOCKS and BLOCKS[name].announced


def level_within(name: str, argument: str, level: int) -> int:
    """The level of headings inside a block with this name and argument; ``level`` is the level that
    the block's own heading has or would have."""
    has_heading = name in BLOCKS and BLOCKS[name].heading and BLOCKS[name].body and argument
    return min(level + 1, _MAX_LEVEL) if has_heading else level


TOP = 2
"""The heading level of blocks directly on a page; the title of the page has level 1."""
_MAX_LEVEL = 6

BLOCKS = {
    block.name: block
    for block in (
        Block("lead", "nothing", heading=False),
        Block("callout", "title or nothing"),
        Block("warning", "title or nothing", vital=True, announced=True),
        Block("reveal", "title", heading=False, hides=True),
        Block("tabs", "title", hides=True),
        Block("tab", "title", inside="tabs"),
        Block("figure", "title or nothing", heading=False, hides=True, material=True),
        Block("video", "title", heading=False, hides=True, material=True),
        Block("audio", "title", heading=False, hides=True, material=True),
        Block("steps", "title or nothing"),
        Block("download", "title or nothing"),
        Block("table", "title", heading=False, material=True),
        Block("glossary", "title or nothing", defines=True),
        Block("quotation", "nothing", material=True),
        Block("further-reading", "title or nothing"),
        Block("contacts", "title or nothing", vital=True),
        Block("content-note", "title or nothing", vital=True, first=True, announced=True),
        Block("take-a-break", "title or nothing", vital=True, empty=True, announced=True),
        Block("media", "title or nothing"),
        Block("cards", "title or nothing"),
        Block("card", "title", inside="cards"),
        Block("accordion", "title", hides=True),
        Block("objectives", "title or nothing", announced=True),
        Block("key-points", "title or nothing", announced=True),
        Block("timeline", "title or nothing"),
        Block("labelled-image", "title or nothing"),
        Block("flashcards", "title", hides=True),
        Block("to-come", "title", heading=False, empty=True, announced=True),
        Block("check", "question", body=False, vital=True),
        Block("ending", "quality", heading=False, vital=True, announced=True),
    )
}
