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


BLOCKS = {
    block.name: block
    for block in (
        Block("callout", argument="title", body=True),
        Block("check", argument="question", body=False),
    )
}
