"""The blocks a page may hold: one row a directive, one template a row in ``templates/blocks/``.

A block whose template needs more than its text has a reader in ``builder/bodies/``, too.
"""

from __future__ import annotations

from typing import Literal

from builder.immutable import immutable


@immutable
class Block:
    """What may follow ``::: name`` on its line, and whether lines may stand before its ``:::``.

    ``heading`` is whether a heading shows the title.
    ``inside`` is the block that this one has to stand in, empty for any place. A block that
    ``hides`` shows its lines only when a trainee asks; one that is ``vital`` cannot stand in it.
    One that comes ``first`` has nothing above it on its page. One that may be ``empty`` has words
    of its own. Links lead to the terms of one that ``defines``. One that is ``material`` may stand
    in a question: it shows something, and has no heading.
    """

    name: str
    argument: Literal["title", "title or nothing", "question", "nothing"]
    body: bool = True
    heading: bool = True
    inside: str = ""
    hides: bool = False
    vital: bool = False
    first: bool = False
    empty: bool = False
    defines: bool = False
    material: bool = False


def asks(name: str) -> bool:
    """Whether the block of this name shows a question, rather than a title and text."""
    return name in BLOCKS and BLOCKS[name].argument == "question"


def level_within(name: str, argument: str, level: int) -> int:
    """The level of the headings that blocks show within a block, whose own has this ``level``."""
    shown = name in BLOCKS and BLOCKS[name].heading and BLOCKS[name].body and argument
    return min(level + 1, _DEEPEST) if shown else level


TOP = 2
"""The level of headings that blocks show in a page itself, whose title has the level 1."""
_DEEPEST = 6

BLOCKS = {
    block.name: block
    for block in (
        Block("callout", "title or nothing"),
        Block("warning", "title or nothing", vital=True),
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
        Block("content-note", "title or nothing", vital=True, first=True),
        Block("take-a-break", "title or nothing", vital=True, empty=True),
        Block("media", "title or nothing"),
        Block("cards", "title or nothing"),
        Block("card", "title", inside="cards"),
        Block("accordion", "title", hides=True),
        Block("objectives", "title or nothing"),
        Block("key-points", "title or nothing"),
        Block("timeline", "title or nothing"),
        Block("labelled-image", "title or nothing"),
        Block("flashcards", "title", hides=True),
        Block("to-come", "title", heading=False, empty=True),
        Block("check", "question", body=False, vital=True),
    )
}
