"""Two packages of a course, compared for the trainees who have begun with the first."""

from builder.compare.outline import Outline, UnreadableError, parse
from builder.compare.packages import read

__all__ = ["Outline", "UnreadableError", "parse", "read"]
