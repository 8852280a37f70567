"""Writes review documents for subject experts, and reads the documents that they return."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder.course import approvals, judging
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, tidy

if TYPE_CHECKING:
    from builder.approving import FilledRow, Reading, Verdict
    from builder.base.transaction import Change
    from builder.course.model import Course
    from builder.course.model import Remark as KeptRemark
    from builder.course.sources import Sources
    from builder.exporting.review import Applied, Remark, Returned, Review, Reviewed, Sheet
    from builder.exporting.review.tree import Document
    from builder.exporting.saved_remarks import Closed, SavedRemarks

REVIEWS = (".docx", ".html")
"""File extensions of a review document."""


@dataclass(frozen=True, slots=True)
class Reviewable:
    """The result of writing a review document to ``path``. If it failed, ``made`` is false and
    ``diagnostics`` say why.

    ``open`` is the number of reasons why the course is still a draft.
    """

    path: Path
    made: bool
    diagnostics: tuple[Diagnostic, ...]
    title: str = ""
    pages: int = 0
    questions: int = 0
    open: int = 0


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The result of reading a returned review document, and of applying its changes to the course.

    ``review`` is ``None`` if the document could not be read, ``applied`` if nothing was to be
    applied; ``diagnostics`` say what went wrong. ``signed`` has a verdict for each row of the
    approval sheet that somebody filled in. ``overtaken`` are the parts in these rows that must be
    approved again, because the document and the course differ there or applied changes have changed
    their words. ``kept`` is the result of saving the document's remarks in the course.
    """

    review: Review | None
    applied: Applied | None
    diagnostics: tuple[Diagnostic, ...]
    signed: tuple[Verdict, ...] = ()
    overtaken: frozenset[str] = frozenset()
    kept: SavedRemarks | None = None


def review(folder: Path, output: Path | None, today: date, language: str = "") -> Reviewable:
    """Write the review document of the course in ``folder``, in Word or HTML by the extension of
    ``output``; with the tag of a ``language``, that of the translation into this language.

    Without ``output``, it is a Word file in ``dist``. Raises ``NoSuchLanguageError`` if the course
    has no such translation.
    """
    from builder.exporting import files
    from builder.exporting import review as documents

    source, sources, problems = judging.judge_with_sources(folder, today, remarks=False)
    if source is None or sources is None:
        return Reviewable(output or Path(), False, tidy(problems))
    course = judging.in_language(source, language)
    tag = f"-{course.language.lower()}" if course is not source else ""
    path = output or Path("dist", f"{course.id}-{course.version}{tag}-review{REVIEWS[0]}")
    problems = tidy(judging.problems_in(course, problems))
    document = _compose(documents.Reviewed(course, sources, problems), source)
    try:
        if path.suffix.lower() == REVIEWS[0]:
            note = course.texts["review.picture-elsewhere"]
            members = documents.word.members(document, course.media, note)
            failed = files.put_zip(path, members)
        else:
            failed = files.put_text(path, documents.html.page(document, course))
    except OSError as error:
        failed = (files.write_problem(path, error),)
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
    folder: Path,
    file: Path,
    today: date,
    numbers: tuple[int, ...] | None,
    every: bool = False,
    language: str = "",
) -> ReadBack:
    """Read a returned review document, and save its remarks in the course.

    Applies the changes with these ``numbers``, or ``every`` change that has exactly one place in
    the course; without both, it applies nothing. Changes in the document of a translation apply to
    its PO file. Such a document names its language; ``language`` is for documents that have lost
    this name.
    """
    from builder.exporting import review as documents
    from builder.exporting import saved_remarks

    course, sources, problems = judging.judge_with_sources(folder, today, remarks=False)
    if course is None or sources is None:
        return ReadBack(None, None, tidy(problems))
    compared = _compare(file, course, sources, problems, language)
    if isinstance(compared, Diagnostic):
        return ReadBack(None, None, (compared,))
    returned, document = compared
    source_texts = documents.SourceTexts(folder, sources)
    found = documents.read(returned, document, source_texts)
    if not found.of_this_course:
        return ReadBack(None, None, (problem("remark-foreign", Position(file.as_posix())),))
    found = documents.check_changes(found, source_texts, today)
    only_list = numbers is None and not every
    chosen, refused = documents.choose(found, file, None if only_list or every else numbers)
    if refused:
        return ReadBack(found, None, tidy(refused))
    signed = _judge_rows(folder, returned.sheet.filled, today)
    if only_list:
        held_rows = (one for one in signed if one.problem and one.problem.code == "sheet-held")
        kept = saved_remarks.save(folder, saved_remarks.entries(found.remarks))
        return ReadBack(found, None, (), signed, frozenset(one.row.part for one in held_rows), kept)
    course_after = documents.course_after(chosen, source_texts, today) if chosen else None
    codes_after, codes_now = _codes(course_after), _codes(course)
    overtaken = frozenset(
        one.row.part
        for one in signed
        if (one.entry or one.problem)
        and codes_after.get(one.row.part, codes_now.get(one.row.part))
        != codes_now.get(one.row.part)
    )
    saver = _RemarkSaver(folder, found, chosen, every)
    try:
        apply_edits = documents.apply(chosen, source_texts, today, saver.changes)
    except saved_remarks.NotSavedError as error:
        return ReadBack(found, None, (saved_remarks.problem_of(error),), signed, overtaken)
    return ReadBack(found, apply_edits, apply_edits.problems, signed, overtaken, saver.kept)


class _RemarkSaver:
    """Saves the remarks of a document in the same write as the changes that are applied.

    Applied changes are closed as done. If every change was to be applied, changes that the course
    already contains are closed, too.
    """

    def __init__(self, folder: Path, found: Review, chosen: Sequence[Remark], every: bool) -> None:
        self.folder = folder
        self.remarks = found.remarks
        self.done = {one.number for one in chosen}
        self.done |= {one.number for one in found.remarks if every and one.is_already_applied}
        self.kept: SavedRemarks | None = None

    def changes(self) -> Iterable[Change]:
        from builder.exporting import saved_remarks

        entries = saved_remarks.entries(self.remarks)
        changes, self.kept = saved_remarks.compute_changes(self.folder, entries, self.done)
        return changes


def remarks(folder: Path, today: date) -> tuple[Remarks | None, tuple[Diagnostic, ...]]:
    """Read the remarks saved in a course with their positions, open ones first. Returns ``None``
    and the errors if they cannot be read."""
    judged, problems = judging.judge(folder, today)
    unread = [
        one for one in problems if one.position.path in _REMARK_FILES and judging.has_errors([one])
    ]
    if judged is None or unread:
        return None, tidy(unread or problems)
    return tuple(sorted(judged.remarks, key=_order)), ()


Remarks = tuple[tuple["KeptRemark", Position], ...]
_REMARK_FILES = ("remarks.yaml", ".")
"""Paths of the errors that prevent reading the remarks; other errors of the course do not."""


def _order(one: tuple[KeptRemark, Position]) -> tuple[bool, Position, str]:
    remark, position = one
    return remark.state != "open", position, remark.id


def close(
    folder: Path, ids: Collection[str], state: Closed, reason: str = ""
) -> tuple[Diagnostic, ...]:
    """Close the remarks of a course with these ids as done or declined (``state``); returns the
    problems. ``reason`` says why, or is empty."""
    from builder.exporting import saved_remarks

    failed = saved_remarks.close(folder, ids, state, reason)
    return (failed,) if failed else ()


def _compare(
    file: Path,
    course: Course,
    sources: Sources,
    problems: Iterable[Diagnostic],
    language: str = "",
) -> tuple[Returned, Document] | Diagnostic:
    """Compare a returned file with the review document of the course as it is now; returns the
    comparison and the review document, or the problem if the file cannot be read. ``problems`` are
    those of the course, which the document lists.

    The document of a translation names its language; ``language`` is for documents that have lost
    this name.
    """
    from builder.exporting import review as documents

    at = Position(file.as_posix())
    try:
        received = documents.receive(file)
    except documents.UnreadableError as error:
        return problem("remark-file", at, problem=str(error))
    _, _, tag = received.course.partition(documents.LANGUAGE_SIGN)
    language = tag if received.course else language
    chosen = course.in_language(language)
    if chosen is None:
        return problem("remark-language", at, tag=language)
    judged = tidy(judging.problems_in(chosen, problems))
    document = _compose(documents.Reviewed(chosen, sources, judged), course)
    suffix = f"{documents.LANGUAGE_SIGN}{chosen.language}" if chosen is not course else ""
    names = (part.id for part in documents.parts_of(chosen))
    finder = documents.PartFinder(chosen, names, suffix)
    return documents.compare_returned(received, document, finder, at.path), document


def _compose(reviewed: Reviewed, source: Course) -> Document:
    """Compose the review document of a course, or of its translation from the course ``source``."""
    from builder.exporting import review as documents

    if reviewed.course is source:
        return documents.compose(reviewed)
    return documents.compose_translation(reviewed, source)


def _codes(course: Course | None) -> Mapping[str, str]:
    """The code (a checksum of the words) of each part of a course in all its languages, by the
    part's id; empty without a course."""
    return {part.id: part.code for part in approvals.parts(course)} if course else {}


def _judge_rows(folder: Path, filled: tuple[FilledRow, ...], today: date) -> tuple[Verdict, ...]:
    """Decide for each filled-in row of an approval sheet whether it can be recorded as an approval
    of the course in ``folder``."""
    from builder import approving

    reading = approving.read(folder, today)[0] if filled else None
    return approving.judge_rows(filled, reading.statuses, "", None, today) if reading else ()


def read_sheet(file: Path, reading: Reading) -> tuple[Sheet | None, tuple[Diagnostic, ...]]:
    """Read the approval sheet of ``file``, a returned Word document of the course that ``reading``
    describes. Returns ``None`` and the problems if that fails."""
    from builder.exporting import review as documents

    course, sources, problems = judging.judge_with_sources(reading.course, reading.today)
    if course is None or sources is None:
        return None, tidy(problems)
    compared = _compare(file, course, sources, problems)
    if isinstance(compared, Diagnostic):
        return None, (compared,)
    returned, _ = compared
    found, received = returned.sheet, returned.received
    # For a document that does not name its course: many courses have the same pass mark, so one
    # matching part is not enough.
    known = found.parts & {one.part.id for one in reading.statuses}
    name, _, _ = received.course.partition(documents.LANGUAGE_SIGN)
    is_this_course = name == reading.id if name else 2 * len(known) >= len(found.parts)
    if not is_this_course:
        return None, (problem("remark-foreign", Position(file.as_posix())),)
    return found, ()
