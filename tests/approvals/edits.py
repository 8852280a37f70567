"""Edits of the good course: a file, words in it, the new words, and the parts that they touch."""

from __future__ import annotations

Edit = tuple[str, str, str, frozenset[str]]
"""A file, words in it, the new words, and the parts that they stand in."""


def edit(file: str, old: str, new: str, *parts: str) -> Edit:
    return file, old, new, frozenset(parts)


QUESTIONS = "questions/all.yaml"
WORDS = (
    edit("course.yaml", "title: A good", "title: A better", "course"),
    edit("course.yaml", "module: Learn", "module: Study", "course"),
    edit("course.yaml", "Nothing is wrong with it.", "All of it is right.", "course"),
    edit("course.yaml", "pass_mark: 50", "pass_mark: 40", "quiz/quiz"),
    edit("course.yaml", "attempts: 0", "attempts: 2", "quiz/quiz"),
    edit(
        "course.yaml",
        "    checked_on: 2025-12-01",
        "    organisation: Help\n    checked_on: 2025-12-01",
        "address/https://www.example.org/help",
    ),
    edit("pages/start.md", "title: Start here", "title: Begin here", "page/start"),
    edit("pages/start.md", "## What this is", "## What it is", "page/start"),
    edit("pages/start.md", "A map of the site", "A plan of the site", "page/start"),
    edit("pages/topic.md", "what worries you", "what you saw", "page/topic"),
    edit("pages/topic.md", "callout Remember", "callout Keep in mind", "page/topic"),
    edit("pages/checklist.md", "own words", "words", "page/checklist"),
    edit("pages/checklist.md", "recognise the", "see the", "record/checklist"),
    edit("pages/checklist.md", "kind: record", "kind: record\nsignature: Lead", "record/checklist"),
    edit(QUESTIONS, "prompt: Every child can", "prompt: A child can", "question/any-child"),
    edit(QUESTIONS, "answer: true", "answer: false", "question/any-child"),
    edit(QUESTIONS, "text: The board", "text: The whole board", "question/who-to-tell"),
    edit(QUESTIONS, "be certain.\n  source", "be sure.\n  source", "question/who-to-tell"),
    edit(
        QUESTIONS,
        "  source: topic\n  quote:\n",
        "  hint: Think.\n  source: topic\n  quote:\n",
        "question/who-to-tell",
    ),
)
ALONE = (
    edit("course.yaml", "keywords: [example]", "keywords: [sample]", "course"),
    edit("course.yaml", "owner: The course team", "owner: The other team", "course"),
    edit("course.yaml", "rights: Free to use.", "rights: All rights reserved.", "course"),
    edit(
        "course.yaml", "approvals:", "certificate: {show: yes, signed_by: Jo}\napprovals:", "course"
    ),
    edit("course.yaml", "approvals:", "help: [topic.md]\napprovals:", "course"),
    edit("course.yaml", "label: the safeguarding", "label: the old", "value/board.name"),
    *(
        edit("course.yaml", "  pages: all\n", f"  pages: all\n  {setting}\n", "quiz/quiz")
        for setting in ("keep: last", "mastery: manifest", "failed: never", "score: no")
    ),
    edit("course.yaml", "  pages: all\n", "  pages: none\n", "quiz/quiz"),
    edit("course.yaml", "report: passed-failed", "report: completed", "quiz/quiz"),
    edit("pages/quiz.md", "kind: quiz", "kind: quiz\nquiz: {pass_mark: 50}", "quiz/quiz"),
    edit("pages/quiz.md", "kind: quiz", "kind: quiz\nquiz: {retake: wrong}", "quiz/quiz"),
    edit("pages/quiz.md", "kind: quiz", "kind: quiz\nquiz: {feedback: never}", "quiz/quiz"),
    edit("pages/quiz.md", "kind: quiz", "kind: quiz\nquiz: {weight: 2}", "quiz/quiz"),
    edit("pages/quiz.md", "  - any-child\n", "", "quiz/quiz"),
    edit("pages/topic.md", "minutes: 2", "minutes: 20", "page/topic"),
    edit("pages/topic.md", "Every child can", "Every child ~~can~~", "page/topic"),
    edit("pages/topic.md", "worries you", "worries^1^ you", "page/topic"),
    edit("pages/topic.md", "worries you", "worries~1~ you", "page/topic"),
    edit("pages/topic.md", "worries you", "worries \\~1\\~ you", "page/topic"),
    edit("pages/topic.md", "callout Remember", "warning Remember", "page/topic"),
    edit("pages/start.md", "(topic.md)", "(topic.md#who-can-help)", "page/start"),
    edit("pages/start.md", "(topic.md)", "(quiz.md)", "page/start"),
    edit(QUESTIONS, "type: choice", "type: choice\n  weight: 2", "quiz/quiz"),
    edit(QUESTIONS, "type: choice", "type: choice\n  reveal: never", "question/who-to-tell"),
    edit(QUESTIONS, "type: choice", "type: choice\n  multiple: yes", "question/who-to-tell"),
    edit(
        QUESTIONS,
        "type: choice",
        "type: choice\n  multiple: yes\n  credit: partial",
        "question/who-to-tell",
    ),
)
"""Edits that do not all go together."""
FORM = (
    edit("course.yaml", 'version: "1.0.0"', 'version: "1.0.1"'),
    edit("course.yaml", "review_by: 2026-11-30", "review_by:"),
    edit("course.yaml", "language: en", "language: en-GB\ntypography: by-language"),
    edit("course.yaml", "keywords: [example]", "keywords:\n  - example\ntheme: {preset: forest}"),
    edit("course.yaml", "required: []", "required: pages\n  show_names: yes"),
    edit("pages/topic.md", "Every child can be", "Every **child** can\nbe"),
    edit("pages/topic.md", "minutes: 2", "minutes: 2\nrevision: 2"),
    edit(QUESTIONS, "prompt: Whom do you tell?", "prompt: >-\n    Whom do\n    you tell?"),
    edit(QUESTIONS, "type: choice", "type: choice\n  retired: [z]"),
    edit(QUESTIONS, "- id: any-child", "# First of all.\n\n- id: any-child"),
    edit(
        QUESTIONS,
        "    - id: a\n      text: The board\n      correct: yes\n    - id: b\n      text: No one\n"
        "      feedback: You need not be certain.\n",
        "    - {id: b, text: No one, feedback: You need not be certain.}\n"
        '    - {id: a, correct: yes, text: "The board"}\n',
    ),
)
