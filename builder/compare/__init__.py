"""Two packages of a course, compared for the trainees who have begun with the first."""

from builder.compare.damage import Damage
from builder.compare.outline import Outline, UnreadableError, parse
from builder.compare.packages import read
from builder.compare.saved import Explained, Head, QuizLine, Words, explain

__all__ = [
    "Damage",
    "Explained",
    "Head",
    "Outline",
    "QuizLine",
    "UnreadableError",
    "Words",
    "explain",
    "parse",
    "read",
]
