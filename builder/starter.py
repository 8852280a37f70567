"""The folder of a new course: a template of ``templates/starter/``, in the author's language.

In a template ``⟦Words⟧`` are shown as they are in English, and translated with
``texts/TAG.json`` in other languages; ``⟦=name⟧`` is replaced by what the author has chosen. The
notes to authors are always in English.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from builder import aside, resources
from builder.interface import Language
from builder.slugs import kept_by_windows

T = TypeVar("T")
SCHEMAS = ".schemas"
"""The folder of the schemas in a course."""
_EDITOR = ".vscode"
"""The folder of an editor's settings in a course."""
_WORDS = re.compile(r"⟦(=?)(.+?)⟧")
_NOT_ON_WINDOWS = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]\Z')
_LITTER = re.compile(r"\.DS_Store|desktop\.ini|thumbs\.db|\.scorm-builder-.*\.tmp", re.IGNORECASE)
"""What systems put into a folder by themselves, and what a ``new`` that was killed leaves."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an author has chosen: the template, and what stands in ``course.yaml``.

    ``tag`` is the language as the author writes it, ``spoken`` the one of its texts.
    """

    template: str
    id: str
    title: str
    tag: str
    spoken: Language


class NotMadeError(Exception):
    """Why there is no new folder, as a sentence."""


def files(chosen: Chosen, schemas: Mapping[str, str]) -> dict[str, str]:
    """The text of every file of a new course, by its path in it, the schemas among them."""
    root = resources.path("starter", chosen.template)
    words = _Words(chosen)
    made = {
        file.relative_to(root).as_posix(): words.put_into(file.read_text("utf-8"))
        for file in sorted(root.rglob("*"))
        if file.is_file()
    }
    return made | editing(schemas)


def editing(schemas: Mapping[str, str]) -> dict[str, str]:
    """What makes editors complete and check the files of a course: settings, and the schemas."""
    made = {f"{SCHEMAS}/{name}.json": text for name, text in schemas.items()}
    for file in sorted(resources.path("starter", "editor").iterdir()):
        made[f"{_EDITOR}/{file.name}"] = file.read_text("utf-8")
    return made


class _Words:
    """The words of one new course."""

    def __init__(self, chosen: Chosen) -> None:
        # Between double quotes, YAML reads what JSON writes.
        title, tag = (json.dumps(text, ensure_ascii=False) for text in (chosen.title, chosen.tag))
        plain = re.fullmatch("[A-Za-z0-9-]+", chosen.tag)
        language = chosen.tag if plain else tag
        self.chosen = {"id": chosen.id, "title": title, "language": language}
        self.texts = texts(chosen.spoken)

    def put_into(self, text: str) -> str:
        return _WORDS.sub(self._words, text)

    def _words(self, found: re.Match[str]) -> str:
        chosen, words = found.groups()
        return self.chosen[words] if chosen else self.texts.get(words, words)


def texts(spoken: Language) -> Mapping[str, str]:
    """What the words of the templates are in a language; none in English, which is theirs."""
    path = resources.path("starter", "texts", f"{spoken.tag}.json")
    read: dict[str, str] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return read


def unfit(folder: Path) -> str:
    """Why no course can begin in this folder, as a sentence; empty where one can."""
    place = _place(folder)
    there = _there(place)
    if not there.is_dir():
        return f"“{there}” is a file, and no folder can be made in it."
    for name in place.relative_to(there).parts:
        if kept_by_windows(name):
            return f"Windows keeps the name “{name}” for itself: choose another name."
        if wrong := _NOT_ON_WINDOWS.search(name):
            what = "a space or a dot at its end" if wrong[0] in ". " else f"“{wrong[0]}” in it"
            return f"Windows takes no name with {what}: choose another one than “{name}”."
    try:
        taken = there == place and sorted(
            entry.name for entry in place.iterdir() if not _LITTER.fullmatch(entry.name)
        )
    except OSError as error:
        return _why(folder, error)
    if taken:
        return f"“{folder}” is not empty: “{taken[0]}” is there. Choose a new or an empty folder."
    return ""


def put(
    made: Mapping[str, str | bytes],
    folder: Path,
    judge: Callable[[Path], T],
    fits: Callable[[T], object],
) -> T:
    """Write the files of a new course into a folder that is new or empty: all of them, or none.

    ``judge`` reads them first, and what it says of them is given back; unless that ``fits``, there
    are none. ``NotMadeError`` where a course cannot begin in the folder.
    """
    if wrong := unfit(folder):
        raise NotMadeError(wrong)
    place = _place(folder)
    there = _there(place)
    try:
        with aside.folder(there) as own:
            for _ in aside.left(own):
                pass
            new = own / "new"
            _write(made, new / place.relative_to(there))
            judged = judge(new / place.relative_to(there))
            if fits(judged):
                _move(new, there)
            return judged
    except OSError as error:
        raise NotMadeError(_why(folder, error)) from error


def _place(folder: Path) -> Path:
    return Path(os.path.abspath(folder))  # noqa: PTH100 — links on the way are the author's own


def _there(place: Path) -> Path:
    """The folder itself, or the nearest one above it that there is."""
    return next(one for one in (place, *place.parents) if os.path.lexists(one))


def _write(made: Mapping[str, str | bytes], folder: Path) -> None:
    for path, content in made.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)


def _move(new: Path, there: Path) -> None:
    """Put what lies in a folder into another one, or leave it where it is."""
    moved: list[Path] = []
    try:
        for entry in _settings_last(new):
            aside.replace(entry, there / entry.name)
            moved.append(entry)
    except BaseException:
        for entry in moved:
            (there / entry.name).replace(entry)
        raise


def _settings_last(new: Path) -> Iterator[Path]:
    # Where a process is killed meanwhile, the folder is no course yet.
    yield from sorted(new.iterdir(), key=lambda entry: (entry.name == "course.yaml", entry.name))


def _why(folder: Path, error: OSError) -> str:
    reason = aside.REASONS.get(error.errno or 0, error.strerror or str(error))
    return f"No course can be made in “{folder}”: {reason}."
