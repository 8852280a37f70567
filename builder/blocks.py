"""The blocks a page may hold: one row a directive, one template a row in ``templates/blocks/``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Block:
    """What may follow ``::: name`` on its line, and whether lines may stand before its ``:::``."""

    name: str
    argument: Literal["title", "question"]
    body: bool


def asks(name: str) -> bool:
    """Whether the block of this name shows a question, rather than a title and text."""
    return name in BLOCKS and BLOCKS[name].argument == "question"


BLOCKS = {
    block.name: block
    for block in (
        Block("callout", argument="title", body=True),
        Block("check", argument="question", body=False),
    )
}
