"""The rules that the player and the builder share: ``vectors/`` holds for both.

A vector says what one rule makes of a state in an outline. The player's functions and those of
``builder/updating/trainee/`` have the same names, and have to say it.
"""

import importlib
import inspect
import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from builder.updating import trainee
from tests.player import rules_in_python
from tests.player.conftest import Player
from tests.player.outlines import TRACKING
from tests.player.states import EMPTY, Json, pairs

VECTORS = Path(__file__).parent / "vectors"
PLAYER = Path(__file__).parents[2] / "templates/player/state"
RULES = ("edits", "locks", "progress", "tracking")
VECTORS_OF = (*RULES, "resume")
FILES = {name: json.loads((VECTORS / f"{name}.json").read_text("utf-8")) for name in VECTORS_OF}
CASES = {
    f"{name}: {case['case']}": case | {"outline": content["outlines"][case["outline"]]}
    for name, content in FILES.items()
    for case in content["cases"]
}
CALLS = FILES["tracking"]["calls"]


def expected(case: Json) -> Json:
    """What a vector says, with all that it leaves out of a state."""
    says = dict(case["says"])
    if "carryOver" in says:
        says["carryOver"] = pairs(EMPTY | case["state"] | says["carryOver"])
    return says


def compared(said: Json, case: Json) -> Json:
    """What the rules say of that which the vector says something of."""
    told = {name: value for name, value in said.items() if name in case["says"]}
    if "carryOver" in told:
        told["carryOver"] = sorted_state(told["carryOver"])
    return told


def sorted_state(state: Json) -> Json:
    """A state as ``pairs`` has it: the player adds to a state at its end."""
    quizzes = {key: quiz | {"answers": dict(quiz["answers"])} for key, quiz in state["quizzes"]}
    named = {name: dict(state[name]) for name in ("checks", "records")}
    return pairs(state | named | {"quizzes": quizzes})


def python_says(rules: ModuleType, case: Json) -> Json:
    tracking = case.get("tracking", TRACKING)
    return rules_in_python.says(
        rules, case["outline"], tracking, EMPTY | case["state"], case.get("location", "")
    )


@pytest.mark.parametrize("name", CASES)
def test_the_player_says_it(player: Player, name: str) -> None:
    case = CASES[name]
    tracking = case.get("tracking", TRACKING)
    said = player(
        "rules", case["outline"], tracking, pairs(case["state"]), case.get("location", "")
    )
    assert compared(said, case) == expected(case)


@pytest.mark.parametrize("name", CASES)
def test_the_builder_says_it(name: str) -> None:
    case = CASES[name]
    assert compared(python_says(trainee, case), case) == expected(case)


@pytest.mark.parametrize("call", CALLS, ids=lambda call: f"{call['function']} {call['given']}")
def test_both_give_it(player: Player, call: Json) -> None:
    name, given = call["function"], call["given"]
    assert player(name, *given) == call["gives"]
    assert rules_in_python.call(trainee.tracking, name)(*given) == call["gives"]


@pytest.mark.parametrize("module", [*RULES, "private_words"])
def test_a_rule_has_one_name_in_both_languages(module: str) -> None:
    rules = importlib.import_module(f"{trainee.__name__}.{module}")
    own = [
        part for part in vars(rules).values() if getattr(part, "__module__", "") == rules.__name__
    ]
    parts = [*own, *vars(getattr(rules, "Progress", object)).values()]
    names = [part.__name__ for part in parts if inspect.isfunction(part)]
    player = (PLAYER / f"{module.replace('_', '-')}.ts").read_text("utf-8")
    ours = {camel(name) for name in names if not name.startswith("_")}
    assert ours
    assert ours - set(re.findall(r"(?:function|const) (\w+)", player)) == set()


def camel(name: str) -> str:
    return re.sub(r"_(\w)", lambda match: match[1].upper(), name)


# Faults of the rules in Python: the module, what is written there, what is written instead.
FAULTS = {
    "a passed gate opens once the quiz is done": (
        "progress",
        "quiz_passed(page, state) if passing and page.quiz else page_done(page, state)",
        "page_done(page, state)",
    ),
    "a quiz is passed by any score": ("progress", "score >= page.rules.pass_mark * 100", "True"),
    "no gate is ever closed": (
        "progress",
        "return tuple(gate for gate in waits if not self._is_open(gate))",
        "return ()",
    ),
    "no page is ever shut": ("progress", 'gate.until == "passed" and any(', "False and any("),
    "a page is shut while an attempt is left": (
        "progress",
        "and not attempts_left(page, state)",
        "",
    ),
    "a page is shut while the last attempt is under way": (
        "progress",
        "and not _has_open_attempt(page, state)",
        "",
    ),
    "what is behind a shut page is not shut": (
        "progress",
        "todo += gates_by_page.get(name, ())",
        "pass",
    ),
    "who waits at a shut page is waited for": (
        "progress",
        "len(left - self._blocked_pages)",
        "len(left)",
    ),
    "who has finished finds locks": ("progress", "or self.state.status in COMPLETED:", "or False:"),
    "a module of the same title takes the other's place": (
        "locks",
        "members.setdefault(module.title, []).extend(by_id[page] for page in module.pages)",
        "members[module.title] = [by_id[page] for page in module.pages]",
    ),
    "words stay that are kept no longer": (
        "edits",
        "forget_words(checks, quizzes, key)",
        "pass",
    ),
    "a former id gives on whatever its place": ("edits", "if later[0] > at:", "if True:"),
    "who has finished is told nothing of the end": ("edits", "last = len(pages)", "last = -1"),
    "a half is rounded down": ("tracking", "(2 * earned + possible) //", "(2 * earned) //"),
    "a status is lowered": ("tracking", "_RANK[other] > _RANK[status]", "True"),
    "each quiz has the mark of the course": (
        "tracking",
        "(quiz.passed if quiz.alone else enough)",
        "enough",
    ),
}


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the rules as a package ``faulty``."""
    folder = tmp_path / "faulty"
    shutil.copytree(trainee.__path__[0], folder, ignore=shutil.ignore_patterns("__pycache__"))
    for module in folder.glob("*.py"):
        text = module.read_text("utf-8").replace("builder.updating.trainee", "faulty")
        module.write_text(text, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


@pytest.fixture
def forgotten(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Modules imported meanwhile are forgotten in the end."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


def disagreements(rules: ModuleType) -> list[Any]:
    cases = [case for case in CASES.values() if wrong(rules, case)]
    calls = [
        call
        for call in CALLS
        if rules_in_python.call(rules.tracking, call["function"])(*call["given"]) != call["gives"]
    ]
    return [*cases, *calls]


def wrong(rules: ModuleType, case: Json) -> bool:
    return compared(python_says(rules, case), case) != expected(case)


@pytest.mark.whole
@pytest.mark.usefixtures("forgotten")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_the_rules_is_a_disagreement(copied: Path, fault: str) -> None:
    module, right, instead = FAULTS[fault]
    file = copied / f"{module}.py"
    text = file.read_text("utf-8")
    assert text.count(right) == 1
    file.write_text(text.replace(right, instead), "utf-8")
    assert disagreements(importlib.import_module("faulty"))
