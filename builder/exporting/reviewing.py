"""Writes review documents for subject experts, and reads the documents that they return."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from builder.base.printing import quoted
from builder.course import judging
from builder.course.model import Evidence
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, tidy

if TYPE_CHECKING:
    from builder.base.transaction import Change
    from builder.course.approvals import ApprovalStatus
    from builder.course.model import Course
    from builder.course.model import Remark as KeptRemark
    from builder.exporting.review import Applied, Remark, Returned, Review, Reviewed, SourceTexts
    from builder.exporting.review.tree import Document
    from builder.exporting.saved_remarks import Closed, SavedRemarks

REVIEWS = (".docx", ".html")
"""File extensions of a review document."""


@dataclass(frozen=True, slots=True)
class Reviewable:
    """The result of writing a review document to ``path``. If it failed, ``made`` is false and
    ``diagnostics`` say why.

    ``open`` is the number of reasons why the course is still a draft. ``parts`` are the ids of the
    parts that the document shows, empty if it shows all.
    """

    path: Path
    made: bool
    diagnostics: tuple[Diagnostic, ...]
    title: str = ""
    pages: int = 0
    questions: int = 0
    open: int = 0
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadBack:
    """The result of reading a returned review document, and of applying its changes to the course.

    ``review`` is ``None`` if the document could not be read, ``applied`` if nothing was to be
    applied; ``diagnostics`` say what went wrong. ``signed`` is the name and the date that somebody
    has written at the end of the document. ``kept`` is the result of saving the document's remarks
    in the course. ``differs`` is true if the document and the course differ anywhere.
    """

    review: Review | None
    applied: Applied | None
    diagnostics: tuple[Diagnostic, ...]
    signed: str = ""
    kept: SavedRemarks | None = None
    differs: bool = False


def review(
    folder: Path, output: Path | None, today: date, language: str = "", whole: bool = False
) -> Reviewable:
    """Write the review document of the course in ``folder``, in Word or HTML by the extension of
    ``output``; with the tag of a ``language``, that of the translation into this language.

    Once some parts are approved, the document shows the other parts, unless it is to be ``whole``.
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
    parts = frozenset[str]() if whole else documents.open_parts(course)
    changed = documents.changed_parts(course, sources)
    document = _compose(documents.Reviewed(course, sources, problems, parts, changed), source)
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
        parts=document.parts,
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

    compared = _read_document(folder, file, today, language)
    if not isinstance(compared, _Compared):
        return ReadBack(None, None, compared)
    found = documents.check_changes(compared.review, compared.source_texts, today)
    only_list = numbers is None and not every
    chosen, refused = documents.choose(found, file, None if only_list or every else numbers)
    if refused:
        return ReadBack(found, None, tidy(refused))
    signed, differs = compared.returned.signed, compared.returned.comparison.differs
    if only_list:
        kept = saved_remarks.save(folder, saved_remarks.entries(found.remarks))
        return ReadBack(found, None, (), signed, kept, differs)
    saver = _RemarkSaver(folder, found, chosen, every)
    try:
        applied = documents.apply(chosen, compared.source_texts, today, saver.changes)
    except saved_remarks.NotSavedError as error:
        return ReadBack(found, None, (saved_remarks.problem_of(error),), signed)
    return ReadBack(found, applied, applied.problems, signed, saver.kept, differs)


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


@dataclass(frozen=True, slots=True)
class _Compared:
    """A returned document, compared with the course as it is now, and its remarks.

    ``codes`` has the code of each part in the language of the document, by the part's id.
    ``language`` is the tag of this language, empty for the source.
    """

    returned: Returned
    review: Review
    source_texts: SourceTexts
    codes: Mapping[str, str]
    language: str


def _read_document(
    folder: Path, file: Path, today: date, language: str = ""
) -> _Compared | tuple[Diagnostic, ...]:
    """Read a returned document and compare it with the course in ``folder``; returns the problems
    if that fails.

    The document of a translation names its language; ``language`` is for documents that have lost
    this name.
    """
    from builder.exporting import review as documents

    course, sources, problems = judging.judge_with_sources(folder, today, remarks=False)
    if course is None or sources is None:
        return tidy(problems)
    at = Position(file.as_posix())
    try:
        received = documents.receive(file)
    except documents.UnreadableError as error:
        return (problem("remark-file", at, problem=str(error)),)
    _, _, tag = received.course.partition(documents.LANGUAGE_SIGN)
    language = tag if received.course else language
    chosen = course.in_language(language)
    if chosen is None:
        return (problem("remark-language", at, tag=language),)
    judged = tidy(judging.problems_in(chosen, problems))
    document = _compose(documents.Reviewed(chosen, sources, judged, received.parts), course)
    codes = {part.id: part.code for part in documents.parts_of(chosen)}
    finder = documents.part_finder(chosen)
    returned = documents.compare_returned(received, document, finder)
    source_texts = documents.SourceTexts(folder, sources)
    review = documents.read(returned, document, source_texts)
    if not review.of_this_course:
        return (problem("remark-foreign", at),)
    return _Compared(returned, review, source_texts, codes, finder.suffix.removeprefix("@"))


def _compose(reviewed: Reviewed, source: Course) -> Document:
    """Compose the review document of a course, or of its translation from the course ``source``."""
    from builder.exporting import review as documents

    if reviewed.course is source:
        return documents.compose(reviewed)
    return documents.compose_translation(reviewed, source)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a returned document confirms.

    ``confirmed`` are the parts whose lines in the document equal the course and that have no open
    remark; ``held`` says for each of the others why not. ``evidence`` identifies the document.
    ``signed`` is the name and the date at its end. ``kept`` is the result of saving its remarks.
    """

    confirmed: tuple[ApprovalStatus, ...]
    held: tuple[Diagnostic, ...]
    evidence: Evidence
    signed: str
    kept: SavedRemarks


def confirm(
    folder: Path, file: Path, today: date, chosen: Iterable[ApprovalStatus], by: str
) -> Confirmation | tuple[Diagnostic, ...]:
    """Find which of the ``chosen`` parts a returned document confirms, and save its remarks in the
    course. Returns the problems if the document cannot be read.

    ``by`` is the name of the person who approves. A document in which another text stands in the
    place of the name, be it another person's or “rejected”, confirms nothing.

    Leaves out parts of another language than that of the document, and parts that somebody has
    changed since ``chosen`` were read.
    """
    from builder.exporting import review as documents
    from builder.exporting import saved_remarks

    compared = _read_document(folder, file, today)
    if not isinstance(compared, _Compared):
        return compared
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    kept = saved_remarks.save(folder, saved_remarks.entries(compared.review.remarks))
    if kept.problem:
        return (kept.problem,)
    saved, problems = remarks(folder, today)
    if saved is None:
        return problems
    at = Position(file.as_posix())
    open_remarks = _OpenRemarks(compared, kept.ids or {}, [one for one, _ in saved])
    whole = (*_another_name(compared.returned, by), *open_remarks.of(documents.ALL))
    held = [_held(at, "any part", "PART", whole)] if whole else []
    confirmed = []
    for one in chosen:
        if not one.part.code or compared.codes.get(one.part.id) != one.part.code:
            continue
        name = one.part.id.removesuffix(compared.returned.suffix)
        differences = tuple(compared.returned.differences(name))
        reasons = (*differences, *open_remarks.of(name, besides_changes=bool(differences)))
        if one.doubt:
            held.append(one.doubt)
        elif reasons:
            held.append(_held(at, f"“{one.part.id}”", quoted(one.part.id), reasons))
        elif not whole:
            confirmed.append(one)
    evidence = Evidence(file.name, digest)
    return Confirmation(tuple(confirmed), tidy(held), evidence, compared.returned.signed, kept)


def _another_name(returned: Returned, by: str) -> Iterator[str]:
    """Yield, as part of a message, that not ``by`` but another text stands in the place of the
    name."""
    if returned.name and returned.name.casefold() != by.casefold():
        from builder.exporting import review as documents

        yield f"the name in it is {documents.quote(returned.name)}, not {documents.quote(by)}"


def _held(at: Position, part: str, typed: str, reasons: Iterable[str]) -> Diagnostic:
    """The problem that a document does not confirm a part, with the ``reasons``; ``part`` and
    ``typed`` are the part as in a sentence and as in a command."""
    return problem("approval-held", at, part=part, typed=typed, problem="; ".join(reasons))


_MAX_REMARKS = 2
"""Maximum number of open remarks that a message describes."""


class _OpenRemarks:
    """The open remarks of a returned document, and other open remarks of the course.

    ``ids`` are the ids of the document's remarks by their numbers, ``saved`` all remarks in
    ``remarks.yaml``.
    """

    def __init__(
        self, compared: _Compared, ids: Mapping[int, str], saved: Sequence[KeptRemark]
    ) -> None:
        self.compared = compared
        self.open = {one.id: one for one in saved if one.state == "open"}
        self.affects = {
            ids[one.number]: one.affects for one in compared.review.remarks if one.number in ids
        }

    def of(self, part: str, besides_changes: bool = False) -> tuple[str, ...]:
        """Describe, as parts of a message, the open remarks that may concern the part with this
        id; for ``ALL``, those that may concern every part. ``besides_changes`` leaves out changes
        of its text."""
        found = [
            one
            for one in self.open.values()
            if part in self._parts_of(one) and not (besides_changes and one.kind == "change")
        ]
        described = [
            f"the remark {one.id} is open: {_quote_remark(one)}" for one in found[:_MAX_REMARKS]
        ]
        if len(found) > _MAX_REMARKS:
            described.append(f"{len(found) - _MAX_REMARKS} more remarks are open")
        return tuple(described)

    def _parts_of(self, remark: KeptRemark) -> frozenset[str]:
        """The parts that a remark of this or of another document may concern."""
        if remark.id in self.affects:
            return self.affects[remark.id]
        tag, language = self.compared.language, _language_of(remark.file)
        if language != tag:
            return frozenset()
        return self.compared.returned.comparison.part_finder.of_tag(remark.part)


def _quote_remark(remark: KeptRemark) -> str:
    from builder.exporting import review as documents

    return remark.words if remark.kind == "change" else documents.quote(remark.words)


def _language_of(file: str) -> str:
    """The language of a file of a course, such as ``pl`` for ``translations/pl.po``; empty for
    files of the source language."""
    folder, _, name = file.rpartition("/")
    return name.removesuffix(".po") if folder == "translations" else ""
