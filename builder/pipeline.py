"""The straight line from a course folder to a verified package; alone knows every stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder.artifacts import MANIFEST, Member, Result, Summary
from builder.diagnostics import Diagnostic, Severity, tidy


@dataclass(frozen=True, slots=True)
class Request:
    """What to build.

    ``release`` refuses a draft; ``strict`` refuses other warnings. ``today`` decides what is
    overdue, and never a byte of the package.
    """

    course: Path
    output: Path
    release: bool
    strict: bool
    today: date


def build(request: Request) -> Result:
    """Make the package of a course, or say why not; the previous package stays unless replaced."""
    # Each command loads only what it needs: all libraries together take 0.2 s.
    from builder import load, manifest, package, plan, render, validate, verify

    sources, found = load.load(request.course)
    if sources is None:
        return Result(tidy(found), None)
    course, judged = validate.validate(sources, request.today)
    diagnostics = _weighed((*found, *judged), request)
    if course is None or any(one.severity is Severity.ERROR for one in diagnostics):
        return Result(diagnostics, None)
    planned = plan.plan(course)
    files = render.render(planned)
    listing = manifest.build(planned, [file.name for file in files])
    members, digest = package.seal([*files, Member(MANIFEST, listing)])
    path = request.output / planned.package_name
    size, failures = package.publish(members, path, verify.judge)
    if failures:
        return Result(tidy((*diagnostics, *failures)), None)
    summary = Summary(
        path=path,
        title=course.title,
        version=course.version,
        draft=course.draft,
        pages=len(course.pages),
        questions=len(course.questions),
        minutes=sum(page.minutes for page in course.pages),
        size=size,
        worst_state=planned.worst_state,
        digest=digest,
    )
    return Result(diagnostics, summary)


def _weighed(found: Iterable[Diagnostic], request: Request) -> tuple[Diagnostic, ...]:
    # What a build only warns of, a release or a strict build refuses.
    def weigh(one: Diagnostic) -> Diagnostic:
        refused = request.release if one.draft else request.strict
        return replace(one, severity=Severity.ERROR) if refused else one

    return tidy(weigh(one) for one in found)
