"""Compares two packages of a course by their outlines (``course.json``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from builder.package.artifacts import DIGEST_PLACEHOLDER
from builder.package.outline import Outline, Wording
from builder.updating.changes import Change, Fate, Kind, changes, match_outlines
from builder.updating.languages import LanguageChange, languages
from builder.updating.scenes import scenario_settings, scene_changes
from builder.updating.settings import Setting, settings
from builder.updating.suspicions import Suspicion, suspicions

ApprovalFate = Literal["stale", "earlier", "again", "withdrawn", "gone"]
"""What happened to the approval of a part of the course between two packages.

- ``stale``: the part's words have changed.
- ``earlier``: it was given under an earlier rule that decides which words count.
- ``again``: the part's new words are approved, too.
- ``withdrawn``: the words are the same, but the approval was removed.
- ``gone``: the part no longer exists.
"""


@dataclass(frozen=True, slots=True)
class Approved:
    """A part whose words were approved in the old package, and what happened to that approval.

    ``approved_on`` is the day of the approval. ``old_code`` and ``code`` are the checksums of the
    part's words in the old and the new package; ``code`` is empty if the part is gone.
    """

    part: str
    fate: ApprovalFate
    approved_on: str
    old_code: str
    code: str

    @property
    def lost(self) -> bool:
        """Whether somebody has to approve the part again."""
        return self.fate in ("stale", "earlier", "withdrawn")


def approvals(old: Outline, new: Outline) -> Iterator[Approved]:
    """Yield every approval of the old course that is not valid for the new course, in the order of
    the parts.

    Yields nothing if one of the outlines has no checksums of the approved words: older versions of
    scorm-builder wrote none.
    """
    new_parts = {part.part: part for part in _wording(new)}
    comparable = old.words_rule == new.words_rule
    for before in _wording(old) if new_parts else ():
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


def _wording(outline: Outline) -> tuple[Wording, ...]:
    """The parts of a course and of its translations that can be approved."""
    spoken = (part for one in outline.translations for part in one.wording)
    return (*outline.wording, *spoken)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of comparing two outlines of a course.

    Says what happens to each page, question, record item and scene, which settings changed, which
    edits look like mistakes, which approvals are no longer valid, and what happens to the texts in
    each language other than the source. ``identical`` is whether both packages have the same bytes;
    the outlines alone do not show this. ``refresher`` is what a refresher of the new course would
    ask of people who completed the old one, in sentences by heading; empty if there can be none.
    """

    old: Outline
    new: Outline
    changes: tuple[Change, ...]
    settings: tuple[Setting, ...]
    suspicions: tuple[Suspicion, ...]
    approvals: tuple[Approved, ...]
    languages: tuple[LanguageChange, ...] = ()
    identical: bool = False
    refresher: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_build_altered(self) -> bool:
        """Whether both outlines name the same build although the packages differ, so one was
        changed after its build."""
        return not self.identical and self.old.digest == self.new.digest != DIGEST_PLACEHOLDER

    @property
    def changed(self) -> bool:
        """Whether anything that an outline (``course.json``) describes differs between the old and
        the new package."""
        things = any(change.fate != "kept" or change.notes or change.was for change in self.changes)
        texts = any(language.changed for language in self.languages)
        return things or texts or bool(self.settings or self.suspicions)

    @property
    def same_course(self) -> bool:
        """Whether an LMS treats both packages as the same course
        (facts/moodle.md#when-a-teacher-replaces-the-package)."""
        return self.old.identifiers == self.new.identifiers

    @property
    def lost(self) -> bool:
        """Whether something that a trainee may have done no longer counts, or counts for less."""
        costs = any(change.lost for change in self.changes) or any(
            setting.costs for setting in self.settings
        )
        return costs or not self.same_course

    @property
    def safe(self) -> bool:
        """Whether trainees lose nothing and no edit looks like a mistake."""
        return not (self.lost or self.suspicions)

    def of(self, kind: Kind, *fates: Fate) -> Iterator[Change]:
        """The changes of one kind, such as pages or scenes, that met one of these fates, such as
        ``gone``."""
        return (change for change in self.changes if change.kind == kind and change.fate in fates)


def compare(old: Outline, new: Outline, identical: bool = False) -> Comparison:
    """Compare two outlines, for trainees of ``old`` who are given ``new``.

    ``identical`` is whether both packages have the same bytes (``same_bytes``).
    """
    matched = match_outlines(old, new)
    return Comparison(
        old=old,
        new=new,
        changes=(*changes(old, new, matched), *scene_changes(old, new, matched.pages)),
        settings=(*settings(old, new, matched), *scenario_settings(matched.pages)),
        suspicions=suspicions(old, new, matched),
        approvals=tuple(approvals(old, new)),
        languages=languages(old, new, matched),
        identical=identical,
    )
