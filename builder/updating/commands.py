"""Compares packages and course folders for the commands ``diff``, ``rehearse`` and ``explain``, and
for a build with ``--since``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from builder import updating
from builder.course import judging
from builder.diagnostics.diagnostic import Diagnostic, Places, Severity, tidy
from builder.package import plan, render
from builder.package.artifacts import Member
from builder.package.pipeline import CompareWithEarlier, Groups
from builder.updating import Comparison, Explained, Outline, Rehearsal


def diff(old: Path, new: Path, today: date) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """Compare two versions of a course, and explain what the edit means for trainees.

    ``old`` and ``new`` are packages or course folders. Returns ``None`` and the problems if one of
    them cannot be read.
    """
    (before, old_problems), (after, new_problems) = (_outline(path, today) for path in (old, new))
    if before and after:
        return updating.compare(before, after, updating.same_bytes(old, new)), ()
    return None, (*old_problems, *new_problems)


def since(old: Path) -> CompareWithEarlier:
    """Return a function that compares the files of a new build with the package ``old``.

    The function returns sentences for each group of trainees, and warnings as diagnostics. If
    ``old`` cannot be read, there are no sentences, and the diagnostics say why.
    """

    def compare_with_old(
        files: Sequence[Member], places: Places
    ) -> tuple[Groups, tuple[Diagnostic, ...]]:
        before, unreadable = updating.read(old)
        if before is None:
            return (), unreadable
        comparison = updating.compare(before, updating.outline_among(files))
        groups = tuple(updating.trainees(comparison).items())
        return groups, tuple(updating.warnings(comparison, places))

    return compare_with_old


def rehearse(
    old: Path, new: Path, states: Path | None, today: date
) -> tuple[Rehearsal | None, tuple[Diagnostic, ...]]:
    """Predict what trainees who began with ``old`` see in ``new`` (packages or course folders).

    ``states`` is a CSV file of saved states that an LMS exported; without it, one saved state is
    generated for each stage of progress through ``old``. Returns ``None`` and the problems if a
    package cannot be read; raises ``ExportError`` if ``states`` cannot be read.
    """
    (before, old_problems), (after, new_problems) = (_outline(path, today) for path in (old, new))
    if before is None or after is None:
        return None, (*old_problems, *new_problems)
    trainees = updating.rows(states) if states else tuple(updating.stages(before))
    return updating.rehearse(before, after, trainees), ()


def explain(
    package: Path, text: str, show_text: bool
) -> tuple[Explained | None, tuple[Diagnostic, ...]]:
    """Describe a trainee's saved state in words, by the course of a package.

    ``text`` is the LMS's ``cmi.suspend_data``. Includes what the trainee typed only if
    ``show_text`` is set. Returns ``None`` and the problems if the package cannot be read.
    """
    outline, problems = updating.read(package)
    return (updating.explain(outline, text, show_text) if outline else None), problems


def _outline(path: Path, today: date) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    if not path.is_dir():
        return updating.read(path)
    course, problems = judging.course(path, today)
    if course is None:
        errors = (problem for problem in problems if problem.severity is Severity.ERROR)
        return None, tuple(_with_folder(path, error) for error in tidy(errors))
    return updating.outline_among(render.render(plan.plan(course))), ()


def _with_folder(folder: Path, error: Diagnostic) -> Diagnostic:
    # With two courses, a path relative to the course folder would be ambiguous.
    return replace(error, position=replace(error.position, path=str(folder / error.position.path)))
