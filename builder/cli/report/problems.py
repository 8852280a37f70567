"""Formats problems of a course with their positions, the lines of source, and advice."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import click

from builder.base.printing import escape_controls, quoted
from builder.cli.report.phrases import complete_commands
from builder.diagnostics.codes import CATALOGUE
from builder.diagnostics.diagnostic import Diagnostic, Severity
from builder.diagnostics.excerpts import excerpt

_EARLIER_PACKAGE = ("builder", "language", "newer", "other", "since", "unchanged")
"""Why a package gets no refresher: the ends of the codes whose path is that package."""
_OUTSIDE_COURSE = {
    *(code for code in CATALOGUE if code.startswith(("output-", "package-"))),
    *(f"refresher-{end}" for end in _EARLIER_PACKAGE),
}
"""Codes of problems whose path is not relative to the course folder."""
_MAX_ERRORS = 100
"""Maximum number of errors listed with the same code."""
_MAX_WARNINGS = 3
"""Maximum number of warnings listed with the same code."""
_MAX_PLACES = 4
"""Maximum number of positions named for warnings that are counted instead of listed."""
_MAX_EXCERPTS = 40
"""Maximum number of problems that are shown with their lines of source."""
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}
_INDENT = "    "


def listed(found: Sequence[Diagnostic], course: Path, verbose: bool) -> Iterator[str]:
    """Format the problems of a course by importance, one text per group.

    Errors come first, in the order of their files; then warnings, by code; then the open points
    that only make the course a draft, of which a new course has many. Unless ``verbose``, only the
    first problems with each code are listed, and no open points while there are errors.
    """
    formatter = _ProblemFormatter(course, None if verbose else _MAX_EXCERPTS)
    errors = [one for one in found if one.severity is Severity.ERROR]
    warnings = [one for one in found if one.severity is Severity.WARNING]
    drafts = [one for one in warnings if one.draft]
    yield from formatter.errors(errors, None if verbose else _MAX_ERRORS)
    others = [one for one in warnings if not one.draft]
    yield from formatter.warnings(others, None if verbose else _MAX_WARNINGS)
    if drafts and errors and not verbose:
        yield "The course is also a draft. Fix the errors to see the open points."
    elif drafts:
        points = "1 point is" if len(drafts) == 1 else f"{len(drafts)} points are"
        yield f"The course is a draft: {points} open, and a release would be refused."
        yield from formatter.warnings(drafts, None if verbose else 1)
    if formatter.folded:
        yield _verbose_hint(found, len(drafts), course)


def _verbose_hint(found: Sequence[Diagnostic], open_points: int, course: Path) -> str:
    """Say which command lists all of the problems ``found``, and how many there are.
    ``open_points`` is the number of those that only make the course a draft."""
    others = len(found) - open_points
    parts = f": {open_points:,} open points and {others:,} more" if open_points and others else ""
    where = "" if course == Path() else f" {quoted(str(course))}"
    return f"“scorm-builder build{where} --verbose” lists all {len(found):,}{parts}."


def problems(found: Sequence[Diagnostic]) -> str:
    """Format problems whose paths are relative to the current folder."""
    return "\n\n".join(_ProblemFormatter(Path(), _MAX_EXCERPTS).errors(found, _MAX_ERRORS))


def data(found: Diagnostic) -> dict[str, Any]:
    """Convert a problem to JSON values."""
    return {
        "path": found.position.path,
        "line": found.position.line,
        "column": found.position.column,
        "severity": found.severity.value,
        "code": found.code,
        "message": found.message,
        "hint": found.hint,
        "draft": found.draft,
    }


_APPROVE = re.compile(r'(?<= --by "NAME" )[a-z_]+(?:/\S+)?$')
"""Matches the part at the end of a command that approves it, so that one command can name all parts
of a list."""


def _hint_without_part(problem: Diagnostic) -> str:
    return _APPROVE.sub("", problem.hint)


def _joined_hint(group: Sequence[Diagnostic]) -> str:
    """The hint of problems that differ at most in the part to approve: its command names all of
    these parts."""
    matches = [match for one in group if (match := _APPROVE.search(one.hint))]
    names = dict.fromkeys(match[0] for match in matches)
    return _hint_without_part(group[0]) + " ".join(names)


@dataclass
class _ProblemFormatter:
    """Formats the problems of one course.

    ``excerpts`` is the number of further problems that get lines of source (``None``: no limit).
    ``folded`` is whether some problems were counted instead of listed.
    """

    course: Path
    excerpts: int | None
    folded: bool = False
    _texts: dict[str, str] = field(default_factory=dict)

    def errors(self, errors: Sequence[Diagnostic], limit: int | None) -> Iterator[str]:
        counts = Counter[str]()
        first = []
        for error in errors:
            counts[error.code] += 1
            if limit is None or counts[error.code] <= limit:
                first.append(error)
        # Consecutive problems with the same hint get it once.
        for _, same_hint in groupby(first, key=_hint_without_part):
            group = list(same_hint)
            hint = escape_controls(complete_commands(_joined_hint(group), self.course))
            yield "\n".join([*self._problems(group), f"{_INDENT}{hint}"])
        more = [
            f"{number - limit:,} more of {code}"
            for code, number in counts.items()
            if limit is not None and number > limit
        ]
        if more:
            self.folded = True
            yield f"Left out: {', '.join(more)}."

    def warnings(self, warnings: Sequence[Diagnostic], limit: int | None) -> Iterator[str]:
        ordered = sorted(warnings, key=lambda warning: warning.code)
        for _, same_code in groupby(ordered, key=lambda warning: warning.code):
            group = list(same_code)
            # Counting a single problem would save nothing over listing it.
            first = group if limit is None or len(group) <= limit + 1 else group[:limit]
            parts = list(self.errors(first, None))
            if len(first) < len(group):
                self.folded = True
                parts[-1] += f"\n{_INDENT}{self._count_more(group[len(first) :])}"
            yield from parts

    def _count_more(self, others: Sequence[Diagnostic]) -> str:
        places = [
            escape_controls(str(replace(other.position, path=self._path(other), column=0)))
            for other in others[:_MAX_PLACES]
        ]
        etc = ", …" if len(others) > _MAX_PLACES else ""
        return f"{len(others):,} more like this: {', '.join(places)}{etc}"

    def _problems(self, problems: Iterable[Diagnostic]) -> Iterator[str]:
        for problem in problems:
            severity = click.style(problem.severity.value, fg=_COLOURS[problem.severity], bold=True)
            place, message = escape_controls(self._place(problem)), escape_controls(problem.message)
            yield f"{place}: {severity} {problem.code} {message}"
            yield from self._excerpt(problem)

    def _place(self, problem: Diagnostic) -> str:
        return str(replace(problem.position, path=self._path(problem)))

    def _path(self, problem: Diagnostic) -> str:
        if problem.code in _OUTSIDE_COURSE:
            return problem.position.path
        # Relative to the current folder, so that a terminal or an editor can open it.
        return str(self.course / problem.position.path)

    def _excerpt(self, problem: Diagnostic) -> Iterator[str]:
        # An open point needs a decision of a person; the source does not show what is wrong.
        without_source = (
            problem.draft or problem.code in _OUTSIDE_COURSE or not problem.position.line
        )
        if without_source or self.excerpts == 0:
            return
        text = self._text(problem.position.path)
        lines = excerpt(text, problem.position) if text else ()
        if lines and self.excerpts is not None:
            self.excerpts -= 1
        for line in lines:
            yield _INDENT + line

    def _text(self, path: str) -> str:
        if path not in self._texts:
            try:
                text = _decode((self.course / path).read_bytes())
            except (OSError, ValueError):
                text = ""
            # A workbook or a zip has no readable lines.
            self._texts[path] = "" if "\0" in text else text
        return self._texts[path]


def _decode(content: bytes) -> str:
    """Decode the content of a file; a question bank may come from an older Windows program."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
