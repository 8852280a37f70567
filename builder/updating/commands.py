"""Compares packages and course folders for the commands ``diff``, ``rehearse`` and ``explain``, and
for a build with ``--since``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from builder import updating
from builder.base.immutable import immutable
from builder.course import judging
from builder.course.model import Course
from builder.diagnostics.diagnostic import Diagnostic, Places, Severity, tidy
from builder.package import plan, render
from builder.package.artifacts import Member
from builder.package.pipeline import CompareWithEarlier, Groups, MakeRefresher
from builder.updating import Comparison, Contents, Explained, Outline, Rehearsal


@immutable
class _Version:
    """A version of a course; ``course`` and ``contents`` are ``None`` if it is a package."""

    outline: Outline
    course: Course | None = None
    contents: Contents | None = None


def diff(
    old: Path, new: Path, today: date, questions: int
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """Compare two versions of a course, and explain what the edit means for trainees.

    ``old`` and ``new`` are packages or course folders. If ``new`` is a folder, the comparison says
    what a refresher would ask, with ``questions`` questions in each test. Returns ``None`` and the
    problems if one of them cannot be read.
    """
    (before, old_problems), (after, new_problems) = (_version(path, today) for path in (old, new))
    if before is None or after is None:
        return None, (*old_problems, *new_problems)
    compared = updating.compare(before.outline, after.outline, updating.same_bytes(old, new))
    if not after.course:
        return compared, ()
    contents = before.contents or updating.read_contents(old)[0]
    asks = updating.forecast_refresher(after.course, contents, questions) if contents else {}
    return replace(compared, refresher=asks), ()


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


def refresh(old: Path, questions: int) -> MakeRefresher:
    """Return a function that makes the refresher of a course for people who completed the package
    ``old``, whose test-outs ask ``questions`` questions each."""

    def make(
        course: Course,
    ) -> tuple[tuple[Course, Groups] | None, tuple[Diagnostic, ...]]:
        made, problems = updating.make_refresher(course, old, questions)
        if made is None:
            return None, problems
        return (made.course, tuple(updating.describe_refresher(made).items())), problems

    return make


def rehearse(
    old: Path, new: Path, states: Path | None, today: date
) -> tuple[Rehearsal | None, tuple[Diagnostic, ...]]:
    """Predict what trainees who began with ``old`` see in ``new`` (packages or course folders).

    ``states`` is a CSV file of saved states that an LMS exported; without it, one saved state is
    generated for each stage of progress through ``old``. Returns ``None`` and the problems if a
    package cannot be read; raises ``ExportError`` if ``states`` cannot be read.
    """
    (before, old_problems), (after, new_problems) = (_version(path, today) for path in (old, new))
    if before is None or after is None:
        return None, (*old_problems, *new_problems)
    trainees = updating.rows(states) if states else _generated(before.outline)
    return updating.rehearse(before.outline, after.outline, trainees), ()


def _generated(outline: Outline) -> tuple[updating.Stage, ...]:
    """A trainee at each stage of progress, and one who has failed, if the course lets anybody
    fail."""
    failed = updating.failed_stage(outline)
    return (*updating.stages(outline), *((failed,) if failed else ()))


def explain(
    package: Path, text: str, show_text: bool
) -> tuple[Explained | None, tuple[Diagnostic, ...]]:
    """Describe a trainee's saved state in words, by the course of a package.

    ``text`` is the LMS's ``cmi.suspend_data``. Includes what the trainee typed only if
    ``show_text`` is set. Returns ``None`` and the problems if the package cannot be read.
    """
    outline, problems = updating.read(package)
    return (updating.explain(outline, text, show_text) if outline else None), problems


def _version(path: Path, today: date) -> tuple[_Version | None, tuple[Diagnostic, ...]]:
    if not path.is_dir():
        outline, unreadable = updating.read(path)
        return (_Version(outline) if outline else None), unreadable
    course, problems = judging.course(path, today)
    if course is None:
        errors = (problem for problem in problems if problem.severity is Severity.ERROR)
        return None, tuple(_with_folder(path, error) for error in tidy(errors))
    contents = updating.contents_among(render.render(plan.plan(course)))
    return _Version(contents.outline, course, contents), ()


def _with_folder(folder: Path, error: Diagnostic) -> Diagnostic:
    # With two courses, a path relative to the course folder would be ambiguous.
    return replace(error, position=replace(error.position, path=str(folder / error.position.path)))
