"""The recorded reports give the figures that were computed from what the trainees did."""

import json
from collections import Counter
from pathlib import Path

import pytest

from builder.results import figures, inputs, quizzes
from builder.results.figures import QuestionFigures
from builder.results.joining import Joined
from builder.results.model import Result
from tests.results.recorded import (
    FOLDER,
    QUIZ,
    VERSIONS,
    analyse,
    join,
    package,
    without_columns,
)

FORMATS = ("txt", "ods", "xlsx")
EXPECTED = json.loads((FOLDER / "expected.json").read_bytes())


def percent(share: float | None) -> float | None:
    return None if share is None else round(share * 100, 2)


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def of_version(found: QuestionFigures, version: str) -> tuple[object, ...]:
    """The figures of a question for the people of a version; all, if only they answered it."""
    for group in found.groups:
        if group.split == "version" and group.name == version:
            chosen = {name: count for name, count in group.chosen.items() if count}
            return (
                *(group.people, percent(group.facility), percent(group.discrimination)),
                *(percent(group.efficiency), chosen),
            )
    chosen = {option.id: option.chosen for option in found.options if option.chosen}
    return (
        *(found.people, percent(found.facility), percent(found.discrimination)),
        *(percent(found.efficiency), chosen),
    )


@pytest.mark.parametrize("ending", FORMATS)
def test_figures_of_both_versions(ending: str, tmp_path: Path) -> None:
    zips = [package(version, tmp_path) for version in VERSIONS]
    joined = join([FOLDER / f"interactions.{ending}"], zips)
    found = {one.asked.id: one for one in figures.question_figures(joined)}
    compared = 0
    for version, expected in EXPECTED.items():
        for name, one in expected["questions"].items():
            compared += 1
            assert of_version(found[name], version) == (
                one["people"],
                rounded(one["facility"]),
                rounded(one["discrimination"]),
                rounded(one["efficiency"]),
                {option: count for option, count in one["chosen"].items() if count},
            ), name
    assert compared == 19 + 20


@pytest.mark.parametrize("ending", FORMATS)
def test_every_row_and_every_answer_has_one_fate(ending: str, tmp_path: Path) -> None:
    zips = [package(version, tmp_path) for version in VERSIONS]
    joined = join([FOLDER / f"interactions.{ending}"], zips)
    assert +joined.rows == {
        "counted": 19,
        "later": 3,
        "halfway": 2,
        "practice": 2,
        "mixed": 1,
        "opened": 1,
        "never": 1,
    }
    [report] = joined.reports
    assert joined.rows.total() == len(report.attempts) == 29
    assert joined.answers.total() == sum(len(one.answers) for one in report.attempts) == 786
    counted = sum(one["people"] for one in EXPECTED["1.0.0"]["questions"].values())
    counted += sum(one["people"] for one in EXPECTED["1.1.0"]["questions"].values())
    assert joined.answers["counted"] == counted


def test_before_the_replacement_everybody_has_the_first_version(tmp_path: Path) -> None:
    joined = join([FOLDER / "before-replacement.txt"], [package("1.0.0", tmp_path)])
    assert joined.rows.total() == 27
    found = {one.asked.id: one for one in figures.question_figures(joined)}
    # One of the trainees finished only later, in the same attempt.
    for name, one in EXPECTED["1.0.0"]["questions"].items():
        assert of_version(found[name], "1.0.0")[:4] == (
            one["people"],
            rounded(one["facility"]),
            rounded(one["discrimination"]),
            rounded(one["efficiency"]),
        ), name


def test_alpha_of_each_version(tmp_path: Path) -> None:
    zips = [package(version, tmp_path) for version in VERSIONS]
    [quiz] = quizzes.quiz_figures(join([FOLDER / "interactions.txt"], zips))
    assert quiz.id == QUIZ
    alphas = {one.name: one.alpha and round(one.alpha, 4) for one in quiz.groups}
    assert alphas == {version: one["alpha"] for version, one in EXPECTED.items()}
    assert (quiz.people, sum(quiz.bins), quiz.pass_mark) == (19, 19, 80)


def test_the_same_rows_in_two_reports_count_once(tmp_path: Path) -> None:
    zips = [package(version, tmp_path) for version in VERSIONS]
    one = join([FOLDER / "interactions.txt"], zips)
    both = join([FOLDER / "before-replacement.txt", FOLDER / "interactions.xlsx"], zips)
    assert both.rows.total() == 27 + 29
    assert both.rows["twice"] == 27 - 10  # Ten had not started, and started later.
    assert both.rows["counted"] == one.rows["counted"]
    assert both.answers["counted"] == one.answers["counted"]


def test_there_are_only_hints_about_fewer_than_twenty_people(tmp_path: Path) -> None:
    zips = [package(version, tmp_path) for version in VERSIONS]
    found = analyse([FOLDER / "interactions.txt"], zips)
    said = {one.asked.id: one.statements for one in found.questions if one.statements}
    assert {each.kind for statements in said.values() for each in statements} == {"hint"}
    # Both faults that were planted in the quiz are among them.
    assert {f"{QUIZ}--who-to-talk-to", f"{QUIZ}--most-parents"} <= said.keys()
    assert len(said) == 6
    assert {one.figures.interval for one in found.questions} == {None}


def test_only_the_older_package_calls_newer_rows_foreign(tmp_path: Path) -> None:
    joined = join([FOLDER / "interactions.txt"], [package("1.0.0", tmp_path)])
    new = f"{QUIZ}--organised-perpetrators"
    assert joined.rows["foreign"] == 9
    assert joined.unknown[new] == 13
    assert joined.rows.total() == 29
    assert joined.answers.total() == 786
    assert Counter(one.versions for one in joined.quizzes[QUIZ]) == {(0,): 11}


@pytest.mark.parametrize("heads", [("Result",), ("Result", "Right answer")], ids=" ".join)
def test_answers_are_judged_by_the_key_without_results(
    heads: tuple[str, ...], tmp_path: Path
) -> None:
    zips = [package(version, tmp_path) for version in VERSIONS]
    report = without_columns(heads, tmp_path)
    assert not inputs.read(zips, [report]).reports[0].has_results
    found, whole = join([report], zips), join([FOLDER / "interactions.txt"], zips)
    assert found.rows == whole.rows
    assert results_of(found) == results_of(whole)
    assert figures_of(found) == figures_of(whole)
    [quiz] = quizzes.quiz_figures(found)
    assert [quiz] == quizzes.quiz_figures(whole)


def results_of(joined: Joined) -> list[tuple[str, str, Result]]:
    sittings = [*joined.practice, *joined.quizzes[QUIZ]]
    return [
        (one.interaction, one.response, one.result)
        for sitting in sittings
        for one in (*sitting.answers, *sitting.last.values())
    ]


def figures_of(joined: Joined) -> dict[str, tuple[object, ...]]:
    return {
        one.asked.id: (one.facility, one.last_facility, one.discrimination, one.options, one.groups)
        for one in figures.question_figures(joined)
    }
