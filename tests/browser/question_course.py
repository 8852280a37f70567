"""A course that asks the questions of one YAML text, for practice and in a quiz."""

import shutil
from datetime import date
from pathlib import Path

from builder.course.load import load
from builder.course.validate import validate
from builder.package.plan import plan
from tests.browser.player_course import unpacked

COURSE = """\
id: asked
title: Asked
version: "1"
language: {language}
pages: [practice.md, quiz.md]
tracking: {{pass_mark: 50}}
approvals: {{required: []}}
review_by: 2099-01-01
cover: {{show: no}}
"""
QUIZ = "---\ntitle: Quiz\nkind: quiz\nquestions: [{questions}]\n---\nReady?\n"


def write_questions(
    folder: Path, questions: str, *ids: str, language: str = "en", media: tuple[Path, ...] = ()
) -> Path:
    """The unpacked package of the course; ``media`` are files that its questions show."""
    source = folder / "source"
    checks = "\n".join(f"::: check {name}\n" for name in ids)
    files = {
        "course.yaml": COURSE.format(language=language),
        "pages/practice.md": f"---\ntitle: Practice\n---\n{checks}",
        "pages/quiz.md": QUIZ.format(questions=", ".join(ids)),
        "questions/all.yaml": questions,
    }
    for name, text in files.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, "utf-8")
    for file in media:
        (source / "media").mkdir(exist_ok=True)
        shutil.copy(file, source / "media")
    sources, faults = load(source)
    assert sources is not None
    judged = validate(sources, date(2026, 11, 25))
    assert judged.course is not None, [*faults, *judged.diagnostics]
    return unpacked(folder / "sco", plan(judged.course))
