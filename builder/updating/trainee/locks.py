"""Links each page to the gates (conditions) that lock it (the player's ``state/locks.ts``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from builder.package.outline import Outline, Page


@dataclass(frozen=True, eq=False)
class Gate:
    """A condition of a lock: it opens when all ``pages`` are done or, if ``until`` is ``passed``,
    when their quizzes are passed."""

    pages: tuple[Page, ...]
    until: Literal["done", "passed"]


def link_locks(outline: Outline) -> dict[str, tuple[Gate, ...]]:
    """The gates (conditions of locks) of each locked page, by page id; those of its module come
    first."""
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
