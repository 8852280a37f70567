"""Compares two packages of a course by their outlines."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from builder.base import zips
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position
from builder.package.artifacts import DIGEST_PLACEHOLDER, OUTLINE, Member
from builder.package.outline import Outline, UnreadableError, parse
from builder.updating.changes import Change, Fate, Kind, changes, match_outlines
from builder.updating.settings import Setting, settings
from builder.updating.suspicions import Suspicion, suspicions

ApprovalFate = Literal["stale", "earlier", "again", "withdrawn", "gone"]
"""What happened to an approval.

- ``stale``: the words have changed.
- ``earlier``: they were approved under an earlier rule of which words count.
- ``again``: the new words are approved, too.
- ``withdrawn``: the words are the same, but the approval was removed.
- ``gone``: the part no longer exists.
"""


@dataclass(frozen=True, slots=True)
class Approved:
    """A part whose words were approved before an edit, and what happened to that approval.

    ``code`` is empty if the part is gone.
    """

    part: str
    fate: ApprovalFate
    approved_on: str
    old_code: str
    code: str

    @property
    def lost(self) -> bool:
        """Whether somebody has to approve the words again."""
        return self.fate in ("stale", "earlier", "withdrawn")


def approvals(old: Outline, new: Outline) -> Iterator[Approved]:
    """Every approval of the old course that did not stay valid, in the order of the parts.

    Yields nothing if one of the two outlines has no codes of words (older versions wrote none).
    """
    new_parts = {part.part: part for part in new.wording}
    comparable = old.words_rule == new.words_rule
    for before in old.wording if new_parts else ():
        after = new_parts.get(before.part)
        fate: ApprovalFate = "gone"
        if after:
            same = comparable and before.code == after.code
            lost: ApprovalFate = "withdrawn" if same else "stale" if comparable else "earlier"
            fate = "again" if after.approved_on and not same else lost
            if same and after.approved_on:
                continue
        if before.approved_on:
            yield Approved(
                before.part, fate, before.approved_on, before.code, after.code if after else ""
            )


def read(path: Path) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    """Read the outline of the package at ``path``, or report why there is none.

    Safe for any file, with bounded memory: extracts nothing, and reads only ``course.json``, up to
    32 MiB. Never raises; the position of a problem is the name of the file.
    """
    try:
        with zips.open_zip(path) as archive:
            if faults := zips.safety_problems(archive):
                raise UnreadableError(faults[0])
            if OUTLINE not in archive.files:
                raise UnreadableError(f"it has no {OUTLINE}, so scorm-builder did not make it")
            return parse(archive.read(OUTLINE)), ()
    except (zips.DamagedError, UnreadableError) as error:
        return None, (problem("package-foreign", Position(path.name), problem=error),)


def outline_among(files: Sequence[Member]) -> Outline:
    """Read the outline from the files of a package that is not written yet."""
    [outline] = (file.read() for file in files if file.name == OUTLINE)
    return parse(outline)


def same_bytes(old: Path, new: Path) -> bool:
    """Whether two packages are the same file, byte for byte.

    False if one is a folder or cannot be read. ``course.json`` alone cannot tell: it keeps its
    build's digest when another file of the package is changed.
    """
    try:
        return old.is_file() and new.is_file() and filecmp.cmp(old, new, shallow=False)
    except OSError:
        return False


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
