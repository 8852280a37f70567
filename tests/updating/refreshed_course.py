"""A course in two versions, and the packages that people completed, for tests of refreshers."""

from __future__ import annotations

from pathlib import Path

COURSE = """\
id: fire-safety
title: Fire safety
version: "1.0.0"
language: en
description: What to do in a fire.
keywords: [fire]
owner: The safety team
rights: Free to use.
reviewed_on: 2026-03-10
review_by: 2027-03-10
pages:
  - welcome.md
  - module: Alarms
    pages: [bells.md, exits.md]
  - module: Fires
    pages: [kinds.md, tools.md]
  - module: The end
    pages: [quiz.md, checklist.md]
tracking: {pages: all, report: passed-failed, pass_mark: 80, attempts: 0}
variables:
  meeting.point: {label: the meeting point, value: Car park A}
approvals: {required: []}
interface_unread: accepted
refresher:
  title: "Fire safety: refresher 2027"
"""

PAGES = {
    "welcome": "title: Welcome\nminutes: 1\n---\nThis course is about fires.\n",
    "bells": "title: Bells\nminutes: 5\n---\nA long bell means a fire.\n\n"
    "1. Stop your work at once.\n2. Leave by the next exit.\n\n"
    "A short bell is a test.\n\n::: check bell\n",
    "exits": "title: Exits\nminutes: 4\n---\nEvery floor has two exits.\n\n"
    "We meet at {{ meeting.point }}.\n",
    "kinds": "title: Kinds of fire\nminutes: 6\n---\nOil burns on water.\n",
    "tools": "title: Tools\nminutes: 7\n---\nUse the red bottle for wood and paper.\n",
    "quiz": "title: Quiz\nkind: quiz\nminutes: 3\nquestions: [final]\n---\nOne question.\n",
    "checklist": "title: Checklist\nkind: record\nminutes: 2\nrecord:\n"
    "  - {id: walk, question: When did you walk the escape route?}\n---\nFill this in.\n",
}

QUESTIONS = "".join(
    f"""\
- id: {name}
  type: true-false
  prompt: "{prompt}"
  answer: {answer}
  explanation: The page says so.
  source: {source}
"""
    for name, prompt, answer, source in (
        ("bell", "A long bell is a test.", "no", "bells"),
        ("exits", "There is one exit.", "no", "exits"),
        ("meet", "There is a meeting point.", "yes", "exits"),
        ("oil", "Water puts out oil.", "no", "kinds"),
        ("wood", "The red bottle is for wood.", "yes", "tools"),
        ("final", "You know what to do.", "yes", "welcome"),
    )
)


def write_course(folder: Path, **edits: str) -> Path:
    """Write the course to ``folder``. ``edits`` are other texts of pages by id, or of ``course``
    and ``questions``."""
    texts = {"course": COURSE, "questions": QUESTIONS, **PAGES, **edits}
    files = {"course.yaml": texts.pop("course"), "questions/bank.yaml": texts.pop("questions")}
    files |= {f"pages/{name}.md": f"---\n{text}" for name, text in texts.items() if text}
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def version(number: str, course: str = COURSE) -> str:
    """``course.yaml`` with another version."""
    return course.replace('"1.0.0"', f'"{number}"')
