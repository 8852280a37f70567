"""Says what became of a review: the document that was written, or the remarks that came back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from builder.diagnostics import Diagnostic, Position
from builder.printing import json_text, shown
from builder.report.problems import problems

if TYPE_CHECKING:
    from builder.exporters.results import ReadBack, Reviewable
    from builder.exporters.review import Applied, Remark, Review

_WIDTH = 96
_INDENT = "   "
_ELSEWHERE = ("output-", "remark-file", "remark-foreign", "remark-unknown")
"""Codes whose position is not in the course folder."""


def made(reviewable: Reviewable, folder: Path) -> str:
    """The document that was written, for a person; or why there is none."""
    if not reviewable.made:
        return _problems(reviewable.diagnostics, folder)
    head = f"Made the review document {shown(str(reviewable.path))}"
    rows = [
        ("Course", reviewable.title),
        ("Pages", f"{reviewable.pages}"),
        ("Questions", f"{reviewable.questions}"),
    ]
    if reviewable.open:
        rows.append(("Draft", _counted(reviewable.open, "point is open", "points are open")))
    lines = [click.style(head, fg="green", bold=True)]
    lines += [f"  {name:<10}{shown(value)}" for name, value in rows]
    if reviewable.path.suffix == ".docx":
        lines.append(
            "When it comes back: scorm-builder review "
            f"{shown(str(folder))} --read {shown(reviewable.path.name)}"
        )
    return "\n".join(lines)


def made_as_json(reviewable: Reviewable) -> str:
    """The same for a machine."""
    return json_text(
        {
            "made": reviewable.made,
            "path": reviewable.path.as_posix() if reviewable.made else None,
            "pages": reviewable.pages,
            "questions": reviewable.questions,
            "open": reviewable.open,
            "diagnostics": [_diagnostic(one) for one in reviewable.diagnostics],
        }
    )


def text(result: ReadBack, folder: Path, file: Path) -> str:
    """What came back, for a person."""
    if result.review is None:
        return _problems(result.diagnostics, folder)
    if result.diagnostics:
        return "\n\n".join((_problems(result.diagnostics, folder), "Nothing was written."))
    if result.applied:
        return _applied(result.review, result.applied, folder)
    return "\n\n".join((_head(result.review, file), *_remarks(result.review, folder)))


def _head(review: Review, file: Path) -> str:
    comments = sum(remark.kind == "comment" for remark in review.remarks)
    changes = len(review.remarks) - comments
    counted = f"{_counted(comments, 'comment')} and {_counted(changes, 'change')}"
    lines = [click.style(f"{counted} in {shown(file.name)}", bold=True)]
    if review.older:
        of = f"version {shown(review.version)}" if review.version else "a version it does not name"
        lines.append(
            click.style(
                f"It was made of other words than the course has now ({of}): each place was looked "
                "for anew.",
                fg="yellow",
            )
        )
    sure = sum(remark.sure for remark in review.remarks)
    if changes:
        can = f"{_counted(sure, 'change')} can be applied"
        lines.append(f"{can}: --apply all, or --apply with their numbers.")
    return "\n".join(lines)


def _remarks(review: Review, folder: Path) -> Iterator[str]:
    for remark in review.remarks:
        yield "\n".join(_remark(remark, folder))


def _remark(remark: Remark, folder: Path) -> Iterator[str]:
    place = shown(_placed(remark.position, folder)) if remark.position else "no place"
    by = ", ".join(filter(None, (remark.author, remark.date)))
    kind = "reply" if remark.reply else remark.kind
    told = [kind if remark.tracked else f"{kind}, not tracked"]
    told += [f"by {by}"] if by else []
    told += ["resolved"] if remark.done else []
    told += [f"[{remark.part}]"] if remark.part else []
    yield f"{click.style(f'{remark.number}.', bold=True)} {place}: {shown(', '.join(told))}"
    if remark.kind == "change":
        yield from _wrapped(_change(remark))
        yield from _wrapped(_how(remark))
    else:
        if remark.about:
            yield from _wrapped(f"about “{remark.about}”")
        for line in remark.text.split("\n"):
            yield from _wrapped(line)


def _how(remark: Remark) -> str:
    if not remark.sure:
        return f"By hand: {remark.reason}."
    if remark.clashes:
        others = ", ".join(map(str, remark.clashes))
        return f"Can be applied, but not together with {others}: choose by number."
    return "Can be applied."


def _change(remark: Remark) -> str:
    if not remark.about:
        return f"new: “{remark.added}”"
    if not remark.added:
        return f"struck out: “{remark.about}”"
    return f"“{remark.about}” → “{remark.added}”"


def _applied(review: Review, applied: Applied, folder: Path) -> str:
    if not applied.numbers:
        return "There is no change that could be applied."
    files = ", ".join(shown(str(folder / path)) for path in applied.files)
    head = f"Applied {_counted(len(applied.numbers), 'change')} in {files}"
    left = [
        remark
        for remark in review.remarks
        if remark.kind == "change" and remark.number not in applied.numbers
    ]
    lines = [click.style(head, fg="green", bold=True)]
    if left:
        numbers = ", ".join(str(remark.number) for remark in left)
        lines.append(f"Not applied: {numbers}.")
    return "\n".join(lines)


def as_json(result: ReadBack) -> str:
    """The same for a machine, remarks in the order of the document."""
    review, applied = result.review, result.applied
    return json_text(
        {
            "version": review and (review.version or None),
            "older": review and review.older,
            "remarks": [_data(remark) for remark in review.remarks] if review else [],
            "applied": [*applied.numbers] if applied else [],
            "files": [*applied.files] if applied else [],
            "diagnostics": [_diagnostic(one) for one in result.diagnostics],
        }
    )


def _data(remark: Remark) -> dict[str, Any]:
    position = remark.position
    return {
        "number": remark.number,
        "kind": remark.kind,
        "author": remark.author,
        "date": remark.date or None,
        "part": remark.part or None,
        "file": position and position.path,
        "line": position and position.line,
        "column": position and position.column,
        "about": remark.about,
        "text": remark.text if remark.kind == "comment" else None,
        "added": remark.added if remark.kind == "change" else None,
        "tracked": remark.tracked,
        "reply": remark.reply,
        "resolved": remark.done,
        "sure": remark.sure,
        "reason": remark.reason or None,
        "clashes": [*remark.clashes],
        "edits": [
            {"file": edit.path, "start": edit.start, "end": edit.end, "new": edit.new}
            for edit in remark.edits
        ],
    }


def _diagnostic(one: Diagnostic) -> dict[str, Any]:
    return {
        "file": one.position.path,
        "line": one.position.line,
        "column": one.position.column,
        "severity": one.severity.value,
        "code": one.code,
        "message": one.message,
        "hint": one.hint,
    }


def _problems(found: Iterable[Diagnostic], folder: Path) -> str:
    return problems(
        [
            one
            if one.code.startswith(_ELSEWHERE)
            else replace(one, position=replace(one.position, path=str(folder / one.position.path)))
            for one in found
        ]
    )


def _placed(position: Position, folder: Path) -> str:
    return str(replace(position, path=str(folder / position.path)))


def _counted(count: int, word: str, words: str = "") -> str:
    return f"1 {word}" if count == 1 else f"{count} {words or f'{word}s'}"


def _wrapped(text: str) -> Iterator[str]:
    for line in wrap(shown(text), _WIDTH - len(_INDENT), break_long_words=False):
        yield f"{_INDENT}{line}"
