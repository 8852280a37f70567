"""What a page brings of its questions, quizzes and records."""

import re
from dataclasses import replace

from builder.course import state
from builder.course.model import Draw, QuizRules
from builder.package.artifacts import Member
from builder.package.plan import plan
from builder.package.render import render
from tests.browser.player_course import true_false
from tests.render.rendered import chunk, embedded, outline, quiz_page, quizzes, text
from tests.support.courses import course, page, question

OTHER = question("other", "a")


def test_a_question_brings_its_key_its_feedback_and_its_source(members: list[Member]) -> None:
    question = embedded(members, "first-page")["questions"]["quoted"]
    assert question["patterns"] == ["a"]
    assert question["answer"] == {"right": ["a"], "multiple": False, "credit": "all"}
    assert question["prompt"] == "Prompt of quoted?"
    assert question["because"] == (
        '<p class="because">The course says: <q>Keep calm</q></p>\n'
        '<details class="read-again"><summary>Read again: First</summary>\n'
        '<div class="passage">\n'
        "<p>Keep calm. Call Sam &lt;Lee&gt; and "
        '<span class="unset">Not set yet: ask your manager</span>.</p>\n'
        '<p><a href="#/first/p-1">Go to “First”</a></p>\n'
        "</div>\n"
        "</details>"
    )


def test_several_answers_are_asked_with_checkboxes(members: list[Member]) -> None:
    quiz = chunk(members, "quiz")
    assert quiz["quiz"]["fixed"] == ["quoted", "several"]
    assert quiz["forms"]["several"].count('type="checkbox"') == 3
    assert "Select all that apply.</span></legend>" in quiz["forms"]["several"]
    assert quiz["forms"]["quoted"].count('type="radio"') == 3


def test_a_statement_has_two_buttons_in_practice_and_check_in_quiz() -> None:
    statement = true_false("statement", "t")
    first = page("first", "::: check statement\n\n::: check other\n", checks=(statement, OTHER))
    made = render(plan(course(first, page("quiz", kind="quiz", quiz=(statement,)))))
    practice = text(made, "index.html")
    assert re.findall(
        r'<button type="submit" class="plain" value="(.)" data-row="(.)">', practice
    ) == [
        ("t", "t"),
        ("f", "f"),
    ]
    form = chunk(made, "quiz")["forms"]["statement"]
    assert form.count('type="radio"') == 2
    assert form.count('type="submit"') == 1


def test_practice_is_numbered_if_a_page_has_several() -> None:
    both = "::: check statement\n\n::: check other\n"
    statement = true_false("statement", "t")
    made = render(plan(course(page("first", both, checks=(statement, OTHER)))))
    titles = re.findall(r'<p class="check-title">.*?</svg>(.*?)</p>', text(made, "index.html"))
    assert titles == ["Practice 1 of 2", "Practice 2 of 2"]
    alone = render(plan(course(page("first", "::: check other\n", checks=(OTHER,)))))
    assert "</svg>Practice</p>" in text(alone, "index.html")


def test_the_outline_tells_practice_with_a_right_answer_from_the_rest() -> None:
    free = replace(question("free", "a"), key="free", scored=False)
    asked = (free, replace(OTHER, key="othr"))
    [entry] = outline(render(plan(course(page("first", checks=asked)))))["pages"]
    assert entry["needs"]["check"] == ["othr", "free"]
    assert entry["judged"] == 1
    [entry] = outline(render(plan(course(page("first", checks=asked[1:])))))["pages"]
    assert "judged" not in entry


def test_quiz_rules_override_course_tracking_rules() -> None:
    own = {"attempts": 0, "pass_mark": 60, "keep": "last", "weight": 2.5}
    assert quizzes(quiz_page("one"), quiz_page("two", **own)) == [
        {"attempts": 2, "pass_mark": 80, "alone": True, "keep": "best", "weight": 1},
        own | {"alone": True},
    ]


def test_quizzes_without_own_pass_mark_are_judged_together() -> None:
    found = quizzes(quiz_page("one"), quiz_page("two"), quiz_page("three", pass_mark=80))
    assert [one["alone"] for one in found] == [False, False, True]


def test_a_quiz_brings_what_it_may_ask() -> None:
    fixed, drawn = question("one"), (question("two"), question("three"))
    rules = QuizRules(draws=(Draw(1, drawn),), shuffle_options=True, feedback="at-end")
    made = page("quiz", kind="quiz", quiz=(fixed, *drawn), rules=rules)
    data = chunk(render(plan(course(page("first"), made))), "quiz")
    assert data["quiz"] == {
        "fixed": ["one"],
        "draws": [{"count": 1, "from": ["two", "three"]}],
        "shuffle_questions": False,
        "shuffle_options": True,
        "feedback": "at-end",
        "retake": "all",
    }
    assert list(data["forms"]) == ["one", "two", "three"]


def test_the_record_brings_its_items(members: list[Member]) -> None:
    record = chunk(members, "record")
    assert record["record"] == [
        {"key": state.key("record", "one"), "limit": 500},
        {"key": state.key("record", "two"), "limit": 300},
    ]
    assert record["html"].count('<section class="record-item"') == 2


def test_course_reminder_appears_below_free_text_fields() -> None:
    asked = replace(question("own"), type="reflection", options=(), answer={"kept": True})
    for reminder, words in (
        ("", "could read it.</p>"),
        ("Name nobody.", "could read it. Name nobody.</p>"),
    ):
        made = render(
            plan(
                course(
                    page("first"),
                    page("second", "::: check own\n", checks=(asked,)),
                    reminder=reminder,
                )
            )
        )
        assert words in chunk(made, "second")["html"]
