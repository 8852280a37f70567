"""What the author's window is told: places with their source, numbers, trainees, and how an editor
is started."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builder.course.model import Remark
from builder.course.sources import Place
from builder.course.state import decode
from builder.diagnostics.codes import problem
from builder.diagnostics.diagnostic import Diagnostic, Position, Severity
from builder.preview import desk, tabs
from builder.preview.editor import Editor, link
from builder.preview.servers import CourseLms
from builder.preview.stage import Stage
from builder.preview.warm import Warm
from tests.preview.desk import GOOD
from tests.support.packages import ROOT
from tests.support.translations import write_po


def stage_of(course: Path) -> Stage:
    lms = CourseLms(course)
    stage = Stage(course, lms)
    lms.stage = stage
    stage.show(Warm(course, date(2026, 1, 31)).refresh())
    return stage


def message(position: Position, severity: Severity) -> Diagnostic:
    return Diagnostic(position, "a-code", "Something is wrong.", severity, "Mend it.")


def excerpt(folder: Path, text: str, line: int, column: int) -> list[tuple[Any, ...]]:
    (folder / "a.md").write_text(text, "utf-8")
    found = message(Position("a.md", line, column), Severity.ERROR)
    [one] = desk.list_problems(folder, [found])
    return [(line["number"], line["text"], line["caret"]) for line in one["source"]]


def test_problem_shows_the_surrounding_lines(tmp_path: Path) -> None:
    lines = "one\ntwo\nthree\nfour\nfive\n"
    assert excerpt(tmp_path, lines, 3, 2) == [
        (1, "one", None),
        (2, "two", None),
        (3, "three", 1),
        (4, "four", None),
    ]
    assert excerpt(tmp_path, lines, 1, 0) == [(1, "one", None), (2, "two", None)]
    assert excerpt(tmp_path, lines, 0, 0) == []
    assert excerpt(tmp_path, lines, 99, 1) == []
    # Of a line that goes on for ever only what is near.
    [(_, text, caret)] = excerpt(tmp_path, "x" * 500 + "!" + "y" * 500, 1, 501)
    assert (len(text), text[caret]) == (160, "!")


def test_errors_come_before_warnings_whatever_their_files(tmp_path: Path) -> None:
    found = [
        message(Position("a.yaml", 1), Severity.WARNING),
        message(Position("b.md", 1), Severity.ERROR),
    ]
    listed = desk.list_problems(tmp_path, found)
    assert [one["severity"] for one in listed] == ["error", "warning"]


def test_a_problem_of_a_translation_names_its_language(tmp_path: Path) -> None:
    found = [
        message(Position(path, 1), Severity.WARNING)
        for path in ("course.yaml", "translations/cy.po", "translations/interface/xx.po")
    ]
    listed = desk.list_problems(tmp_path, found)
    assert [one["language"] for one in listed] == ["", "Welsh (cy)", "xx"]


def test_translation_remark_is_listed_with_pages_showing_it(tmp_path: Path) -> None:
    warm = Warm(GOOD, date(2026, 1, 31)).refresh()
    assert warm.plan
    place = Place(Position("remarks.yaml", 1), Position("remarks.yaml", 1))
    remarks = [
        (
            Remark("AAAA-AAAA", "open", "comment", place, part=part),
            Position("translations/cy.po", 5),
        )
        for part in ("p:topic", "q:any-child", "c:cover")
    ]
    listed = desk.list_remarks(tmp_path, remarks, warm.plan.course.pages)
    assert [(one["pages"], one["place"]["text"]) for one in listed] == [
        (["topic"], "translations/cy.po:5"),
        (["topic", "quiz"], "translations/cy.po:5"),
        ([], "translations/cy.po:5"),
    ]


def test_a_changed_translation_is_an_edit_of_its_page(tmp_path: Path) -> None:
    course = Path(shutil.copytree(GOOD, tmp_path / "course"))
    po = write_po(course, "cy", lambda one: one.text)
    warm, stage = Warm(course, date(2026, 1, 31)), Stage(course, CourseLms(course))
    stage.show(warm.refresh())
    assert stage.sort_by_last_edit(["start", "topic"]) == ["start", "topic"]
    text = po.read_text("utf-8")
    po.write_text(text.replace('msgstr "Who can help"', 'msgstr "Pwy sy’n helpu"'), "utf-8")
    view = warm.refresh()
    assert view.good
    stage.show(view)
    assert stage.sort_by_last_edit(["start", "topic"]) == ["topic", "start"]


def test_changed_course_title_is_no_edit_of_pages_that_show_it(tmp_path: Path) -> None:
    course = Path(shutil.copytree(GOOD, tmp_path / "course"))
    warm, stage = Warm(course, date(2026, 1, 31)), Stage(course, CourseLms(course))
    stage.show(warm.refresh())

    def edit(name: str, old: str, new: str) -> list[str]:
        """The pages that are named after this edit, if the scripts of two have changed."""
        text = (course / name).read_text("utf-8")
        assert old in text
        (course / name).write_text(text.replace(old, new), "utf-8")
        stage.show(warm.refresh())
        return stage.edited_last(["checklist", "topic"])

    assert edit("pages/topic.md", "title: The topic", "title: Topic") == ["topic", "checklist"]
    assert edit("course.yaml", "title: A good course", "title: A better course") == []


def test_a_command_in_a_hint_names_the_course(tmp_path: Path) -> None:
    course = tmp_path / "my course"
    words = {"part": "page/topic", "typed": "page/topic"}
    found = problem("approval-missing", Position("pages/topic.md", 1), **words)
    [listed] = desk.list_problems(course, [found])
    assert listed["hint"] == (
        "Ask the course's owner to check it. Then record the approval, with the owner's name "
        f'instead of NAME: scorm-builder approve "{course}" --by "NAME" page/topic'
    )


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("", ()),
        ("code -g", ("code", "-g", "{file}:{line}")),
        ("kate -l {line} {file}", ("kate", "-l", "{line}", "{file}")),
        ('"My Editor" {file}', ("My Editor", "{file}")),
        ("sh -c 'ed ${1} {}' sh {file}", ("sh", "-c", "ed ${1} {}", "sh", "{file}")),
    ],
)
def test_editor_command_is_parsed_as_typed(command: str, words: tuple[str, ...]) -> None:
    assert Editor.read(command).command == words


def test_vs_code_opens_names_that_an_address_cannot_hold(tmp_path: Path) -> None:
    place = Position("pages/a b#ü.md", 3, 4)
    assert link(tmp_path, place).endswith("/pages/a%20b%23%C3%BC.md:3:4")
    assert link(tmp_path, Position("course.yaml")).endswith("/course.yaml")


def test_the_numbers_are_those_of_the_course() -> None:
    found = tabs.course_figures(stage_of(GOOD))
    assert found
    assert {page["id"]: (page["words"], page["age"]) for page in found["pages"]} == {
        "start": (17, None),
        "topic": (37, 5),
        "quiz": (24, None),
        "checklist": (13, None),
    }
    assert [one["id"] for one in found["unexplained"]] == ["any-child", "who-to-tell"]
    assert found["unsourced"] == []
    assert found["pictures"] == [{"path": "media/map.png", "size": 67, "pixels": (1, 1)}]
    assert (found["room"]["worst"], found["room"]["limit"]) == (621, 4096)


def test_numbers_and_cover_count_same_pages_and_minutes(tmp_path: Path) -> None:
    course = Path(shutil.copytree(ROOT / "tests/chaos/course", tmp_path / "course"))
    settings = course / "course.yaml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("cover:\n  show: no\n", ""), "utf-8")
    stage = stage_of(course)
    found = tabs.course_figures(stage)
    assert found
    # The generated page of a test-out is not one that the author wrote.
    launch = stage.shown.files["index.html"].read().decode()
    counted = (found["minutes"], sum(page["minutes"] for page in found["pages"]))
    assert f"About {counted[0]} minutes" in launch
    assert f"{len(found['pages'])} pages" in launch
    assert counted[0] == counted[1]


@pytest.mark.whole
def test_the_trainees_are_those_that_the_course_can_have() -> None:
    found = tabs.trainees(stage_of(ROOT / "course").shown)
    output = {name: one and one["values"]["cmi.core.lesson_status"] for name, one in found.items()}
    assert output["half-way"] == "incomplete"
    assert output["finished"] == "passed"
    for one in filter(None, found.values()):
        state = decode(one["values"]["cmi.suspend_data"])
        assert state
        assert state.status == one["values"]["cmi.core.lesson_status"]
    # Attempts without end: nobody fails.
    assert tabs.trainees(stage_of(GOOD).shown)["failed"] is None


RESULTS = {
    "format": 1,
    "course": "good-course",
    "questions": [
        {
            "question": name,
            "page": "quiz",
            "use": "quiz",
            "prompt": "Which one?",
            "people": 60,
            "facility": 45.5,
            "discrimination": None,
            "statements": [{"kind": "hard", "finding": "Most are wrong", "advice": "Explain it"}],
            "groups": [],
        }
        for name in ("any-child", "gone")
    ],
}


@pytest.fixture
def course_with_results(tmp_path: Path) -> Path:
    course = tmp_path / "course"
    shutil.copytree(GOOD, course)
    (course / "results.json").write_text(json.dumps(RESULTS), "utf-8")
    return course


def results_of(course: Path) -> Any:
    return desk.Desk(stage_of(course), Editor(), "moodle", date(2026, 1, 31)).view()["results"]


def test_figures_beside_the_course_come_with_the_places_of_questions(
    course_with_results: Path,
) -> None:
    found = results_of(course_with_results)
    assert found["problem"] == ""
    known, gone = found["questions"]
    assert (known["question"], known["people"], known["facility"]) == ("any-child", 60, 45.5)
    assert known["statements"] == [{"finding": "Most are wrong", "advice": "Explain it"}]
    assert known["place"]["path"].startswith("questions/")
    assert known["place"]["line"] > 0
    assert (gone["question"], gone["place"]) == ("gone", None)


def test_new_figures_are_read(course_with_results: Path) -> None:
    assert len(results_of(course_with_results)["questions"]) == 2
    fewer = RESULTS | {"questions": []}
    (course_with_results / "results.json").write_text(json.dumps(fewer), "utf-8")
    assert results_of(course_with_results)["questions"] == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "results.json cannot be read. Write it again"),
        ("[" * 100_000, "results.json cannot be read. Write it again"),
        ('{"format": 2, "course": "good-course", "questions": []}', "cannot be read"),
        ('{"format": 1, "course": "good-course", "questions": [{}]}', "cannot be read"),
        (json.dumps(RESULTS | {"course": "other"}), "is of the course “other”, not of this one."),
    ],
)
def test_figures_that_cannot_be_read(course_with_results: Path, text: str, problem: str) -> None:
    (course_with_results / "results.json").write_text(text, "utf-8")
    found = results_of(course_with_results)
    assert problem in found["problem"]
    assert found["questions"] == []


def test_course_without_results_file_has_no_results() -> None:
    assert results_of(GOOD) == {"problem": "", "questions": []}
