"""Gates: what the pages of a course wait for (the player's ``state/locks.js``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from builder.outline import Outline, Page


@dataclass(frozen=True, eq=False)
class Gate:
    """Opens once all ``pages`` are done; ``until`` passed: once every quiz among them is."""

    pages: tuple[Page, ...]
    until: Literal["done", "passed"]


def link_locks(outline: Outline) -> dict[str, tuple[Gate, ...]]:
    """The gates of each page that has any, by its id; those of its module first."""
    by_id = {page.id: page for page in outline.pages}
    members: dict[str, list[Page]] = {}
    for module in outline.modules:
        members.setdefault(module.title, []).extend(by_id[page] for page in module.pages)
    modules = {title: Gate(tuple(pages), "done") for title, pages in members.items()}

    def gates(lock: Mapping[str, tuple[str, ...]]) -> Iterator[Gate]:
        yield from (Gate((by_id[name],), "done") for name in lock.get("pages", ()))
        yield from (modules[title] for title in lock.get("modules", ()))
        yield from (Gate((by_id[name],), "passed") for name in lock.get("passed", ()))

    by_page = {}
    for module in outline.modules:
        shared = tuple(gates(module.lock))
        for page_id in module.pages:
            if waits := (*shared, *gates(by_id[page_id].lock)):
                by_page[page_id] = waits
    return by_page
