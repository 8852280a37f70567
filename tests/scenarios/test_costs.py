"""Which decisions cost the pass, against a plain search of every walk, written once more."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from builder.course.scenarios.costs import Costs
from builder.course.scenarios.model import CREDIT, Scenario
from builder.course.scenarios.proof import prove
from tests.support.courses import story
from tests.validate.courses import changed, judge

MARKS = st.sampled_from([1, 2500, 5000, 6667, 7500, 8000, 10_000])
Step = tuple[str, str]


def scenario(lines: list[str], keep: str = "best") -> Scenario:
    """A scenario of lines such as ``call: poor keep, good end``: each choice with its quality and
    where it leads, with the ids a, b and so on. A scene without choices is an ending."""
    body = ""
    for line in lines:
        name, _, choices = line.partition(":")
        body += f"\n## {name} {{#{name}}}\n\nText.\n\n"
        rows = [one.split() for one in choices.split(",") if one.strip()]
        for mark, (quality, to) in zip("abcdefg", rows, strict=False):
            body += f"- [Go](#{to}){{{mark} .{quality}}}\n"
        body += "" if rows else "::: ending good\nEnd.\n:::\n"
    whole = story("s", body, weight=1.0, keep=keep).scenario
    assert whole
    return whole


def ids(found: Costs, score: int) -> list[str]:
    return [f"{scene.id} {choice.id}" for scene, choice in found.below(score)]


@st.composite
def scenarios(draw: st.DrawFn, loops: bool) -> Scenario:
    names = "stuv"[: draw(st.integers(1, 4))]
    lines = []
    for at, name in enumerate(names):
        later = [*(names if loops else names[at + 1 :]), "end"]
        step = st.tuples(st.sampled_from(list(CREDIT)), st.sampled_from(later)).map(" ".join)
        lines.append(f"{name}: {', '.join(draw(st.lists(step, min_size=1, max_size=3)))}")
    whole = scenario([*lines, "end:"])
    proof = prove(whole)
    assume(not proof.unreachable and not proof.endless)
    return whole


def searched(whole: Scenario, score: int) -> list[str]:
    """The costly decisions: in every situation of a trainee who can still have the score, and in
    which the decision is possible, it takes this from them in all of them."""
    scenes = {scene.id: scene for scene in whole.scenes}

    def after(path: tuple[Step, ...], here: str, choice: str) -> tuple[tuple[Step, ...], str]:
        to = next(one.to for one in scenes[here].choices if one.id == choice)
        path = (*path, (here, choice))
        passed = [scene for scene, _ in path]
        return (path[: passed.index(to)], to) if to in passed else (path, to)

    def moves(
        path: tuple[Step, ...], here: str
    ) -> Iterator[tuple[str, tuple[tuple[Step, ...], str]]]:
        return ((one.id, after(path, here, one.id)) for one in scenes[here].choices)

    @cache
    def reached(path: tuple[Step, ...], here: str) -> frozenset[tuple[tuple[Step, ...], str]]:
        found, waiting = {(path, here)}, [(path, here)]
        while waiting:
            for _, place in moves(*waiting.pop()):
                if place not in found:
                    found.add(place)
                    waiting.append(place)
        return frozenset(found)

    def enough(path: tuple[Step, ...], here: str) -> bool:
        return any(mean(way) >= score for way, there in reached(path, here) if there == "end")

    def mean(path: tuple[Step, ...]) -> int:
        qualities = [
            next(one.quality for one in scenes[scene].choices if one.id == choice)
            for scene, choice in path
        ]
        whole = sum(Fraction(CREDIT[one]) for one in qualities) / len(qualities)
        return int(whole * 10_000 + Fraction(1, 2))

    able: dict[tuple[str, str], bool] = {}
    before: dict[str, bool] = {}
    for path, here in reached((), whole.start):
        before[here] = before.get(here, False) or enough(path, here)
        for choice, place in moves(path, here):
            able[here, choice] = able.get((here, choice), False) or enough(*place)
    costly = [name for name, possible in able.items() if not possible and before[name[0]]]
    return sorted(" ".join(name) for name in costly)


@settings(max_examples=60)
@given(scenarios(loops=False) | scenarios(loops=True), MARKS)
def test_costly_decisions_agree_with_a_search_of_every_walk(whole: Scenario, score: int) -> None:
    found = sorted(ids(Costs(whole), score))
    expected = searched(whole, score)
    if not expected and found:
        # No walk at all has the score.
        assert {name.split()[0] for name in found} == {whole.start}
    else:
        assert found == expected


POOR_OR_GOOD = ["call: poor promise, good tell", "promise: good tell", "tell: good end", "end:"]


@pytest.mark.parametrize(
    ("lines", "keep", "score", "expected"),
    [
        # Two good decisions after a poor one are 67%.
        (POOR_OR_GOOD, "best", 8000, ["call a"]),
        (POOR_OR_GOOD, "best", 6667, []),
        # With a way back, a decision can be made again, unless the first one counts.
        (["call: poor call, good end", "end:"], "best", 8000, []),
        (["call: poor call, good end", "end:"], "first", 8000, ["call a"]),
        (["call: good hub, good end", "hub: poor call", "end:"], "best", 8000, []),
        (["call: good hub, good end", "hub: poor call", "end:"], "first", 8000, ["call a"]),
        # No way passes.
        (["call: fair end, poor end", "end:"], "best", 8000, ["call a", "call b"]),
    ],
)
def test_a_decision_is_costly_if_no_way_makes_up_for_it(
    lines: list[str], keep: str, score: int, expected: list[str]
) -> None:
    assert ids(Costs(scenario(lines, keep)), score) == expected


def test_the_best_score_after_a_decision_is_exact() -> None:
    whole = scenario(POOR_OR_GOOD)
    call = whole.scenes[0]
    costs = Costs(whole)
    assert [costs.best(call, one) for one in call.choices] == [6667, 10_000]


def test_a_scenario_with_many_paths_is_examined_if_it_has_no_loops() -> None:
    lines = [f"s{at}: good s{at + 1}, good s{at + 1}" for at in range(40)]
    assert ids(Costs(scenario([*lines, "s40: poor end", "end:"])), 10_000) == ["s0 a", "s0 b"]
    looped = [*lines, "s40: poor end, poor s0", "end:"]
    # Too many to examine.
    assert ids(Costs(scenario(looped)), 10_000) == []


STORY = """---
title: A call
kind: scenario
{rules}---
## The call {{#call}}

She asks.

- [Promise it](#promise){{a .poor}} You cannot.
- [Hang up](#promise){{c .poor}}
- [Explain](#tell){{b .good}}

## A promise {{#promise}}

Well?

- [Explain](#tell){{a .good}}

## You tell {{#tell}}

::: ending good
She was helped.
:::
"""


def said(folder: Path, rules: str, *changes: tuple[str, str, str]) -> list[tuple[str, int, str]]:
    listed = ("course.yaml", "  - checklist.md", "  - checklist.md\n  - story.md")
    mark = ("course.yaml", "pass_mark: 50", "pass_mark: 80")
    file = ("pages/story.md", "", STORY.format(rules=rules))
    _, found = judge(changed(folder, listed, mark, file, *changes))
    rows = [one for one in found if one.code.startswith("scenario-")]
    return [(one.code, one.position.line or 0, f"{one.message} {one.hint}") for one in rows]


DECISIVE = (
    "One decision can fail a trainee: after “Promise it” in “The call” (line {line}), the best "
    "possible result is {best}%, and the pass mark is 80%; the same is true of 1 other choice. "
    "{fix}, or lower “weight:” or the pass mark."
)


@pytest.mark.parametrize(
    ("rules", "line", "fix"),
    [
        ("weight: 1\nkeep: first\n", 5, "Delete “keep: first”, so that the best way counts"),
        ("weight: 1\nattempts: 1\n", 5, "Delete “attempts: 1”, so that further ways count"),
        (
            "weight: 1\nattempts: 2\nkeep: last\n",
            6,
            "Delete “keep: last”, so that the best way counts",
        ),
    ],
)
def test_build_warns_where_one_decision_can_fail(
    tmp_path: Path, rules: str, line: int, fix: str
) -> None:
    place = 9 + rules.count("\n")
    message = DECISIVE.format(line=place, best="75", fix=fix)
    assert said(tmp_path / "course", rules) == [("scenario-decisive", line, message)]


@pytest.mark.parametrize(
    "rules", ["", "weight: 1\n", "weight: 1\nattempts: 2\n", "weight: 1\nkeep: last\n"]
)
def test_a_way_that_can_be_made_up_for_is_no_warning(tmp_path: Path, rules: str) -> None:
    assert said(tmp_path / "course", rules) == []


def test_what_counts_little_fails_nobody(tmp_path: Path) -> None:
    # With the quiz, which has a weight of 1: the poorest way still passes.
    assert said(tmp_path / "course", "weight: 0.1\nkeep: first\n") == []


@pytest.mark.parametrize(
    ("rules", "line", "message"),
    [
        (
            "keep: best\n",
            4,
            "“keep:” has no effect: a scenario without “weight:” is practice. "
            "Add “weight: 1”, or delete “keep:”.",
        ),
        (
            "attempts: 2\n",
            4,
            "“attempts:” has no effect: a scenario without “weight:” is practice. "
            "Add “weight: 1”, or delete “attempts:”.",
        ),
        (
            "weight: 0.1\nkeep: first\nattempts: 2\n",
            6,
            "“attempts:” has no effect: with “keep: first” one way counts. "
            "Delete “attempts:”, or write “keep: best”.",
        ),
    ],
)
def test_rules_that_change_nothing_are_reported(
    tmp_path: Path, rules: str, line: int, message: str
) -> None:
    assert said(tmp_path / "course", rules) == [("scenario-rule-unused", line, message)]
