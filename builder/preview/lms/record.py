"""The simulated LMS: its faults, the data that it has received, and waiting for more."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Condition
from typing import Any

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults of a simulated LMS: in the connection, the server, and the API."""

    delay: float = 0
    """Seconds until a request with data is answered."""
    status: int = 0
    """HTTP status of every response to data, which is then not stored; 0 for the normal status."""
    keep: bool = False
    """Store data that is answered with ``status``, so that only the response is wrong."""
    drop: bool = False
    """Confirm data but lose it."""
    cut: bool = False
    """End requests with data without a response or storing them; other requests are answered."""
    offline: bool = False
    """No connection: every request ends without a response."""
    expired: bool = False
    """The trainee's session has expired: data is answered with 401 and not stored."""
    locked: bool = False
    """The package requires a session: with ``expired`` its files are answered with 401, too."""
    times: int | None = None
    """Number of requests with data that ``status`` and ``drop`` affect; ``None`` for all."""
    initialise: str = ""
    """"false" to make LMSInitialize fail."""
    refuse: tuple[str, ...] = ()
    """Elements for which LMSSetValue fails."""
    throws: tuple[str, ...] = ()
    """API functions that throw."""

    def changed(self, changes: Message) -> Faults:
        """These faults with changes; raises ``ValueError`` for unknown names or wrong types."""
        values: Message = {
            name: tuple(v) if isinstance(v, list) else v for name, v in changes.items()
        }
        kinds = {name: type(value) for name, value in asdict(Faults(times=0)).items()}
        for name, value in values.items():
            fits = type(value) is kinds.get(name) or (name == "times" and value is None)
            whole = kinds.get(name) is float and type(value) is int
            words = not isinstance(value, tuple) or all(isinstance(word, str) for word in value)
            if not (fits or whole) or not words:
                raise ValueError(name)
        return replace(self, **values)


_MAX_BYTES = 256 << 20
"""Maximum total bytes of stored data, including the log."""
_CHECK_INTERVAL = 0.05
"""Seconds between two checks for new data."""


@dataclass(slots=True)
class Lms:
    """The state of the simulated LMS: package, received data, faults. Thread-safe."""

    package: Path
    """The folder of the unpacked package; may be replaced."""
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    """The server's address, without a trailing slash."""
    elsewhere: str = ""
    """The same server under another origin, for frames between the course and its LMS."""
    place: str = "/content/"
    """The path of the course and the package, with slashes at both ends."""

    heard: Callable[[], None] = lambda: None
    """Called after anything has been received and stored."""

    _messages: list[Message] = field(default_factory=list)
    _calls: list[Message] = field(default_factory=list)
    _pages: int = 0
    _last_earlier_page: int = 0
    """The number of the last page of an earlier trainee."""
    _failed: int = 0
    _size: int = 0
    _busy: int = 0
    _last_request: float = 0.0
    _changed: Condition = field(default_factory=Condition)

    @property
    def messages(self) -> list[Message]:
        """All received and stored messages, in order."""
        with self._changed:
            return list(self._messages)

    @property
    def calls(self) -> list[Message]:
        """All logged API calls, by launch and call."""
        with self._changed:
            return sorted(self._calls, key=lambda call: (call["launch"], call["order"]))

    def calls_after(self, count: int) -> tuple[list[Message], int]:
        """The calls after the first ``count``, in the order of arrival, and the total number."""
        with self._changed:
            return self._calls[count:], len(self._calls)

    @property
    def failed(self) -> int:
        """The number of requests with data that were refused or lost because of a fault."""
        with self._changed:
            return self._failed

    @property
    def launches(self) -> int:
        """The number of launches, including launches from an old copy of the page."""
        return sum(message.get("type") in ("launch", "copy") for message in self.messages)

    def clear(self) -> None:
        """Delete everything about the trainee."""
        with self._changed:
            self._messages.clear()
            self._calls.clear()
            self._last_earlier_page = self._pages
            self._size = 0
            self.faults = Faults()

    def faults_now(self) -> Message:
        """The present faults, for a page that shows them."""
        with self._changed:
            return asdict(self.faults)

    def take(self, messages: list[Message]) -> None:
        """Add messages as if they had arrived from pages of another server."""
        known = [dict(message) for message in messages]
        for message in known:
            message.pop("page", None)
        with self._changed:
            self._messages.extend(known)

    def wait(self, condition: Callable[[], bool], seconds: float = 5) -> bool:
        """Wait until a condition is true; checked whenever data arrives."""
        end = time.monotonic() + seconds
        while not condition():
            with self._changed:
                if time.monotonic() > end:
                    return False
                self._changed.wait(_CHECK_INTERVAL)
        return True

    @property
    def busy(self) -> bool:
        """Whether a request is being answered."""
        return bool(self._busy)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Context of a request that is being answered."""
        with self._changed:
            self._busy += 1
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._last_request = time.monotonic()
                self._changed.notify_all()

    def wait_until_quiet(self, quiet: float = 0.2, seconds: float = 15) -> None:
        """Wait until no request is being answered, and none has arrived for ``quiet`` seconds.

        By then the data sent by a closing page has arrived. Time during which this process was
        suspended does not count. Raises ``TimeoutError`` after ``seconds``.
        """
        end = time.monotonic() + seconds
        look = min(_CHECK_INTERVAL, quiet / 2)
        quiet_for, last_seen = 0.0, self._last_request
        while quiet_for < quiet:
            if time.monotonic() > end:
                raise TimeoutError(f"requests still come after {seconds} s")
            with self._changed:
                self._changed.wait(look)
                quiet_for = (
                    0.0 if self._busy or self._last_request != last_seen else quiet_for + look
                )
                last_seen = self._last_request

    def change_faults(self, changes: Message) -> None:
        """Change some faults; raises ``ValueError`` like ``Faults.changed``."""
        with self._changed:
            self.faults = self.faults.changed(changes)

    def _is_earlier_page(self, page: object) -> bool:
        """Whether this is the number of a page of an earlier trainee."""
        return isinstance(page, int) and 0 < page <= self._last_earlier_page

    def take_fault(self) -> Faults:
        """The faults that apply to this request with data; counts it."""
        with self._changed:
            faults = self.faults
            if faults.times is not None and (faults.status or faults.drop):
                if faults.times:
                    self.faults = replace(faults, times=faults.times - 1)
                else:
                    faults = replace(faults, status=0, drop=False)
            self._failed += bool(faults.status or faults.drop or faults.expired or faults.cut)
            return faults

    def printed(self) -> Message:
        """The data embedded in a page of the simulator."""
        with self._changed:
            self._pages += 1
            page = self._pages
        return {
            "page": page,
            "version": self.version(),
            "messages": self.messages,
            "faults": asdict(self.faults),
            "place": self.place,
        }

    def version(self) -> str:
        """A digest of the package's files, by which LMSs recognise a new upload."""
        digest = hashlib.sha256()
        for path in sorted(path for path in self.package.rglob("*") if path.is_file()):
            digest.update(
                f"{path.relative_to(self.package).as_posix()}\n{path.stat().st_size}\n".encode()
            )
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def is_copy(self, message: Message) -> bool:
        """Whether a message comes from a copy of a page shown before; LMSs do not notice it."""
        page = message.get("page")
        return page is not None and any(
            message["type"] == "launch" and message.get("page") == page for message in self.messages
        )

    def keep(self, message: Message, size: int) -> bool:
        """Store a message of ``size`` bytes; returns whether there was room.

        Drops messages that the page of an earlier trainee sends as it closes.
        """
        with self._changed:
            if self._is_earlier_page(message.get("page")):
                return True
            if self._size + size > _MAX_BYTES:
                return False
            self._size += size
            self._messages.append(message)
            self._changed.notify_all()
        self.heard()
        return True

    def log(self, calls: list[Message], size: int, page: int = 0) -> bool:
        """Log ``size`` bytes of API calls from a page; returns whether there was room."""
        with self._changed:
            if self._is_earlier_page(page):
                return True
            if self._size + size > _MAX_BYTES:
                return False
            self._size += size
            self._calls.extend(calls)
            self._changed.notify_all()
        self.heard()
        return True
