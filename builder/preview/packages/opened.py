"""A package that is open in the simulated LMS: its files, its items, and what the LMS holds."""

from __future__ import annotations

import hashlib
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from builder import updating
from builder.base.zips import Archive, DamagedError
from builder.package.artifacts import OUTLINE
from builder.preview import tabs
from builder.preview.answering import Events
from builder.preview.lms import Lms, Message
from builder.updating import Outline, UnreadableError

Json = dict[str, Any]

_QUIET_AFTER_VISIT = 0.15
"""Seconds without a request after which a visit counts as ended."""
_PATIENCE = 2
_SIGNAL_INTERVAL = 0.2


@dataclass(frozen=True, slots=True)
class PackageRequest:
    """What to open, and how.

    ``path`` is the zip. ``title`` and ``about`` are shown in the window: the name of the course,
    and what the package is. ``notice`` stays on view, or is empty. ``items`` are what the LMS
    launches, at least one, each as ``Course`` in ``templates/lms/manifest.ts``. ``profile`` is the
    id of a profile in ``templates/lms``. ``port`` 0 means any free port.
    """

    path: Path
    title: str
    about: str
    notice: str
    items: tuple[dict[str, str], ...]
    profile: str
    port: int = 0


@dataclass(slots=True)
class ItemLms(Lms):
    """The simulated LMS of one item. ``digest`` is the version of the package, which never changes
    while it is open."""

    digest: str = ""

    def version(self) -> str:
        return self.digest


@dataclass(slots=True)
class Opened:
    """A package that is open; thread-safe.

    ``lmss`` has the LMS of each item: an LMS keeps a record for each. ``run`` identifies this run;
    only the window knows ``token``. ``addresses`` are the origins of the package: the second one is
    for browsers that do not resolve the first. ``address`` is the origin of the window.
    """

    request: PackageRequest
    archive: Archive
    lmss: tuple[ItemLms, ...] = ()
    events: Events = field(default_factory=Events)
    run: str = field(default_factory=lambda: secrets.token_hex(8))
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    addresses: tuple[str, str] = ("", "")
    address: str = ""
    _names: dict[str, str] = field(default_factory=dict)
    _outline: Outline | None = None

    def __post_init__(self) -> None:
        self._names = {name.replace("\\", "/"): name for name in self.archive.files}
        self._outline = self._read_outline()
        digest = hashlib.sha256()
        for name, entry in sorted(self.archive.files.items()):
            digest.update(f"{name}\n{entry.file_size} {entry.CRC}\n".encode())
        self.lmss = tuple(
            ItemLms(
                self.request.path,
                heard=lambda: self.events.send("record", {}),
                digest=digest.hexdigest(),
            )
            for _ in self.request.items
        )

    def _read_outline(self) -> Outline | None:
        """The outline of a package that scorm-builder made; ``None`` for any other."""
        if OUTLINE not in self._names:
            return None
        try:
            return updating.parse(self.archive.read(self._names[OUTLINE]))
        except (UnreadableError, DamagedError):
            return None

    def wait(self) -> None:
        """Block until a signal ends the process."""
        # On Windows, signals are only handled between two waits.
        while True:
            time.sleep(_SIGNAL_INTERVAL)

    @property
    def windows(self) -> str:
        """The origins that the window may have, with a space between them."""
        return f"{self.address} {self.address.replace('127.0.0.1', 'localhost')}"

    def printed(self) -> Json:
        """The data that is embedded in the HTML of the window."""
        request = self.request
        return {
            "run": self.run,
            "token": self.token,
            "course": self.addresses[0],
            "otherwise": self.addresses[1],
            "profile": request.profile,
            "title": request.title,
            "about": request.about,
            "notice": request.notice,
            "items": [item | {"version": self.lmss[0].digest} for item in request.items],
            "own": self._outline is not None,
        }

    def lms(self, number: object) -> ItemLms:
        """The LMS of the item with this number, from 0; raises ``ValueError`` if there is none."""
        if not isinstance(number, int) or not 0 <= number < len(self.lmss):
            raise ValueError(number)
        return self.lmss[number]

    def begin(self, number: object, messages: list[Message]) -> None:
        """Start again with a trainee for whom the LMS of one item has received ``messages``, and
        those of the other items nothing."""
        lms = self.lms(number)
        # The last visit may still be sending its data.
        with suppress(TimeoutError):
            lms.wait_until_quiet(_QUIET_AFTER_VISIT, _PATIENCE)
        for one in self.lmss:
            one.clear()
        lms.take(messages)

    def record(self, number: object, calls: int) -> Json:
        """The data that the LMS of an item has received, with the calls after the first
        ``calls``."""
        lms = self.lms(number)
        later, count = lms.calls_after(calls)
        faults = lms.faults_now()
        return {"messages": lms.messages, "faults": faults, "calls": later, "count": count}

    def change_faults(self, changes: Json) -> None:
        """Change the faults of the LMS, for all items; raises ``ValueError`` for unknown faults."""
        for lms in self.lmss:
            lms.change_faults(changes)

    def trainees(self) -> Json:
        """The example trainees of a package that scorm-builder made, else none."""
        return tabs.trainees_of(self._outline) if self._outline else {}

    def explain(self, state: str) -> Json | None:
        """Explain a saved state of a package that scorm-builder made; ``None`` for any other."""
        return tabs.explain_state(self._outline, state) if self._outline else None

    def file(self, path: str) -> tuple[IO[bytes], int] | None:
        """A file of the package, open, and its size in bytes; ``None`` if there is none or it
        cannot be opened."""
        name = self._names.get(path)
        if name is None:
            return None
        try:
            return self.archive.open(name), self.archive.files[name].file_size
        # zipfile raises many kinds of exception for damaged members.
        except Exception:
            return None
