"""Rows are joined by ids: rounds, answers sent twice, versions, later attempts, draws."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from builder.package.outline.model import QuestionTexts, Translation
from builder.results import figures, joining, quizzes
from builder.results.joining import Joined
from builder.results.model import Answer, Attempt, Report
from builder.results.packages import Package
from tests.results import simulated
from tests.results.recorded import package

QUIZ = simulated.Quizzed(
    [
        simulated.Item(f"q{at}", "abc", "a", "a", {"b": 0.5, "c": 0.5}, 1, (0.0, 0.0))
        for at in range(3)
    ],
    (1, 1),
)


def packaged(items: int = 3, version: int = 0, revision: int = 1, draw: int = 0) -> Package:
    """A package whose quiz asks so many of the questions; with ``draw``, so many of all."""
    made = simulated.package(QUIZ.items[:items], version)
    questions = tuple(
        replace(one, revision=revision, wording=f"w{revision}") for one in made.outline.questions
    )
    [page] = made.outline.pages
    assert page.rules
    rules = page.rules
    if draw:
        pool = simulated.Draw(draw, page.quiz)
        rules = replace(rules, fixed=(), draws=(pool,), shuffle_questions=True)
    outline = replace(
        made.outline,
        title="Same",
        questions=questions,
        pages=(replace(page, rules=rules),),
    )
    return Package(made.path, outline, made.label)


def answer(name: str, response: str = "a", pattern: str = "a") -> Answer:
    return Answer(f"quiz--{name}", response, pattern, float(response == "a"))


def join(packages: list[Package], *rows: list[Answer] | None, report: int = 1) -> Joined:
    """The rows of one report, each of another person."""
    attempts = [
        Attempt((f"P{at}",), 0, at + 2, None if row is None else 1, "2026-11", 5, tuple(row or ()))
        for at, row in enumerate(rows)
    ]
    return joining.join([Report("r.txt", ("Same",), attempts)], packages)


def whole(*responses: str) -> list[Answer]:
    return [answer(f"q{at}", response) for at, response in enumerate(responses)]


def test_first_round_counts_and_later_rounds_are_counted() -> None:
    joined = join([packaged()], [*whole("b", "a", "a"), *whole("a", "a", "c")])
    assert +joined.rows == {"counted": 1}
    assert +joined.answers == {"counted": 3, "round": 3}
    [sitting] = joined.quizzes["quiz"]
    assert [one.response for one in sitting.answers] == ["b", "a", "a"]
    assert {name: one.response for name, one in sitting.last.items()} == {
        "quiz--q0": "a",
        "quiz--q1": "a",
        "quiz--q2": "c",
    }
    assert (sitting.rounds, sitting.minutes) == (2, None)


def test_second_round_with_only_what_was_wrong() -> None:
    joined = join([packaged()], [*whole("b", "a", "b"), answer("q0"), answer("q2")])
    assert +joined.answers == {"counted": 3, "round": 2}


def test_an_answer_that_was_sent_twice_counts_once() -> None:
    joined = join([packaged()], [answer("q0"), answer("q1"), answer("q1"), answer("q2")])
    assert +joined.rows == {"counted": 1}
    assert +joined.answers == {"counted": 3, "repeated": 1}


def test_another_answer_within_the_first_round_is_of_another_version() -> None:
    joined = join([packaged()], [answer("q0"), answer("q0", "b"), answer("q1"), answer("q2")])
    assert (+joined.rows, +joined.answers) == ({"mixed": 1}, {"left": 4})


def test_same_answer_to_reworded_question_mixes_versions() -> None:
    both = [packaged(), packaged(version=1, revision=2)]
    joined = join(both, [answer("q0"), answer("q0"), answer("q1"), answer("q2")])
    assert +joined.rows == {"mixed": 1}


def test_halfway_opened_and_never() -> None:
    joined = join([packaged()], [answer("q0")], [], None)
    assert +joined.rows == {"halfway": 1, "opened": 1, "never": 1}
    assert joined.outside == {"quiz--q0": 1}


def test_never_started_counts_people_across_reports() -> None:
    """Ann starts between two downloads; Bo never does, and Cy is only in the second one."""
    ann, bo, cy = ("Ann", "a@x"), ("Bo", "b@x"), ("Cy", "c@x")
    never = [Attempt(one, 0, 2, None, "", None, ()) for one in (ann, bo)]
    later = [
        # This download has no e-mail addresses.
        Attempt(ann[:1], 1, 2, 1, "2026-11", 5, tuple(whole("a", "b", "c"))),
        *(Attempt(one[:1], 1, 3, None, "", None, ()) for one in (bo, cy)),
    ]
    reports = [Report("1.txt", ("Same",), never), Report("2.txt", ("Same",), later)]
    joined = joining.join(reports, [packaged()])
    assert +joined.rows == {"counted": 1, "never": 2, "since": 1, "twice": 1}
    never_named = [(report, person) for report, _, person, fate in joined.named if fate == "never"]
    assert never_named == [("1.txt", "Bo b@x"), ("2.txt", "Cy")]


def test_unknown_questions() -> None:
    joined = join([packaged(2)], whole("a", "a", "a"), [Answer("page--x", "", "", 1.0)])
    assert +joined.rows == {"foreign": 1, "unknown": 1}
    assert joined.unknown == {"quiz--q2": 1, "page--x": 1}
    assert +joined.answers == {"left": 3, "gone": 1}


def test_complete_set_of_shorter_version_belongs_to_it() -> None:
    joined = join([packaged(2), packaged(3, 1)], whole("a", "a"), whole("a", "b", "c"))
    assert [one.versions for one in joined.quizzes["quiz"]] == [(0,), (1,)]


def test_versions_with_the_same_questions_are_named_together() -> None:
    joined = join([packaged(), packaged(version=1)], *[whole("a", "b", "c")] * 6)
    assert {one.versions for one in joined.quizzes["quiz"]} == {(0, 1)}
    found = figures.question_figures(joined)
    assert [(one.people, one.groups) for one in found] == [(6, ())] * 3


def test_another_right_answer_tells_the_version() -> None:
    packages = [packaged(), packaged(version=1)]
    questions = tuple(replace(one, patterns=("b",)) for one in packages[1].outline.questions)
    packages[1] = Package(Path("1.zip"), replace(packages[1].outline, questions=questions), "1.1.0")
    old = [answer(f"q{at}", "a", "a") for at in range(3)]
    new = [answer(f"q{at}", "a", "b") for at in range(3)]
    joined = join(packages, old, new)
    assert [one.versions for one in joined.quizzes["quiz"]] == [(0,), (1,)]


def test_right_answer_in_a_translation_tells_the_language() -> None:
    made = packaged()
    texts = {
        one.id: QuestionTexts("?", {}, "", ("chwech",) if one.id == "q1" else ())
        for one in made.outline.questions
    }
    welsh = Translation("cy", "Yr un", False, (), {}, texts, {})
    made = Package(made.path, replace(made.outline, translations=(welsh,)), made.label)
    rows = [
        [answer("q0"), answer("q1", "a", pattern), answer("q2")]
        for pattern in ("a", "chwech", "", "chwech")
    ]
    joined = join([made], *rows)
    assert [one.languages for one in joined.quizzes["quiz"]] == [
        ("en",),
        ("cy",),
        ("en", "cy"),
        ("cy",),
    ]


def typing(tag: str = "cy") -> Package:
    """A package with a translation, in which “q1” is typed and the others are chosen."""
    made = packaged()
    typed = [
        replace(one, type="fill-in", interaction="fill-in", patterns=("fire", "=x"))
        if one.id == "q1"
        else one
        for one in made.outline.questions
    ]
    texts = {
        one.id: QuestionTexts("?", {}, "", ("tân",) if one.id == "q1" else ()) for one in typed
    }
    other = Translation(tag, "Yr un", False, (), {}, texts, {})
    outline = replace(made.outline, questions=tuple(typed), translations=(other,))
    return Package(made.path, outline, made.label)


def typed_rows(*responses: str, pattern: str = "") -> list[list[Answer]]:
    return [[answer("q0"), answer("q1", one, pattern), answer("q2")] for one in responses]


def test_mark_of_a_typed_answer_tells_the_language() -> None:
    joined = join([typing()], *typed_rows("[cy] tân", "fire", "[pl] ogień", "", pattern="tân"))
    assert [one.languages for one in joined.quizzes["quiz"]] == [
        ("cy",),
        # The pattern is that of the language in which the quiz ended.
        ("en",),
        # The course has no such language, so the trainee typed the brackets.
        ("en",),
        ("cy",),
    ]


def test_typed_answers_in_two_languages_leave_the_language_open() -> None:
    made = typing()
    second = [replace(one, type="fill-in") for one in made.outline.questions]
    made = Package(made.path, replace(made.outline, questions=tuple(second)), made.label)
    joined = join([made], [answer("q0", "[cy] a"), answer("q1", "b"), answer("q2", "c")])
    assert [one.languages for one in joined.quizzes["quiz"]] == [("en", "cy")]


def test_translated_right_answer_tells_the_version() -> None:
    [old, new] = [packaged(), typing()]
    joined = join([old, new], *typed_rows("x", pattern="tân"), *typed_rows("x", pattern="fire,'=x"))
    assert [one.versions for one in joined.quizzes["quiz"]] == [(1,), (1,)]


def test_title_of_the_activity_tells_the_package() -> None:
    welsh = packaged(version=1)
    welsh = Package(
        Path("cy.zip"), replace(welsh.outline, title="Yr un", language="cy"), "1.0.0 (cy)"
    )
    attempts = [
        Attempt((f"P{at}",), 0, at, 1, "", None, tuple(whole("a", "b", "c"))) for at in (0,)
    ]
    joined = joining.join([Report("r.txt", ("Yr un",), attempts)], [packaged(), welsh])
    assert [one.versions for one in joined.quizzes["quiz"]] == [(1,)]


def test_changed_activity_title_does_not_hide_earlier_version() -> None:
    """After a replacement the report has the title of the new package, also for earlier rows."""
    new = packaged(3, 1)
    new = Package(new.path, replace(new.outline, title="New title"), new.label)
    attempts = [Attempt(("Ann",), 0, 2, 1, "", None, tuple(whole("a", "b")))]
    joined = joining.join([Report("r.txt", ("New title",), attempts)], [packaged(2), new])
    assert [one.versions for one in joined.quizzes["quiz"]] == [(0,)]


def test_drawn_questions_make_a_whole_round() -> None:
    joined = join([packaged(draw=2)], [answer("q2"), answer("q0", "b")], [answer("q1")])
    assert +joined.rows == {"counted": 1, "halfway": 1}
    assert joined.packages[0].quizzes["quiz"].drawn == 2


def test_only_first_attempt_counts() -> None:
    attempts = [
        Attempt(("Ann",), 0, 2, 3, "", None, tuple(whole("a", "a", "a"))),
        Attempt(("Ann",), 0, 3, 2, "", None, tuple(whole("b", "b", "b"))),
    ]
    joined = joining.join([Report("r.txt", (), attempts)], [packaged()])
    assert +joined.rows == {"counted": 1, "later": 1}
    [sitting] = joined.quizzes["quiz"]
    assert {one.response for one in sitting.answers} == {"b"}


def test_reports_that_overlap() -> None:
    """The later one has more answers of Ann, a column more, and another Bo."""
    early = [
        Attempt(("Ann",), 0, 2, 1, "", None, (answer("q0"),)),
        Attempt(("Bo",), 0, 3, 1, "", None, (answer("q0", "b"),)),
    ]
    late = [
        Attempt(("Ann", "a@x"), 1, 2, 1, "", None, tuple(whole("a", "a", "a"))),
        Attempt(("Bo", "b@x"), 1, 3, 1, "", None, tuple(whole("a", "a", "a"))),
    ]
    joined = joining.join([Report("1.txt", (), early), Report("2.txt", (), late)], [packaged()])
    assert +joined.rows == {"twice": 1, "counted": 2, "halfway": 1}
    assert joined.answers.total() == 8


def test_tries_at_practice_questions(tmp_path: Path) -> None:
    from builder.results.packages import read_packages

    packages, _ = read_packages([package("1.1.0", tmp_path)])
    name = "definition--who-can-be-affected"
    tries = [Answer(name, response, "b", float(response == "b")) for response in "acb"]
    attempts = [Attempt((f"P{at}",), 0, at, 1, "2026-11", None, tuple(tries)) for at in range(6)]
    joined = joining.join([Report("r.txt", (), attempts)], packages)
    assert +joined.rows == {"practice": 6}
    assert +joined.answers == {"first": 6, "other": 6, "last": 6}
    [found] = figures.question_figures(joined)
    assert (found.facility, found.last_facility, found.again, found.discrimination) == (
        0,
        1,
        6,
        None,
    )
    assert Counter({one.id: one.chosen for one in found.options}) == Counter(a=6, b=0, c=0)


def test_fewer_than_five_people_have_no_figures() -> None:
    joined = join([packaged()], *[whole("a", "b", "c")] * 4)
    found = figures.question_figures(joined)
    assert [(one.people, one.facility, one.options, one.groups) for one in found] == [
        (4, None, (), ())
    ] * 3
    assert quizzes.quiz_figures(joined) == []


def test_small_version_group_is_not_shown_separately() -> None:
    """Three people had the present words: their figures would be those of three people."""
    rows = [*[whole("a", "b")] * 9, *[whole("b", "b", "b")] * 3]
    joined = join([packaged(2), packaged(3, 1, revision=2)], *rows)
    by_name = {one.asked.question.id: one for one in figures.question_figures(joined)}
    found = by_name["q0"]
    assert (found.people, found.facility, found.groups) == (12, 0.75, ())
    assert not found.only_present_words
    assert by_name["q2"].facility is None


@pytest.mark.parametrize("seed", range(60))
def test_every_row_and_answer_is_counted_exactly_once(seed: int) -> None:
    """Whatever the rows are: questions of one version, of none, twice, in any order."""
    random = Random(seed)
    packages = [packaged(2), packaged(3, 1, revision=2)]
    names = ["quiz--q0", "quiz--q1", "quiz--q2", "quiz--other", "page--q0"]
    reports = []
    for index in range(random.randrange(1, 4)):
        attempts = []
        for at in range(random.randrange(1, 30)):
            given = [
                Answer(random.choice(names), random.choice("ab"), "", random.choice((0.0, 1.0)))
                for _ in range(random.randrange(9))
            ]
            number = random.choice((None, 1, 2))
            person = (f"P{random.randrange(12)}",)
            answers = tuple(given) if number else ()
            attempts.append(Attempt(person, index, at, number, "2026-11", None, answers))
        reports.append(Report(f"{index}.txt", ("Same",), attempts))
    joined = joining.join(reports, packages)
    rows = [attempt for report in reports for attempt in report.attempts]
    assert joined.rows.total() == len(rows)
    assert joined.answers.total() == sum(len(row.answers) for row in rows)
    counted = sum(len(one.answers) for found in joined.quizzes.values() for one in found)
    assert counted == joined.answers["counted"]
    assert len(joined.named) == len(rows) - joined.rows["counted"] - joined.rows["practice"]


def test_versions_with_other_keys_leave_a_result_unclear() -> None:
    """A report without results and right answers does not tell them apart."""
    packages = [packaged(), packaged(version=1)]
    first, *others = packages[1].outline.questions
    first = replace(first, patterns=("b",), answer={**first.answer, "right": ["b"]})
    outline = replace(packages[1].outline, questions=(first, *others))
    packages[1] = Package(Path("1.zip"), outline, "1.1.0")
    answers = [Answer(f"quiz--q{at}", "a", "", None) for at in range(3)]
    attempts = [Attempt(("Ann",), 0, 2, 1, "", None, tuple(answers))]
    joined = joining.join([Report("r.txt", (), attempts, has_results=False)], packages)
    [sitting] = joined.quizzes["quiz"]
    assert [one.result for one in sitting.answers] == [None, 1.0, 1.0]
    assert joined.unclear == {0: 1}
