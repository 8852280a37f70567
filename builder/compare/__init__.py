"""Compares two packages of a course, for trainees who began with the first."""

from builder.compare.approvals import Approved
from builder.compare.changes import EFFECTIVE, Change, Fate, Kind, Note
from builder.compare.comparison import Comparison, compare
from builder.compare.damage import Damage
from builder.compare.exports import ExportError, Row, rows
from builder.compare.packages import outline_among, read, same_bytes
from builder.compare.rehearsal import Outlook, Rehearsal, Thing, rehearse
from builder.compare.saved import Explained, Head, QuizLine, Words, explain
from builder.compare.settings import Setting
from builder.compare.stages import Stage, failed_stage, stages
from builder.compare.suspicions import Suspicion
from builder.compare.warnings import warnings
from builder.compare.wording import Group, announcement, lms, trainees
from builder.outline import Outline, UnreadableError, parse

__all__ = [
    "EFFECTIVE",
    "Approved",
    "Change",
    "Comparison",
    "Damage",
    "Explained",
    "ExportError",
    "Fate",
    "Group",
    "Head",
    "Kind",
    "Note",
    "Outline",
    "Outlook",
    "QuizLine",
    "Rehearsal",
    "Row",
    "Setting",
    "Stage",
    "Suspicion",
    "Thing",
    "UnreadableError",
    "Words",
    "announcement",
    "compare",
    "explain",
    "failed_stage",
    "lms",
    "outline_among",
    "parse",
    "read",
    "rehearse",
    "rows",
    "same_bytes",
    "stages",
    "trainees",
    "warnings",
]
