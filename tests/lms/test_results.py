"""Trainees answer in an LMS, and ``results`` says of its report what they did."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from builder import cli
from builder.package.plan import plan
from builder.results import versions
from tests.browser.learner import Learner
from tests.browser.player_course import PAGES, small_course, unpacked
from tests.lms import reports
from tests.lms.columns import columns
from tests.lms.hosts.table import START
from tests.lms.lms import Lms
from tests.lms.pauses import SHORT_PAUSES
from tests.lms.play import go, press, zipped
from tests.support import patience

FIRST, QUIZ = PAGES[0], PAGES[3]
PRACTISED = "first--calm"
ASKED = ("one", "several", "statement")
RIGHT = {"calm": "b", "one": "a", "several": "ac", "statement": "t"}
WEIGHTS = {"one": 1, "several": 2, "statement": 1}
MOODLE = "Moodle, simulated"
"""The real LMSs are left to ``make lms``."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a trainee answers: the practice question, and the quiz in each round."""

    practised: str
    rounds: tuple[tuple[str, ...], ...] = ()

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The ids of interactions and the responses, in order."""
        quiz = [
            (f"quiz--{name}", ",".join(response))
            for responses in self.rounds
            for name, response in zip(ASKED, responses, strict=False)
        ]
        return [(PRACTISED, self.practised)] * bool(self.practised) + quiz

    @property
    def is_whole(self) -> bool:
        return bool(self.rounds) and len(self.rounds[0]) == len(ASKED)


WAYS = {
    "Ann": Way("b", (("a", "ac", "t"),)),
    "Ben": Way("a", (("b", "ac", "t"), ("a", "ac", "t"))),
    "Cai": Way("b", (("a", "ab", "f"), ("a", "ac", "f"))),
    "Dee": Way("", (("a", "ac", "f"),)),
    "Eve": Way("b", (("b", "c", "t"),)),
    "Fay": Way("b", (("b", "ac"),)),
    "Gus": Way("a"),
    "Hal": Way(""),
}


def walk(learner: Learner, way: Way) -> None:
    """Answer as a trainee does, up to the last answer. Without an answer, the trainee reads on, so
    that there is something to save."""
    if way.practised:
        check(learner, "calm", way.practised)
    if way.rounds or not way.practised:
        go(learner, QUIZ.title)
    for at, responses in enumerate(way.rounds):
        press(learner, "Try again" if at else "Start")
        for name, response in zip(ASKED, responses, strict=False):
            check(learner, name, response)
            learner.frame.locator("[data-quiz] .feedback .actions button").click()


def check(learner: Learner, name: str, response: str) -> None:
    form = learner.frame.locator(f"form[data-question={name}]:visible")
    for option in response:
        form.locator(f"[value={option}]").check()
    form.get_by_role("button", name="Check").click()


def holds(lms: Lms, way: Way) -> bool:
    """Whether an LMS has what a trainee did, and the version of the course."""
    stored = [
        (one.get("id", ""), one.get("student_response", ""))
        for one in lms.stored().interactions or ()
        if one.get("student_response") and one.get("result")
    ]
    told = [one for one in stored if not versions.is_id(one[0])]
    return told == way.answers and len(stored) > len(told)


@pytest.fixture
def start(servers: ExitStack) -> Callable[[str], Callable[[], Lms]]:
    return lambda name: servers.enter_context(columns()[name]())


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=() if name == MOODLE else pytest.mark.thorough)
        for name in (*START, MOODLE)
    ],
)
def test_the_report_shows_what_trainees_did(
    name: str,
    start: Callable[[str], Callable[[], Lms]],
    browser: Browser,
    tmp_path: Path,
    expected: list[str],
) -> None:
    # scormhost answers HEAD, by which the player asks whether the line is up, with 405.
    expected.append("405 (Method Not Allowed)")
    package = zipped(unpacked(tmp_path / "1.0.0", plan(small_course(FIRST, QUIZ))))
    fresh = start(name)
    held = {}
    for trainee, way in WAYS.items():
        lms = fresh()
        lms.upload(package)
        with browser.new_context() as context:
            context.set_default_timeout(patience.MILLISECONDS)
            if lms.simulated:
                context.add_init_script(SHORT_PAUSES)
            learner = lms.open(context)
            walk(learner, way)
            # Not every LMS says when it has stored an answer, and what is under way may be lost
            # with the page.
            learner.wait(partial(holds, lms, way))
            lms.leave(learner)
        held[trainee] = lms.stored()
    report = reports.write(tmp_path / "report.csv", held, as_moodle=name == MOODLE)
    arguments = ("results", str(report), "--package", str(package), "--json")
    found = json.loads(CliRunner().invoke(cli.main, arguments, catch_exceptions=False).stdout)
    assert found["rows"] == {"counted": 5, "halfway": 1, "practice": 1, "opened": 1}
    assert {one["interaction"]: figures_of(one) for one in found["questions"]} == {
        PRACTISED: truth("calm", [[way.practised] for way in WAYS.values() if way.practised]),
        **{
            f"quiz--{asked}": truth(
                asked, [[one[at] for one in way.rounds] for way in WAYS.values() if way.is_whole]
            )
            for at, asked in enumerate(ASKED)
        },
    }
    [quiz] = found["quizzes"]
    scores = [score(way.rounds[0]) for way in WAYS.values() if way.is_whole]
    assert (quiz["people"], quiz["mean"]) == (len(scores), share(scores))
    assert quiz["pass_rates"]["80"] == share([one >= 0.8 for one in scores])
    assert not any(trainee in json.dumps(found) for trainee in WAYS)


def figures_of(question: dict[str, Any]) -> dict[str, Any]:
    chosen = {one["id"]: one["chosen"] for one in question["options"] if one["chosen"]}
    names = ("people", "facility", "facility_last", "answered_again")
    return {name: question[name] for name in names} | {"chosen": chosen}


def truth(asked: str, responses: list[list[str]]) -> dict[str, Any]:
    """The figures of a question from all responses of each person to it, in order."""
    first = [one[0] == RIGHT[asked] for one in responses]
    last = [one[-1] == RIGHT[asked] for one in responses]
    return {
        "people": len(responses),
        "facility": share(first),
        "facility_last": share(last),
        "answered_again": sum(one != other for one, other in zip(first, last, strict=True)),
        "chosen": dict(Counter("".join(one[0] for one in responses))),
    }


def score(responses: tuple[str, ...]) -> float:
    earned: float = sum(
        WEIGHTS[name] * (response == RIGHT[name])
        for name, response in zip(ASKED, responses, strict=True)
    )
    return earned / sum(WEIGHTS.values())


def share(values: Sequence[float]) -> float:
    return round(100 * sum(values) / len(values), 4)
