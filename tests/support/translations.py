"""PO files for tests: the messages of a course, each with a translation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polib

from builder.course.load import load
from builder.course.translations import Message, messages


def write_po(
    folder: Path,
    tag: str,
    translate: Callable[[Message], str] | Mapping[str, str],
    fuzzy: tuple[str, ...] = (),
) -> Path:
    """Write ``translations/TAG.po`` for the course in ``folder``.

    ``translate`` returns the translation of a message, or maps texts to translations; others are
    missing. ``fuzzy`` are the texts whose translation is stale.
    """
    sources, _ = load(folder)
    assert sources is not None
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    for one in messages(sources):
        text = translate.get(one.text, "") if isinstance(translate, Mapping) else translate(one)
        flags = ["fuzzy"] if one.text in fuzzy else []
        file.append(polib.POEntry(msgctxt=one.part, msgid=one.text, msgstr=text, flags=flags))
    path = folder / "translations" / f"{tag}.po"
    path.parent.mkdir(exist_ok=True)
    file.save(str(path))
    return path
