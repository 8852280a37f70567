"""Finds translations under the earlier ids of pages, scenes, questions and record items
(``was:``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from builder.course.sources import PoFile, Sources
from builder.course.translations import values


def former_parts(sources: Sources) -> Mapping[str, str]:
    """The present id of each part by its former ids, such as ``page/start`` by ``page/begin``.

    An id that a part of the course has now is no former id.
    """
    named = tuple(_named(sources))
    present = {part for part, _ in named}
    found: dict[str, str] = {}
    for part, was in named:
        around = part.rpartition("/")[0]
        for name in was if isinstance(was, list) else [was]:
            if isinstance(name, str) and (former := f"{around}/{name}") not in present:
                found.setdefault(former, part)
    return found


def _named(sources: Sources) -> Iterator[tuple[str, object]]:
    """Yield the id of each part with an id, and what is written after ``was:``."""
    for page in sources.pages.values():
        front = page.front.value if isinstance(page.front.value, dict) else {}
        yield f"page/{values.page_id(page)}", front.get("was")
        yield from _listed("record", front.get("record"))
        for _, scene, was in values.scenes(page):
            yield f"page/{values.page_id(page)}{values.SCENE}{scene}", list(was)
    for file in sources.questions.values():
        yield from _listed("question", file.value)


def _listed(kind: str, entries: object) -> Iterator[tuple[str, object]]:
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield f"{kind}/{entry.get('id')}", entry.get("was")


def present_part(part: str, former: Mapping[str, str]) -> str:
    """The present id of the part of a message; ``former`` are the parts by their former ids."""
    kind, _, rest = part.partition("/")
    name, sign, below = rest.partition("/")
    found = former.get(f"{kind}/{name}")
    part = f"{found}{sign}{below}" if found else part
    return former.get(part, part)


def with_present_parts(file: PoFile, former: Mapping[str, str]) -> PoFile:
    """A copy of a PO file whose messages have the present ids of their parts; the file itself if
    it has no former ids.

    A message that the file has under the present id, too, counts instead of the former one.
    """
    if not former:
        return file
    moved = {
        index: part
        for index, entry in enumerate(file.entries)
        if (part := present_part(entry.part, former)) != entry.part
    }
    if not moved:
        return file
    present = {(entry.part, entry.text) for entry in file.entries if not entry.obsolete}
    entries = (
        replace(entry, part=moved[index]) if index in moved else entry
        for index, entry in enumerate(file.entries)
        if index not in moved or (moved[index], entry.text) not in present
    )
    return replace(file, entries=tuple(entries))
