"""What is released is what was approved: a course is approved whole, one thing changes in its
files, and a release is refused. Files in; exit codes, messages and packages out."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from builder import cli
from builder.course import interface

pytestmark = pytest.mark.whole

QUESTIONS = """
- id: dose
  type: choice
  multiple: yes
  credit: partial
  prompt: What do you give for 10 mg?
  options:
    - {id: a, text: One tablet, correct: yes}
    - {id: b, text: Ten tablets}
    - {id: c, text: Water, correct: yes}
- id: word
  type: fill-in
  prompt: Write the word.
  answers: [saucer]
- id: sure
  type: true-false
  prompt: Do not tell anyone.
  answer: true
- id: one
  type: choice
  prompt: Which one?
  options:
    - {id: a, text: This one, correct: yes}
    - {id: b, text: That one}
- id: agree
  type: likert
  prompt: How often?
  scale:
    - {id: a, text: AGREE_1}
    - {id: b, text: AGREE_2}
"""
FILES = {
    "course.yaml": """\
id: released
title: A course
version: "1.0"
owner: The team
rights: Free to use.
review_by: 2026-11-30
pages: [page.md, quiz.md]
tracking:
  pass_mark: 80
  attempts: 2
variables:
  emergency_route:
    label: what to do when somebody is in danger
    value: Call 01632 960001
theme:
  logo: media/logo.svg
  logo_alt: The team
certificate:
  show: yes
  signed_by: Jo Smith
approvals:
  required: [pages, questions, records, pass_mark, values, addresses]
""",
    "pages/page.md": """\
---
title: A page
---
Do not tell anyone. Water is H~2~O.

::: check agree
""",
    "pages/quiz.md": """\
---
title: Quiz
kind: quiz
questions: [sure, one]
quiz:
  draw:
    - {tag: drawn, count: 1}
---
Take your time.
""",
    "media/logo.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "questions/all.yaml": QUESTIONS.replace("prompt: W", "tags: drawn\n  prompt: W")
    .replace("tags: drawn\n  prompt: Which", "prompt: Which")
    .replace("AGREE_1", interface.texts("en")["page.agree-1"])
    .replace("AGREE_2", interface.texts("en")["page.agree-5"]),
}

PAGE, QUIZ, BANK = "pages/page.md", "pages/quiz.md", "questions/all.yaml"
CHANGES = [
    ("struck out", PAGE, "Do not tell", "Do ~~not~~ tell", ["page/page"]),
    ("superscript", BANK, "10 mg", "1^0^ mg", ["question/dose"]),
    ("subscript", PAGE, "H~2~O", "H2O", ["page/page"]),
    ("marks as text", PAGE, "H~2~O", "H\\~2\\~O", ["page/page"]),
    ("emergency", "course.yaml", "960001", "960002", ["value/emergency_route"]),
    ("owner", "course.yaml", "owner: The team", "owner: The others", ["course"]),
    ("rights", "course.yaml", "Free to use", "All reserved", ["course"]),
    ("logo", "course.yaml", "logo_alt: The team", "logo_alt: The others", ["course"]),
    ("signs", "course.yaml", "Jo Smith", "Lee Jones", ["course"]),
    ("number drawn", QUIZ, "count: 1", "count: 2", ["quiz/quiz"]),
    ("question out", QUIZ, "[sure, one]", "[sure]", ["quiz/quiz"]),
    ("question in", BANK, "prompt: How", "tags: drawn\n  prompt: How", ["quiz/quiz"]),
    ("weight", BANK, "id: word", "id: word\n  weight: 3", ["quiz/quiz"]),
    ("pass mark", "course.yaml", "pass_mark: 80", "pass_mark: 10", ["quiz/quiz"]),
    ("attempts", "course.yaml", "attempts: 2", "attempts: 0", ["quiz/quiz"]),
    ("mastery", "course.yaml", "attempts: 2", "attempts: 2\n  mastery: manifest", ["quiz/quiz"]),
    ("failed", "course.yaml", "attempts: 2", "attempts: 2\n  failed: never", ["quiz/quiz"]),
    ("pages", "course.yaml", "attempts: 2", "attempts: 2\n  pages: none", ["quiz/quiz"]),
    ("report", "course.yaml", "attempts: 2", "attempts: 2\n  report: completed", ["quiz/quiz"]),
    ("score", "course.yaml", "attempts: 2", "attempts: 2\n  score: no", ["quiz/quiz"]),
    ("keep", "course.yaml", "attempts: 2", "attempts: 2\n  keep: last", ["quiz/quiz"]),
    ("credit", BANK, "credit: partial", "credit: all", ["question/dose"]),
    ("forgive", BANK, "answers: [saucer]", "answers: [saucer]\n  forgive: []", ["question/word"]),
    (
        "true-false to fill-in",
        BANK,
        "type: true-false\n  prompt: Do not tell anyone.\n  answer: true",
        'type: fill-in\n  prompt: Do not tell anyone.\n  answers: ["True"]',
        ["question/sure"],
    ),
    (
        "choice to performance",
        BANK,
        "type: choice\n  prompt: Which one?\n  options:\n"
        "    - {id: a, text: This one, correct: yes}",
        "type: performance\n  prompt: Which one?\n  steps:\n"
        "    - {id: a, text: This one, needed: yes}",
        ["question/one"],
    ),
]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, arguments, catch_exceptions=False)


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("approved") / "course"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    done = run("approve", str(folder), "--all", "--by", "Sam Lee")
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture
def course(approved: Path, tmp_path: Path) -> Path:
    return shutil.copytree(approved, tmp_path / "course")


def release(course: Path) -> Result:
    return run("build", str(course), "--release", "-o", str(course.parent / "dist"))


def edit(course: Path, name: str, old: str, new: str) -> None:
    path = course / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, text
    path.write_text(text.replace(old, new), "utf-8")


def states(course: Path) -> dict[str, str]:
    listed = json.loads(run("approve", str(course), "--json").stdout)["parts"]
    return {one["part"]: one["state"] for one in listed}


def test_what_was_approved_is_released(course: Path) -> None:
    made = release(course)
    assert (made.exit_code, made.stderr) == (0, "")
    assert "variable-unused" not in made.stdout
    assert set(states(course).values()) == {"approved"}


@pytest.mark.parametrize(
    ("name", "old", "new", "parts"), [one[1:] for one in CHANGES], ids=[one[0] for one in CHANGES]
)
def test_another_word_or_rule_is_not_released(
    course: Path, name: str, old: str, new: str, parts: Sequence[str]
) -> None:
    edit(course, name, old, new)
    made = release(course)
    assert made.exit_code == 1
    for part in parts:
        assert f'--by "NAME" {part}\n' in made.output
    assert made.output.count("error approval-stale ") == len(parts)
    assert [part for part, state in states(course).items() if state != "approved"] == parts


def test_no_text_of_the_interface_is_a_word(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even where an author's own scale has the same words."""
    usual = interface.texts
    monkeypatch.setattr(
        interface,
        "texts",
        lambda language: {key: f"{text} §" for key, text in usual(language).items()},
    )
    assert release(course).exit_code == 0
    assert set(states(course).values()) == {"approved"}


def test_approved_words_that_do_not_match_their_code_are_reported(course: Path) -> None:
    edit(course, "approvals.yaml", "Write the word.", "Write a word.")
    line = 1 + (course / "approvals.yaml").read_text("utf-8")[
        : (course / "approvals.yaml").read_text("utf-8").index("Write a word.")
    ].count("\n")
    made = release(course)
    assert made.exit_code == 1
    assert f"approvals.yaml:{line - 2}:9: error approval-code" in made.output
    assert states(course)["question/word"] == "damaged"


EARLIER = """\
- part: question/word
  by: Sam Lee
  on: 2025-12-01
  code: GFG8-VWRJ
  words: |-
    Write the word.
    [x] saucer

- part: pass-mark
  by: Sam Lee
  on: 2025-12-01
  code: 869W-HVNT
  words: |-
    80 % to pass; 2 attempts; the best score counts
"""


@pytest.mark.parametrize("with_words", [True, False])
def test_code_by_an_unknown_rule_approves_nothing(course: Path, with_words: bool) -> None:
    """The words are those of today, and their code was made as no release of the builder does."""
    text = EARLIER if with_words else re.sub(r"  words: \|-\n(    .*\n)+", "", EARLIER)
    (course / "approvals.yaml").write_text(text, "utf-8")
    made = release(course)
    assert made.exit_code == 1
    assert "approval-unknown The course has no “pass-mark” to approve." in made.output
    assert (
        "approvals.yaml:4:9: error approval-code The code “GFG8-VWRJ”" in made.output
    ) == with_words
    found = states(course)
    assert found["question/word"] == ("damaged" if with_words else "stale")
    assert found["quiz/quiz"] == "open"
    assert run("approve", str(course), "--all", "--by", "Sam Lee").exit_code == 0
    assert release(course).exit_code == 0


@pytest.mark.parametrize(
    ("name", "place"), [("questions/all.yaml", "- id: word\n"), ("course.yaml", "tracking:\n")]
)
def test_a_name_beside_the_words_approves_nothing(course: Path, name: str, place: str) -> None:
    edit(course, name, place, f"{place}  approved_by: Sam Lee\n  approved_on: 2025-12-01\n")
    (course / "approvals.yaml").unlink()
    made = release(course)
    assert made.exit_code == 1
    assert made.output.count("error unknown-key The key “approved_") == 2


@pytest.mark.parametrize("required", ["[]", "[records]"])
def test_release_without_required_approvals_says_so(course: Path, required: str) -> None:
    edit(
        course,
        "course.yaml",
        "[pages, questions, records, pass_mark, values, addresses]",
        required,
    )
    (course / "approvals.yaml").unlink()
    for _ in range(2):
        made = release(course)
        assert made.exit_code == 0
        assert (
            "  Approvals none: “approvals: required:” in course.yaml asks for none" in made.stdout
        )
    with zipfile.ZipFile(course.parent / "dist" / "released-1.0.zip") as archive:
        assert json.loads(archive.read("course.json"))["without_approvals"] is True
        scripts = [archive.read(name).decode() for name in archive.namelist() if ".js" in name]
    # The view “About this course”, and not the certificate.
    assert sum("1.0 (released without approvals)" in text for text in scripts) == 1


def test_release_with_required_approvals_has_no_such_notice(course: Path) -> None:
    assert "Approvals" not in release(course).stdout
    with zipfile.ZipFile(course.parent / "dist" / "released-1.0.zip") as archive:
        assert "without_approvals" not in json.loads(archive.read("course.json"))


def test_diff_reports_approvals_made_under_the_earlier_rule(
    course: Path,
) -> None:
    assert release(course).exit_code == 0
    made, old = course.parent / "dist" / "released-1.0.zip", course.parent / "old.zip"
    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(old, "w") as earlier:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "course.json":
                outline = json.loads(content)
                assert outline.pop("words_rule") == 2
                content = json.dumps(outline).encode()
            earlier.writestr(name, content)
    (course / "approvals.yaml").unlink()
    told = json.loads(run("diff", str(old), str(course), "--json").stdout)["approvals"]
    assert {(one["fate"], one["lost"]) for one in told} == {("earlier", True)}
    said = run("diff", str(old), str(course)).stdout
    assert "quiz/quiz: approved under the earlier rule on 2026-01-31: approve it again" in said
