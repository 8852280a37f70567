"""What no course can know of an LMS that confirms what it then loses: read off its profile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.lms.simulated import node


@dataclass(frozen=True, slots=True)
class Doubts:
    """Each is false of an LMS that says what it does."""

    blind: bool
    """LMSCommit is true before anything is sent, or of what the server refuses."""
    dead: bool
    """Once a request has failed, nothing more of that visit is stored."""
    closed: bool
    """After a final status nothing more is stored, in the same visit either."""
    mute: bool
    """It never says which status and score it has."""
    countless: bool
    """It never says how many answers it has."""
    latest: bool
    """Of answers with the same id it keeps the last."""
    zeroless: bool
    """It keeps no score of 0, but the 0.01 that is written before a 0 that was lost."""

    def lie(self, fault: dict[str, Any]) -> bool:
        """Whether it confirms what it loses because of this."""
        refused = bool(fault.get("status")) and (self.dead or not fault.get("keep"))
        return self.blind and (refused or bool(fault.get("expired")))


def doubts(profile: str, settings: dict[str, Any]) -> Doubts:
    return _doubts(profile, tuple(sorted(settings.items())))


@cache
def _doubts(profile: str, settings: tuple[tuple[str, Any], ...]) -> Doubts:
    return Doubts(**node()("doubts", profile, dict(settings)))
