"""Creates a new course from a template of ``templates/starter/``, and the schemas for its files.

In a template, ``⟦Words⟧`` is replaced by its translation in ``texts/TAG.json``, or by the words
themselves if the language has no such file; ``⟦=name⟧`` is replaced by the author's choice of that
name (id, title or language). Notes to authors are always in English.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from builder.base import resources, temporary
from builder.base.immutable import immutable
from builder.base.slugs import kept_by_windows
from builder.course import interface, judging
from builder.course.interface import Language
from builder.course.judging import has_errors

T = TypeVar("T")
SCHEMAS = ".schemas"
"""The name of the folder in a course that contains the JSON Schemas of its files."""
_EDITOR = ".vscode"
"""The name of the folder in a course that contains settings for editors."""
_PLACEHOLDER = re.compile(r"⟦(=?)(.+?)⟧")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]\Z')
_LITTER = re.compile(r"\.DS_Store|desktop\.ini|thumbs\.db|\.scorm-builder-.*\.tmp", re.IGNORECASE)
"""Matches names of files that systems create in folders by themselves, and the leftovers of a
killed process of the command ``new``: a folder that has only these is treated as empty."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The author's choices for a new course: the template, and values for ``course.yaml``.

    ``tag`` is the language tag that the author wrote, ``spoken`` the language of the interface for
    it.
    """

    template: str
    id: str
    title: str
    tag: str
    spoken: Language


class NotMadeError(Exception):
    """The folder of a new course was not created; the text says why."""


def template_files(chosen: Chosen, schemas: Mapping[str, str]) -> dict[str, str]:
    """The text of every file of a new course, by path. ``schemas`` are the texts of the schemas by
    name, which become files, too."""
    root = resources.path("starter", chosen.template)
    words = _Placeholders(chosen)
    made = {
        file.relative_to(root).as_posix(): words.fill_in(file.read_text("utf-8"))
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }
    return made | editing(schemas)


def editing(schemas: Mapping[str, str]) -> dict[str, str]:
    """The texts of the files that let editors complete and check a course, by path: settings, and
    the given schemas."""
    made = {f"{SCHEMAS}/{name}.json": text for name, text in schemas.items()}
    for file in sorted(resources.path("starter", "editor").iterdir()):
        made[f"{_EDITOR}/{file.name}"] = file.read_text("utf-8")
    return made


class _Placeholders:
    """Fills in the placeholders of the templates for one new course."""

    def __init__(self, chosen: Chosen) -> None:
        # YAML accepts JSON's double-quoted strings.
        title, tag = (json.dumps(text, ensure_ascii=False) for text in (chosen.title, chosen.tag))
        plain = re.fullmatch("[A-Za-z0-9-]+", chosen.tag)
        language = chosen.tag if plain else tag
        self.chosen = {"id": chosen.id, "title": title, "language": language}
        self.texts = texts(chosen.spoken)

    def fill_in(self, text: str) -> str:
        return _PLACEHOLDER.sub(self._fill, text)

    def _fill(self, found: re.Match[str]) -> str:
        chosen, words = found.groups()
        return self.chosen[words] if chosen else self.texts.get(words, words)


def texts(spoken: Language) -> Mapping[str, str]:
    """The translations of template texts to a language, by the English text; empty for English and
    for a language without translations."""
    path = resources.path("starter", "texts", f"{spoken.tag}.json")
    read: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return read


def refusal_reason(folder: Path) -> str:
    """The reason, in sentences, why no course can be created in this folder; empty if one can."""
    place = _place(folder)
    existing = _nearest_existing(place)
    if not existing.is_dir():
        return f"“{existing}” is a file, so it cannot contain a folder."
    for name in place.relative_to(existing).parts:
        if kept_by_windows(name):
            return f"“{name}” is a reserved name on Windows: choose another name."
        if character := _NOT_ON_WINDOWS.search(name):
            what = (
                "ends with a space or a dot"
                if character[0] in ". "
                else f"contains “{character[0]}”"
            )
            return f"Windows does not allow a name that {what}: choose another than “{name}”."
    try:
        taken = existing == place and sorted(
            entry.name for entry in place.iterdir() if not _LITTER.fullmatch(entry.name)
        )
    except OSError as error:
        return _reason(folder, error)
    if taken:
        return f"“{folder}” is not empty: “{taken[0]}” is there. Choose a new or an empty folder."
    return ""


def create_files(
    made: Mapping[str, str | bytes],
    folder: Path,
    judge: Callable[[Path], T],
    fits: Callable[[T], object],
) -> T:
    """Write the files of a new course to a new or empty folder: all of them, or none.

    ``made`` are the contents by path. The files are first written to a temporary folder, and
    ``judge`` is called with it; they are moved to ``folder`` only if ``fits`` accepts the result of
    ``judge``, which is returned. Raises ``NotMadeError`` if no course can be created in the folder.
    """
    if reason := refusal_reason(folder):
        raise NotMadeError(reason)
    place = _place(folder)
    existing = _nearest_existing(place)
    try:
        with temporary.folder(existing) as own:
            for _ in temporary.abandoned_folders(own):
                pass
            new = own / "new"
            _write(made, new / place.relative_to(existing))
            judged = judge(new / place.relative_to(existing))
            if fits(judged):
                _move(new, existing)
            return judged
    except OSError as error:
        raise NotMadeError(_reason(folder, error)) from error


def _place(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 — links on the way are the author's own


def _nearest_existing(place: Path) -> Path:
    """The nearest existing path: ``place`` itself, or a folder above it."""
    return next(one for one in (place, *place.parents) if os.path.lexists(one))


def _write(made: Mapping[str, str | bytes], folder: Path) -> None:
    for path, content in made.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def _move(new: Path, target: Path) -> None:
    """Move the content of the folder ``new`` to ``target``; on failure, move it back."""
    moved: list[Path] = []
    try:
        for entry in _course_yaml_last(new):
            temporary.replace(entry, target / entry.name)
            moved.append(entry)
    except BaseException:
        for entry in moved:
            (target / entry.name).replace(entry)
        raise


def _course_yaml_last(new: Path) -> Iterator[Path]:
    # course.yaml comes last: a folder without it, left by a killed process, is not a course.
    yield from sorted(new.iterdir(), key=lambda entry: (entry.name == "course.yaml", entry.name))


def _reason(folder: Path, error: OSError) -> str:
    reason = temporary.reason(error)
    return f"No course can be made in “{folder}”: {reason}."


def schema(name: str) -> str:
    """The text of the JSON Schema with this name, such as ``course`` or ``page``."""
    from builder.course.validate import schemas

    return schemas.text(name)


@immutable
class Created:
    """The result of creating a course: its folder, title and number of pages.

    ``open`` is the number of points that make it a draft, ``spoken`` the language of the interface.
    ``translated`` is whether the pages are in that language, too; otherwise they are in English.
    """

    folder: Path
    title: str
    pages: int
    open: int
    spoken: Language
    translated: bool


@immutable
class NewCourse:
    """The course that an author wants to create: folder, template, title and language tag.

    ``today`` is the date by which open points are counted, such as a review that is overdue.
    """

    folder: Path
    template: str
    title: str
    language: str
    today: date


def create(wanted: NewCourse) -> tuple[Created | None, tuple[str, ...]]:
    """Create the folder of a new course, which can be built at once.

    Returns ``None`` and the reasons in sentences if that is not possible.
    """
    from builder.course.validate import schemas
    from builder.course.validate.shape import id_of

    if any("\ud800" <= letter <= "\udfff" for letter in wanted.title + wanted.language):
        return None, ("The title or the language is not valid text.",)
    spoken = interface.language(wanted.language)
    if spoken is None:
        known = ", ".join(f"{one.tag} ({one.name})" for one in interface.LANGUAGES)
        return None, (f"There is no interface in “{wanted.language}”. Choose one of: {known}.",)
    name = id_of(wanted.folder.absolute().name) or id_of(wanted.title) or "my-course"
    title = " ".join(wanted.title.split())
    chosen = Chosen(wanted.template, name, title, wanted.language, spoken)
    files = template_files(chosen, {each: schema(each) for each in schemas.SCHEMAS})
    try:
        course, found = create_files(
            files,
            wanted.folder,
            lambda folder: judging.course(folder, wanted.today),
            lambda made: made[0],
        )
    except NotMadeError as error:
        return None, (str(error),)
    if course is None:
        return None, tuple(
            f"{fault.position}: {fault.message}" for fault in found if has_errors([fault])
        )
    open_points = sum(fault.draft for fault in found)
    translated = spoken.name == "English" or bool(texts(spoken))
    return Created(wanted.folder, title, len(course.pages), open_points, spoken, translated), ()
