"""The course that comes out where nothing is wrong."""

from datetime import date
from pathlib import Path

import pytest

from builder.course import markdown, state
from builder.course.model import Course, Lock, Reference, Tracking, Variable
from builder.course.questions import Quotation
from tests.validate.courses import GOOD, changed, judge


@pytest.fixture(scope="module")
def course() -> Course:
    course, found = judge(GOOD)
    assert found == []
    assert course is not None
    return course


def test_pages_keep_the_order_and_the_modules_of_the_list(course: Course) -> None:
    assert [(one.title, [page.id for page in one.pages]) for one in course.modules] == [
        ("", ["start"]),
        ("Learn", ["topic", "quiz"]),
        ("", ["checklist"]),
    ]


def test_adjacent_pages_without_module_form_one_group(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course",
        ("course.yaml", "  - start.md\n", "  - start.md\n  - more.md\n"),
        ("pages/more.md", "", "---\ntitle: More\n---\nMore.\n"),
    )
    course, found = judge(folder)
    assert found == []
    assert course is not None
    assert [len(one.pages) for one in course.modules] == [2, 2, 1]


def test_two_modules_of_one_title_stay_two(tmp_path: Path) -> None:
    listed = "  - module: Learn\n    pages: [checklist.md]\n"
    folder = changed(tmp_path / "course", ("course.yaml", "  - checklist.md\n", listed))
    course, _ = judge(folder)
    assert course is not None
    assert [one.title for one in course.modules] == ["", "Learn", "Learn"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Learn & practise", "learn-practise"),
        ("Dysgu, tŷ a chartref", "dysgu-ty-a-chartref"),
        ("Learn\n    id: first-steps", "first-steps"),
        ("السلامة", "module-af3f2717"),
        ("x" * 80, "x" * 64),
    ],
)
def test_a_module_goes_by_its_id_or_its_title(tmp_path: Path, written: str, expected: str) -> None:
    folder = changed(tmp_path / "course", ("course.yaml", "module: Learn", f"module: {written}"))
    course, found = judge(folder)
    assert found == []
    assert course is not None
    assert [one.id for one in course.modules] == ["", expected, ""]
    assert course.objectives


def test_page_fields_come_from_its_front_matter(course: Course) -> None:
    start, topic, quiz, checklist = course.pages
    assert (topic.title, topic.minutes, topic.kind, topic.path) == (
        "The topic",
        2,
        "page",
        "pages/topic.md",
    )
    assert (start.revision, start.minutes, start.kind) == (1, 1, "page")
    assert topic.key == state.key("page", "topic", 1)
    assert [one.id for one in topic.checks] == ["any-child"]
    assert [one.id for one in quiz.quiz] == ["any-child", "who-to-tell"]
    [item] = checklist.record
    assert (item.id, item.key, item.limit) == ("signs", state.key("record", "signs"), 500)
    assert markdown.plain(item.question, {}) == "How do I recognise the signs?"


@pytest.mark.parametrize(
    ("name", "id"),
    [("03-what-next.md", "what-next"), ("3. what-next.md", "what-next"), ("2026.md", "2026")],
)
def test_page_id_defaults_to_its_file_name(tmp_path: Path, name: str, id: str) -> None:
    folder = changed(tmp_path / "course", ("course.yaml", "- checklist.md", f"- {name}"))
    (folder / "pages/checklist.md").rename(folder / "pages" / name)
    course, found = judge(folder)
    assert found == []
    assert course is not None
    assert course.pages[-1].id == id


def test_raised_page_revision_changes_key_and_keeps_record(tmp_path: Path, course: Course) -> None:
    folder = changed(
        tmp_path / "course", ("pages/checklist.md", "kind: record", "kind: record\nrevision: 2")
    )
    raised, _ = judge(folder)
    assert raised is not None
    before, after = course.pages[-1], raised.pages[-1]
    assert after.key == state.key("page", "checklist", 2) != before.key
    assert after.record[0].key == before.record[0].key


def test_questions_are_those_asked_in_the_order_of_asking(tmp_path: Path, course: Course) -> None:
    assert [one.id for one in course.questions] == ["any-child", "who-to-tell"]
    folder = changed(
        tmp_path / "course", ("pages/start.md", "Read", "::: check who-to-tell\n\nRead")
    )
    turned, _ = judge(folder)
    assert turned is not None
    assert [one.id for one in turned.questions] == ["who-to-tell", "any-child"]


def test_a_question_has_its_answers_and_its_quotation(course: Course) -> None:
    first, second = course.questions
    assert (first.patterns, first.interaction) == (("t",), "true-false")
    assert first.quotation == Quotation("topic", ("Every child can be at risk.",))
    assert [(one.id, one.correct) for one in second.options] == [("a", True), ("b", False)]
    assert second.patterns == ("a",)
    assert second.quotation == Quotation(
        "topic", ("Tell Anytown Board … and write it down", "You don't need to be certain.")
    )
    assert second.options[1].quotation is None


def test_the_rest_of_course_yaml(course: Course) -> None:
    assert course.tracking == Tracking("all", "passed-failed", 50, 0)
    assert course.keywords == ("example",)
    assert course.reviewed_on == date(2025, 11, 30)
    name = "board.name"
    assert course.variables == {name: Variable(name, "the safeguarding board", "Anytown Board")}
    url = "https://www.example.org/help"
    assert course.references == {url: Reference(url, None, date(2025, 12, 1))}
    assert list(course.media) == ["media/map.png"]


def test_a_value_of_several_texts_is_joined(tmp_path: Path) -> None:
    values = "value:\n      - Anytown Board\n      - the police"
    folder = changed(
        tmp_path / "course",
        ("course.yaml", "value: Anytown Board", values),
        ("questions/all.yaml", "Tell Anytown Board …", "Tell Anytown Board; the police …"),
    )
    course, found = judge(folder)
    assert found == []
    assert course is not None
    assert course.variables["board.name"].value == "Anytown Board; the police"


@pytest.mark.parametrize(
    "change",
    [
        ("course.yaml", "value: Anytown Board", "value:"),
        ("course.yaml", "required: []", "required: values"),
        ("course.yaml", "review_by: 2026-11-30", "review_by:"),
        ("course.yaml", "review_by: 2026-11-30", "review_by: 2026-01-30"),
        ("course.yaml", "    checked_on: 2025-12-01\n", ""),
        ("course.yaml", "required: []", "required: [pass_mark]"),
        ("course.yaml", "required: []", "required: [records]"),
    ],
)
def test_unset_or_unapproved_part_makes_a_draft(
    tmp_path: Path, change: tuple[str, str, str]
) -> None:
    folder = changed(
        tmp_path / "course", change, ("questions/all.yaml", "Tell Anytown Board …", "Tell …")
    )
    course, found = judge(folder)
    assert course is not None
    assert course.draft
    assert [(one.severity, one.draft) for one in found] == [("warning", True)]


def test_a_course_is_not_overdue_on_the_day_itself() -> None:
    assert judge(GOOD, date(2026, 11, 30))[1] == []
    assert [one.code for one in judge(GOOD, date(2026, 12, 1))[1]] == ["review-overdue"]


def test_the_pass_mark_needs_no_approval_without_a_quiz(tmp_path: Path) -> None:
    folder = changed(
        tmp_path / "course",
        ("course.yaml", "required: []", "required: pass_mark"),
        ("course.yaml", "  pass_mark: 50\n", ""),
        ("course.yaml", "      - quiz.md\n", ""),
        ("pages/start.md", "Read", "::: check who-to-tell\n\nRead"),
    )
    (folder / "pages/quiz.md").unlink()
    assert judge(folder)[1] == []


def test_a_course_with_an_error_is_none(tmp_path: Path) -> None:
    course, found = judge(changed(tmp_path / "a", ("pages/start.md", "](media/", "](media/x")))
    assert course is None
    assert [one.code for one in found] == ["media-missing"]


def test_unreadable_file_makes_the_course_invalid(tmp_path: Path) -> None:
    folder = changed(tmp_path / "a")
    (folder / "media/broken.md").mkdir()
    (folder / "questions/more.yaml").write_bytes(b"\xff")
    course, found = judge(folder)
    assert course is None
    assert [one.code for one in found] == ["file-encoding"]


@pytest.mark.whole
def test_course_with_too_many_pages_may_disable_page_tracking(tmp_path: Path) -> None:
    entries = "".join(f"  - part-{number}.md\n" for number in range(1500))
    tracked = ("course.yaml", "  - start.md\n", f"  - start.md\n{entries}")
    folder = changed(tmp_path / "all", tracked)
    for number in range(1500):
        page = folder / f"pages/part-{number}.md"
        page.write_text(f"---\ntitle: Page {number}\n---\nText.\n", "utf-8")
    course, [one] = judge(folder)
    assert course is None
    assert one.code == "state-too-large"
    assert "visited pages (3742)" in one.hint
    settings = (folder / "course.yaml").read_text("utf-8")
    (folder / "course.yaml").write_text(settings.replace("pages: all", "pages: none"), "utf-8")
    assert judge(folder)[1] == []


def test_lock_by_module_id_survives_a_new_title(tmp_path: Path) -> None:
    locked = "  - page: checklist.md\n    locked: basics\n"
    for number, title in enumerate(("Learn", "What to learn")):
        course, found = judge(
            changed(
                tmp_path / str(number),
                ("course.yaml", "  - checklist.md\n", locked),
                ("course.yaml", "  - module: Learn\n", f"  - module: {title}\n    id: basics\n"),
            )
        )
        assert found == []
        assert course is not None
        assert course.pages[-1].lock == Lock(modules=(title,))


def test_module_without_id_is_found_by_title_id(tmp_path: Path) -> None:
    locked = "  - page: checklist.md\n    locked: learn\n"
    course, found = judge(
        changed(tmp_path / "course", ("course.yaml", "  - checklist.md\n", locked))
    )
    assert found == []
    assert course is not None
    assert course.pages[-1].lock == Lock(modules=("Learn",))
