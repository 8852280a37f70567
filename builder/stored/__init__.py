"""What pure functions made of a course, kept in the user's cache for its next build."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from builder import __version__
from builder.memo import Form, Memo
from builder.stored.file import Before, Now
from builder.stored.told import Things, UnknownError, digest

T = TypeVar("T")
_MOST = 10
"""Courses of which something is kept."""
_LARGEST = 50_000_000
"""Bytes that are kept of a course: those of 3,000 pages."""
_IN_JSON = json.JSONEncoder(separators=(",", ":")).encode


class Stored(Memo):
    """What has a form, by all that it was made of, as the last build of the same ``course`` left
    it in the ``folder``. What another ``program`` has made counts as nothing.

    Whatever is not asked for in a build is forgotten after it. All of it stays on the disk: it is
    a sixth of what a build takes of memory.
    """

    stores = True

    def __init__(self, folder: Path, course: Path, program: str) -> None:
        name = hashlib.sha256(os.path.realpath(course).encode("utf-8", "surrogateescape"))
        file = folder / f"{name.hexdigest()}.parts"
        made_by = json.dumps(f"{__version__} {program}").encode()
        self._before = Before(file, made_by, _LARGEST)
        self._now = Now(file, made_by, _LARGEST)
        self._things = Things()

    def of(
        self,
        name: Hashable,
        given: tuple[Any, ...],
        make: Callable[[], T],
        form: Form | None = None,
    ) -> T:
        """What an earlier build made of the same, or what ``make`` makes now."""
        if form is None:
            return make()
        kind = name[0] if isinstance(name, tuple) else name
        try:
            key = digest(f"{kind} {self._things.told(given)}").encode()
        except UnknownError:
            return make()
        written = self._before.get(key)
        if written:
            self._now.add(key, written)
            found: T = form.read(json.loads(written))
            return found
        made = make()
        plain = form.write(made)
        if plain is not None:
            self._now.add(key, _IN_JSON(plain).encode())
        return made

    def known(self, thing: object, *by: object) -> None:
        """Tell a thing from others by what it follows from."""
        self._things.known(thing, by)

    def round(self) -> None:
        """Let go of the things that only the stage before the last one has told of."""
        self._things.round()

    def end(self, whole: bool) -> None:
        """Keep what was asked for, if that was all of a course."""
        self._before.close()
        self._now.end(whole and self._now.keys != self._before.keys, _MOST)
