"""The time limit of an audit, which can also be stopped early."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

SECONDS = 300.0
"""Default time limit, in seconds."""


@dataclass(slots=True)
class Limit:
    """The time limit of an audit, which starts when this object is created.

    When the time is over, the audit ends and reports what it has found. ``clock`` returns seconds.
    """

    seconds: float = SECONDS
    clock: Callable[[], float] = time.monotonic
    _began: float = field(init=False)
    _stopped: str = ""

    def __post_init__(self) -> None:
        self._began = self.clock()

    def stop(self, why: str) -> None:
        """End the audit's time now; ``why`` completes the sentence “The audit was stopped …”."""
        self._stopped = self._stopped or why

    @property
    def left(self) -> float:
        """Seconds left; 0 when the time is over."""
        return 0.0 if self._stopped else max(0.0, self._began + self.seconds - self.clock())

    @property
    def over(self) -> bool:
        """Whether the time is over, so that the audit must start no further work."""
        return self.left <= 0

    @property
    def reason(self) -> str:
        """Why the audit ended early, as a sentence; empty if it did not."""
        if self._stopped:
            return (
                f"The audit was stopped {self._stopped}. The report has what it found until then."
            )
        if not self.over:
            return ""
        return (
            f"The time limit of {self.seconds / 60:g} minutes was reached. The report has what was "
            "found until then. To allow more time, use --limit."
        )
