"""The translations of one language that are shown, by the part of the course that shows them."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import immutable
from builder.course.sources import PoEntry, PoFile

Texts = Mapping[tuple[str, str], str]
"""Translations by the part of the course and the text in the source language."""

_NONE: Texts = {}


def group_of(part: str) -> str:
    """The name of the file or entry that a part belongs to: a page, a question, an item of a
    record, a file of captions, or ``course`` for ``course.yaml``."""
    kind, _, name = part.partition("/")
    if kind in ("page", "question", "record"):
        return f"{kind}/{name.partition('/')[0]}"
    return part if kind == "media" else "course"


def is_shown(entry: PoEntry) -> bool:
    """Whether a translation is shown: it exists, and it is not stale."""
    return bool(entry.translation.strip()) and not entry.fuzzy and not entry.obsolete


@immutable
class Catalogue:
    """The translations into the language ``tag`` that are shown.

    ``foreign`` are the source language and its writing direction, which texts without a translation
    have. ``groups`` are the translations by group (see ``group_of``).
    """

    tag: str
    foreign: tuple[str, str]
    groups: Mapping[str, Texts]

    def group(self, name: str) -> Texts:
        """The translations of a group; the same object as long as the PO file is the same."""
        return self.groups.get(name, _NONE)

    def translation(self, part: str, text: str) -> str | None:
        """The translation of a message that is shown; ``None`` if there is none."""
        return self.group(group_of(part)).get((part, text))

    def shows(self, key: tuple[str, str]) -> bool:
        """Whether a translation of the message is shown."""
        return key in self.group(group_of(key[0]))


def catalogue(
    file: PoFile,
    foreign: tuple[str, str],
    wrong: Collection[tuple[str, str]] = (),
    cache: Cache = NO_CACHE,
) -> Catalogue:
    """The translations of a PO file. ``wrong`` are the messages whose translations have errors, by
    part and text: the source language is shown instead."""
    groups = cache.get_or_compute(("groups", file.path), (file,), lambda: _groups(file))
    faulty = {group_of(part) for part, _ in wrong}
    cleaned = {
        name: {key: text for key, text in groups[name].items() if key not in wrong}
        for name in faulty & groups.keys()
    }
    return Catalogue(file.tag, foreign, {**groups, **cleaned})


def _groups(file: PoFile) -> Mapping[str, Texts]:
    groups: dict[str, dict[tuple[str, str], str]] = {}
    for entry in file.entries:
        if is_shown(entry):
            group = groups.setdefault(group_of(entry.part), {})
            group.setdefault((entry.part, entry.text), entry.translation)
    return groups
