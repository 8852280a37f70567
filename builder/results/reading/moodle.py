"""Reads Moodle's interactions report, in any language of the site and with any columns that allow
an analysis (docs/facts/moodle.md)."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from builder.results import versions
from builder.results.model import NO_DETAILS, Answer, Attempt, Details, Report
from builder.results.reading import cells
from builder.results.reading.tables import Formula, Number, ReportError, Row

_NUMBERED = re.compile(r"\D*?(\d+)\D*")
_ID = re.compile(r"[A-Za-z0-9_.-]+--[A-Za-z0-9_.-]+")
_NOTHING = "-"
"""The cell that Moodle writes for somebody who has not started."""
_FILLING = ("", "&nbsp;")
"""Cells that Moodle writes where a SCO has fewer answers than there are columns."""
_MOST_IDENTITY = 40
"""Maximum number of columns with the name and other details of a person."""
_MOST_CACHED = 200_000
"""Maximum number of different answers that are kept to be used again."""
_BOXES = (
    "“Summary of question”, “Summary of responses”, “Summary of right answer” and “Summary of "
    "result”"
)
_HOW = (
    "In Moodle open the activity, choose Reports > Interactions report, tick the boxes "
    f"{_BOXES}, and download the report again."
)


@dataclass(slots=True)
class _Layout:
    """Where a report has what: indices of columns.

    ``identity`` is the number of columns that identify the person. ``start`` is the first column
    of the answers, ``width`` the number of columns of each answer. ``question``, ``response``,
    ``pattern`` and ``result`` are the places within an answer; ``None`` if the column is missing.
    """

    identity: int
    start: int
    width: int
    question: int
    response: int | None
    pattern: int | None
    result: int | None


def read(
    name: str,
    index: int,
    heading: Row,
    sample: Sequence[tuple[int, Row]],
    rest: Iterable[tuple[int, Row]],
    known: Collection[str],
    titles: Collection[str],
    padded: bool,
) -> Report:
    """Read a report named ``name``, the one with this ``index`` of several.

    ``sample`` are its first rows below the ``heading``, ``rest`` the others. ``known`` are the ids
    of the answers that the given packages can report, ``titles`` the titles of the packages.
    ``padded`` is whether each row must have as many cells as the heading, as in text. Raises
    ``ReportError``.
    """
    layout = _layout(name, heading, sample, known, titles)
    report = Report(
        name,
        tuple(map(cells.unescape, heading[layout.identity + 4 : layout.start])),
        [],
        has_responses=layout.response is not None,
        has_results=layout.result is not None,
        people=tuple(heading[: layout.identity]),
    )
    shortest = len(heading) if padded else layout.identity + 4
    reader = _Reader(report, layout, heading, index, known, shortest)
    for rows in (sample, rest):
        for number, row in rows:
            reader.add(number, row)
    return report


def reject_missing_heading(name: str, first: Row, known: Collection[str]) -> None:
    """Raise ``ReportError`` if the first row of a report is already that of a person."""
    is_person = any(_is_attempt(first[at : at + 4]) for at in range(1, len(first)))
    if is_person or any(_is_known(cell, known) for cell in first):
        raise ReportError(
            f"“{name}” has no headings: its first row already has answers or an attempt. Download "
            "the report again, and keep the first row. For other LMSs, docs/results.md lists the "
            "headings that a CSV file needs."
        )


def _layout(
    name: str,
    heading: Row,
    sample: Sequence[tuple[int, Row]],
    known: Collection[str],
    titles: Collection[str],
) -> _Layout:
    rows = [row for _, row in sample]
    if not rows:
        raise ReportError(
            f"“{name}” has headings and no rows: nobody is in this report. Check which groups and "
            "attempts it shows, and download it again."
        )
    identity = _identity_width(heading, rows)
    families = _families(heading)
    if identity is None or not families:
        raise ReportError(_describe_other(name, heading, identity is not None))
    start = min(columns[0] for columns in families)
    rows = [_aligned(row, heading, identity + 4, families) for row in rows]
    texts = [_family_texts(rows, columns) for columns in families]
    question = _question_family(name, heading[identity + 4 : start], texts, known, titles)
    width = len(families)
    after = [at for at in range(width) if at > question]
    result = next((at for at in reversed(after) if _are_results(texts[at])), None)
    between = [at for at in after if result is None or at < result]
    response, pattern = (between[0], between[-1]) if len(between) > 1 else (None, None)
    if len(between) == 1:
        one = between[0]
        if _is_constant(rows, families, question, one):
            pattern = one
        else:
            response = one
    if result is None and response is None:
        raise ReportError(
            f"“{name}” does not say what people answered, or whether it was right. {_HOW}"
        )
    return _Layout(identity, start, width, question, response, pattern, result)


def _identity_width(heading: Row, rows: Sequence[Row]) -> int | None:
    """The number of columns about the person. The columns of the attempt, of two dates and of the
    score follow them. ``None`` if there are no such columns."""
    for at in range(1, min(len(heading) - 3, _MOST_IDENTITY)):
        # A row that was edited or cut off is reported with its number later.
        if sum(_is_attempt(row[at : at + 4]) for row in rows) * 2 > len(rows):
            return at
    return None


def _is_attempt(four: Row) -> bool:
    if len(four) < 4:
        return False
    attempt, start, last, score = four
    if attempt == _NOTHING:
        return {start, last, score} <= {_NOTHING, ""}
    return (
        attempt.isdecimal()
        and cells.is_date(start)
        and cells.is_date(last)
        and (score in (_NOTHING, "") or cells.number(score) is not None)
    )


def _families(heading: Row) -> list[list[int]]:
    """The columns of the answers, by the words of their headings: “Question 0”, “Question 1”, …
    are one family. A family begins with the number 0. In the order of columns."""
    families: dict[str, list[int]] = {}
    for at, text in enumerate(heading):
        found = _NUMBERED.fullmatch(text)
        if not found:
            continue
        words = text[: found.start(1)] + "#" + text[found.end(1) :]
        columns = families.setdefault(words, [])
        if int(found[1]) == len(columns):
            columns.append(at)
    most = max(map(len, families.values()), default=0)
    return [columns for columns in families.values() if columns and len(columns) == most]


def _aligned(row: Row, heading: Row, begin: int, families: Sequence[Sequence[int]]) -> Row:
    """A row without the cells of SCOs between its answers. Only a row of several SCOs is longer
    than the heading, which names the columns of answers once. ``begin`` is the column of the first
    SCO."""
    if len(row) <= len(heading):
        return row
    found, at = row[: min(columns[0] for columns in families)], begin
    while at < len(row):
        if _ID.fullmatch(row[at]):
            found += row[at : at + len(families)]
            at += len(families)
        else:
            at += 1
    return found


def _family_texts(rows: Sequence[Row], columns: Sequence[int]) -> list[str]:
    return [row[at] for row in rows for at in columns if at < len(row) and row[at]]


def _question_family(
    name: str,
    activity: Row,
    texts: Sequence[Sequence[str]],
    known: Collection[str],
    titles: Collection[str],
) -> int:
    for at, family in enumerate(texts):
        if any(_is_known(text, known) for text in family):
            return at
    ids = [sum(bool(_ID.fullmatch(text)) for text in family) for family in texts]
    named = [cells.unescape(title) for title in activity]
    if max(ids) > 0 and max(ids) * 2 > len(texts[ids.index(max(ids))]):
        raise ReportError(
            f"“{name}” is the report of another activity ({_quoted(named)}): none of its answers "
            "belongs to a question of a package that you named. Name the package that is in this "
            "activity."
        )
    if titles and not set(named) & set(titles):
        raise ReportError(
            f"“{name}” is the report of another activity: its title is {_quoted(named)}, and "
            f"you named a package of {_quoted(sorted(titles))}. Download the report of the right "
            "activity, or name the package that is in this one."
        )
    if not any(texts):
        raise ReportError(f"“{name}” has no answers yet: nobody has answered a question.")
    raise ReportError(
        f"“{name}” does not say which question an answer belongs to: it has responses without "
        f"ids. {_HOW}"
    )


def _quoted(titles: Iterable[str]) -> str:
    return " and ".join(f"“{title}”" for title in titles)


def _is_known(text: str, known: Collection[str]) -> bool:
    """Whether a cell has the id of an answer that the packages can report, of a version, or of the
    pages that a test-out has shown."""
    asked = cells.unescape(text)
    return asked in known or versions.is_id(asked) or versions.is_shown_pages(asked)


def _are_results(texts: Sequence[str]) -> bool:
    # Numbers above 1 are responses to a scale or to a numeric question. A few cells may have been
    # edited.
    found = [one for one in texts if cells.is_result(one) and (cells.number(one) or 0) <= 1]
    return len(found) * 5 > len(texts) * 4


def _is_constant(
    rows: Sequence[Row], families: Sequence[Sequence[int]], question: int, other: int
) -> bool:
    """Whether a column always has the same text for the same question, as right answers do."""
    found: dict[str, set[str]] = defaultdict(set)
    times: Counter[str] = Counter()
    for row in rows:
        for asked, at in zip(families[question], families[other], strict=True):
            if at < len(row) and row[asked]:
                found[row[asked]].add(row[at])
                times[row[asked]] += 1
    return all(len(texts) == 1 for texts in found.values()) and max(times.values(), default=0) > 1


def _describe_other(name: str, heading: Row, has_attempts: bool) -> str:
    if has_attempts:
        return (
            f"“{name}” has attempts and no answers: it is Moodle's basic report or its report of "
            f"objectives. {_HOW}"
        )
    shown = ", ".join(f"“{text[:40]}”" for text in heading[:4])
    return (
        f"“{name}” is not an interactions report: its first columns are {shown}. Grade books, "
        f"logs, and reports of completion or of Moodle's own quizzes have no answers of a package. "
        f"{_HOW} For other LMSs, docs/results.md lists the columns that a CSV file needs."
    )


class _Reader:
    """Reads rows of a report with a known layout into ``report``."""

    def __init__(
        self,
        report: Report,
        layout: _Layout,
        heading: Row,
        index: int,
        known: Collection[str],
        shortest: int,
    ) -> None:
        self.report = report
        self.layout = layout
        self.columns = len(heading)
        self.index = index
        self.known = known
        self.shortest = shortest
        self.cache: dict[tuple[str, ...], Answer] = {}
        self.months: dict[str, str] = {}

    def add(self, number: int, row: Row) -> None:
        layout, report = self.layout, self.report
        if len(row) < self.shortest:
            raise ReportError(
                f"“{report.name}”, line {number:,}: the row has {len(row):,} of {self.columns:,} "
                "cells, so the download was interrupted or the file was edited. Download the "
                "report again."
            )
        attempt, start, last = row[layout.identity : layout.identity + 3]
        if not self._fits(row):
            raise ReportError(
                f"“{report.name}”, line {number:,}: the cells do not match the headings. The file "
                "was edited, or its tabs were replaced by commas. Download the report again, and "
                "use it as it is."
            )
        started = attempt != _NOTHING
        report.attempts.append(
            Attempt(
                person=tuple(row[: layout.identity]),
                report=self.index,
                row=number,
                number=int(attempt) if started else None,
                month=self._month(start) if started else "",
                minutes=cells.minutes_between(start, last) if started else None,
                answers=tuple(self._answers(row)) if started else (),
                details=self._details(row) if started else NO_DETAILS,
            )
        )

    def _fits(self, row: Row) -> bool:
        """Whether the cells of a row are what the headings call them. A cell with a comma whose
        quotation marks are lost moves all cells after it."""
        layout = self.layout
        if not _is_attempt(row[layout.identity : layout.identity + 4]):
            return False
        groups = list(self._groups(row))
        if not all(self._is_id(one[layout.question]) for one in groups if one[layout.question]):
            return False
        if len(row) <= self.columns:
            return True
        # The headings name the answers of several SCOs once, and the cell of each is in between.
        scos = layout.start - layout.identity - 4
        filled = sum(cell not in _FILLING for cell in row[layout.identity + 4 :])
        answered = sum(cell not in _FILLING for group in groups for cell in group)
        return scos > 1 and filled - answered <= scos

    def _details(self, row: Row) -> Details:
        _, start, last, _, *rest = row[self.layout.identity :]
        scores = rest[: self.layout.start - self.layout.identity - 4]
        return Details(start, last, ", ".join(cells.unescape(one) for one in scores if one))

    def _month(self, start: str) -> str:
        if start not in self.months:
            self.months[start] = cells.month(start)
        return self.months[start]

    def _answers(self, row: Row) -> Iterator[Answer]:
        question, cache = self.layout.question, self.cache
        for group in self._groups(row):
            if group[question]:
                yield cache.get(group) or self._answer(group)
            elif any(group):
                self.report.unread += 1

    def _groups(self, row: Row) -> Iterable[tuple[str, ...]]:
        """The cells of each answer of a row."""
        layout, width = self.layout, self.layout.width
        if len(row) > self.columns:
            return self._groups_by_content(row)
        cut = -(len(row) - layout.start) % width
        return zip(*[iter([*row[layout.start :], *[""] * cut])] * width, strict=True)

    def _groups_by_content(self, row: Row) -> Iterator[tuple[str, ...]]:
        """Yield the cells of each answer of a row of several SCOs: the cells of the next SCO are
        between the answers."""
        layout, width = self.layout, self.layout.width
        at = layout.identity + 4
        while at < len(row):
            group = (*row[at : at + width], *[""] * (at + width - len(row)))
            if self._is_id(group[layout.question]):
                yield group
                at += width
            else:
                at += 1

    def _is_id(self, text: str) -> bool:
        return bool(_ID.fullmatch(text)) or _is_known(text, self.known)

    def _answer(self, group: tuple[str, ...]) -> Answer:
        layout = self.layout

        def cell(at: int | None) -> str:
            return "" if at is None else group[at]

        response = cell(layout.response)
        changed = isinstance(response, Number | Formula)
        if isinstance(response, Formula):
            self.report.changes["formula"] += 1
        odd = layout.result is not None and not cells.is_result(cell(layout.result))
        if odd:
            self.report.changes["result"] += 1
        found = Answer(
            interaction=sys.intern(cells.unescape(cell(layout.question))),
            response=str(response) if changed else cells.unescape(response),
            pattern=cells.unescape(cell(layout.pattern)),
            result=cells.result(cell(layout.result)),
            doubtful=isinstance(response, Number),
        )
        # A number and the same text are equal, but only one of them is doubtful.
        if not changed and not odd and len(self.cache) < _MOST_CACHED:
            self.cache[group] = found
        return found
