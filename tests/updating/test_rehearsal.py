"""What trainees see in a new package: kept, to do again, gone, new; and where they come from."""

import os
import re
from dataclasses import replace
from pathlib import Path

import click
import pytest

from builder import updating
from builder.cli.report import comparison, rehearsal
from builder.course.keys import former, key
from builder.course.model import Draw, QuizRules
from builder.course.state import CheckState, QuizState, RecordState, State, decode, encode
from builder.updating import ExportError, Outlook, Row, exports, rows
from tests.support.courses import COURSE, course, page, question
from tests.updating.outlines import outline

OLD = outline(COURSE)
FIRST, SECOND, QUIZ, RECORD = COURSE.pages
QUOTED, SEVERAL = QUIZ.quiz


def edited(*pages):
    return outline(course(*pages, variables=COURSE.variables))


def revised(one, number: int = 2):
    kind = "question" if hasattr(one, "prompt") else "page"
    again = former(kind, one.id, number, ())
    return replace(one, revision=number, key=key(kind, one.id, number), former=again)


def fates(new) -> dict[str, Outlook]:
    return {one.learner: one for one in updating.rehearse(OLD, new, updating.stages(OLD)).trainees}


def test_the_stages_are_those_of_a_way_through_the_course() -> None:
    found = list(updating.stages(OLD))
    assert [one.name for one in found] == [
        "read “First”",
        "read “Second”",
        "started but did not finish “Quiz”",
        "did not pass “Quiz”",
        "passed “Quiz”",
        "filled in part of “Record”",
        "finished everything",
    ]
    assert all(decode(encode(one.state)) == one.state for one in found)
    assert [one.state.status for one in found] == ["incomplete"] * 6 + ["passed"]
    assert found[-1].state.checks == {QUOTED.key: CheckState(1, True, "a")}
    assert found[-1].state.quizzes[QUIZ.key].answers == {QUOTED.key: "a", SEVERAL.key: "ac"}


def test_nobody_loses_anything_without_an_edit() -> None:
    found = updating.rehearse(OLD, OLD, updating.stages(OLD))
    assert found.whole
    assert not any(one.notice for one in found.trainees)
    assert [one.kept for one in found.trainees] == [2, 3, 5, 4, 4, 6, 7]


def test_revised_page_is_read_again_and_completion_stays() -> None:
    found = fates(edited(FIRST, revised(SECOND), QUIZ, RECORD))
    assert not found["read “First”"].loses
    half = found["passed “Quiz”"]
    assert [(one.kind, one.id) for one in half.again] == [("page", "second")]
    assert half.notice == ("Second",)
    words = [one.word for one in half.pages]
    assert words == ["visited", "changed", "quiz_passed", "not_started"]
    finished = found["finished everything"]
    assert (finished.before, finished.after) == (("passed", 100_00), ("passed", 100_00))


def test_revised_question_is_answered_again_in_open_attempt() -> None:
    quoted = revised(QUOTED)
    new = edited(
        replace(FIRST, checks=(quoted,)), SECOND, replace(QUIZ, quiz=(quoted, SEVERAL)), RECORD
    )
    found = fates(new)
    middle = found["started but did not finish “Quiz”"]
    assert [one.kind for one in middle.again] == ["practice", "answer"]
    assert [one.kind for one in found["passed “Quiz”"].again] == ["practice"]


def drawing(count: int, *names: str) -> updating.Outline:
    """A quiz that draws so many of these questions, besides the two that it always asks."""
    pool = tuple(map(question, names))
    rules = QuizRules(draws=(Draw(count, pool),))
    return edited(FIRST, SECOND, replace(QUIZ, quiz=(QUOTED, SEVERAL, *pool), rules=rules))


def under_way(old: updating.Outline, *names: str) -> State:
    answers = {old.question(name).key: "a" for name in names}
    return State(
        "AAAAAAAA", 1, "incomplete", "", quizzes={QUIZ.key: QuizState(1, None, True, answers)}
    )


def becomes(
    old: updating.Outline, new: updating.Outline, state: State
) -> tuple[int, list[str], list[str]]:
    """How much is kept, what is to be done again, and what is gone; ``diff`` says so, too."""
    [found] = updating.rehearse(old, new, [Row("Ann", encode(state))]).trainees
    assert updating.compare(old, new).lost or not found.loses
    again, gone = ([f"{one.kind} {one.id}" for one in some] for some in (found.again, found.gone))
    return found.kept, again, gone


def test_answer_to_replaced_drawn_question_no_longer_counts() -> None:
    old = drawing(2, "one", "two")
    state = under_way(old, "quoted", "one", "two")
    assert becomes(old, drawing(2, "one", "two", "more"), state) == (4, [], [])
    assert becomes(old, drawing(2, "one", "other"), state) == (3, [], ["answer two"])
    assert updating.compare(old, drawing(2, "one", "other")).lost


def test_answer_beyond_a_smaller_draw_no_longer_counts() -> None:
    old = drawing(3, "one", "two", "three")
    state = under_way(old, "one", "two", "three")
    kept, again, gone = becomes(old, drawing(1, "one", "two", "three"), state)
    assert (kept, again, len(gone)) == (2, [], 2)


def test_answer_counts_only_in_its_own_quiz() -> None:
    other = replace(page("other", kind="quiz"), quiz=(SEVERAL,), rules=QuizRules())
    new = edited(FIRST, SECOND, replace(QUIZ, quiz=(QUOTED,)), other)
    assert becomes(OLD, new, under_way(OLD, "several")) == (1, [], ["answer several"])


def test_answers_go_with_their_quiz() -> None:
    state = under_way(OLD, "several")
    assert becomes(OLD, edited(FIRST, SECOND), state) == (0, [], ["quiz quiz"])
    assert becomes(OLD, edited(FIRST, SECOND, revised(QUIZ)), state) == (0, ["quiz quiz"], [])


def test_page_turned_into_quiz_loses_its_visit() -> None:
    state = State("AAAAAAAA", 1, "incomplete", "", visited=frozenset({SECOND.key}))
    quiz = replace(SECOND, kind="quiz", quiz=(question("new"),), rules=QuizRules())
    assert becomes(OLD, edited(FIRST, quiz, QUIZ, RECORD), state) == (0, [], ["page second"])


def test_removed_id_loses_progress_unless_was_names_it() -> None:
    other = replace(page("other", "Back to [the first](first.md)."))
    found = fates(edited(FIRST, other, QUIZ, RECORD))["finished everything"]
    assert [(one.kind, one.id) for one in found.gone] == [("page", "second")]
    assert found.new == ("Other",)
    assert found.after[0] == "passed"
    renamed = replace(other, former=former("page", "other", 1, ["second"]))
    found = fates(edited(FIRST, renamed, QUIZ, RECORD))["finished everything"]
    assert not found.loses
    assert found.new == ()


def test_undone_revision_loses_visit_unless_old_was_read() -> None:
    new_first = edited(FIRST, revised(SECOND), QUIZ, RECORD)
    only_new = State("AAAAAAAA", 1, "incomplete", "", visited=frozenset([key("page", "second", 2)]))
    both = replace(only_new, visited=only_new.visited | {SECOND.key})
    found = updating.rehearse(new_first, OLD, [Row("a", encode(only_new)), Row("b", encode(both))])
    assert [[thing.id for thing in one.again] for one in found.trainees] == [["second"], []]


def test_real_states_their_status_and_those_that_cannot_be_read() -> None:
    kept = State("AAAAAAAA", 1, "incomplete", SECOND.key, edition=OLD.edition)
    found = updating.rehearse(
        OLD,
        OLD,
        [
            Row("Ann", encode(kept), status="Passed", score="87.5"),
            Row("Ben", ""),
            Row("Cat", encode(kept)[:-2], location="record"),
            Row("Dan", "rubbish", status="failed"),
        ],
    )
    ann, ben, cat, dan = found.trainees
    assert (ann.before, ann.after) == (("passed", 87_50), ("passed", 87_50))
    assert ann.resume == "Second"
    assert not ben.begun
    assert "cut short" in cat.problem
    assert cat.pages
    assert (dan.pages, dan.before) == ((), ("failed", None))
    assert not found.whole
    output = rehearsal.text(found, details=True)
    assert output.split("\n\n")[-1].splitlines()[:6] == [
        "4 trainees:",
        "      1  has not started",
        "      1  keeps everything",
        "      0  have something to do again",
        "      0  did something that the course no longer has, and keep the rest",
        "      2  have saved states that are wholly or partly unreadable: see --details",
    ]
    assert "Has not started; starts with the new package." in output


def test_trainee_at_revised_page_resumes_there() -> None:
    found = fates(edited(FIRST, revised(SECOND), QUIZ, RECORD))
    assert found["read “Second”"].resume == "Second"
    assert found["read “First”"].resume is None


def test_what_the_certificate_says_of_the_day() -> None:
    dated = replace(OLD, certificate=True)

    def days(old: updating.Outline, new: updating.Outline) -> dict[str, str | None]:
        found = updating.rehearse(old, new, updating.stages(old)).trainees
        return {one.learner: one.certificate for one in found}

    assert set(days(dated, OLD).values()) == {None}
    # A course with a record has kept the day before it had a certificate.
    assert days(OLD, dated)["finished everything"] == "2026-01-31"
    bare = edited(FIRST, SECOND, QUIZ)
    shorter = replace(bare, certificate=True)
    kept, added = days(dated, dated), days(bare, shorter)
    assert kept.pop("finished everything") == "2026-01-31"
    assert added.pop("finished everything") == ""
    assert set(kept.values()) == set(added.values()) == {None}
    # The record goes, and who had passed the quiz has finished by it.
    assert days(dated, shorter)["passed “Quiz”"] == "today"
    found = updating.rehearse(bare, shorter, updating.stages(bare))
    output = rehearsal.text(found, details=True)
    assert "  Certificate says that the date is not known" in output
    output = rehearsal.text(updating.rehearse(dated, dated, updating.stages(dated)), details=True)
    assert "  Certificate finished on 2026-01-31" in output


def test_another_course_is_no_edit() -> None:
    found = updating.rehearse(OLD, replace(OLD, id="other"), updating.stages(OLD))
    assert not found.whole
    assert "every trainee starts again" in rehearsal.text(found, details=False)


def test_the_summary_in_words() -> None:
    new = edited(FIRST, revised(SECOND), page("third", "New."), QUIZ, RECORD)
    text = rehearsal.text(updating.rehearse(OLD, new, updating.stages(OLD)), details=False)
    assert (
        text.split("\n\n")[1]
        == """\
7 stages of progress through the old version, with one generated trainee at each:
      1  keeps everything
      6  have something to do again
      0  did something that the course no longer has, and keep the rest
Among them:
      1  had finished and stays finished
Read again: “Second” (6 trainees)
New and not read yet: “Third” (7 trainees)"""
    )


def test_equal_versions_are_reported_as_in_diff() -> None:
    new = edited(FIRST, revised(SECOND), QUIZ, RECORD)
    for given, versions in (
        (OLD, f"Both are version {OLD.version}."),
        (
            new,
            f"Both are version {OLD.version}: raise it, so that people can tell the packages "
            "apart.",
        ),
        (replace(new, version="2.0"), f"From version {OLD.version} to 2.0."),
    ):
        output = rehearsal.text(updating.rehearse(OLD, given, updating.stages(OLD)), details=False)
        assert output.splitlines()[1] == versions
        compared = click.unstyle(comparison.text(updating.compare(OLD, given)))
        assert compared.splitlines()[1] == versions


def test_the_groups_of_the_summary_add_up_to_all_trainees() -> None:
    # Somebody has to do one thing again, and did another that is gone: that is one trainee.
    new = edited(revised(FIRST), QUIZ, RECORD)
    found = updating.rehearse(OLD, new, updating.stages(OLD))
    assert [one.learner for one in found.trainees if one.again and one.gone] != []
    lines = rehearsal.text(found, details=False).split("\n\n")[1].splitlines()
    groups = lines[1 : lines.index("Among them:")]
    assert sum(int(line.split()[0]) for line in groups) == len(found.trainees) == 7


TEXT = encode(
    State("AAAAAAAA", 1, "incomplete", SECOND.key, records={"abcd": RecordState("", "x")})
)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (f"User,suspend_data\nAnn,{TEXT}\n", [Row("Ann", TEXT)]),
        (f"\ufeffcmi.suspend_data;Name\r\n{TEXT};Ann\r\n", [Row("Ann", TEXT)]),
        (
            "First name\tSurname\tcmi.core.lesson_status\tcmi.core.score.raw\tcmi.suspend_data\n"
            f"Ann\tLee\tpassed\t80\t{TEXT}\n",
            [Row("Ann Lee", TEXT, "passed", "80")],
        ),
        (
            "id,userid,scoid,attempt,element,value,timemodified\n"
            f"1,7,3,1,cmi.suspend_data,{TEXT},100\n"
            "2,7,3,1,cmi.core.lesson_status,failed,101\n"
            "3,8,3,1,cmi.core.lesson_location,second,102\n"
            "4,9,3,1,cmi.suspend_data,,103\n",
            [Row("7", TEXT, "failed"), Row("9", "")],
        ),
        (f"suspend_data\n{TEXT}\n\n{TEXT}\n", [Row("Row 1", TEXT), Row("Row 2", TEXT)]),
    ],
)
def test_lms_export_columns_are_found_by_their_names(
    content: str, found: list[Row], tmp_path: Path
) -> None:
    path = tmp_path / "states.csv"
    for encoding in ("utf-8", "utf-16"):
        path.write_text(content, encoding)
        assert list(rows(path)) == found


HEAD = f"Name,suspend_data,Mark\nAnn,{TEXT},5\n"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "“states.csv” is empty."),
        ("\n\n", "“states.csv” is empty."),
        (
            "Name,Score\nAnn,3\n",
            "“states.csv” has no column suspend_data (or element and value). Its columns: “Name”, "
            "“Score”.",
        ),
        (
            f'{HEAD}Ben,"{TEXT},5\nCat,{TEXT},5\nDan,{TEXT},5\n',
            "“states.csv”, line 3: a quotation mark is opened here but not closed: all rows after "
            "it would be missing. Close it, or export the file again.",
        ),
        (
            f'{HEAD}"Ben,{TEXT},5\nCat",{TEXT},5\nDan,{TEXT},5\n',
            "“states.csv” has rows that do not match its first row: line 3: a quotation mark is "
            "opened here, and whole rows come before it is closed. Export it again, or correct "
            "these lines: a cell with a delimiter or a quotation mark must be in quotation marks.",
        ),
        (
            f'{HEAD}"Ben,,\nCat,,\nDan",{TEXT},5\n',
            "“states.csv” has rows that do not match its first row: line 3: a quotation mark is "
            "opened here, and whole rows come before it is closed. Export it again, or correct "
            "these lines: a cell with a delimiter or a quotation mark must be in quotation marks.",
        ),
        *(
            (
                content,
                f"“states.csv” has rows that do not match its first row: line {line}: a quotation "
                "mark is opened here, and whole rows come before it is closed. Export it again, "
                "or correct these lines: a cell with a delimiter or a quotation mark must be in "
                "quotation marks.",
            )
            for content, line in (
                (f'{HEAD}"Ben,,\nCat",{TEXT},5\n', 3),
                (f'{HEAD}Ben,"{TEXT},\nCat,{TEXT}",5\n', 3),
                (f'suspend_data\n{TEXT}\n"{TEXT}\n{TEXT}\n{TEXT}"\n', 3),
                (
                    'user,element,value\n"7,cmi.core.lesson_status,passed\n8",cmi.suspend_data,x\n',
                    2,
                ),
            )
        ),
        (
            f'{HEAD}"Ben "B" Lee",{TEXT},5\n',
            "“states.csv”, line 3: a quotation mark closes in the middle of a cell: an earlier one "
            "may be missing. Inside a cell in quotation marks, write each quotation mark twice.",
        ),
        (
            f'{HEAD}Ben,{TEXT}\n\nLee, Cat,{TEXT},5\n"Dan\nD",{TEXT},5\nEve\n',
            "“states.csv” has rows that do not match its first row: line 3: 2 cells; line 5: 4 "
            "cells; line 8: 1 cell. Export it again, or correct these lines: a cell with a "
            "delimiter or a quotation mark must be in quotation marks.",
        ),
        (
            f"{HEAD}Ben,{'A' * 131_073},5\n",
            "“states.csv”, line 3: a cell has more than 131,072 characters, which is too long for "
            "a saved state: a quotation mark may be missing.",
        ),
        (f"{HEAD}{',' * 2001}\n", "“states.csv”, line 3: this row has more than 2,000 cells."),
        (f"{HEAD}{'Ben' + chr(10)}" * 30, "; and 10 more. Export it again"),
    ],
)
def test_invalid_state_export_is_refused_with_reason(
    content: str, problem: str, tmp_path: Path
) -> None:
    path = tmp_path / "states.csv"
    path.write_text(content)
    with pytest.raises(ExportError, match=re.escape(problem)) as caught:
        rows(path)
    assert str(caught.value) == problem or problem.startswith(";")


def test_oversized_state_export_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "_MAX_ROWS", 3)
    path = tmp_path / "states.csv"
    path.write_text("suspend_data\n1\n2\n3\n")
    with pytest.raises(ExportError, match=r"“states\.csv” has more than 3 rows"):
        rows(path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_whatever_ends_a_line(end: str, tmp_path: Path) -> None:
    path = tmp_path / "states.csv"
    path.write_bytes(f'Name,suspend_data{end}"Ann{end}Lee",{TEXT},{end}Ben,{TEXT}{end}'.encode())
    assert rows(path) == (Row("Ann\nLee", TEXT), Row("Ben", TEXT))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "states.csv")
    with pytest.raises(ExportError, match=r"“states\.csv” is not a regular file"):
        rows(tmp_path / "states.csv")
    outline, [found] = updating.read(tmp_path / "states.csv")
    assert outline is None
    assert found.message == ("This package cannot be read: it is a folder, a device or a pipe.")


def test_a_name_in_an_old_encoding_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "states.csv"
    path.write_bytes(f"Name,suspend_data\nRené,{TEXT}\n".encode("cp1252"))
    assert rows(path) == (Row("René", TEXT),)


def test_every_type_of_question_has_a_right_response(showcase_package: Path) -> None:
    found, _ = updating.read(showcase_package)
    assert found is not None
    last = list(updating.stages(found))[-1]
    assert last.name == "finished everything"
    given = {key for key, check in last.state.checks.items() if check.response}
    asked = {found.question(one).key for page in found.pages for one in page.checks}
    scenes = {one.key for page in found.pages if page.scenario for one in page.scenario.scenes}
    assert given - scenes == asked
    assert given & scenes
    assert all(isinstance(one, QuizState) for one in last.state.quizzes.values())
    assert question("any").key not in given
