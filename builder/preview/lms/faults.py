"""Faults that a simulated LMS can have."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
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
