"""Compares two outlines of a course."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from builder.package.artifacts import DIGEST_PLACEHOLDER
from builder.package.outline import Outline
from builder.updating.approvals import Approved, approvals
from builder.updating.changes import Change, Fate, Kind, changes, match_outlines
from builder.updating.settings import Setting, settings
from builder.updating.suspicions import Suspicion, suspicions


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing two outlines of a course.

    Says what happens to everything, which settings changed, what looks like a mistake, and which
    approvals are no longer valid. ``identical`` is whether both packages are the same file, byte
    for byte; the outlines alone cannot tell.
    """

    old: Outline
    new: Outline
    changes: tuple[Change, ...]
    settings: tuple[Setting, ...]
    suspicions: tuple[Suspicion, ...]
    approvals: tuple[Approved, ...]
    identical: bool = False

    @property
    def is_build_altered(self) -> bool:
        """Whether both outlines name the same build although the packages differ."""
        return not self.identical and self.old.digest == self.new.digest != DIGEST_PLACEHOLDER

    @property
    def changed(self) -> bool:
        """Whether the outlines differ in anything."""
        things = any(change.fate != "kept" or change.notes or change.was for change in self.changes)
        return things or bool(self.settings or self.suspicions)

    @property
    def same_course(self) -> bool:
        """Whether an LMS regards both as the same course
        (facts/moodle.md#when-a-teacher-replaces-the-package)."""
        return self.old.identifiers == self.new.identifiers

    @property
    def lost(self) -> bool:
        """Whether something that a trainee may have done counts for less, or no longer counts."""
        costs = any(change.lost for change in self.changes) or any(
            setting.costs for setting in self.settings
        )
        return costs or not self.same_course

    @property
    def safe(self) -> bool:
        """Whether nothing is lost and nothing looks like a mistake."""
        return not (self.lost or self.suspicions)

    def of(self, kind: Kind, *fates: Fate) -> Iterator[Change]:
        """The changes of a kind that have one of these fates."""
        return (change for change in self.changes if change.kind == kind and change.fate in fates)


def compare(old: Outline, new: Outline, identical: bool = False) -> Comparison:
    """Compare two outlines, for trainees of ``old`` who are given ``new``.

    ``identical``: both were read from the same bytes (``packages.same_bytes``).
    """
    matched = match_outlines(old, new)
    return Comparison(
        old=old,
        new=new,
        changes=changes(old, new, matched),
        settings=settings(old, new, matched),
        suspicions=suspicions(old, new, matched),
        approvals=tuple(approvals(old, new)),
        identical=identical,
    )
