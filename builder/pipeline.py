"""The straight line from a course folder to a verified package; alone knows every stage."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder import interface
from builder.artifacts import MANIFEST, OUTLINE, Member, Plan, Result, Summary
from builder.codes import problem
from builder.diagnostics import Diagnostic, Position, Severity, tidy
from builder.model import Course
from builder.sources import Sources

if TYPE_CHECKING:
    from builder.compare import Comparison, Explained, Outline, Rehearsal

_PACKED = re.compile(r"media/[a-z0-9._/-]+")
"""The name of a media file in the package, in the words of a diagnostic."""


@dataclass(frozen=True, slots=True)
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
    from builder import load, plan, validate

    sources, found = load.load(request.course)
    if sources is None:
        return _refused(found, request)
    course, judged = validate.validate(sources, request.today)
    diagnostics = _weighed((*found, *judged), request)
    if course is None or any(one.severity is Severity.ERROR for one in diagnostics):
        return _refused(diagnostics, request)
    planned = plan.plan(course)
    since = None
    if request.since:
        since, compared = _since(request.since, planned, sources)
        diagnostics = tidy((*diagnostics, *_weighed(compared, request)))
        if any(one.severity is Severity.ERROR for one in diagnostics):
            return _refused(diagnostics, request)
    path = request.output / planned.package_name
    size, digest, failures = _packed(planned, path)
    if failures:
        return _refused((*diagnostics, *_in_the_course(failures, planned)), request)
    summary = Summary(
        path=path,
        title=course.title,
        version=course.version,
        language=course.language,
        interface=interface.spoken(course.language),
        draft=course.draft,
        pages=len(course.pages),
        questions=len(course.questions),
        minutes=sum(page.minutes for page in course.pages),
        size=size,
        worst_state=planned.worst_state,
        digest=digest,
        key=path.with_name(planned.key_name),
        older_drafts=() if course.draft else _drafts(course.id, path),
        since=_groups(since),
    )
    return Result(diagnostics, summary)


def explain(
    package: Path, text: str, show_text: bool
) -> tuple[Explained | None, tuple[Diagnostic, ...]]:
    """What a text from ``cmi.suspend_data`` says in the course of a package, or why the package
    cannot be read. Free text of the trainee is in it only where ``show_text`` asks for it."""
    from builder import compare

    outline, problems = compare.read(package)
    return (compare.explain(outline, text, show_text) if outline else None), problems


def rehearse(old: Path, new: Path, states: Path | None) -> tuple[Rehearsal | None, tuple[str, ...]]:
    """What trainees who began with one package see in another, or why a file cannot be read.

    ``states`` is a CSV file of an LMS; without it the trainees are the stages of a way through
    the old package.
    """
    from builder import compare

    (before, wrong), (after, also) = compare.read(old), compare.read(new)
    if before is None or after is None:
        return None, tuple(f"{one.position}: {one.message}" for one in (*wrong, *also))
    try:
        given = compare.rows(states) if states else tuple(compare.stages(before))
    except compare.ExportError as error:
        return None, (str(error),)
    return compare.rehearse(before, after, given), ()


def _packed(planned: Plan, path: Path) -> tuple[int, str, tuple[Diagnostic, ...]]:
    """The size and the digest of the package now at ``path``, or why there is none."""
    from builder import key, manifest, package, render, verify

    files = render.render(planned)
    listing = manifest.build(planned, [file.name for file in files])
    members = [*files, Member(MANIFEST, listing)]
    try:
        if found := package.judge_size(members, path.name):
            return 0, "", found
        sealed, digest = package.seal(members)
        beside = Member(planned.key_name, key.write(planned))
        size, found = package.publish(sealed, path, verify.judge, beside)
    except package.SourceError as error:
        return 0, "", (error.problem,)
    return size, digest, found


def _since(
    old: Path, planned: Plan, sources: Sources
) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    from builder import compare

    before, found = compare.read(old)
    if before is None:
        return None, found
    since = compare.compare(before, _planned_outline(planned))
    return since, tuple(compare.warnings(since, _places(planned.course, sources)))


def _groups(since: Comparison | None) -> tuple[tuple[str, tuple[str, ...]], ...]:
    from builder import compare

    return tuple(compare.trainees(since).items()) if since else ()


def _places(course: Course, sources: Sources) -> dict[tuple[str, str], Position]:
    """Where each page, question and record item stands."""
    found = {
        ("question", str(entry.get("id"))): file.place.find([index]).at
        for file in sources.questions.values()
        for index, entry in enumerate(file.value if isinstance(file.value, list) else [])
        if isinstance(entry, dict)
    }
    for page in course.pages:
        front = sources.pages[page.path].front.place
        found["page", page.id] = front.at
        for index, item in enumerate(page.record):
            found["record", item.id] = front.find(["record", index]).at
    return found


def diff(old: Path, new: Path, today: date) -> tuple[Comparison | None, tuple[Diagnostic, ...]]:
    """What an edit means for trainees: ``old`` and ``new`` are packages or course folders.

    ``None`` where one of the two cannot be read; the problems say why.
    """
    from builder import compare

    outlines = [_outline(path, today) for path in (old, new)]
    before, after = (outline for outline, _ in outlines)
    if before and after:
        return compare.compare(before, after), ()
    return None, tuple(one for _, found in outlines for one in found)


def _outline(path: Path, today: date) -> tuple[Outline | None, tuple[Diagnostic, ...]]:
    from builder import compare, load, plan, validate

    if not path.is_dir():
        return compare.read(path)
    sources, found = load.load(path)
    course, judged = validate.validate(sources, today) if sources else (None, ())
    if course is None:
        wrong = (one for one in (*found, *judged) if one.severity is Severity.ERROR)
        return None, tuple(_below(path, one) for one in tidy(wrong))
    return _planned_outline(plan.plan(course)), ()


def _planned_outline(planned: Plan) -> Outline:
    from builder import compare, render

    [outline] = (file.read() for file in render.render(planned) if file.name == OUTLINE)
    return compare.parse(outline)


def _below(folder: Path, one: Diagnostic) -> Diagnostic:
    # Of two courses it is not clear whose file is meant.
    return replace(one, position=replace(one.position, path=str(folder / one.position.path)))


def _in_the_course(found: Iterable[Diagnostic], planned: Plan) -> Iterator[Diagnostic]:
    # An author knows a media file by its path in the course, not by its name in the package.
    paths = {name: path for path, name in planned.media.items()}

    def named(words: str) -> str:
        return _PACKED.sub(lambda name: paths.get(name[0], name[0]), words)

    for one in found:
        if one.position.path not in paths:
            yield replace(one, message=named(one.message), hint=named(one.hint))
            continue
        position = replace(one.position, path=paths[one.position.path])
        if one.code.startswith("package-"):
            yield problem("file-refused", position, problem=named(one.message))
        else:
            yield replace(one, position=position)


def _refused(found: Iterable[Diagnostic], request: Request) -> Result:
    kept = False
    with suppress(OSError):
        kept = any(request.output.glob("*.zip"))
    return Result(tidy(found), None, kept)


def _drafts(course: str, release: Path) -> tuple[Path, ...]:
    # A version of digits and dots alone: “a-2-1.0-draft.zip” is of the course “a-2”, not of “a”.
    name = re.compile(
        rf"{re.escape(course)}-[0-9.]+-draft\.zip|{re.escape(release.stem)}-draft\.zip"
    )
    return tuple(
        path for path in sorted(release.parent.glob("*-draft.zip")) if name.fullmatch(path.name)
    )


def _weighed(found: Iterable[Diagnostic], request: Request) -> tuple[Diagnostic, ...]:
    # What a build only warns of, a release or a strict build refuses.
    def weigh(one: Diagnostic) -> Diagnostic:
        refused = request.release if one.draft else request.strict
        return replace(one, severity=Severity.ERROR) if refused else one

    return tidy(weigh(one) for one in found)
