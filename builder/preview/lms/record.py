"""The state of the simulated LMS: the data that it has received, and its faults.

A message is what the simulator sends to be stored: the launch of a course, or data of the trainee.
"""

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
    """The faults that a simulated LMS has on purpose: in the connection, the server, and the
    API. Data means the requests by which the course saves."""

    delay: float = 0
    """Seconds that the response to data is delayed."""
    status: int = 0
    """HTTP status with which data is refused and not stored; 0 for none."""
    keep: bool = False
    """Whether data is stored although it is refused with ``status``, so that only the response is
    wrong."""
    drop: bool = False
    """Whether data is confirmed but not stored."""
    cut: bool = False
    """Whether data gets no response and is not stored; other requests are answered."""
    offline: bool = False
    """Whether there is no connection: no request gets a response."""
    expired: bool = False
    """Whether the trainee's session has expired: data gets the response 401 and is not stored."""
    locked: bool = False
    """Whether the files of the package require a session, too: if ``expired``, requests for them
    get the response 401."""
    times: int | None = None
    """Number of times that ``status`` and ``drop`` still apply; ``None`` for always."""
    initialise: str = ""
    """"false" to make LMSInitialize fail."""
    refuse: tuple[str, ...] = ()
    """Elements of the data model for which LMSSetValue fails."""
    throws: tuple[str, ...] = ()
    """Names of API functions that throw an exception."""
    state_limit: int = 0
    """Number of characters of cmi.suspend_data that are kept; 0 for all."""

    def changed(self, changes: Message) -> Faults:
        """A copy of these faults with ``changes``, which are values by name. Raises ``ValueError``
        for unknown names or wrong types."""
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
"""Maximum number of bytes of all stored messages and logged calls together."""
_CHECK_INTERVAL = 0.05
"""Seconds between two checks of a condition that is waited for."""


@dataclass(slots=True)
class Lms:
    """The state of the simulated LMS: its package, the messages and API calls that it has received
    from one trainee, and its faults. Thread-safe."""

    package: Path
    """The folder of the unpacked package; may be replaced."""
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    """The server's address, without a trailing slash."""
    elsewhere: str = ""
    """The address of the same server under another origin, for a frame of another site between the
    course and its LMS."""
    place: str = "/content/"
    """The path at which the package is served, with slashes at both ends."""

    heard: Callable[[], None] = lambda: None
    """Called each time after messages or API calls have been received and stored."""

    _messages: list[Message] = field(default_factory=list)
    _calls: list[Message] = field(default_factory=list)
    _pages: int = 0
    _last_earlier_page: int = 0
    """The number of the last simulator page that was served for an earlier trainee."""
    _failed: int = 0
    _size: int = 0
    _busy: int = 0
    _last_request: float = 0.0
    _changed: Condition = field(default_factory=Condition)

    @property
    def messages(self) -> list[Message]:
        """All stored messages, in the order of arrival."""
        with self._changed:
            return list(self._messages)

    @property
    def calls(self) -> list[Message]:
        """All logged API calls, in the order of launches and of calls in a launch."""
        with self._changed:
            return sorted(self._calls, key=lambda call: (call["launch"], call["order"]))

    def calls_after(self, count: int) -> tuple[list[Message], int]:
        """The logged API calls without the first ``count``, in the order of arrival, and the number
        of all calls."""
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
        """Delete all messages and calls of the trainee, and end all simulated faults."""
        with self._changed:
            self._messages.clear()
            self._calls.clear()
            self._last_earlier_page = self._pages
            self._size = 0
            self.faults = Faults()

    def faults_now(self) -> Message:
        """The faults that are simulated now, as JSON, for a page that shows them."""
        with self._changed:
            return asdict(self.faults)

    def take(self, messages: list[Message]) -> None:
        """Store messages that did not come from a page of this server, such as those of an example
        trainee."""
        known = [dict(message) for message in messages]
        for message in known:
            message.pop("page", None)
        with self._changed:
            self._messages.extend(known)

    def wait(self, condition: Callable[[], bool], seconds: float = 5) -> bool:
        """Wait until a condition is true, at most ``seconds``; returns whether it is. It is checked
        whenever data arrives."""
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
        """Mark a request as being answered until the block ends."""
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

        By then the data that a closing page sends has arrived. Time during which this process was
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
        """Change the faults by ``changes``, values by name; raises ``ValueError`` like
        ``Faults.changed``."""
        with self._changed:
            self.faults = self.faults.changed(changes)

    def _is_earlier_page(self, page: object) -> bool:
        """Whether ``page`` is the number of a simulator page served for an earlier trainee."""
        return isinstance(page, int) and 0 < page <= self._last_earlier_page

    def take_fault(self) -> Faults:
        """The faults that apply to a request in which the course saves. Counts the request, for
        ``times`` and ``failed``."""
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
        """The data that is embedded in a new page of the simulator."""
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
        """Whether a message comes from a copy of a simulator page, which the browser shows again
        from its cache. Real LMSs do not notice such a launch."""
        page = message.get("page")
        return page is not None and any(
            message["type"] == "launch" and message.get("page") == page for message in self.messages
        )

    def keep(self, message: Message, size: int) -> bool:
        """Store a message of ``size`` bytes; returns whether there was room for it.

        A message that the page of an earlier trainee sends while it closes is ignored.
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
        """Log API calls, ``size`` bytes in all, from the simulator page with the number ``page``;
        returns whether there was room."""
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
