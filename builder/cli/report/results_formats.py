"""Formats what reports say about a course's questions as JSON, CSV and the sheets of a workbook."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Mapping, Sequence
from typing import Any

from builder.base.printing import escape_controls, json_text, safe
from builder.cli.report.results_text import ROWS, reliability
from builder.results.analysis import QuestionResult, Results
from builder.results.figures import GroupFigures
from builder.results.quizzes import QuizFigures
from builder.results.workbook import Cell

FORMAT = 1
"""The version of the format of ``results.json``."""


def as_json(results: Results) -> str:
    """Format the results as JSON."""
    return json_text(
        {
            "format": FORMAT,
            "course": results.packages[-1].outline.id,
            "title": results.title,
            "packages": [
                {"file": one.file, "version": one.outline.version, "language": one.outline.language}
                for one in results.packages
            ],
            "reports": list(results.reports),
            "rows": {name: count for name, count in results.rows.items() if count},
            "answers": {name: count for name, count in results.answers.items() if count},
            "unknown": dict(results.unknown),
            "notes": list(results.notes),
            "quizzes": [_quiz(one) for one in results.quizzes],
            "questions": [_question(one) for one in results.questions],
            "named": [
                {"report": report, "row": row, "person": person, "fate": fate}
                for report, row, person, fate in results.named
            ],
        }
    )


def _quiz(quiz: QuizFigures) -> dict[str, Any]:
    return {
        "id": quiz.id,
        "title": quiz.title,
        "people": quiz.people,
        "mean": percentage(quiz.mean),
        "distribution": list(quiz.bins),
        "pass_mark": quiz.pass_mark,
        "pass_rates": {str(mark): percentage(share) for mark, share in quiz.marks.items()},
        "alpha": quiz.alpha and round(quiz.alpha, 4),
        "alpha_version": quiz.alpha_of,
        "alpha_in_words": reliability(quiz),
        "questions": quiz.questions,
        "median_minutes": quiz.minutes,
        "groups": [
            {
                "split": one.split,
                "name": one.name,
                "people": one.people,
                "mean": percentage(one.mean),
                "passed": percentage(one.passed),
                "alpha": one.alpha and round(one.alpha, 4),
            }
            for one in quiz.groups
        ],
    }


def _question(one: QuestionResult) -> dict[str, Any]:
    found = one.figures
    interval = found.interval
    return {
        "interaction": one.asked.id,
        "question": one.asked.question.id,
        "page": one.asked.page.id,
        "use": one.asked.use,
        "type": one.asked.question.type,
        "prompt": one.asked.prompt,
        "right": one.asked.question.right,
        "file": one.place.path if one.place else "",
        "line": one.place.line if one.place else 0,
        "answered_on": one.answered_on,
        "people": found.people,
        "only_present_words": found.only_present_words,
        "only_earlier_words": found.only_earlier_words,
        "not_counted": found.outside,
        "facility": percentage(found.facility),
        "facility_last": percentage(found.last_facility),
        "answered_again": found.again,
        "discrimination": percentage(found.discrimination),
        "discrimination_from": percentage(interval[0]) if interval else None,
        "discrimination_to": percentage(interval[1]) if interval else None,
        "efficiency": percentage(found.efficiency),
        "median_seconds": found.seconds,
        "upper_half": found.halves[0],
        "lower_half": found.halves[1],
        "options": [
            {
                "id": option.id,
                "text": option.text,
                "right": option.right,
                "chosen": option.chosen,
                "upper": option.upper,
                "lower": option.lower,
            }
            for option in found.options
        ],
        "typed": [
            {
                "text": typed.text,
                "language": typed.language,
                "result": typed.result,
                "people": typed.people,
            }
            for typed in one.typed
        ],
        "typed_others": one.typed_others,
        "groups": [_group(group) for group in found.groups],
        "statements": [dataclasses.asdict(statement) for statement in one.statements],
    }


def _group(group: GroupFigures) -> dict[str, Any]:
    return {
        "split": group.split,
        "name": group.name,
        "people": group.people,
        "facility": percentage(group.facility),
        "discrimination": percentage(group.discrimination),
        "efficiency": percentage(group.efficiency),
        "chosen": dict(group.chosen),
    }


def percentage(share: float | None) -> float | None:
    """A share in percent, with four decimals."""
    return None if share is None else round(share * 100, 4)


_COLUMNS = (
    *("interaction", "page", "use", "type", "prompt", "right", "place", "people", "facility"),
    *("facility_last", "discrimination", "discrimination_from", "discrimination_to", "efficiency"),
    *("option", "option_text", "option_right", "chosen", "upper", "lower", "statements"),
)


def as_csv(results: Results) -> bytes:
    """Format the figures as CSV (RFC 4180) in UTF-8 with the BOM that Excel needs: one row per
    question, and one more for each of its options. No cell can run as a formula."""
    text = io.StringIO()
    table = csv.DictWriter(text, _COLUMNS, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    table.writeheader()
    for one in results.questions:
        for row in _csv_rows(one):
            table.writerow({name: safe(escape_controls(str(cell))) for name, cell in row.items()})
    return text.getvalue().encode("utf-8-sig")


def as_sheets(results: Results) -> Mapping[str, Sequence[Sequence[Cell]]]:
    """Format the figures as the sheets of a workbook: the questions, those that need work first,
    their options, the quizzes, and what happened to the rows of the reports. Figures are
    numbers."""
    questions: list[list[Cell]] = [[*_QUESTION_COLUMNS.values()]]
    options: list[list[Cell]] = [[*_OPTION_COLUMNS.values()]]
    for one in sorted(results.questions, key=lambda one: one.urgency):
        whole, *rows = _csv_rows(one)
        questions.append([_cell(whole[name]) for name in _QUESTION_COLUMNS])
        options += [[_cell(row[name]) for name in _OPTION_COLUMNS] for row in rows]
    quizzes: list[list[Cell]] = [[*_QUIZ_COLUMNS.values()]]
    for quiz in map(_quiz, results.quizzes):
        passed = quiz["pass_rates"][str(quiz["pass_mark"])]
        quizzes.append([_cell((quiz | {"passed": passed})[name]) for name in _QUIZ_COLUMNS])
    fates = [(words, results.rows[fate]) for fate, words in ROWS.items() if results.rows[fate]]
    return {
        "Questions": questions,
        "Options": options,
        "Quizzes": quizzes,
        "Rows": [("What happened to the rows of the reports", "Rows"), *fates],
        "Notes": [("Notes",), *((note,) for note in results.notes)],
    }


_QUESTION_COLUMNS = {
    "interaction": "Question",
    "prompt": "Prompt",
    "use": "Use",
    "type": "Type",
    "people": "People",
    "facility": "Right, %",
    "facility_last": "Right at last, %",
    "discrimination": "Tells apart",
    "discrimination_from": "Tells apart, from",
    "discrimination_to": "Tells apart, to",
    "right": "Right answer",
    "statements": "What to look at",
    "place": "Place",
}
"""Headings of the sheet of questions, by the columns of the CSV."""
_OPTION_COLUMNS = {
    "interaction": "Question",
    "option": "Option",
    "option_text": "Words",
    "option_right": "Right",
    "chosen": "Chosen by",
    "upper": "Upper half",
    "lower": "Lower half",
}
_QUIZ_COLUMNS = {
    "title": "Quiz",
    "people": "People",
    "mean": "Mean score, %",
    "pass_mark": "Pass mark",
    "passed": "Would pass, %",
    "alpha": "Alpha",
    "alpha_in_words": "Reliability",
    "median_minutes": "Minutes, half up to",
}


def _cell(value: object) -> Cell:
    return value if isinstance(value, int | float) else "" if value is None else str(value)


def _csv_rows(one: QuestionResult) -> list[dict[str, object]]:
    found = _question(one)
    place = str(one.place) if one.place else ""
    said = " ".join(f"{each.finding}. {each.advice}." for each in one.statements)
    names = set(_COLUMNS) & found.keys()
    whole = {name: "" if found[name] is None else found[name] for name in names}
    rows: list[dict[str, object]] = [{**whole, "place": place, "statements": said}]
    for option in found["options"]:
        rows.append(
            {
                "interaction": one.asked.id,
                "option": option["id"],
                "option_text": option["text"],
                "option_right": "yes" if option["right"] else "no",
                "chosen": option["chosen"],
                "upper": option["upper"],
                "lower": option["lower"],
            }
        )
    return rows
