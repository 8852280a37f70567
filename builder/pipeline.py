"""The straight line from a course folder to a verified package; alone knows every stage."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from builder import interface, outcomes
from builder.artifacts import MANIFEST, OUTLINE, Begun, Member, Plan, Result, Summary
from builder.codes import problem, renamed
from builder.diagnostics import Diagnostic, Places, Position, Severity, tidy
from builder.immutable import immutable
from builder.memo import FORGETFUL, Memo

if TYPE_CHECKING:
    from builder.approving import Filled, Verdict
    from builder.compare import Comparison, Explained, Outline, Rehearsal
    from builder.exporters.results import Exported, ReadBack, Reviewable
    from builder.exporters.review import Sheet
    from builder.model import Course
    from builder.signing import Reading
    from builder.sources import Sources
    from builder.validate import Judged


@immutable
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
    memo, whole = _memo(request), False
    try:
        result = _built(request, memo)
        whole = result.made
    finally:
        memo.end(whole)
    return result


def _memo(request: Request) -> Memo:
    if request.cache is None:
        return FORGETFUL
    from builder.stored import Stored

    return Stored(request.cache, request.course, outcomes.program())


def _built(request: Request, memo: Memo) -> Result:
    # Each command loads only what it needs: all libraries together take 0.2 s.
    from builder import plan, render

    judged, diagnostics = _read_and_judged(request.course, request.today, memo)
    if judged is None:
        return _refused(diagnostics, request)
    diagnostics = _weighed(diagnostics, request)
    if judged.course is None or _wrong(diagnostics):
        return _refused(diagnostics, request, judged.id)
    planned = plan.plan(judged.course)
    files = render.render(planned, memo)
    since, losses = _since(request.since, files, judged.places)
    diagnostics = tidy((*diagnostics, *_weighed(losses, request)))
    if _wrong(diagnostics):
        return _refused(diagnostics, request, judged.id)
    made, failures = _packed(planned, files, request.output)
    if made is None:
        told = _as_the_author_knows_them(failures, planned)
        return _refused((*diagnostics, *told), request, judged.id)
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

    return schemas.text(name)


def schema_file(name: str, path: Path) -> tuple[Diagnostic, ...]:
    """Write a JSON Schema to a file, whole or not at all; or say why not."""
    from builder.exporters import files

    return files.put_text(path, schema(name).rstrip("\n"))


@immutable
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


SHEETS = (".xlsx", ".csv")
"""How the name of a sheet of questions may end."""


def question_sheet(path: Path) -> tuple[Diagnostic, ...]:
    """Write a sheet of questions to fill in, with a row of each type as an example; or say why not.
    The same bytes every time. Whoever calls this has looked that there is no such file."""
    from builder.exporters import files
    from builder.spreadsheet import template, text, workbook

    rows, heads = template.rows(), template.heads()
    if path.suffix.lower() == ".csv":
        return files.put_bytes(path, text.csv_of(rows, heads))
    parts = workbook.parts(rows, heads)
    return files.put_zip(path, [Member(name, content) for name, content in parts.items()])


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
        failed = (files.unmade(path, error),)
    return Reviewable(
        path=path,
        made=not failed,
        diagnostics=tidy(failed),
        title=course.title,
        pages=len(course.pages),
        questions=len(course.questions),
        open=sum(problem.draft for problem in problems),
    )


Format = Literal["gift", "moodle-xml", "xlsx", "html"]
EXPORTS: Mapping[Format, tuple[str, ...]] = {
    "gift": (".gift", ".txt"),
    "moodle-xml": (".xml",),
    "xlsx": (".xlsx",),
    "html": (".html",),
}
"""What a course can be written as, and how the name of the file may end."""


@immutable
class Export:
    """What to write: the course as a bank of questions, or as a page to read, with right
    ``answers`` or without. ``output`` is the file, ``None`` for one in ``dist``; ``today`` as in
    ``Request``."""

    course: Path
    to: Format
    output: Path | None
    answers: bool
    today: date


def export(wanted: Export) -> Exported:
    """Write a course in another format, or say why not. Of a bank, what it does not say is
    listed."""
    from builder.exporters import banks, files, reading
    from builder.exporters.results import Exported

    course, sources, problems = _read(wanted.course, wanted.today)
    if course is None or sources is None:
        return Exported(wanted.output or Path(), wanted.to, False, tidy(problems))
    path = wanted.output or Path("dist", f"{course.id}-{course.version}{EXPORTS[wanted.to][0]}")
    bank = None
    try:
        if wanted.to == "html":
            failed = files.put_text(path, reading.page(course, sources, wanted.answers))
        else:
            bank = banks.bank(course, sources, wanted.to)
            members = bank.members
            failed = files.put_zip(path, members) if members else files.put_text(path, bank.text)
    except OSError as error:
        failed = (files.unmade(path, error),)
    return Exported(
        path=path,
        to=wanted.to,
        made=not failed,
        diagnostics=tidy(failed),
        title=course.title,
        pages=len(course.pages),
        questions=len(course.questions),
        answers=wanted.answers,
        counts=bank.counts if bank else {},
        listed=bank.listed if bank else (),
        places=bank.places if bank else {},
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
    told_only = numbers is None and not every
    chosen, unfit = reviewing.choose(found, file, None if told_only or every else numbers)
    if unfit:
        return ReadBack(found, None, tidy(unfit))
    signed = _signed(folder, reviewing.sheet(received.paragraphs, file.as_posix()).filled, today)
    overtaken: frozenset[str] = frozenset()
    if chosen and any(one.entry for one in signed):
        then = reviewing.codes(chosen, written, today)
        entries = (one.entry.part for one in signed if one.entry)
        overtaken = frozenset(part.id for part in entries if then.get(part.id) != part.code)
    if told_only:
        return ReadBack(found, None, (), signed, overtaken)
    applied = reviewing.apply(chosen, written, today)
    return ReadBack(found, applied, applied.problems, signed, overtaken)


def _signed(folder: Path, filled: tuple[Filled, ...], today: date) -> tuple[Verdict, ...]:
    """What becomes of the rows of an approval sheet."""
    from builder import approving, signing

    reading = signing.read(folder, today)[0] if filled else None
    return approving.judged(filled, reading.standings, "", None, today) if reading else ()


def sheet(file: Path, reading: Reading) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """What people have written into the approval sheet of a Word document that came back of this
    course; or what is wrong with the file."""
    from builder.exporters import review as reviewing

    try:
        received = reviewing.receive(file)
    except reviewing.UnreadableError as error:
        return None, (problem("remark-file", Position(file.as_posix()), problem=str(error)),)
    found = reviewing.sheet(received.paragraphs, file.as_posix())
    # A document that does not say of which course it is: many have the same pass mark.
    known = found.parts & {one.part.id for one in reading.standings}
    ours = received.course == reading.id if received.course else 2 * len(known) >= len(found.parts)
    if not ours:
        return None, (problem("remark-foreign", Position(file.as_posix())),)
    return found, ()


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
        return compare.compare(before, after, compare.same_bytes(old, new)), ()
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
    judged, diagnostics = _read_and_judged(folder, today)
    return (judged.course if judged else None), diagnostics


def _read_and_judged(
    folder: Path, today: date, memo: Memo = FORGETFUL
) -> tuple[Judged | None, tuple[Diagnostic, ...]]:
    """What a folder was judged to be, ``None`` where it could not be read, and every problem in it.

    The sources, an eighth of the memory of a large course, are not kept any longer than this.
    """
    from builder import load, validate

    sources, unreadable = load.load(folder, memo)
    if sources is None:
        return None, unreadable
    judged = validate.validate(sources, today, memo)
    return judged, (*unreadable, *judged.diagnostics)


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
