"""The straight line from a course folder to a verified package; alone knows every stage."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder import interface, outcomes
from builder.artifacts import MANIFEST, OUTLINE, Begun, Member, Plan, Result, Summary
from builder.codes import problem, renamed
from builder.diagnostics import Diagnostic, Places, Position, Severity, tidy
from builder.printing import json_text

if TYPE_CHECKING:
    from builder.compare import Comparison, Explained, Outline, Rehearsal
    from builder.exporters.results import ReadBack, Reviewable
    from builder.model import Course
    from builder.sources import Sources


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    ``release`` refuses a draft; ``strict`` refuses other warnings. ``today`` decides what is
    overdue, and never a byte of the package. ``since`` is the package that trainees have begun
    with: the course is compared with it. ``cache`` is the folder of what earlier builds came to,
    or ``None``.
    """

    course: Path
    output: Path
    release: bool
    strict: bool
    today: date
    since: Path | None = None
    cache: Path | None = None


def build(request: Request) -> Result:
    """Make the package of a course, or say why not; the previous package stays unless replaced.

    Where it is there already, made of the very same files, nothing is made again.
    """
    notes = outcomes.Notes(request.cache, tuple(_told(request)), request.course, request.since)
    known = notes.recall()
    if known:
        return known
    result = _build(request)
    notes.keep(result)
    return result


def _told(request: Request) -> Iterator[str]:
    for path in (request.course, request.output, request.since):
        yield from (str(path), str(path and os.path.realpath(path)))
    yield from (str(request.release), str(request.strict), request.today.isoformat())


def _build(request: Request) -> Result:
    # Each command loads only what it needs: all libraries together take 0.2 s.
    from builder import load, plan, render, validate

    sources, unreadable = load.load(request.course)
    if sources is None:
        return _refused(unreadable, request)
    judged = validate.validate(sources, request.today)
    diagnostics = _weighed((*unreadable, *judged.diagnostics), request)
    if judged.course is None or _wrong(diagnostics):
        return _refused(diagnostics, request)
    planned = plan.plan(judged.course)
    files = render.render(planned)
    since, losses = _since(request.since, files, judged.places)
    diagnostics = tidy((*diagnostics, *_weighed(losses, request)))
    if _wrong(diagnostics):
        return _refused(diagnostics, request)
    made, failures = _packed(planned, files, request.output)
    if made is None:
        told = _as_the_author_knows_them(failures, planned)
        return _refused((*diagnostics, *told), request)
    return Result(diagnostics, _summary(planned, made, since))


def explain(
    package: Path, text: str, show_text: bool
) -> tuple[Explained | None, tuple[Diagnostic, ...]]:
    """What a text from ``cmi.suspend_data`` says in the course of a package, or why the package
    cannot be read. Free text of the trainee is in it only where ``show_text`` asks for it."""
    from builder import compare

    outline, problems = compare.read(package)
    return (compare.explain(outline, text, show_text) if outline else None), problems


def rehearse(
    old: Path, new: Path, states: Path | None, today: date
) -> tuple[Rehearsal | None, tuple[Diagnostic, ...]]:
    """What trainees who began with ``old`` see in ``new``, packages or course folders.

    ``states`` is a CSV file of an LMS; without it the trainees are the stages of a way through
    ``old``. ``None`` where one of the two cannot be read; the problems say why. Raises
    ``ExportError`` where ``states`` cannot be.
    """
    from builder import compare

    (before, wrong), (after, also) = (_outline(path, today) for path in (old, new))
    if before is None or after is None:
        return None, (*wrong, *also)
    trainees = compare.rows(states) if states else tuple(compare.stages(before))
    return compare.rehearse(before, after, trainees), ()


def schema(name: str) -> str:
    """A JSON Schema of the files of a course, for editors, as text."""
    from builder.validate import schemas

    return f"{json_text(schemas.SCHEMAS[name]())}\n"


@dataclass(frozen=True, slots=True)
class Beginning:
    """The course to begin with: the folder and the template of its files, its title, and the tag of
    its language. ``today`` as in ``Request``."""

    folder: Path
    template: str
    title: str
    language: str
    today: date


def begin(wanted: Beginning) -> tuple[Begun | None, tuple[str, ...]]:
    """Make the folder of a new course, one that builds; or say in sentences why not."""
    from builder import starter
    from builder.validate import schemas
    from builder.validate.shape import id_of

    if any("\ud800" <= letter <= "\udfff" for letter in wanted.title + wanted.language):
        return None, ("The title or the language is no text in any alphabet.",)
    spoken = interface.language(wanted.language)
    if spoken is None:
        known = ", ".join(f"{one.tag} ({one.name})" for one in interface.LANGUAGES)
        return None, (f"There is no interface in “{wanted.language}”. Choose one of: {known}.",)
    name = id_of(wanted.folder.absolute().name) or id_of(wanted.title) or "my-course"
    title = " ".join(wanted.title.split())
    chosen = starter.Chosen(wanted.template, name, title, wanted.language, spoken)
    files = starter.files(chosen, {each: schema(each) for each in schemas.SCHEMAS})
    try:
        course, found = starter.put(
            files, wanted.folder, lambda folder: _judged(folder, wanted.today), lambda made: made[0]
        )
    except starter.NotMadeError as error:
        return None, (str(error),)
    if course is None:
        return None, tuple(
            f"{fault.position}: {fault.message}" for fault in found if _wrong([fault])
        )
    open_points = sum(fault.draft for fault in found)
    return Begun(wanted.folder, title, len(course.pages), open_points, spoken), ()


REVIEWS = (".docx", ".html")
"""How the name of a review document may end."""


def review(folder: Path, output: Path | None, today: date) -> Reviewable:
    """Write the review document of a course: a Word file or a web page, as the name of ``output``
    ends, by default a Word file in ``dist``."""
    from builder.exporters import files
    from builder.exporters import review as reviewing
    from builder.exporters.results import Reviewable

    course, sources, problems = _read(folder, today)
    if course is None or sources is None:
        return Reviewable(output or Path(), False, tidy(problems))
    path = output or Path("dist", f"{course.id}-{course.version}-review{REVIEWS[0]}")
    document = reviewing.compose(reviewing.Reviewed(course, sources, tidy(problems)))
    try:
        if path.suffix.lower() == REVIEWS[0]:
            says = interface.texts(course.language)["review.picture-elsewhere"]
            members = reviewing.word.members(document, course.media, says)
            failed = files.put_zip(path, members)
        else:
            failed = files.put_text(path, reviewing.html.page(document, course))
    except OSError as error:
        failed = (files.unreadable(error),)
    return Reviewable(
        path=path,
        made=not failed,
        diagnostics=tidy(failed),
        title=course.title,
        pages=len(course.pages),
        questions=len(course.questions),
        open=sum(problem.draft for problem in problems),
    )


def read_review(
    folder: Path, file: Path, today: date, numbers: tuple[int, ...] | None, every: bool = False
) -> ReadBack:
    """What a review document says that came back of a course.

    The changes of these ``numbers``, or ``every`` one that is sure, are applied to its files.
    """
    from builder.exporters import review as reviewing
    from builder.exporters.results import ReadBack

    course, sources, problems = _read(folder, today)
    if course is None or sources is None:
        return ReadBack(None, None, tidy(problems))
    try:
        received = reviewing.receive(file)
    except reviewing.UnreadableError as error:
        fault = problem("remark-file", Position(file.as_posix()), problem=str(error))
        return ReadBack(None, None, (fault,))
    document = reviewing.compose(reviewing.Reviewed(course, sources, tidy(problems)))
    written = reviewing.Written(folder, sources)
    found = reviewing.read(received, document, written)
    if not found.ours:
        return ReadBack(None, None, (problem("remark-foreign", Position(file.as_posix())),))
    found = reviewing.settled(found, written, today)
    if numbers is None and not every:
        return ReadBack(found, None, ())
    chosen, unfit = reviewing.choose(found, file, None if every else numbers)
    if unfit:
        return ReadBack(found, None, tidy(unfit))
    applied = reviewing.apply(chosen, written, today)
    return ReadBack(found, applied, applied.problems)


def _read(
    folder: Path, today: date
) -> tuple[Course | None, Sources | None, tuple[Diagnostic, ...]]:
    """The course of a folder and its sources; neither where there is an error."""
    from builder import load, validate

    sources, unreadable = load.load(folder)
    if sources is None:
        return None, None, unreadable
    judged = validate.validate(sources, today)
    found = (*unreadable, *judged.diagnostics)
    if judged.course is None or _wrong(found):
        return None, None, tuple(one for one in found if one.severity is Severity.ERROR)
    return judged.course, sources, found


@dataclass(frozen=True, slots=True)
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
    comparison = compare.compare(before, _outline_among(files))
    return comparison, tuple(compare.warnings(comparison, places))


def _groups(since: Comparison | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    if since is None:
        return ()
    from builder import compare

    return tuple(compare.trainees(since).items())


def diff(old: Path, new: Path, today: date) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """What an edit means for trainees: ``old`` and ``new`` are packages or course folders.

    ``None`` where one of the two cannot be read; the problems say why.
    """
    from builder import compare

    (before, wrong), (after, also) = (_outline(path, today) for path in (old, new))
    if before and after:
        return compare.compare(before, after), ()
    return None, (*wrong, *also)


def _outline(path: Path, today: date) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    from builder import compare, plan, render

    if not path.is_dir():
        return compare.read(path)
    course, problems = _judged(path, today)
    if course is None:
        errors = (problem for problem in problems if problem.severity is Severity.ERROR)
        return None, tuple(_below(path, error) for error in tidy(errors))
    return _outline_among(render.render(plan.plan(course))), ()


def _judged(folder: Path, today: date) -> tuple[Course | None, tuple[Diagnostic, ...]]:
    """The course of a folder, or ``None``, and every problem in it."""
    from builder import load, validate

    sources, unreadable = load.load(folder)
    if sources is None:
        return None, unreadable
    judged = validate.validate(sources, today)
    return judged.course, (*unreadable, *judged.diagnostics)


def _outline_among(files: Sequence[Member]) -> Outline:
    from builder import compare

    [outline] = (file.read() for file in files if file.name == OUTLINE)
    return compare.parse(outline)


def _below(folder: Path, error: Diagnostic) -> Diagnostic:
    # Of two courses it is not clear whose file is meant.
    return replace(error, position=replace(error.position, path=str(folder / error.position.path)))


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


def _wrong(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)


def _refused(diagnostics: Iterable[Diagnostic], request: Request) -> Result:
    kept = False
    with suppress(OSError):
        kept = any(request.output.glob("*.zip"))
    return Result(tidy(diagnostics), None, kept)


def _drafts(course: str, release: Path) -> tuple[Path, ...]:
    # A version of digits and dots alone: “a-2-1.0-draft.zip” is of the course “a-2”, not of “a”.
    name = re.compile(
        rf"{re.escape(course)}-[0-9.]+-draft\.zip|{re.escape(release.stem)}-draft\.zip"
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
