"""The answers of a test-out are kept beside those of the quiz, and count for no score."""

from dataclasses import replace

from builder.results import joining
from builder.results.model import Answer, Attempt, Report, Shown
from builder.results.packages import Package
from builder.results.versions import shown_pages, split
from tests.results import simulated

ITEMS = [simulated.Item(f"q{at}", "abc", "a", "a", {"b": 1.0}, 1, (0.0, 0.0)) for at in range(3)]
SHOWN = Answer("test-out_learn", "one two", "", None)


def package() -> Package:
    """A package whose last question is asked by a test-out, not by the quiz."""
    made = simulated.package(ITEMS, 0)
    [quiz] = made.outline.pages
    assert quiz.rules
    last = quiz.quiz[-1:]
    rules = replace(quiz.rules, fixed=last)
    test = replace(quiz, id="test-out_learn", key="test", kind="test-out", quiz=last, rules=rules)
    page = replace(quiz, id="one", key="pag1", kind="page", quiz=(), rules=None)
    rest = replace(quiz, quiz=quiz.quiz[:-1], rules=replace(quiz.rules, fixed=quiz.quiz[:-1]))
    pages = (replace(test, covers=("one",)), page, rest)
    return Package(made.file, replace(made.outline, pages=pages), made.label)


def answer(interaction: str, response: str) -> Answer:
    return Answer(interaction, response, "a", float(response == "a"))


def test_report_may_contain_test_out_answers_and_pages() -> None:
    found = package()
    assert list(found.reported) == [
        *("test-out_learn--q2", "quiz--q0", "quiz--q1", "test-out_learn"),
    ]
    assert [one.use for one in found.asked.values()] == ["test-out", "quiz", "quiz"]
    assert list(found.quizzes) == ["quiz"]


def test_its_answers_are_kept_like_those_of_practice() -> None:
    answers = [answer("test-out_learn--q2", "b"), SHOWN, answer("test-out_learn--q2", "a")]
    quiz = [answer("quiz--q0", "a"), answer("quiz--q1", "b")]
    own, _ = split([*answers, *quiz], {})
    attempt = Attempt(("P",), 0, 2, 1, "2026-11", 5, own)
    joined = joining.join([Report("r.txt", ("Same",), [attempt])], [package()])
    assert +joined.answers == {"counted": 2, "first": 1, "last": 1}
    [sitting] = joined.practice
    assert [one.response for one in sitting.answers] == ["b"]
    assert {name: one.response for name, one in sitting.last.items()} == {"test-out_learn--q2": "a"}
    [counted] = joined.quizzes["quiz"]
    assert [one.interaction for one in counted.answers] == ["quiz--q0", "quiz--q1"]
    assert joined.unknown == {}


def test_pages_shown_by_test_out_are_read_once() -> None:
    more = Answer("test-out_other", "three four +2", "", None)
    found = shown_pages([answer("test-out_learn--q2", "a"), SHOWN, more, SHOWN])
    assert found == (Shown(("one", "two")), Shown(("three", "four"), 2))
    assert shown_pages([Answer("test-out_learn", "", "", None)]) == (Shown(()),)
