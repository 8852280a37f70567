"""What a build found and made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import click

from builder.artifacts import Result, Summary
from builder.codes import CATALOGUE, Rule
from builder.diagnostics import Diagnostic, Severity
from builder.printing import json_text, shown
from builder.report import comparison
from builder.state import LIMIT

_ELSEWHERE = {code for code in CATALOGUE if code.startswith(("output-", "package-"))}
"""Codes whose position is not in the course folder."""
_TOLD = 100
"""How many problems of a code are told in words."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def text(result: Result, course: Path) -> str:
    """The result for a person: each problem with its hint, then the package or why there is none.

    Problems that only make a draft come after the others, by code: a new course has many.
    """
    told = [diagnostic for diagnostic in result.diagnostics if not _open(diagnostic)]
    drafts = sorted(filter(_open, result.diagnostics), key=lambda diagnostic: diagnostic.code)
    parts = [*_problems(told, course), *_untold(told)]
    if drafts:
        points = "1 point is" if len(drafts) == 1 else f"{len(drafts)} points are"
        parts.append(f"The course is a draft: {points} open, and a release would be refused.")
        parts += [*_problems(drafts, course), *_untold(drafts)]
    parts.append(_summary(result.summary) if result.summary else _refusal(result))
    return "\n\n".join(parts)


def problems(diagnostics: Sequence[Diagnostic]) -> str:
    """Problems whose positions are where the author stands, each with its hint."""
    return "\n\n".join((*_problems(diagnostics, Path()), *_untold(diagnostics)))


def _open(diagnostic: Diagnostic) -> bool:
    return diagnostic.draft and diagnostic.severity is Severity.WARNING


def _problems(problems: Iterable[Diagnostic], course: Path) -> Iterator[str]:
    # Neighbours that need the same thing done share its hint.
    for hint, group in groupby(_first(problems), key=lambda diagnostic: diagnostic.hint):
        yield "\n".join(
            [*(_problem(diagnostic, course) for diagnostic in group), f"    {shown(hint)}"]
        )


def _first(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first problems of each code: who has mended these has seen how."""
    told = Counter[str]()
    for problem in problems:
        told[problem.code] += 1
        if told[problem.code] <= _TOLD:
            yield problem


def _untold(problems: Iterable[Diagnostic]) -> Iterator[str]:
    """How many problems of each code were left out."""
    numbers = Counter(problem.code for problem in problems)
    more = [
        f"{number - _TOLD:,} more of {code}" for code, number in numbers.items() if number > _TOLD
    ]
    if more:
        yield f"Left out: {', '.join(more)}. “scorm-builder build --json” lists all."


def _problem(diagnostic: Diagnostic, course: Path) -> str:
    severity = click.style(diagnostic.severity.value, fg=_COLOURS[diagnostic.severity], bold=True)
    place, message = shown(_place(diagnostic, course)), shown(diagnostic.message)
    return f"{place}: {severity} {diagnostic.code} {message}"


def _place(diagnostic: Diagnostic, course: Path) -> str:
    if diagnostic.code in _ELSEWHERE:
        return str(diagnostic.position)
    # From where the author stands, so that a terminal or an editor can open it.
    return str(replace(diagnostic.position, path=str(course / diagnostic.position.path)))


def _summary(summary: Summary) -> str:
    rows = (
        ("Course", f"{summary.title}, version {summary.version}"),
        ("Language", _language(summary)),
        ("Pages", f"{summary.pages}, about {summary.minutes} minutes"),
        ("Questions", f"{summary.questions}"),
        ("Size", f"{summary.size / 1000:,.0f} KB"),
        ("Progress", f"at most {summary.worst_state:,} of {LIMIT:,} characters for each trainee"),
        ("Digest", summary.digest[:16]),
        ("Answers", f"{summary.key} tells what they mean in LMS reports"),
    )
    kind = "draft" if summary.draft else "package"
    made = click.style(f"Made the {kind} {shown(str(summary.path))}", fg="green", bold=True)
    lines = [made, *(f"  {name:<10}{shown(value)}" for name, value in rows)]
    if summary.older_drafts:
        drafts = ", ".join(shown(str(path)) for path in summary.older_drafts)
        kind = "An older draft is" if len(summary.older_drafts) == 1 else "Older drafts are"
        lines.append(f"{kind} still here: {drafts}")
    if summary.since:
        lines += ["", *comparison.trainees(summary.since)]
    return "\n".join(lines)


def _language(summary: Summary) -> str:
    spoken = f"{summary.interface.name} ({summary.language})"
    if summary.interface.reviewed:
        return spoken
    return f"{spoken}; no speaker of it has reviewed the interface's texts yet"


def _refusal(result: Result) -> str:
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in result.diagnostics)
    problems = "1 problem" if errors == 1 else f"{errors} problems"
    kept = " A package made before is unchanged." if result.kept else ""
    return f"No package was made: {problems} to mend.{kept}"


def as_json(result: Result) -> str:
    """The result for a machine."""
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
                "draft": summary.draft,
                "pages": summary.pages,
                "questions": summary.questions,
                "minutes": summary.minutes,
                "size": summary.size,
                "worst_state": summary.worst_state,
                "digest": summary.digest,
                "key": summary.key.as_posix(),
                "older_drafts": [path.as_posix() for path in summary.older_drafts],
                "since": {group: [*words] for group, words in summary.since} or None,
            },
            "diagnostics": [
                {
                    "path": diagnostic.position.path,
                    "line": diagnostic.position.line,
                    "column": diagnostic.position.column,
                    "severity": diagnostic.severity.value,
                    "code": diagnostic.code,
                    "message": diagnostic.message,
                    "hint": diagnostic.hint,
                    "draft": diagnostic.draft,
                }
                for diagnostic in result.diagnostics
            ],
        }
    )


def explanation(rule: Rule) -> str:
    """One code of the catalogue, explained."""
    kind = "makes a draft" if rule.draft else rule.severity.value
    hint = rule.hint.format_map(_Gaps())
    parts = [f"{rule.code} ({kind})", rule.explanation]
    if hint.strip("…. "):
        parts.append(f"What to do: {hint}")
    return "\n\n".join(parts)


def catalogue() -> str:
    """Every code with its message, in the order of the catalogue."""
    width = max(map(len, CATALOGUE))
    return "\n".join(
        f"{rule.code:<{width}}  {rule.message.format_map(_Gaps())}" for rule in CATALOGUE.values()
    )


class _Gaps(dict[str, str]):
    """Stands for the words that each diagnostic fills in."""

    def __missing__(self, name: str) -> str:
        return "" if name == "did_you_mean" else "…"
