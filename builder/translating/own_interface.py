"""The texts of the player's interface: which languages have them, and a course's own texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from builder.course import interface, load
from builder.course.translations.interface_texts import base_key
from builder.translating import po_file
from builder.translating.commands import FOLDER, Problems, new_headers, open_file, put
from builder.translating.update import Update, Wanted, update

_COMMENT = """\
The course’s own texts for the buttons and notices of the player, in place of those of
scorm-builder. Leave a translation empty to keep the text that the comment above it shows.
Keep names in braces such as {n}."""


@dataclass(frozen=True, slots=True)
class InterfaceLanguage:
    """A language of the interface: its tag and names, the number of its texts, the keys of those
    that are missing, and whether a speaker has read them."""

    tag: str
    name: str
    autonym: str
    total: int
    missing: tuple[str, ...]
    reviewed: bool


@dataclass(frozen=True, slots=True)
class Made:
    """The result of making or updating a course's own interface texts at ``path``.

    ``own`` is the number of its texts that replace or complete those of the program, of ``total``;
    ``missing`` the number of texts that neither has.
    """

    path: str
    is_new: bool
    update: Update
    total: int
    own: int
    missing: int


def overview(chosen: Sequence[str] = ()) -> tuple[InterfaceLanguage, ...]:
    """The languages of the interface in the order of their tags; only the ``chosen`` ones if there
    are any."""
    return tuple(
        InterfaceLanguage(
            *(one.tag, one.name, one.autonym),
            len(interface.required_keys(one)),
            interface.missing(one.tag),
            one.reviewed,
        )
        for one in interface.LANGUAGES
        if not chosen or one.tag in chosen
    )


def make(folder: Path, tag: str, today: date) -> Made | Problems:
    """Make or update the file in which a course completes or replaces interface texts in a
    language. Returns the problems if that fails."""
    sources, problems = load.load(folder)
    if sources is None:
        return problems
    value = sources.course.value
    course = value.get("id") if isinstance(value, dict) else None
    headers = new_headers(str(course or folder.name), tag, today)
    path = f"{FOLDER}/interface/{tag}.po"
    opened = open_file(folder, path, problems, lambda: po_file.new(headers, _COMMENT))
    if isinstance(opened, tuple):
        return opened
    wanted = tuple(_wanted(tag))
    done = update(opened.document, wanted)
    if problems := put(folder, opened):
        return problems
    own = {one.key[0] for one in opened.document.entries if one.is_current}
    known = interface.language(tag)
    missing = (
        {base_key(key, known.plurals) for key in interface.missing(tag)}
        if known
        else {one.part for one in wanted}
    )
    return Made(opened.path, opened.raw is None, done, len(wanted), len(own), len(missing - own))


def _wanted(tag: str) -> Iterator[Wanted]:
    """Yield all interface texts, with the present text in the language as a comment."""
    english = interface.texts("en")
    known = interface.language(tag)
    present = interface.texts(tag) if known else {}
    forms = len(known.plurals) if known else 2
    for key, text in english.items():
        base, now = base_key(key, ("one", "other")), present.get(key, "")
        if base == key or not {f"{base}_one", f"{base}_other"} <= english.keys():
            yield Wanted(key, text, f"Now: {now}" if now else "Missing: shown in English.")
        elif key == f"{base}_other":
            comment = f"Now, for most numbers: {now}" if now else ""
            yield Wanted(base, english[f"{base}_one"], comment, "", text, forms)
