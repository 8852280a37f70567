"""Which part of which of several documents becomes which page: those of the first, then those of
the second."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from builder.importers.form import Document, Pages, Paragraph, Text, Volume
from builder.importers.writing import file_titles
from builder.importers.writing.desk import NOWHERE
from builder.importers.writing.division import Divided, Part, divide


def divided(document: Document, wanted: Pages) -> Divided:
    """A document as pages, or those that it was joined of. The course is called as the first one;
    what another one calls itself heads its page or groups its pages."""
    if not document.volumes:
        return divide(document, wanted)
    each = [divide(volume.document, volume.pages) for volume in document.volumes]
    parts = list(each[0].parts)
    for volume, one in zip(document.volumes[1:], each[1:], strict=True):
        parts += _titled(volume, one)
    return replace(each[0], parts=tuple(parts))


def levels(document: Document, wanted: Pages) -> tuple[int, ...]:
    """The level of the headings that begin pages, of each document of a joined one."""
    volumes = document.volumes or (Volume("", wanted, document),)
    return tuple(divide(volume.document, volume.pages).level for volume in volumes)


def _titled(volume: Volume, divided: Divided) -> Iterator[Part]:
    """The parts of a document that does not give the course its title, with what it is called."""
    parts = divided.parts
    if not parts:
        return
    first, title = parts[0], divided.title
    above = [one for one in (divided.subtitle,) if one is not None]
    if first.heading is None:
        named = title or Paragraph((Text(file_titles.title_of(volume.stem)),), NOWHERE)
        first = replace(first, heading=replace(named, level=first.level, style=""))
    elif title and len(parts) > 1 and not any(part.module for part in parts):
        parts = tuple(replace(part, module=title) for part in parts)
        first = parts[0]
    elif title:
        above.insert(0, title)
    blocks = (*(replace(one, style="", level=0) for one in above), *first.blocks)
    yield replace(first, blocks=blocks)
    yield from parts[1:]
