"""Names of files with their accents taken apart, as macOS stores them and hands them to whatever is
copied there: they mean the same file."""

import shutil
from datetime import date
from pathlib import Path
from unicodedata import normalize

from builder.course.load import load
from builder.course.validate import validate

GOOD = Path(__file__).parent.parent / "golden" / "course"
TODAY = date(2026, 1, 31)
APART = normalize("NFD", "école")


def test_decomposed_accents_match_composed_file_names(tmp_path: Path) -> None:
    course = shutil.copytree(GOOD, tmp_path / "course")
    pages, questions = course / "pages", course / "questions"
    (pages / "topic.md").rename(pages / "école.md")
    (questions / "all.yaml").rename(questions / "école.yaml")
    for path in (course / "course.yaml", *pages.iterdir()):
        path.write_text(path.read_text("utf-8").replace("topic.md", f"{APART}.md"), "utf-8")
    listed = course / "course.yaml"
    listed.write_text(
        listed.read_text("utf-8")
        .replace("  - checklist.md", f"  - page: checklist.md\n    locked: {APART}.md")
        .replace("pass_mark: 50", "pass_mark: 100")
        + f"help: {APART}.md\n",
        "utf-8",
    )
    start = pages / "start.md"
    start.write_text(start.read_text("utf-8") + f"\nSee [school]({APART}.md).\n", "utf-8")
    quiz = pages / "quiz.md"
    text = quiz.read_text("utf-8")
    text = text.replace("questions:\n  - any-child\n  - who-to-tell\n", "")
    quiz.write_text(
        text.replace(
            "kind: quiz\n", f"kind: quiz\nquiz:\n  draw:\n    - {{bank: {APART}, count: 1}}\n"
        ),
        "utf-8",
    )
    sources, found = load(course)
    assert sources is not None
    judged = validate(sources, TODAY)
    assert [str(one) for one in (*found, *judged.diagnostics)] == []
    made = judged.course
    assert made is not None
    assert [page.path for page in made.help] == ["pages/école.md"]
