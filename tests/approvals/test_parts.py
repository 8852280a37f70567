"""The parts of a course: an edit touches those whose words it changes, and no others."""

import re
import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builder import approving
from builder.approving import Entry
from builder.course import approvals, load, validate
from tests.approvals.edits import ALONE, FORM, QUESTIONS, WORDS, Edit
from tests.validate.courses import GOOD, TODAY, changed

CODES = {
    "course": "C7G4-RT69",
    "page/start": "J7J4-XTC7",
    "page/topic": "XT39-8QD5",
    "page/quiz": "T8J8-NHNR",
    "page/checklist": "7NJT-283N",
    "question/any-child": "DM6Q-M933",
    "question/who-to-tell": "5R5H-T3N5",
    "record/checklist": "RG73-RV3D",
    "quiz/quiz": "G6QV-G454",
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
    reading, found = approving.read(folder, TODAY)
    assert reading is not None, found
    day = date(2026, 1, 30)
    approving.write(reading, [Entry(one.part, "Sam Lee", day) for one in reading.statuses])


def apply(folder: Path, edits: Sequence[Edit]) -> frozenset[str]:
    """Make those of the edits that still fit; gives the parts that they touch."""
    touched: set[str] = set()
    for file, old, new, parts in edits:
        text = (folder / file).read_text("utf-8")
        if old in text:
            (folder / file).write_text(text.replace(old, new, 1), "utf-8")
            touched |= parts
    return frozenset(touched)


def test_approval_codes_do_not_depend_on_program_version() -> None:
    assert codes(GOOD) == CODES


@pytest.mark.whole
@pytest.mark.parametrize("one", [*WORDS, *ALONE, *FORM], ids=lambda one: one[2][:40].strip())
def test_an_edit_touches_its_parts(one: Edit, tmp_path: Path) -> None:
    folder = changed(tmp_path / "course")
    touched = apply(folder, [one])
    now = codes(folder)
    assert {part for part, code in CODES.items() if now[part] != code} == touched == one[3]


TABLE = "| Dose | Adult | Child |\n| --- | --- | --- |\n| Day | 10 mg | |\n| Night | | |\n"


@pytest.mark.parametrize(
    "other",
    [
        TABLE.replace("| 10 mg | |", "| | 10 mg |"),
        TABLE.replace("| Day | 10 mg | |", "| Day | | |").replace("Night | |", "Night | 10 mg |"),
        TABLE.replace("| Day | 10 mg | |", "| Day | | |").replace("Night | |", "10 mg Night | |"),
        TABLE.replace("| 10 mg | |", "| 10 mg \\\\| | |"),
    ],
)
def test_words_that_move_to_another_cell_are_other_words(other: str, tmp_path: Path) -> None:
    topic = (GOOD / "pages/topic.md").read_text("utf-8")
    folder = changed(tmp_path / "course", ("pages/topic.md", topic, f"{topic}\n{TABLE}"))
    before = codes(folder)
    (folder / "pages/topic.md").write_text(f"{topic}\n{other}", "utf-8")
    now = codes(folder)
    assert {part for part in before if now[part] != before[part]} == {"page/topic"}


def test_a_paragraph_does_not_pass_for_a_table(tmp_path: Path) -> None:
    topic = (GOOD / "pages/topic.md").read_text("utf-8")
    table = changed(
        tmp_path / "table", ("pages/topic.md", topic, f"{topic}\n| Fern |\n| --- |\n| 10 mg |\n")
    )
    text = changed(tmp_path / "text", ("pages/topic.md", topic, f"{topic}\n\\| Fern | | 10 mg |\n"))
    assert codes(table)["page/topic"] != codes(text)["page/topic"]


STEPS = """
    - id: a
      text: Switch it off
      needed: yes"""
OPEN = """
    - id: b
      text: Open the lid
      needed: yes"""
PICK = """
    - id: a
      text: The board
      correct: yes"""
OTHER = """
    - id: b
      text: Neither of those above"""
AGREE = """
    - {id: a, text: I know whom to tell.}"""
MORE = """
    - {id: b, text: I know what to say.}"""


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        ("type: performance\n  prompt: Do it.\n  steps:", STEPS, OPEN),
        ("type: choice\n  prompt: Who?\n  shuffle: no\n  options:", PICK, OTHER),
        ("type: likert\n  prompt: Well?\n  statements:", AGREE, MORE),
    ],
)
def test_reordering_ordered_answers_changes_the_code(
    head: str, first: str, second: str, tmp_path: Path
) -> None:
    made = set()
    for one, answers in enumerate((first + second, second + first)):
        added = f"- id: added\n  {head}{answers}\n\n- id: any-child"
        folder = changed(
            tmp_path / str(one),
            (QUESTIONS, "- id: any-child", added),
            ("pages/quiz.md", "  - any-child\n", "  - any-child\n  - added\n"),
        )
        made.add(codes(folder)["question/added"])
    assert len(made) == 2


MODULES = """\
pages:
  - start.md
  - topic.md
  - module: Later
    locked: topic.md
    pages: [quiz.md, checklist.md]
"""


def test_moving_page_out_of_locked_module_changes_only_course_part(
    tmp_path: Path,
) -> None:
    course = (GOOD / "course.yaml").read_text("utf-8")
    folder = changed(tmp_path / "course")
    before = re.sub(r"pages:\n(  .*\n)+", MODULES, course, count=1)
    (folder / "course.yaml").write_text(before, "utf-8")
    was = codes(folder)
    after = before.replace("pages: [quiz.md, checklist.md]", "pages: [quiz.md]")
    after = after.replace("  - topic.md\n", "  - topic.md\n  - checklist.md\n")
    (folder / "course.yaml").write_text(after, "utf-8")
    now = codes(folder)
    assert {part for part in was if now[part] != was[part]} == {"course"}


def test_line_ends_and_bom_do_not_change_codes(tmp_path: Path) -> None:
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


@pytest.mark.whole
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
        shlex.split(one.hint.partition('--by "NAME" ')[2])[0]
        for one in made.diagnostics
        if one.code == "approval-stale"
    }
    assert stale == touched
    assert {one.code for one in made.diagnostics} <= {"approval-stale", "review-unset"}
    assert made.course.draft == bool(made.diagnostics)
    assert {one.part for one in made.course.wording if one.by} == set(CODES) - touched


def test_approved_text_of_question_includes_answers_and_feedback(tmp_path: Path) -> None:
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
        "tracking.pass_mark: 50\n"
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


def test_invisible_characters_from_entities_do_not_change_codes(tmp_path: Path) -> None:
    """No file of a course may hold it, ``approvals.yaml`` as little as any other."""
    folder = changed(
        tmp_path / "course",
        ("pages/start.md", "Read ", "Read&#8232; &#65279;"),
    )
    approve_all(folder)
    assert not any(one.code.startswith("approval") for one in judged(folder).diagnostics)
    assert codes(folder) == CODES
