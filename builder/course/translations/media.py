"""Files of ``media/`` in a language: ``media/pl/map.png`` replaces ``media/map.png`` in Polish."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from builder.course.media.formats import FORMATS
from builder.course.sources import Sources

_FOLDER = "media/"


def own_path(path: str, tag: str) -> str:
    """The path of the file that replaces the file ``path`` in the language ``tag``."""
    return posixpath.join("media", tag, path.removeprefix(_FOLDER))


def own_media(media: Iterable[str], tag: str) -> Mapping[str, str]:
    """The files that have a file of their own in the language ``tag``: the path of that file by the
    path that it replaces."""
    known = set(media)
    found = {path: own_path(path, tag) for path in sorted(known)}
    return {path: own for path, own in found.items() if own in known}


def of_languages(sources: Sources) -> frozenset[str]:
    """The paths of all files that replace another one in the language of a translation."""
    return frozenset(
        own for tag in sources.translations for own in own_media(sources.media, tag).values()
    )


def pictures_without_own(sources: Sources, tag: str) -> tuple[str, ...]:
    """The paths of the pictures that have no file of their own in the language ``tag``, sorted:
    words in them are not translated."""
    own, elsewhere = own_media(sources.media, tag), of_languages(sources)
    elsewhere |= frozenset(own.values())
    return tuple(
        path
        for path in sorted(sources.media)
        if path not in own and path not in elsewhere and _is_picture(path)
    )


def _is_picture(path: str) -> bool:
    found = FORMATS.get(PurePosixPath(path).suffix.lower())
    return found is not None and found.kind == "image"
