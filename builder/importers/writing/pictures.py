"""Pictures of a document as files of a course: named by content, without what they tell of whoever
made them."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable

from builder import pictures
from builder.formats import BEGINNING, FORMATS
from builder.importers.form import Image
from builder.importers.writing.metadata import without_metadata

_SHOWN = {ending for ending, form in FORMATS.items() if form.kind == "image"}
_SAVE_AS = "browsers do not show this format: save the picture as PNG, and put it into media/"


class Pictures:
    """Gathers the files; ``refused`` says in words why a drawing must not come into a package."""

    def __init__(self, refused: Callable[[bytes], str]) -> None:
        self.files: dict[str, bytes] = {}
        self._refused = refused

    def file(self, image: Image) -> tuple[str, str]:
        """The path of a picture's file in the course, or an empty one and why there is none."""
        if image.file:
            return image.file, ""
        ending = f".{image.ending.lower()}"
        if not image.content:
            return "", "the document only links to it, and it is not fetched"
        if ending not in _SHOWN:
            return "", f"{image.ending.upper()}: {_SAVE_AS}"
        if not FORMATS[ending].begins.match(image.content[:BEGINNING]):
            return "", f"it says that it is {image.ending.upper()}, and is something else"
        damage = pictures.find_damage(io.BytesIO(image.content))
        if damage:
            return "", damage
        if ending == ".svg" and (why := self._refused(image.content)):
            return "", f"a drawing that would {why}"
        content = without_metadata(image.content, ending)
        name = hashlib.sha256(content).hexdigest()[:12]
        path = f"media/picture-{name}{'.jpg' if ending == '.jpeg' else ending}"
        self.files[path] = content
        return path, ""
