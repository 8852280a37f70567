"""The parts of a course: an edit touches those whose words it changes, and no others."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import approvals, load, signing, validate
from builder.approving import Entry
from tests.validate.courses import GOOD, TODAY, changed

Edit = tuple[str, str, str, frozenset[str]]
"""A file, words in it, the new words, and the parts that they stand in."""


def edit(file: str, old: str, new: str, *parts: str) -> Edit:
    return file, old, new, frozenset(parts)


QUESTIONS = "questions/all.yaml"
WORDS = (
    edit("course.yaml", "title: A good", "title: A better", "course"),
    edit("course.yaml", "module: Learn", "module: Study", "course"),
    edit("course.yaml", "Nothing is wrong with it.", "All of it is right.", "course"),
    edit("course.yaml", "pass_mark: 80", "pass_mark: 70", "quiz/quiz"),
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
    edit("pages/quiz.md", "kind: quiz", "kind: quiz\nquiz: {pass_mark: 80}", "quiz/quiz"),
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
CODES = {
    "course": "C7G4-RT69",
    "page/start": "J7J4-XTC7",
    "page/topic": "XT39-8QD5",
    "page/quiz": "T8J8-NHNR",
    "page/checklist": "7NJT-283N",
    "question/any-child": "DM6Q-M933",
    "question/who-to-tell": "5R5H-T3N5",
    "record/checklist": "RG73-RV3D",
    "quiz/quiz": "XYRH-G2Q6",
    "value/board.name": "M4TF-2K7H",
    "address/https://www.example.org/help": "KR4M-WCX8",
}


def judged(folder: Path) -> validate.Judged:
    sources, found = load.load(folder)
    assert sources is not None
    assert found == ()
    made = validate.validate(sources, TODAY)
    assert made.course is not None, made.diagnostics
    return made


def codes(folder: Path) -> dict[str, str]:
    course = judged(folder).course
    assert course is not None
    return {part.id: part.code for part in approvals.parts(course)}


def approve_all(folder: Path) -> None:
    reading, found = signing.read(folder, TODAY)
    assert reading is not None, found
    day = date(2026, 1, 30)
    signing.write(reading, [Entry(one.part, "Sam Lee", day) for one in reading.standings])


def apply(folder: Path, edits: Sequence[Edit]) -> frozenset[str]:
    """Make those of the edits that still fit; gives the parts that they touch."""
    touched: set[str] = set()
    for file, old, new, parts in edits:
        text = (folder / file).read_text("utf-8")
        if old in text:
            (folder / file).write_text(text.replace(old, new, 1), "utf-8")
            touched |= parts
    return frozenset(touched)


def test_the_codes_of_a_course_are_the_same_in_every_version() -> None:
    assert codes(GOOD) == CODES


@pytest.mark.parametrize("one", [*WORDS, *ALONE, *FORM], ids=lambda one: one[2][:40].strip())
def test_an_edit_touches_its_parts(one: Edit, tmp_path: Path) -> None:
    folder = changed(tmp_path / "course")
    touched = apply(folder, [one])
    now = codes(folder)
    assert {part for part, code in CODES.items() if now[part] != code} == touched == one[3]


def test_line_ends_and_a_byte_order_mark_touch_nothing(tmp_path: Path) -> None:
    folder = changed(tmp_path / "course")
    for path in (*folder.rglob("*.yaml"), *folder.rglob("*.md")):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert codes(folder) == CODES


def test_another_id_touches_no_words_of_others(tmp_path: Path) -> None:
    """Pages and quizzes name what they lead to and ask by the first id that it had."""
    folder = changed(
        tmp_path / "course",
        ("pages/topic.md", "id: topic", "id: subject\nwas: topic"),
        (QUESTIONS, "id: who-to-tell", "id: whom-to-tell\n  was: who-to-tell"),
        ("pages/quiz.md", "who-to-tell", "whom-to-tell"),
        (QUESTIONS, "source: topic", "source: subject"),
        (QUESTIONS, "source: topic", "source: subject"),
    )
    renamed = {"page/topic": "page/subject", "question/who-to-tell": "question/whom-to-tell"}
    assert codes(folder) == {renamed.get(part, part): code for part, code in CODES.items()}


def test_a_local_value_is_a_part_of_its_own(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course",
        ("course.yaml", "value: Anytown Board", "value: Oldtown Board"),
        (QUESTIONS, "Tell Anytown Board …", "Tell Oldtown Board …"),
    )
    now = codes(folder)
    # The question quotes the page with the value that it has.
    assert {part for part in CODES if now[part] != CODES[part]} == {
        "value/board.name",
        "question/who-to-tell",
    }


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(edits=st.lists(st.sampled_from([*WORDS, *FORM]), max_size=6, unique=True))
def test_exactly_the_approvals_of_words_that_changed_are_stale(
    edits: list[Edit], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = changed(tmp_path_factory.mktemp("edited") / "course")
    approve_all(folder)
    assert codes(folder) == CODES
    touched = apply(folder, edits)
    made = judged(folder)
    assert made.course is not None
    stale = {
        one.message.split("“")[1].split("”")[0]
        for one in made.diagnostics
        if one.code == "approval-stale"
    }
    assert stale == touched
    assert {one.code for one in made.diagnostics} <= {"approval-stale", "review-unset"}
    assert made.course.draft == bool(made.diagnostics)
    assert {one.part for one in made.course.wording if one.by} == set(CODES) - touched


def test_a_question_is_told_with_its_right_answers_and_feedback(tmp_path: Path) -> None:
    course = judged(GOOD).course
    assert course is not None
    words = {part.id: part.words for part in approvals.parts(course)}
    assert words["question/who-to-tell"] == (
        "Whom do you tell?\n"
        "type: choice\n"
        "[x] The board\n"
        "[ ] No one\n"
        "→ You need not be certain.\n"
        "“Tell Anytown Board … and write it down” <#/topic>\n"
        "“You don't need to be certain.” <#/topic>\n"
        "source: #/topic"
    )
    assert words["page/topic"] == (
        "The topic\n"
        "minutes: 2\n"
        "Every child can be at risk. Tell {{ board.name }} what worries you, and write it down.\n"
        "Who can help\n"
        "Remember\n"
        "You don’t need to be certain. See the help page <https://www.example.org/help>.\n"
        "::: check any-child"
    )
    assert words["quiz/quiz"] == (
        "tracking.pass_mark: 80\n"
        "attempts: 0\n"
        "keep: best\n"
        "questions: any-child, who-to-tell\n"
        "feedback: at-once\n"
        "retake: all\n"
        "weight: 1\n"
        "tracking.pages: all\n"
        "tracking.report: passed-failed\n"
        "tracking.score: yes\n"
        "tracking.failed: after-last-attempt\n"
        "tracking.mastery: none"
    )


def test_what_an_entity_makes_and_nobody_sees_is_no_word(tmp_path: Path) -> None:
    """No file of a course may hold it, ``approvals.yaml`` as little as any other."""
    folder = changed(
        tmp_path / "course",
        ("pages/start.md", "Read ", "Read&#8232; &#65279;"),
    )
    approve_all(folder)
    assert not any(one.code.startswith("approval") for one in judged(folder).diagnostics)
    assert codes(folder) == CODES
