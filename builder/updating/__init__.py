"""Compares two packages of a course, and predicts what trainees who began with the first see in the
second."""

from builder.package.outline import Outline, UnreadableError, parse
from builder.updating.changes import EFFECTIVE, Change, Fate, Kind, Note
from builder.updating.comparison import Approved, Comparison, compare
from builder.updating.contents import Contents, contents_among, read_contents
from builder.updating.exports import ExportError, Row, rows
from builder.updating.languages import LanguageChange
from builder.updating.packages import outline_among, read, same_bytes
from builder.updating.refreshing import (
    Refreshed,
    describe_refresher,
    forecast_refresher,
    make_refresher,
)
from builder.updating.rehearsal import Outlook, Rehearsal, Thing, rehearse
from builder.updating.saved import Damage, Explained, Head, QuizLine, Words, explain
from builder.updating.settings import Setting
from builder.updating.stages import Stage, failed_stage, stages
from builder.updating.suspicions import Suspicion
from builder.updating.walks import WalkLine
from builder.updating.wording import Group, announcement, lms, meaning, trainees, warnings

__all__ = [
    "EFFECTIVE",
    "Approved",
    "Change",
    "Comparison",
    "Contents",
    "Damage",
    "Explained",
    "ExportError",
    "Fate",
    "Group",
    "Head",
    "Kind",
    "LanguageChange",
    "Note",
    "Outline",
    "Outlook",
    "QuizLine",
    "Refreshed",
    "Rehearsal",
    "Row",
    "Setting",
    "Stage",
    "Suspicion",
    "Thing",
    "UnreadableError",
    "WalkLine",
    "Words",
    "announcement",
    "compare",
    "contents_among",
    "describe_refresher",
    "explain",
    "failed_stage",
    "forecast_refresher",
    "lms",
    "make_refresher",
    "meaning",
    "outline_among",
    "parse",
    "read",
    "read_contents",
    "rehearse",
    "rows",
    "same_bytes",
    "stages",
    "trainees",
    "warnings",
]
