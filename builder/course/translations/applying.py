"""Makes the sources of a course in another language: values of YAML files are replaced in a copy,
and the text of a page is translated while it is parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace

from builder.base.cache import NO_CACHE, Cache
from builder.base.immutable import immutable
from builder.course import interface, markdown
from builder.course.markdown import Rendition, Rows, TextKind
from builder.course.media import captions
from builder.course.sources import MediaFile, PageFile, Place, Sources, Step, YamlFile
from builder.course.translations import values
from builder.course.translations.catalogue import Catalogue, Texts, catalogue
from builder.course.translations.media import of_languages, own_media
from builder.course.translations.messages import (
    are_of_language,
    has_words,
    source_language,
)
from builder.course.translations.values import Parts, Value


@immutable
class BlockTranslator:
    """Translates the blocks of a text with the parts ``parts``: those of a page, or the material of
    a question.

    ``texts`` are the translations, ``foreign`` the source language and its writing direction.
    """

    parts: Parts
    texts: Texts = field(hash=False)
    foreign: tuple[str, str]

    def __call__(self, text: str, kind: TextKind, rows: Rows) -> Rendition:
        found = self.texts.get((self.parts.at(rows[0]), text))
        if found is not None:
            return Rendition(_one_block(found))
        if not has_words(text, marked=kind != "title"):
            return Rendition(text)
        return Rendition(text, *self.foreign)


def _one_block(text: str) -> str:
    # An empty line in the text of a block would be shown as a line break.
    return "\n".join(filter(None, text.split("\n"))).strip()


def translated(sources: Sources, catalogue: Catalogue, cache: Cache = NO_CACHE) -> Sources:
    """The sources of the course in the language of a catalogue.

    All positions are those of the source; texts without a translation stay in the source language.
    An unchanged page is the same object as in the last call with the same ``cache``.
    """
    course = cache.get_or_compute(
        ("translated", catalogue.tag, "course"),
        (sources.course, catalogue.group("course")),
        lambda: _course(sources.course, catalogue),
    )
    spoken = _captions(sources, catalogue)
    return replace(
        sources,
        course=course,
        pages={path: _page(page, catalogue, cache) for path, page in sources.pages.items()},
        questions={
            path: _questions(file, catalogue, cache) for path, file in sources.questions.items()
        },
        media=_media(sources, catalogue.tag, spoken),
        styles=_own_texts(sources, sources.styles, catalogue.tag),
        captions=spoken,
        translations={},
    )


def sources_in(sources: Sources, tag: str) -> Sources:
    """The sources of a course without errors in the language ``tag`` of one of its translations."""
    language = source_language(sources)
    foreign = language, interface.spoken(language).direction
    return translated(sources, catalogue(sources.translations[tag], foreign))


@immutable
class _Change:
    """What replaces a value: its new value, and the language or the translator of its place."""

    value: object
    foreign: tuple[str, str] | None = None
    translate: BlockTranslator | None = None


_Changes = Mapping[tuple[Step, ...], _Change]
"""The changes of values by the paths to them."""


def _changes(found: Iterable[Value], texts: Texts, foreign: tuple[str, str]) -> _Changes:
    return {value.steps: _change(value, texts, foreign) for value in found}


def _change(value: Value, texts: Texts, foreign: tuple[str, str]) -> _Change:
    if value.form == "blocks":
        return _Change(value.text, translate=BlockTranslator(Parts(value.part), texts, foreign))
    text = markdown.unwrap(value.text) if value.form == "line" else value.text
    found = texts.get((value.part, text))
    if value.form == "answers":
        return _Change((found or text).split("\n"))
    if found is not None:
        return _Change(found)
    is_foreign = value.form == "line" and has_words(text, marked=True)
    return _Change(value.text, foreign if is_foreign else None)


def _apply(value: object, place: Place, changes: _Changes) -> tuple[object, Place]:
    """A copy of a value and of its place with changes."""
    inner: dict[Step, dict[tuple[Step, ...], _Change]] = {}
    for steps, change in changes.items():
        if not steps:
            return change.value, replace(place, foreign=change.foreign, translate=change.translate)
        inner.setdefault(steps[0], {})[steps[1:]] = change
    parts = dict(place.parts)
    changed: dict[Step, object] = {}
    for step, below in inner.items():
        within = parts.get(step, place)
        changed[step], parts[step] = _apply(_part(value, step), within, below)
    made: object = value
    if isinstance(value, list):
        made = [changed.get(index, part) for index, part in enumerate(value)]
    elif isinstance(value, dict):
        made = {**value, **changed}
    return made, replace(place, parts=parts)


def _part(value: object, step: Step) -> object:
    if isinstance(value, list) and isinstance(step, int):
        return value[step]
    return value.get(step) if isinstance(value, dict) else None


def _course(file: YamlFile, catalogue: Catalogue) -> YamlFile:
    texts = catalogue.group("course")
    changes = {**_changes(values.of_course(file), texts, catalogue.foreign)}
    changes[("language",)] = _Change(catalogue.tag)
    ids: dict[str, str] = {}
    for steps, entry in values.module_entries(file.value):
        if isinstance(title := entry.get("module"), str) and title.strip():
            # The ids of modules are made from the words of the source.
            ids[title] = values.module_id(entry)
            changes[(*steps, "id")] = _Change(ids[title])
    changes |= {steps: _Change(ids[name]) for steps, name in _locking(file.value) if name in ids}
    value, place = _apply(file.value, file.place, changes)
    return YamlFile(file.path, value, place)


def _locking(value: object) -> Iterator[tuple[tuple[Step, ...], str]]:
    """Yield the names in the locks of ``course.yaml``, each after the path to it."""
    listed = value.get("pages") if isinstance(value, dict) else None
    for steps, entry in _entries(listed, ("pages",)):
        lock = entry.get("locked")
        for key, names in lock.items() if isinstance(lock, dict) else ((None, lock),):
            start = (*steps, "locked") if key is None else (*steps, "locked", key)
            if isinstance(names, str):
                yield start, names
            for index, name in enumerate(names if isinstance(names, list) else ()):
                if isinstance(name, str):
                    yield (*start, index), name


def _entries(
    listed: object, steps: tuple[Step, ...]
) -> Iterator[tuple[tuple[Step, ...], Mapping[str, object]]]:
    """Yield the entries with keys in a list of pages, inside and outside modules."""
    for index, entry in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(entry, dict):
            yield (*steps, index), entry
            yield from _entries(entry.get("pages"), (*steps, index, "pages"))


def _page(page: PageFile, catalogue: Catalogue, cache: Cache) -> PageFile:
    name = f"page/{values.page_id(page)}"
    front = page.front.value
    record = front.get("record") if isinstance(front, dict) else None
    items = [one.get("id") for one in record or () if isinstance(one, dict)]
    groups = tuple(catalogue.group(one) for one in (name, *(f"record/{item}" for item in items)))

    def make() -> PageFile:
        texts = {key: text for group in groups for key, text in group.items()}
        changes = _changes(values.of_page(page), texts, catalogue.foreign)
        value, place = _apply(page.front.value, page.front.place, changes)
        translator = BlockTranslator(values.parts_of(page), groups[0], catalogue.foreign)
        front = YamlFile(page.front.path, value, place)
        return replace(page, front=front, translate=translator)

    given = page, *groups, catalogue.foreign
    return cache.get_or_compute(("translated", catalogue.tag, page.path), given, make)


def _questions(file: YamlFile, catalogue: Catalogue, cache: Cache) -> YamlFile:
    if not isinstance(file.value, list):
        return file
    entries: list[object] = []
    parts: dict[Step, Place] = {}
    for index, entry in enumerate(file.value):
        place = file.place.parts[index]
        value, parts[index] = _question(file.path, entry, place, catalogue, cache)
        entries.append(value)
    return YamlFile(file.path, entries, replace(file.place, parts=parts))


def _question(
    path: str, entry: object, place: Place, catalogue: Catalogue, cache: Cache
) -> tuple[object, Place]:
    identifier = entry.get("id") if isinstance(entry, dict) else None
    texts = catalogue.group(f"question/{identifier}")
    name = "translated", catalogue.tag, path, id(entry)
    changes = cache.get_or_compute(
        name,
        (entry, texts, catalogue.foreign),
        lambda: _changes(values.of_question(entry), texts, catalogue.foreign),
    )
    # The value is cached apart from its place, which an edit above moves: see ``bank.read``.
    value = cache.get_or_compute(
        (*name, "value"), (entry, changes), lambda: _apply(entry, place, changes)[0]
    )
    moved = cache.get_or_compute(
        (*name, "place"), (place, changes), lambda: _apply(entry, place, changes)[1]
    )
    return value, moved


def _media(sources: Sources, tag: str, spoken: Mapping[str, str]) -> Mapping[str, MediaFile]:
    """The media of the course in the language ``tag``: a file of this language in place of the file
    that it replaces, under the path of the latter. ``spoken`` are the captions in this language."""
    own, hidden = own_media(sources.media, tag), of_languages(sources)
    media = {
        path: replace(sources.media[own[path]], path=path) if path in own else file
        for path, file in sources.media.items()
        if path not in hidden
    }
    for path, text in spoken.items():
        if path in media and path not in own and text != sources.captions[path]:
            content = text.encode()
            digest = hashlib.sha256(content).hexdigest()
            media[path] = replace(media[path], content=content, size=len(content), sha256=digest)
    return media


def _own_texts(sources: Sources, texts: Mapping[str, str], tag: str) -> Mapping[str, str]:
    own = own_media(sources.media, tag)
    return {path: texts.get(own.get(path, path), text) for path, text in texts.items()}


def _captions(sources: Sources, catalogue: Catalogue) -> Mapping[str, str]:
    own = own_media(sources.media, catalogue.tag)
    language = source_language(sources)
    texts = dict(_own_texts(sources, sources.captions, catalogue.tag))
    for path, text in texts.items():
        if path not in own and are_of_language(path, language):
            texts[path] = _translated_captions(path, text, catalogue)
    return texts


def _translated_captions(path: str, text: str, catalogue: Catalogue) -> str:
    def replaced(words: str) -> str:
        found = catalogue.translation(path, words)
        if found is not None:
            # An empty line would end the caption.
            return _one_block(found)
        if not has_words(words, marked=False):
            return words
        return f"<lang {catalogue.foreign[0]}>{words}</lang>"

    return captions.replace_texts(text, replaced)
