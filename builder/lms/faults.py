"""What goes wrong with a learning system."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong with the learning system: on the way to it, in it, and in its API."""

    delay: float = 0
    """Seconds until a request with data is answered."""
    status: int = 0
    """The HTTP status of every answer to data, which is then not kept; 0 for the right one."""
    keep: bool = False
    """Data that is answered with ``status`` is kept all the same: only the answer is wrong."""
    drop: bool = False
    """Data is confirmed and lost."""
    cut: bool = False
    """Requests with data end without an answer and are not kept; every other request is
    answered."""
    offline: bool = False
    """There is no line: whatever is asked for ends without an answer."""
    expired: bool = False
    """The trainee's session is over: data is answered by 401 and not kept."""
    locked: bool = False
    """The package is for those who are logged in: with ``expired`` it is answered by 401, too."""
    times: int | None = None
    """How many requests with data ``status`` and ``drop`` hit; None for all."""
    initialise: str = ""
    """"false" where LMSInitialize fails."""
    refuse: tuple[str, ...] = ()
    """The elements for which LMSSetValue fails."""
    throws: tuple[str, ...] = ()
    """The functions of the API that throw."""

    def of_the_api(self) -> Message:
        """Those that act in the page (templates/lms/faults.js)."""
        return {"initialise": self.initialise, "refuse": self.refuse, "throws": self.throws}

    def changed(self, changes: Message) -> Faults:
        """With these instead; raises ``ValueError`` where there is no such fault, or it is not
        of this kind."""
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
