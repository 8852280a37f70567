"""Holds the state that all pages share while a course is written: ids, notes, link targets, and
what is not imported. Makes unique ids from words, keeps the ids of an earlier import, and makes
titles from file names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from builder.base.slugs import kept_by_windows, slug
from builder.course import keys
from builder.course.questions.base import ID_PATTERN
from builder.importing.document.form import Block, Paragraph, Place, Rest, one_line
from builder.importing.writing.pictures import Pictures

_MAX_ID = 48
"""Maximum number of characters of an id made from words."""
_ID = re.compile(ID_PATTERN)


def id_from_words(words: str) -> str:
    """An id of at most 48 characters made from whole words; empty if the words have no Latin
    letters or digits. A text that is a valid id already is returned unchanged."""
    if _ID.fullmatch(words):
        return words
    decomposed = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode("ascii")
    name = slug(decomposed)
    if len(name) <= _MAX_ID:
        return name
    cut = name[: _MAX_ID + 1].rpartition("-")[0]
    return cut or name[:_MAX_ID]


_STORED_KINDS = ("page", "question", "record")
"""The kinds of ids that are stored, shortened to keys, in a trainee's saved state."""


class Names:
    """Assigns the ids of a course, which must be unique among those of the same kind. A kind is a
    text such as ``page``; for the letters of a question's list, it is ``options`` or ``items`` and
    the question's id.

    For a later version of a document, ids of the earlier import are kept: ``known`` maps, by kind,
    the id that words would give to the id that the course has. ``taken`` are the ids in use by
    kind; before the kind of letters, ``course `` means those that the author's course has.
    ``paths`` are the files of existing pages by page id.
    """

    def __init__(
        self,
        known: Mapping[str, Mapping[str, str]] | None = None,
        taken: Mapping[str, frozenset[str]] | None = None,
        paths: Mapping[str, str] | None = None,
    ) -> None:
        self._known = known or {}
        self._paths = paths or {}
        self._given: dict[str, set[str]] = {kind: set(ids) for kind, ids in (taken or {}).items()}
        self._fresh: dict[str, set[str]] = {}
        # For each set of ids, given by its ``id()``: its size and the keys of its ids in the saved
        # state, when these were last computed.
        self._keys: dict[int, tuple[int, set[str]]] = {}
        self._counted: dict[tuple[int, str], list[int]] = {}

    def new(self, kind: str, words: str, otherwise: str, between: str = "-") -> str:
        """A new id that is unique among the ids of this kind, such as ``page``. It is made from
        ``words``, or from ``otherwise`` if the words give none, and ``between`` separates its
        words."""
        base_name = id_from_words(words).replace("-", between) or otherwise
        return self._assign(kind, base_name, between)

    def _assign(self, kind: str, base_name: str, between: str) -> str:
        fresh_id = self._free(base_name, kind, self._fresh.setdefault(kind, set()), between)
        known = self._known.get(kind, {})
        if fresh_id in known:
            return known[fresh_id]
        given = self._given.setdefault(kind, set())
        given.update(known.values())
        return self._free(fresh_id, kind, given, between)

    def retired(self, kind: str, used: Sequence[str]) -> list[str]:
        """The letters of this kind that an earlier import assigned and that are not in ``used``,
        sorted."""
        return sorted({*self._given.get(kind, ())} - {*used})

    @property
    def pages(self) -> Collection[str]:
        """The ids of the pages that the course has since an earlier import."""
        return self._paths.keys()

    def path(self, page: str) -> str:
        """The path in the course of the file of a page, given by its id."""
        return self._paths.get(page, f"pages/{page}.md")

    def heading(self, kind: str, own: str) -> str:
        """An id for a heading whose words give the id ``own``, unique among the ids of this kind,
        numbered as the Markdown parser does if headings have the same words."""
        return self._assign(kind, own, "-")

    def letters(self, kind: str, words: Sequence[str], all_letters: str) -> list[str]:
        """A letter for each text in ``words``, such as the options of a question; reports of an LMS
        identify an option by its letter. ``all_letters`` are the letters that may be used. Letters
        that an earlier import gave to other texts are not used again."""
        known = self._known.get(kind, {})
        used = {*known.values(), *self._given.get(kind, ()), *self._given.get(f"course {kind}", ())}
        free = iter([letter for letter in all_letters if letter not in used])
        return [known.get(str(at)) or next(free, "?") for at, _ in enumerate(words)]

    def _free(self, wanted: str, kind: str, taken: set[str], between: str) -> str:
        # Ids are never freed, so the search continues after the last number used for these words.
        counted = self._counted.setdefault((id(taken), wanted), [1])
        number = counted[0]
        name = wanted if number == 1 else f"{wanted}{between}{number}"
        while name in taken or kept_by_windows(name) or self._clashes(kind, name, taken):
            number += 1
            name = f"{wanted}{between}{number}"
        counted[0] = number
        taken.add(name)
        if kind in _STORED_KINDS:
            count, used = self._keys[id(taken)]
            used.add(keys.key(cast("keys.Kind", kind), name))
            self._keys[id(taken)] = (count + 1, used)
        return name

    def _clashes(self, kind: str, name: str, taken: set[str]) -> bool:
        """Whether an id of this kind in ``taken`` has the same key in the saved state as ``name``
        (``builder.course.keys``)."""
        if kind not in _STORED_KINDS:
            return False
        count, used = self._keys.get(id(taken), (-1, set()))
        if count != len(taken):
            used = {keys.key(cast("keys.Kind", kind), other) for other in taken}
            self._keys[id(taken)] = (len(taken), used)
        return keys.key(cast("keys.Kind", kind), name) in used


_AFFIXES = re.compile(
    r"^(?:(?:copy of|copie de|microsoft word -)\s+)+|\.(?:docx?|docm|dotx|odt|rtf|pdf)$",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"[\s.-]*(?:"
    r"\(\d{1,3}\)"
    r"|(?<!\w)(?:v|ver|version|rev|revision|draft)[\s.-]*\d+(?:[.-]\d+)*"
    r"|(?<!\w)copy(?:\s*\(?\d+\)?)?"
    r"|(?<!\d)(?:19|20)\d\d[-.]\d\d?[-.]\d\d?|(?<!\d)\d\d?[-.]\d\d?[-.](?:19|20)\d\d"
    r")$",
    re.IGNORECASE,
)
_UPPERCASE_VERSION = re.compile(r"[\s.-]+(?:FINAL|DRAFT|LATEST|NEW|APPROVED)$")
_VERSION_WORD = re.compile(
    r"[\s.-]+(?:final|draft|latest|new|clean|approved|amended|revised)$", re.IGNORECASE
)
"""Words at the end of a file's name that mean a version only next to another sign of a version:
“Biology final” is a title."""


def title_of_file(stem: str) -> str:
    """A title made from a file's name without its extension: version numbers and the like are
    removed, unless nothing would be left."""
    words, versioned = _AFFIXES.sub("", stem.replace("_", " ").strip()), False
    while True:
        shorter = _VERSION.sub("", words)
        versioned = (
            versioned or shorter != words or bool(_VERSION.search(_VERSION_WORD.sub("", words)))
        )
        shorter = (
            (_VERSION_WORD if versioned else _UPPERCASE_VERSION).sub("", shorter).strip(" .-–—")
        )
        if shorter == words or not any(letter.isalpha() for letter in shorter):
            return words
        versioned, words = True, shorter


@dataclass
class Context:
    """The state that all pages of a course share while it is written.

    ``notes`` are the document's footnotes and endnotes. ``places`` maps its bookmarks to link
    targets in the course. ``rest`` collects what is not imported, and ``changed`` counts what is
    imported in another form, by a description for the report. ``page_notes`` maps the notes of the
    current page to their names there, in order. ``addresses`` has the external addresses to which
    pages link, in order.
    """

    notes: Mapping[str, tuple[Block, ...]]
    names: Names
    pictures: Pictures
    places: dict[str, str] = field(default_factory=dict)
    rest: list[Rest] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)
    page_notes: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, None] = field(default_factory=dict)

    def add_rest(self, kind: str, place: Place, words: str, reason: str) -> None:
        """Add content to the list of what is not imported, or imported with changes. ``kind`` says
        what it is, ``words`` is its text, and ``reason`` says why it is listed."""
        self.rest.append(Rest(kind, place, " ".join(words.split()), reason))

    def note_name(self, note: str) -> str:
        """The name of a note on the current page, ``note`` being its key in ``notes``. The name is
        made from the note's words, so it does not change when other notes are added or removed."""
        if note not in self.page_notes:
            first = next(iter(self.notes[note]), None)
            words = one_line(first.inlines) if isinstance(first, Paragraph) else ""
            base_name = name = (
                id_from_words(words)[:_MAX_NOTE_NAME].strip("-") if words else ""
            ) or "note"
            while name in self.page_notes.values():
                number = int(name.removeprefix(base_name).strip("-") or 1) + 1
                name = f"{base_name}-{number}"
            self.page_notes[note] = name
        return self.page_notes[note]


_MAX_NOTE_NAME = 24
"""Maximum number of characters in the name of a note."""
NOWHERE = Place("", 0)
