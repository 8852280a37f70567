"""Formats the result of a build as text or JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder.base.printing import escape_controls, format_count, json_text
from builder.cli.report.problems import data, listed
from builder.course import interface
from builder.course.scenarios.proof import Proof, describe
from builder.course.state import LIMIT
from builder.diagnostics.diagnostic import Severity
from builder.package.artifacts import Result, Summary

if TYPE_CHECKING:
    from builder.course.marks import Mark


def text(result: Result, course: Path, verbose: bool = False) -> str:
    """Format the result of a build as text: the package or why there is none, then the problems.

    ``verbose`` lists every problem, even if many are alike.
    """
    head = _summary(result.summary) if result.summary else _refusal(result)
    found = listed(result.diagnostics, course, verbose)
    return "\n\n".join((head, *found, *_suggest_explain(result)))


_NO_APPROVALS = (
    "none: “approvals: required:” in course.yaml asks for none, so a release calls itself "
    "“released without approvals”"
)


def _summary(summary: Summary) -> str:
    rows = [
        ("Folder", str(summary.path.absolute().parent)),
        ("Course", f"{summary.title}, version {summary.version}"),
        ("Language", _language(summary)),
        *([("Also in", _translations(summary))] if summary.translations else []),
        *([("Left out", _left_out(summary))] if summary.left_out else []),
        ("Pages", f"{summary.pages}, about {format_count(summary.minutes, 'minute')}"),
        ("Questions", f"{summary.questions}"),
        *(("Scenario", f"“{title}”: {describe(proof)}") for title, proof in summary.scenarios),
        *(("Pass mark", words) for words in _marks(summary)),
        ("Size", f"{summary.size / 1000:,.0f} KB"),
        ("Progress", f"at most {summary.worst_state:,} of {LIMIT:,} characters for each trainee"),
        ("Digest", summary.digest[:16]),
        ("Answers", f"{summary.key} explains the answers in LMS reports"),
        *([("Approvals", _NO_APPROVALS)] if summary.without_approvals else []),
    ]
    kind = "draft" if summary.draft else "package"
    made = click.style(
        f"Made the {kind} {escape_controls(str(summary.path))}", fg="green", bold=True
    )
    lines = [made, *(f"  {name:<10}{escape_controls(value)}" for name, value in rows)]
    if summary.older_drafts:
        drafts = ", ".join(escape_controls(str(path)) for path in summary.older_drafts)
        kind = "An older draft is" if len(summary.older_drafts) == 1 else "Older drafts are"
        lines.append(f"{kind} still here: {drafts}")
    if summary.since:
        from builder.cli.report import comparison

        lines += ["", *comparison.trainees(summary.since)]
    if summary.refresher:
        from builder.cli.report import comparison

        lines += ["", *comparison.refresher(summary.refresher)]
    return "\n".join(lines)


def _marks(summary: Summary) -> Iterator[str]:
    """The pass marks in words: one for all parts that are judged together, and one for each other
    group of parts with the same."""
    together = [mark for mark in summary.marks if mark.shared]
    if together:
        yield f"{together[0].percent}% of {_titles(together)} together"
    groups: dict[str, list[Mark]] = {}
    for mark in summary.marks:
        if not mark.shared:
            needed = f"{mark.need} ({mark.percent}%)" if mark.need else f"{mark.percent}%"
            groups.setdefault(needed, []).append(mark)
    yield from (f"{_titles(parts)}: {needed}" for needed, parts in groups.items())


def _titles(parts: Iterable[Mark]) -> str:
    return ", ".join(f"“{part.page.title}”" for part in parts)


def _mark(mark: Mark) -> dict[str, object]:
    need = mark.need
    return {
        "page": mark.page.id,
        "percent": mark.percent,
        "together": mark.shared,
        "needs": need and {"enough": need.enough, "of": need.of, "points": need.points},
    }


def _scenario(title: str, proof: Proof) -> dict[str, object]:
    return {
        "title": title,
        "scenes": proof.scenes,
        "paths": proof.paths,
        "exact": proof.exact,
        "scenes_on_a_path": [proof.length.least, proof.length.most],
        "words_on_a_path": [proof.words.least, proof.words.most],
    }


def _language(summary: Summary) -> str:
    spoken = f"{summary.interface.name} ({summary.language})"
    if summary.interface.reviewed:
        return spoken
    return f"{spoken}; no native speaker has reviewed the interface's texts yet"


def _translations(summary: Summary) -> str:
    return ", ".join(
        f"{interface.name_of(tag)}{', a draft' if draft else ''}"
        for tag, draft in summary.translations
    )


def _left_out(summary: Summary) -> str:
    names = ", ".join(map(interface.name_of, summary.left_out))
    return f"{names}: not complete, or not approved"


def _refusal(result: Result) -> str:
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in result.diagnostics)
    problems = format_count(errors, "problem")
    kept = " The earlier package was not changed." if result.kept else ""
    return f"No package was made: fix {problems}.{kept}"


def _suggest_explain(result: Result) -> tuple[str, ...]:
    """Suggest the command ``explain`` for the first error that prevented the package; empty if a
    package was made."""
    errors = (one.code for one in result.diagnostics if one.severity is Severity.ERROR)
    code = "" if result.summary else next(errors, "")
    return (f"More about a problem, with an example: scorm-builder explain {code}",) if code else ()


def as_json(result: Result) -> str:
    """Format the result of a build as JSON."""
    summary = result.summary
    return json_text(
        {
            "made": result.made,
            "package": summary
            and {
                "path": summary.path.as_posix(),
                "title": summary.title,
                "version": summary.version,
                "language": summary.language,
                "interface": {
                    "language": summary.interface.tag,
                    "reviewed": summary.interface.reviewed,
                },
                "translations": [
                    {"language": tag, "draft": draft} for tag, draft in summary.translations
                ],
                "left_out": [*summary.left_out],
                "draft": summary.draft,
                "pages": summary.pages,
                "questions": summary.questions,
                "scenarios": [_scenario(*one) for one in summary.scenarios],
                "pass_marks": [*map(_mark, summary.marks)],
                "minutes": summary.minutes,
                "size": summary.size,
                "worst_state": summary.worst_state,
                "digest": summary.digest,
                "without_approvals": summary.without_approvals,
                "key": summary.key.as_posix(),
                "older_drafts": [path.as_posix() for path in summary.older_drafts],
                "refresher": {group: [*words] for group, words in summary.refresher} or None,
                "since": {group: [*words] for group, words in summary.since} or None,
            },
            "diagnostics": [data(diagnostic) for diagnostic in result.diagnostics],
        }
    )
