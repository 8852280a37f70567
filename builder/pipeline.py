"""The straight line from a course folder to a verified package, through every stage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder import interface, judging
from builder.artifacts import MANIFEST, Member, Plan, Result, Summary
from builder.codes import problem, renamed
from builder.diagnostics import Diagnostic, Places, Severity, tidy
from builder.immutable import immutable
from builder.judging import wrong

if TYPE_CHECKING:
    from builder.compare import Comparison


@immutable
class Request:
    """What to build.

    ``release`` refuses a draft; ``strict`` refuses other warnings. ``today`` decides what is
    overdue, and never a byte of the package. ``since`` is the package that trainees have begun
    with: the course is compared with it.
    """

    course: Path
    output: Path
    release: bool
    strict: bool
    today: date
    since: Path | None = None


def build(request: Request) -> Result:
    """Make the package of a course, or say why not; the previous package stays unless replaced."""
    # Each command loads only what it needs: all libraries together take 0.2 s.
    from builder import plan, render

    judged, diagnostics = judging.judged(request.course, request.today)
    if judged is None:
        return _refused(diagnostics, request)
    diagnostics = _weighed(diagnostics, request)
    if judged.course is None or wrong(diagnostics):
        return _refused(diagnostics, request, judged.id)
    planned = plan.plan(judged.course)
    files = render.render(planned)
    since, losses = _since(request.since, files, judged.places)
    diagnostics = tidy((*diagnostics, *_weighed(losses, request)))
    if wrong(diagnostics):
        return _refused(diagnostics, request, judged.id)
    made, failures = _packed(planned, files, request.output)
    if made is None:
        told = _as_the_author_knows_them(failures, planned)
        return _refused((*diagnostics, *told), request, judged.id)
    return Result(diagnostics, _summary(planned, made, since))


@immutable
class _Made:
    """The package that is now at ``path``: its size in bytes, and its digest."""

    path: Path
    size: int
    digest: str


def _packed(
    planned: Plan, files: Sequence[Member], output: Path
) -> tuple[_Made | None, tuple[Diagnostic, ...]]:
    """The package with these files in the folder ``output``, or why there is none."""
    from builder import key, manifest, package, verify

    path = output / planned.package_name
    listing = manifest.build(planned, [file.name for file in files])
    members = [*files, Member(MANIFEST, listing)]
    try:
        if too_large := package.judge_size(members, path.name):
            return None, too_large
        sealed, digest = package.seal(members)
        beside = Member(planned.key_name, key.write(planned))
        size, refused = package.publish(sealed, path, verify.judge, beside)
    except package.SourceError as error:
        return None, (error.problem,)
    return None if refused else _Made(path, size, digest), refused


def _summary(planned: Plan, made: _Made, since: Comparison | None) -> Summary:
    course = planned.course
    return Summary(
        path=made.path,
        title=course.title,
        version=course.version,
        language=course.language,
        interface=interface.spoken(course.language),
        draft=course.draft,
        pages=len(course.pages),
        questions=len(course.questions),
        minutes=sum(page.minutes for page in course.pages),
        size=made.size,
        worst_state=course.worst_state,
        digest=made.digest,
        key=made.path.with_name(planned.key_name),
        older_drafts=() if course.draft else _drafts(course.id, made.path),
        since=_groups(since),
        without_approvals=course.without_approvals,
    )


def _since(
    old: Path | None, files: Sequence[Member], places: Places
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """What the files of a package mean for trainees who have begun with the ``old`` one."""
    if old is None:
        return None, ()
    from builder import compare

    before, unreadable = compare.read(old)
    if before is None:
        return None, unreadable
    comparison = compare.compare(before, compare.outline_among(files))
    return comparison, tuple(compare.warnings(comparison, places))


def _groups(since: Comparison | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if since is None:
        return ()
    from builder import compare

    return tuple(compare.trainees(since).items())


def _as_the_author_knows_them(
    failures: Iterable[Diagnostic], planned: Plan
) -> Iterator[Diagnostic]:
    # An author knows a media file by its path in the course, not by its name in the package.
    paths = {name: path for path, name in planned.media.items()}
    for failure in failures:
        told = renamed(failure, paths)
        if failure.position.path in paths and failure.code.startswith("package-"):
            told = problem("file-refused", told.position, problem=told.message)
        yield told


_VERSION = "[0-9.]+"
"""Of digits and dots alone: “a-2-1.0-draft.zip” is of the course “a-2”, not of “a”."""


def _refused(
    diagnostics: Iterable[Diagnostic], request: Request, course: str | None = None
) -> Result:
    """No package; whether there is one of this ``course`` from before, whose id is ``None`` where
    nobody could read it."""
    kept = False
    if course:
        name = re.compile(rf"{re.escape(course)}-{_VERSION}(-draft)?\.zip")
        with suppress(OSError):
            kept = any(name.fullmatch(path.name) for path in request.output.glob("*.zip"))
    return Result(tidy(diagnostics), None, kept)


def _drafts(course: str, release: Path) -> tuple[Path, ...]:
    name = re.compile(
        rf"{re.escape(course)}-{_VERSION}-draft\.zip|{re.escape(release.stem)}-draft\.zip"
    )
    return tuple(
        path for path in sorted(release.parent.glob("*-draft.zip")) if name.fullmatch(path.name)
    )


def _weighed(diagnostics: Iterable[Diagnostic], request: Request) -> tuple[Diagnostic, ...]:
    # What a build only warns of, a release or a strict build refuses.
    def weigh(diagnostic: Diagnostic) -> Diagnostic:
        refused = request.release if diagnostic.draft else request.strict
        return replace(diagnostic, severity=Severity.ERROR) if refused else diagnostic

    return tidy(weigh(diagnostic) for diagnostic in diagnostics)
