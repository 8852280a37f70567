"""What a test-out asks and replaces, and the page that is generated for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from builder.course import keys
from builder.course.model import Course, Draw, QuizRules
from builder.course.test_out import with_test_pages
from tests.validate.courses import changed, judge

MODULE = "  - module: Learn\n"
QUIZ = "      - quiz.md\n"
QUESTION = """
- id: {name}
  type: true-false
  prompt: Is it so?
  answer: true
  explanation: It is.
  {keys}
"""


def bank(**written: str) -> str:
    return "".join(QUESTION.format(name=name, keys=line) for name, line in written.items())


def with_test_out(folder: Path, rules: str, questions: str, *more: tuple[str, str, str]) -> Course:
    course, found = judge(
        changed(
            folder / "course",
            ("course.yaml", QUIZ, f"{QUIZ}      - second.md\n    test_out:\n{rules}"),
            ("pages/second.md", "", "---\ntitle: Second\nrevision: 2\nwas: old\n---\nText.\n"),
            ("questions/more.yaml", "", questions),
            *more,
        )
    )
    # Its statements are few, for short examples.
    assert {one.code for one in found} <= {"test-out-guessable"}
    assert course is not None
    return course


ABOUT_THE_MODULE = bank(
    q1="source: topic", q2="source: second", q3="source: start", q4="source: second"
)
RULES = "      count: 2\n      always: quiz.md\n"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    practised = ("pages/start.md", "Read", "::: check q3\n\nRead")
    return with_test_out(tmp_path, RULES, ABOUT_THE_MODULE, practised)


def test_test_out_asks_about_its_module_without_quiz_questions(course: Course) -> None:
    [test] = [module.test_out for module in course.modules if module.test_out]
    asked = [(draw.count, [one.id for one in draw.questions]) for draw in test.draws]
    # q3 is about another module; the quiz asks any-child and who-to-tell.
    assert asked == [(2, ["q1", "q2", "q4"])]
    assert (test.pass_mark, test.attempts, test.always) == (50, 3, ("quiz",))


def test_its_questions_are_questions_of_the_course(course: Course) -> None:
    assert [one.id for one in course.questions] == [
        "q3",
        "any-child",
        "who-to-tell",
        "q1",
        "q2",
        "q4",
    ]


def test_its_own_rules_come_before_those_of_the_course(tmp_path: Path) -> None:
    rules = f"{RULES}      tag: hard\n      bank: more\n      pass_mark: 50\n      attempts: 0\n"
    written = bank(q1="tags: hard", q2="tags: easy", q3="tags: [easy, hard]")
    course = with_test_out(
        tmp_path, rules, written, ("pages/start.md", "Read", "::: check q2\n\nRead")
    )
    [test] = [module.test_out for module in course.modules if module.test_out]
    assert [one.id for one in test.draws[0].questions] == ["q1", "q3"]
    assert (test.pass_mark, test.attempts) == (50, 0)


def test_the_pages_of_authors_stay_as_they_are(course: Course) -> None:
    assert [page.id for page in course.pages] == [
        *("start", "topic", "quiz", "second", "checklist")
    ]
    assert all(not page.covers and not page.shown for page in course.pages)


def test_the_generated_page_is_the_first_of_its_module(course: Course) -> None:
    start, learn, end = with_test_pages(course).modules
    assert [page.id for page in learn.pages] == ["test-out_learn", "topic", "quiz", "second"]
    assert (start, end) == (course.modules[0], course.modules[2])
    page = learn.pages[0]
    assert (page.title, page.kind) == ("Show that you know it: Learn", "test-out")
    assert page.key == keys.key("page", "test-out_learn")
    assert page.covers == ("topic", "second")
    assert [one.id for one in page.quiz] == ["q1", "q2", "q4"]
    assert page.rules == QuizRules(
        draws=(Draw(2, page.quiz),),
        shuffle_questions=True,
        shuffle_options=True,
        feedback="at-end",
        attempts=1,
        pass_mark=50,
        keep="best",
    )


@pytest.mark.parametrize(("attempts", "tries"), [(1, 1), (2, 2), (3, 2), (0, 2)])
def test_there_are_as_many_tries_as_new_questions(
    course: Course, attempts: int, tries: int
) -> None:
    [test] = [module.test_out for module in course.modules if module.test_out]
    pool = (*test.draws[0].questions, course.questions[0], course.questions[1])
    test = replace(test, draws=(Draw(2, pool),), attempts=attempts)
    learn = replace(course.modules[1], test_out=test)
    [page, *_] = with_test_pages(replace(course, modules=(learn,))).pages
    assert page.rules.attempts == tries


def test_a_covered_page_has_a_key_for_having_been_shown(course: Course) -> None:
    _, topic, quiz, second = with_test_pages(course).modules[1].pages
    assert topic.shown == keys.key("shown", "topic", 1)
    assert second.shown == keys.key("shown", "second", 2)
    assert second.shown_was == (keys.key("shown", "old", 2),)
    # A page that was shown in an earlier revision has changed, like one that was read.
    assert second.former.changed == (
        keys.key("page", "second", 1),
        keys.key("page", "old", 1),
        keys.key("shown", "second", 1),
        keys.key("shown", "old", 1),
    )
    assert not quiz.shown


def test_pages_outside_any_module_can_be_tested_too(course: Course) -> None:
    [test] = [module.test_out for module in course.modules if module.test_out]
    start = replace(course.modules[0], test_out=replace(test, always=()))
    made = with_test_pages(replace(course, modules=(start, *course.modules[2:])))
    assert [page.id for page in made.pages] == ["test-out_page_start", "start", "checklist"]
    assert made.pages[0].title == "Show that you know it"


def test_a_course_without_test_outs_stays_the_same_object(tmp_path: Path) -> None:
    course, _ = judge(changed(tmp_path / "course"))
    assert course is not None
    assert with_test_pages(course) is course
