"""What the learning system holds of its trainee, and waits for."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from threading import Condition

from builder.lms.faults import Faults, Message

_LIMIT = 256 << 20
"""Bytes of everything that is kept, the log included."""
_LOOK = 0.05
"""Seconds between two looks at whether anything has come."""


@dataclass(slots=True)
class Lms:
    """What the server serves, holds and does wrong. Thread-safe."""

    package: Path
    """The unpacked package; another one may take its place."""
    faults: Faults = field(default_factory=Faults)
    address: str = ""
    """Of the server, without a slash at the end."""
    elsewhere: str = ""
    """The same server as another origin: frames between the course and its LMS."""
    place: str = "/content/"
    """Where the course is opened, with a slash at both ends: the package is there, too."""

    heard: Callable[[], None] = lambda: None
    """Called when anything has arrived and was kept."""

    _messages: list[Message] = field(default_factory=list)
    _records: dict[str, list[Message]] = field(default_factory=dict)
    _calls: list[Message] = field(default_factory=list)
    _pages: int = 0
    _before: int = 0
    """The last page that an earlier trainee had."""
    _failed: int = 0
    _size: int = 0
    _busy: int = 0
    _heard: float = 0.0
    _changed: Condition = field(default_factory=Condition)

    @property
    def messages(self) -> list[Message]:
        """Everything that arrived and was kept, in order."""
        with self._changed:
            return list(self._messages)

    @property
    def calls(self) -> list[Message]:
        """Every call of the API that the log has so far, in the order of launch and call."""
        with self._changed:
            return sorted(self._calls, key=lambda call: (call["launch"], call["order"]))

    def calls_after(self, count: int) -> tuple[list[Message], int]:
        """The calls in the order of arrival without so many first ones, and how many there are."""
        with self._changed:
            return self._calls[count:], len(self._calls)

    @property
    def failed(self) -> int:
        """How many requests with data were refused or lost, because of a fault."""
        with self._changed:
            return self._failed

    @property
    def launches(self) -> int:
        """How often the course was opened, by an old copy of the page too."""
        return sum(message.get("type") in ("launch", "copy") for message in self.messages)

    def go_to(self, activity: str, place: str) -> None:
        """Go on in an activity with the same package: each has a record of its own, also of the
        same trainee. ``place`` is where it has the package."""
        with self._changed:
            self._messages = self._records.setdefault(activity, [])
            self.place = place

    def clear(self) -> None:
        """Forget the trainee."""
        with self._changed:
            self._messages.clear()
            self._calls.clear()
            self._before = self._pages
            self._size = 0
            self.faults = Faults()

    def faults_now(self) -> Message:
        """The faults, for a page that shows them."""
        with self._changed:
            return asdict(self.faults)

    def take(self, messages: list[Message]) -> None:
        """Have these messages besides, as if they had arrived from pages of another server."""
        known = [dict(message) for message in messages]
        for message in known:
            message.pop("page", None)
        with self._changed:
            self._messages.extend(known)

    def wait(self, true: Callable[[], bool], seconds: float = 5) -> bool:
        """Wait until something holds, which is asked each time that anything arrives."""
        end = time.monotonic() + seconds
        while not true():
            with self._changed:
                if time.monotonic() > end:
                    return False
                self._changed.wait(_LOOK)
        return True

    @property
    def busy(self) -> bool:
        """Whether a request is being answered."""
        return bool(self._busy)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While a request is answered."""
        with self._changed:
            self._busy += 1
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._heard = time.monotonic()
                self._changed.notify_all()

    def wait_until_quiet(self, quiet: float = 0.2, seconds: float = 15) -> None:
        """Wait until no request is being answered and none has come for ``quiet`` seconds:
        what a closing page sent has arrived by then. Time in which this process stood still is
        none in which a request could have come; raises ``TimeoutError`` after ``seconds``."""
        end = time.monotonic() + seconds
        look = min(_LOOK, quiet / 2)
        still, heard = 0.0, self._heard
        while still < quiet:
            if time.monotonic() > end:
                raise TimeoutError(f"requests still come after {seconds} s")
            with self._changed:
                self._changed.wait(look)
                still = 0.0 if self._busy or self._heard != heard else still + look
                heard = self._heard

    def change_faults(self, changes: Message) -> None:
        """Change these; raises ``ValueError`` as ``Faults.changed`` does."""
        with self._changed:
            self.faults = self.faults.changed(changes)

    def _is_before(self, page: object) -> bool:
        """Whether this is the number of a page that an earlier trainee had."""
        return isinstance(page, int) and 0 < page <= self._before

    def take_fault(self) -> Faults:
        """The faults that hit this request with data."""
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
        """What a page of the simulator has to know."""
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
        """The same for the same files with the same contents, as LMSs compare uploads."""
        digest = hashlib.sha256()
        for path in sorted(path for path in self.package.rglob("*") if path.is_file()):
            digest.update(
                f"{path.relative_to(self.package).as_posix()}\n{path.stat().st_size}\n".encode()
            )
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        return digest.hexdigest()

    def is_copy(self, message: Message) -> bool:
        """Whether a message is from a page that was shown before: an LMS hears nothing of it."""
        page = message.get("page")
        return page is not None and any(
            message["type"] == "launch" and message.get("page") == page for message in self.messages
        )

    def keep(self, message: Message, size: int) -> bool:
        """Keep a message of ``size`` bytes; whether there is room. What an earlier trainee's page
        still sends as it goes is nobody's any more."""
        with self._changed:
            if self._is_before(message.get("page")):
                return True
            if self._size + size > _LIMIT:
                return False
            self._size += size
            self._messages.append(message)
            self._changed.notify_all()
        self.heard()
        return True

    def log(self, calls: list[Message], size: int, page: int = 0) -> bool:
        """Note calls of the API, ``size`` bytes, of a page; whether there is room."""
        with self._changed:
            if self._is_before(page):
                return True
            if self._size + size > _LIMIT:
                return False
            self._size += size
            self._calls.extend(calls)
            self._changed.notify_all()
        self.heard()
        return True
