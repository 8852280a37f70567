"""Decisions in a scenario are counted beside the answers of the quiz, without right or wrong."""

from dataclasses import replace

from builder.course.keys import NO_FORMER
from builder.package.outline import Choice, Scenario, Scene
from builder.results import figures, joining
from builder.results.model import Answer, Attempt, Report
from builder.results.packages import Package
from tests.results import simulated

ITEMS = [simulated.Item("q0", "abc", "a", "a", {"b": 1.0}, 1, (0.0, 0.0))]
CALL = Scene(
    "call",
    "sce1",
    NO_FORMER,
    "The call",
    (Choice("a", "end", "poor", "Promise", "w1"), Choice("b", "end", "good", "Explain", "w2")),
    None,
    "w0",
)
END = Scene("end", "sce2", NO_FORMER, "The end", (), "good", "w3")


def package() -> Package:
    made = simulated.package(ITEMS, 0)
    [quiz] = made.outline.pages
    story = replace(quiz, id="walk", key="walk", kind="scenario", quiz=(), rules=None)
    story = replace(story, scenario=Scenario("call", "ending", None, (CALL, END)))
    return Package(made.file, replace(made.outline, pages=(story, quiz)), made.label)


def test_report_may_contain_decisions_of_scenario_scenes() -> None:
    found = package()
    assert list(found.reported) == ["walk--call", "quiz--q0"]
    assert [one.use for one in found.asked.values()] == ["scenario", "quiz"]


def test_choices_are_counted_and_nobody_is_judged() -> None:
    rows = [
        (Answer("walk--call", choice, "b", float(choice == "b")), Answer("quiz--q0", "a", "a", 1.0))
        for choice in "abbbba"
    ]
    attempts = [
        Attempt((f"P{at}",), 0, at + 2, 1, "2026-11", 5, row) for at, row in enumerate(rows)
    ]
    joined = joining.join([Report("r.txt", ("Same",), attempts)], [package()])
    assert joined.unknown == {}
    decision, _ = figures.question_figures(joined)
    assert decision.asked.prompt == "The call"
    assert (decision.people, decision.facility, decision.discrimination) == (6, None, None)
    assert [(one.id, one.text, one.right, one.chosen) for one in decision.options] == [
        ("a", "Promise", False, 2),
        ("b", "Explain", False, 4),
    ]
