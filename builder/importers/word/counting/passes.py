"""One pass over a part of a Word file, whose elements have short names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

_SPACES = (
    ("wordprocessingml/2006/main", "w"),
    ("wordprocessingml/main", "w"),
    ("markup-compatibility/2006", "mc"),
    ("officeDocument/2006/math", "m"),
    ("officeDocument/math", "m"),
    ("drawingml/2006/picture", "pic"),
    ("drawingml/picture", "pic"),
    ("drawingml/2006/main", "a"),
    ("drawingml/main", "a"),
    ("officeDocument/2006/relationships", "r"),
    ("officeDocument/relationships", "r"),
    ("urn:schemas-microsoft-com:vml", "v"),
    ("urn:schemas-microsoft-com:office:office", "o"),
    ("package/2006/relationships", "rel"),
    ("package/2006/content-types", "ct"),
)
_DEEPEST = 300


class BrokenError(Exception):
    """XML that cannot be read."""


@dataclass(slots=True)
class Handler:
    """What is done at the beginning and the end of elements, and with their text."""

    begin: Callable[[str, dict[str, str]], None]
    end: Callable[[str], None] = lambda tag: None
    text: Callable[[str], None] = lambda text: None


def go_through(content: bytes, handler: Handler) -> None:
    """One pass over a part; ``BrokenError`` where its XML ends early or is none."""
    parser = expat.ParserCreate(namespace_separator="}")
    known: dict[str, str] = {}
    depth = 0

    def short(full: str) -> str:
        if full not in known:
            space, _, local = full.rpartition("}")
            prefix = next((short for end, short in _SPACES if space.endswith(end)), "")
            known[full] = f"{prefix}:{local}"
        return known[full]

    def begin(full: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise BrokenError
        handler.begin(short(full), {short(key): said for key, said in attributes.items()})

    def end(full: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(short(full))

    def refuse(*_: object) -> None:
        raise BrokenError

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise BrokenError from error
