"""Reports a review document that was written, or the remarks in one that was
returned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any

import click

from builder.base.printing import escape_controls, format_count, json_text
from builder.cli.report.lines import WIDTH
from builder.cli.report.problems import problems
from builder.diagnostics.diagnostic import Diagnostic, Position

if TYPE_CHECKING:
    from builder.exporting.review import Applied, Remark, Review
    from builder.exporting.reviewing import ReadBack, Reviewable

_INDENT = "   "
_SAFE_IN_SHELL = re.compile(r"[\w./\\:~+-]+")
"""Matches text that shells read literally without quotation marks."""
_OUTSIDE_COURSE = ("output-", "remark-file", "remark-foreign", "remark-unknown")
"""Prefixes of the codes of problems whose path is not relative to the course folder."""


def made(reviewable: Reviewable, folder: Path) -> str:
    """Report the review document that was written, or why there is none."""
    if not reviewable.made:
        return problems_in(reviewable.diagnostics, folder)
    head = f"Made the review document {escape_controls(str(reviewable.path))}"
    rows = [
        ("Course", reviewable.title),
        ("Pages", f"{reviewable.pages}"),
        ("Questions", f"{reviewable.questions}"),
    ]
    if reviewable.parts:
        number = format_count(len(reviewable.parts), "part is", "parts are")
        rows.append(("Shown", f"{number} new or changed since an approval; --whole shows all"))
    if reviewable.open:
        rows.append(("Draft", format_count(reviewable.open, "point is open", "points are open")))
    lines = [click.style(head, fg="green", bold=True)]
    lines += [f"  {name:<10}{escape_controls(value)}" for name, value in rows]
    if reviewable.path.suffix == ".docx":
        lines.append(
            "When it comes back: scorm-builder review "
            f"{_quote_path(folder)} --read {_quote_path(reviewable.path)}"
        )
    return "\n".join(lines)


def made_as_json(reviewable: Reviewable) -> str:
    """Format the result of writing a review document as JSON."""
    return json_text(
        {
            "made": reviewable.made,
            "path": reviewable.path.as_posix() if reviewable.made else None,
            "pages": reviewable.pages,
            "questions": reviewable.questions,
            "open": reviewable.open,
            "parts": [*reviewable.parts] or None,
            "diagnostics": [diagnostic(one) for one in reviewable.diagnostics],
        }
    )


def text(result: ReadBack, folder: Path, file: Path) -> str:
    """Format the result of reading a returned document as text: its remarks and who signed it, or
    the changes that were applied."""
    if result.review is None:
        return problems_in(result.diagnostics, folder)
    if result.diagnostics:
        return "\n\n".join((problems_in(result.diagnostics, folder), "Nothing was written."))
    if result.applied:
        report = _applied(result.review, result.applied, folder)
        return "\n\n".join([report, *_saved_remarks(result, folder)])
    parts = [
        _head(result, result.review, file),
        *_remarks(result.review, folder),
        *_saved_remarks(result, folder),
    ]
    return "\n\n".join([*parts, *_signed(result, folder, file)])


def _saved_remarks(result: ReadBack, folder: Path) -> Iterator[str]:
    """Report how many new remarks were saved in the course, and how many of the document's are
    open."""
    kept = result.kept
    if kept is None or not (kept.problem or kept.ids):
        return
    if kept.problem:
        yield problems_in([kept.problem], folder)
        return
    file = escape_controls(str(folder / "remarks.yaml"))
    new = format_count(kept.new, "new remark", "new remarks")
    saved = f"Saved {new} in {file}." if kept.new else f"{file} already has all of these remarks."
    if not kept.open:
        yield f"{saved} No remark of this document is open."
        return
    open_count = format_count(
        kept.open, "remark of this document is", "remarks of this document are"
    )
    yield (
        f"{saved} {open_count} open, and a release is refused until they are closed:\n"
        f"{2 * _INDENT}scorm-builder review {_quote_path(folder)} --remarks"
    )


def _head(result: ReadBack, review: Review, file: Path) -> str:
    comments = sum(remark.kind == "comment" for remark in review.remarks)
    changes = len(review.remarks) - comments
    counts = [format_count(comments, "comment")] if comments else []
    counts += [format_count(changes, "change")] if changes else []
    same = not (result.differs or result.signed)
    none = "No comments and no changes" if same else "No remarks"
    both = " and ".join(counts) or none
    lines = [click.style(f"{both} in {escape_controls(file.name)}", bold=True)]
    if result.differs and not counts and not review.is_outdated:
        lines.append("Its text differs from the review document that the course has now.")
    if review.is_outdated:
        of = (
            f"version {escape_controls(review.version)}"
            if review.version
            else "from an unnamed version"
        )
        lines.append(
            click.style(
                f"The course has changed since this document was made ({of}), so each remark was "
                "matched again.",
                fg="yellow",
            )
        )
    applicable = sum(remark.is_applicable for remark in review.remarks)
    if applicable:
        can, their = f"{format_count(applicable, 'change')} can be applied", "its number"
        their = their if applicable == 1 else "their numbers"
        lines.append(f"{can}: --apply all, or --apply with {their}.")
    elif changes:
        left = sum(
            remark.kind == "change" and not remark.is_already_applied for remark in review.remarks
        )
        by_hand = "One of them" if changes > left == 1 else "It" if left == 1 else "They"
        by_hand_line = (
            f"{by_hand} can only be made by hand."
            if left
            else "The course already has all of these changes."
        )
        lines.append(by_hand_line)
    return "\n".join(lines)


def _signed(result: ReadBack, folder: Path, file: Path) -> Iterator[str]:
    """Report the name and the date at the end of the document, and how to record the approval."""
    if result.signed:
        yield (
            f"Signed: {escape_controls(result.signed)}\n"
            "To record what the document confirms, with the person's name instead of NAME:\n"
            f"{2 * _INDENT}scorm-builder approve {_quote_path(folder)} --document "
            f'{_quote_path(file)} --by "NAME"'
        )


def _quote_path(path: Path) -> str:
    """Format a path for use in a command, in quotation marks if necessary."""
    text = escape_controls(str(path))
    return text if _SAFE_IN_SHELL.fullmatch(text) else f'"{text}"'


def _remarks(review: Review, folder: Path) -> Iterator[str]:
    for remark in review.remarks:
        yield "\n".join(_remark(remark, folder))


def _remark(remark: Remark, folder: Path) -> Iterator[str]:
    place = (
        escape_controls(_position_in(remark.position, folder)) if remark.position else "no place"
    )
    by = ", ".join(filter(None, (remark.author, remark.date)))
    kind = "reply" if remark.reply else remark.kind
    details = [kind if remark.tracked else f"{kind}, not tracked"]
    details += [f"by {by}"] if by else []
    details += ["resolved"] if remark.done else []
    details += [f"[{remark.part}]"] if remark.part else []
    yield (
        f"{click.style(f'{remark.number}.', bold=True)} {place}: "
        f"{escape_controls(', '.join(details))}"
    )
    if remark.kind == "change":
        yield from wrapped(_change(remark))
        yield from wrapped(_how_to_apply(remark))
    else:
        if remark.about:
            yield from wrapped(f"about “{remark.about}”")
        for line in remark.text.split("\n"):
            yield from wrapped(line)


def _how_to_apply(remark: Remark) -> str:
    if remark.is_already_applied:
        return f"Done: {remark.reason}."
    if not remark.is_applicable:
        return f"By hand: {remark.reason}."
    if remark.clashes:
        others = ", ".join(map(str, remark.clashes))
        return f"Can be applied, but not together with {others}: choose by number."
    return "Can be applied."


def _change(remark: Remark) -> str:
    if remark.text:
        return f"{remark.text[:1].upper()}{remark.text[1:]}."
    if not remark.about:
        return f"new: “{remark.added}”"
    if not remark.added:
        return f"struck out: “{remark.about}”"
    return f"“{remark.about}” → “{remark.added}”"


def _applied(review: Review, applied: Applied, folder: Path) -> str:
    if not applied.numbers:
        return "There is no change that can be applied."
    files = ", ".join(escape_controls(str(folder / path)) for path in applied.files)
    head = f"Applied {format_count(len(applied.numbers), 'change')} in {files}"
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
    """Format the result of reading a returned document as JSON, with remarks in the order of the
    document."""
    review, applied = result.review, result.applied
    return json_text(
        {
            "version": review and (review.version or None),
            "older": review and review.is_outdated,
            "remarks": [_data(remark) for remark in review.remarks] if review else [],
            "applied": [*applied.numbers] if applied else [],
            "files": [*applied.files] if applied else [],
            "kept": _kept_data(result),
            "signed": result.signed or None,
            "differs": result.differs,
            "diagnostics": [diagnostic(one) for one in result.diagnostics],
        }
    )


def _kept_data(result: ReadBack) -> dict[str, Any] | None:
    kept = result.kept
    if kept is None:
        return None
    ids = {str(number): name for number, name in (kept.ids or {}).items()}
    fault = kept.problem and diagnostic(kept.problem)
    return {"new": kept.new, "open": kept.open, "ids": ids, "problem": fault}


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
        "sure": remark.is_applicable,
        "reason": remark.reason or None,
        "clashes": [*remark.clashes],
        "edits": [
            {"file": edit.path, "start": edit.start, "end": edit.end, "new": edit.new}
            for edit in remark.edits
        ],
    }


def diagnostic(one: Diagnostic) -> dict[str, Any]:
    return {
        "file": one.position.path,
        "line": one.position.line,
        "column": one.position.column,
        "severity": one.severity.value,
        "code": one.code,
        "message": one.message,
        "hint": one.hint,
    }


def problems_in(found: Iterable[Diagnostic], folder: Path) -> str:
    """Format problems of the course in ``folder``, and of files outside it such as a returned
    document."""
    return problems(
        [
            one
            if one.code.startswith(_OUTSIDE_COURSE)
            else replace(one, position=replace(one.position, path=str(folder / one.position.path)))
            for one in found
        ]
    )


def _position_in(position: Position, folder: Path) -> str:
    return str(replace(position, path=str(folder / position.path)))


def wrapped(text: str) -> Iterator[str]:
    """Wrap a text to indented lines, and escape terminal control characters."""
    # Do not break words or paths, so that commands can be copied.
    width = WIDTH - len(_INDENT)
    for line in wrap(escape_controls(text), width, break_long_words=False, break_on_hyphens=False):
        yield f"{_INDENT}{line}"
