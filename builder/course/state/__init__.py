"""The saved state of a trainee (``cmi.suspend_data``): model, codec, and maximum size."""

from builder.course.keys import key
from builder.course.letters import room
from builder.course.state.codec import day_size, decode, encode
from builder.course.state.model import (
    ATTEMPTS_LIMIT,
    BEST_LIMIT,
    INTERACTIONS_LIMIT,
    LIMIT,
    NEAR_LIMIT,
    SAVES_LIMIT,
    TRIES_LIMIT,
    CheckState,
    QuizState,
    RecordState,
    Section,
    State,
    Status,
)
from builder.course.state.worst import Worst, worst

__all__ = [
    "ATTEMPTS_LIMIT",
    "BEST_LIMIT",
    "INTERACTIONS_LIMIT",
    "LIMIT",
    "NEAR_LIMIT",
    "SAVES_LIMIT",
    "TRIES_LIMIT",
    "CheckState",
    "QuizState",
    "RecordState",
    "Section",
    "State",
    "Status",
    "Worst",
    "day_size",
    "decode",
    "encode",
    "key",
    "room",
    "worst",
]
