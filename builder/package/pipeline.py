"""Builds a verified package from a course folder, stage by stage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base.immutable import immutable
from builder.course import interface, judging
from builder.course.judging import has_errors, translation_of
from builder.course.scenarios.proof import prove
from builder.diagnostics.codes import problem, renamed
from builder.diagnostics.codes.translations import LEAVE_OUT
from builder.diagnostics.diagnostic import Diagnostic, Places, Severity, tidy
from builder.package.artifacts import (
    MANIFEST,
    REFRESHER,
    Member,
    Plan,
    Result,
    Summary,
    name_of_file,
)

if TYPE_CHECKING:
    from builder.course.model import Course

Groups = tuple[tuple[str, tuple[str, ...]], ...]
"""Pairs of a heading, such as a group of trainees, and the sentences below it."""

CompareWithEarlier = Callable[[Sequence[Member], Places], tuple[Groups, tuple[Diagnostic, ...]]]
"""Compares a new package with an earlier one. It takes the files of the new package, and the
positions of its parts in the sources. It returns what the edit means for trainees, and warnings
about what they lose."""


MakeRefresher = Callable[["Course"], tuple[tuple["Course", Groups] | None, tuple[Diagnostic, ...]]]
"""Makes the refresher of a course. It returns the refresher and what it asks, or ``None`` and the
problems."""


@immutable
class Request:
    """What to build.

    ``course`` is the course folder, ``output`` the folder for the package. ``release`` rejects a
    draft, ``strict`` rejects other warnings. ``today`` decides which reviews are overdue, but does
    not change the package. ``since`` compares the new package with the one that trainees started
    with; ``None`` for no comparison. ``refresher`` makes a refresher of the course, ``None`` for a
    package of the whole course. ``language`` is the tag of the only language of the package,
    empty for all; ``complete_only`` leaves out languages that are not complete or not approved.
    """

    course: Path
    output: Path
    release: bool
    strict: bool
    today: date
    since: CompareWithEarlier | None = None
    refresher: MakeRefresher | None = None
    language: str = ""
    complete_only: bool = False


def build(request: Request) -> Result:
    """Build the package of a course, or report why that is not possible; then the previous package
    stays in place.

    Raises ``judging.NoSuchLanguageError`` if the course does not have the requested language.
    """
    # Each command loads only what it needs: all libraries together take 0.2 s.
    from builder.package import plan, render

    judged, diagnostics = judging.judge(request.course, request.today, language=request.language)
    if judged is None:
        return _rejected(diagnostics, request)
    if judged.course is None:
        return _rejected(_adjust_severity(diagnostics, request), request, judged.id)
    course = judged.course
    asks: Groups = ()
    if request.refresher:
        made, problems = request.refresher(course)
        if made is None:
            found = _adjust_severity((*diagnostics, *problems), request)
            return _rejected(found, request, judged.id)
        course, asks = made
        diagnostics = (*diagnostics, *problems)
    course, left_out = _choose_languages(course, diagnostics, request)
    diagnostics = _adjust_severity(diagnostics, request, left_out)
    if has_errors(diagnostics):
        return _rejected(diagnostics, request, judged.id)
    planned = plan.plan(course, bool(request.language))
    files = render.render(planned)
    since, losses = request.since(files, judged.places) if request.since else ((), ())
    diagnostics = tidy((*diagnostics, *_adjust_severity(losses, request)))
    if has_errors(diagnostics):
        return _rejected(diagnostics, request, judged.id)
    package, failures = _write_package(planned, files, request.output)
    if package is None:
        located = _with_course_paths(failures, planned)
        return _rejected((*diagnostics, *located), request, judged.id)
    summary = _summary(planned, package, since, left_out)
    return Result(diagnostics, replace(summary, refresher=asks))


def _choose_languages(
    course: Course, diagnostics: Sequence[Diagnostic], request: Request
) -> tuple[Course, tuple[str, ...]]:
    """The course in the languages of the package, and the tags of the languages that are left out
    because they are not complete or not approved."""
    if request.language:
        chosen = course.translations[0] if course.translations else course
        return replace(chosen, translations=()), ()
    from builder.course.validate.languages import is_draft

    left_out = tuple(
        one.language
        for one in course.translations
        if request.complete_only
        # Problems of the source, which make every language a draft, are not in its file.
        and is_draft(found for found in diagnostics if translation_of(found) == one.language)
    )
    kept = tuple(one for one in course.translations if one.language not in left_out)
    return replace(course, translations=kept), left_out


@immutable
class _Package:
    """A package that was written to ``path``: its size in bytes, and its digest."""

    path: Path
    size: int
    digest: str


def _write_package(
    planned: Plan, files: Sequence[Member], output: Path
) -> tuple[_Package | None, tuple[Diagnostic, ...]]:
    """Write the package with these files to the folder ``output``. Returns ``None`` and the
    problems if that fails."""
    from builder.package import archive, key, manifest, verify

    path = output / planned.package_name
    listing = manifest.build(planned, [file.name for file in files])
    members = [*files, Member(MANIFEST, listing)]
    try:
        if too_large := archive.judge_size(members, path.name):
            return None, too_large
        sealed, digest = archive.seal(members)
        beside = Member(planned.key_name, key.write(planned))
        size, refused = archive.publish(sealed, path, verify.judge, beside)
    except archive.SourceError as error:
        return None, (error.problem,)
    return None if refused else _Package(path, size, digest), refused


def _summary(planned: Plan, made: _Package, since: Groups, left_out: tuple[str, ...]) -> Summary:
    from builder.course.marks import marks
    from builder.course.refreshing import effort

    course = planned.course
    asks = effort(course)
    return Summary(
        path=made.path,
        title=course.title,
        version=course.version,
        language=course.language,
        interface=interface.spoken(course.language),
        draft=planned.draft,
        pages=asks.pages,
        questions=len(course.questions),
        minutes=asks.minutes,
        size=made.size,
        worst_state=course.worst_state,
        digest=made.digest,
        key=made.path.with_name(planned.key_name),
        older_drafts=() if planned.draft else _older_drafts(planned, made.path),
        since=since,
        without_approvals=course.without_approvals,
        translations=tuple((one.tag, one.draft) for one in planned.translations),
        left_out=left_out,
        scenarios=tuple(
            (page.title, prove(page.scenario)) for page in course.pages if page.scenario
        ),
        marks=marks(course),
    )


def _with_course_paths(failures: Iterable[Diagnostic], planned: Plan) -> Iterator[Diagnostic]:
    # An author knows a media file by its path in the course, not by its name in the package.
    paths = {
        name: _course_path(one.course, path)
        for one in (*planned.translations, planned)
        for path, name in one.media.items()
    }
    for failure in failures:
        diagnostic = renamed(failure, paths)
        if failure.position.path in paths and failure.code.startswith("package-"):
            diagnostic = problem("file-refused", diagnostic.position, problem=diagnostic.message)
        yield diagnostic


def _course_path(course: Course, path: str) -> str:
    """The path in the course folder of the media file that pages call ``path``."""
    from builder.course.translations.media import own_path

    own = own_path(path, course.language)
    file = course.media[path].file if path in course.media else Path()
    return own if file.as_posix().endswith(f"/{own}") else path


_VERSION_PATTERN = "[0-9.]+"
"""Matches a version in a file name: only digits and dots, since “a-2-1.0-draft.zip” belongs to the
course “a-2”, not to “a”."""


def _rejected(
    diagnostics: Iterable[Diagnostic], request: Request, course: str | None = None
) -> Result:
    """The result of a build that made no package. It says whether an earlier package of the course
    exists. ``course`` is the course's id, ``None`` if unknown."""
    kept = False
    if course:
        language = name_of_file("", request.language)
        since = f"-{REFRESHER}-.+" if request.refresher else ""
        pattern = rf"{re.escape(course)}-{_VERSION_PATTERN}{since}{language}(-draft)?\.zip"
        name = re.compile(pattern)
        with suppress(OSError):
            kept = any(name.fullmatch(path.name) for path in request.output.glob("*.zip"))
    return Result(tidy(diagnostics), None, kept)


def _older_drafts(planned: Plan, release: Path) -> tuple[Path, ...]:
    course = planned.course
    _, _, language = release.stem.partition(f"{course.id}-{course.version}")
    any_version = rf"{re.escape(course.id)}-{_VERSION_PATTERN}{re.escape(language)}"
    name = re.compile(rf"{any_version}-draft\.zip|{re.escape(release.stem)}-draft\.zip")
    return tuple(
        path for path in sorted(release.parent.glob("*-draft.zip")) if name.fullmatch(path.name)
    )


def _adjust_severity(
    diagnostics: Iterable[Diagnostic], request: Request, left_out: Sequence[str] = ()
) -> tuple[Diagnostic, ...]:
    # Some warnings are errors in a release or in a strict build, but not those of languages that
    # are left out, which do not make this package a draft either.
    can_leave_out = not (request.language or request.complete_only)

    def adjust(diagnostic: Diagnostic) -> Diagnostic:
        if not can_leave_out:
            diagnostic = replace(diagnostic, hint=diagnostic.hint.removesuffix(LEAVE_OUT))
        if translation_of(diagnostic) in left_out:
            return replace(diagnostic, draft=False)
        refused = request.release if diagnostic.draft else request.strict
        return replace(diagnostic, severity=Severity.ERROR) if refused else diagnostic

    return tidy(adjust(diagnostic) for diagnostic in diagnostics)
