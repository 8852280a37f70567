"""Applies changes from a returned review document to the files of a course: all chosen changes, or
none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from builder.base import transaction
from builder.base.cache import MemoryCache
from builder.course import validate
from builder.course.load import replace_texts
from builder.course.writing import not_written
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity, tidy
from builder.exporting.review.remarks import Remark, Review
from builder.exporting.review.source_texts import Edit, SourceTexts, apply_edits, rewrite_bytes

ExtraChanges = Callable[[], Iterable[transaction.Change]]
"""A function that returns further changes to write together with the applied ones. It is called
while the course is locked."""
_WOULD_BREAK = "the course would then have an error, {place}: {message}"


@dataclass(frozen=True, slots=True)
class Applied:
    """The result of applying changes: their numbers and the written files, or the problems because
    of which nothing was written."""

    numbers: tuple[int, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def check_changes(review: Review, source_texts: SourceTexts, today: date) -> Review:
    """Return the review with its changes checked: changes that would cause an error in the course
    lose their edits and get a reason, and changes that overlap list each other in ``clashes``.
    ``today`` is the date by which the course is checked."""
    sure = [remark for remark in review.remarks if remark.is_applicable]
    clashes = {remark.number: tuple(_overlapping(remark, sure)) for remark in sure}
    validator = _Validator(source_texts, today)
    reasons = dict(validator.harmful([remark for remark in sure if not clashes[remark.number]]))
    for remark in sure:
        if clashes[remark.number]:
            reasons |= dict(validator.harmful([remark]))
    remarks = tuple(
        replace(
            remark,
            reason=reasons.get(remark.number, remark.reason),
            edits=() if remark.number in reasons else remark.edits,
            clashes=clashes.get(remark.number, ()),
        )
        for remark in review.remarks
    )
    return replace(review, remarks=remarks)


class _Validator:
    """Validates the course as it would be after some changes."""

    def __init__(self, source_texts: SourceTexts, today: date) -> None:
        self.source_texts = source_texts
        self.today = today
        self.cache = MemoryCache()

    def harmful(self, remarks: Sequence[Remark]) -> Iterator[tuple[int, str]]:
        """Yield the number of each change that would cause an error in the course, with the
        message.

        Most changes cause none, so all are checked together first, then each half.
        """
        errors = self.errors(_texts_after(remarks, self.source_texts)) if remarks else ()
        if errors and len(remarks) == 1:
            message = errors[0].message.rstrip(".")
            yield remarks[0].number, _WOULD_BREAK.format(place=errors[0].position, message=message)
        elif errors:
            half = len(remarks) // 2
            yield from self.harmful(remarks[:half])
            yield from self.harmful(remarks[half:])

    def errors(self, texts: Mapping[str, str]) -> tuple[Diagnostic, ...]:
        """The errors that the course would have with these texts of its files, by path."""
        sources, problems = replace_texts(self.source_texts.sources, texts)
        found = list(problems)
        if sources is not None:
            found.extend(validate.validate(sources, self.today, self.cache).diagnostics)
        return tidy(one for one in found if one.severity is Severity.ERROR)


def _overlapping(remark: Remark, sure: Iterable[Remark]) -> Iterator[int]:
    for other in sure:
        same = other.number == remark.number or other.edits == remark.edits
        if not same and any(_overlap(one, two) for one in remark.edits for two in other.edits):
            yield other.number


def _overlap(one: Edit, other: Edit) -> bool:
    if one.path != other.path:
        return False
    same = (one.start, one.end) == (other.start, other.end)
    return same or (one.start < other.end and other.start < one.end)


def choose(
    review: Review, file: Path, numbers: Sequence[int] | None
) -> tuple[tuple[Remark, ...], tuple[Diagnostic, ...]]:
    """Return the changes with these numbers, and problems that say why some of them cannot be
    applied.

    If ``numbers`` is ``None``, returns all changes that can be applied together. ``file`` is the
    returned document, to which problems point.
    """
    changes = {remark.number: remark for remark in review.remarks if remark.kind == "change"}
    if numbers is None:
        return tuple(one for one in changes.values() if one.is_applicable and not one.clashes), ()
    problems = []
    for number in numbers:
        remark = changes.get(number)
        if remark is None:
            problems.append(problem("remark-unknown", Position(file.as_posix()), number=number))
        elif not remark.is_applicable:
            place = remark.position or Position(file.as_posix())
            problems.append(problem("remark-unsure", place, number=number, reason=remark.reason))
        elif {*remark.clashes} & {*numbers}:
            place = remark.position or Position(file.as_posix())
            problems.append(problem("remark-overlap", place, number=number))
    chosen = tuple(changes[number] for number in dict.fromkeys(numbers) if number in changes)
    return chosen, tuple(problems)


def apply(
    chosen: Sequence[Remark],
    source_texts: SourceTexts,
    today: date,
    also: ExtraChanges = lambda: (),
) -> Applied:
    """Write the edits of the chosen changes, together with the changes that ``also`` returns: all
    edits and changes, or none if the course would have an error or a file cannot be written.
    ``today`` is the date by which the course is checked."""
    texts = _texts_after(chosen, source_texts)
    if errors := _Validator(source_texts, today).errors(texts):
        return Applied(problems=errors)
    made = {
        path: rewrite_bytes(source_texts.raw(path), listed)
        for path, listed in _edits(chosen).items()
    }
    if failed := _write_files(source_texts, made, also):
        return Applied(problems=failed)
    return Applied(tuple(remark.number for remark in chosen), tuple(sorted(made)))


def _edits(remarks: Iterable[Remark]) -> Mapping[str, Sequence[Edit]]:
    """The edits of these changes by file; identical edits of several changes are listed once."""
    edits: dict[str, dict[Edit, None]] = {}
    for remark in remarks:
        for edit in remark.edits:
            edits.setdefault(edit.path, {})[edit] = None
    return {path: tuple(listed) for path, listed in edits.items()}


def _texts_after(remarks: Iterable[Remark], source_texts: SourceTexts) -> Mapping[str, str]:
    """The texts of the edited files after these changes, by path."""
    return {
        path: apply_edits(source_texts.text(path), listed)
        for path, listed in _edits(remarks).items()
    }


def _write_files(
    source_texts: SourceTexts, made: Mapping[str, bytes], also: ExtraChanges
) -> tuple[Diagnostic, ...]:
    """Write the files ``made``, by path, and the changes that ``also`` returns; on failure, leave
    all files unchanged and return the problem."""
    changes = [transaction.Change(path, source_texts.raw(path), new) for path, new in made.items()]
    try:
        with transaction.writing(source_texts.root) as own:
            own.put((*changes, *also()))
    except transaction.ChangedError as error:
        return (problem("remark-meanwhile", Position(error.path)),)
    except (transaction.ExchangeError, OSError) as error:
        return (not_written(error),)
    return ()
